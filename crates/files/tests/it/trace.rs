//! What a camera wrote is kept beside the file, and older pictures are looked at afterwards.

use chrono::{TimeZone, Utc};

use crate::house::{encoded, house, picture, taken_jpeg, turned_jpeg};

#[tokio::test]
async fn a_camera_s_time_and_place_are_kept_and_a_silent_picture_has_none() {
    let house = house().await;
    let told = house.files.put(taken_jpeg(1, "2026:10:20 08:30:00", [121, 0, 18], [30, 42, 18]).into(), None).await.unwrap().id;
    let unset = house.files.put(taken_jpeg(2, "2001:01:01 00:00:00", [0, 0, 0], [0, 0, 0]).into(), None).await.unwrap().id;
    let silent = house.files.put(encoded(&picture(30, 30, 3), image::ImageFormat::Jpeg).into(), None).await.unwrap().id;
    let broken = house.files.put(turned_jpeg(40, 30).into(), None).await.unwrap().id;
    let mut connection = house.test.database.pool().acquire().await.unwrap();
    let asked = [&told, &unset, &silent, &broken].map(ToString::to_string);
    let found = house.files.traces(&mut connection, &asked).await.unwrap();
    assert_eq!(found.len(), 1, "a clock that was never set and a position of zeros say nothing: {found:?}");
    assert_eq!(found[0].file, told.to_string());
    assert_eq!(found[0].taken_at, Some(Utc.with_ymd_and_hms(2026, 10, 20, 0, 30, 0).unwrap()), "half past eight in Shanghai");
    let place = found[0].position.unwrap();
    assert!((place.lon - 121.005).abs() < 1e-9 && (place.lat - 30.705).abs() < 1e-9 && !found[0].zoned);
}

#[tokio::test]
async fn pictures_of_an_older_program_are_looked_at_once() {
    let house = house().await;
    let file = house.files.put(taken_jpeg(1, "2026:10:20 08:30:00", [121, 0, 18], [30, 42, 18]).into(), None).await.unwrap().id;
    let copy = house.files.put(encoded(&picture(64, 48, 1), image::ImageFormat::Png).into(), None).await.unwrap().id;
    let owner = &house.test.owner_pool;
    sqlx::query("delete from picture_hash").execute(owner).await.unwrap();
    sqlx::query("delete from picture_trace").execute(owner).await.unwrap();
    sqlx::query("update file set looked = 0").execute(owner).await.unwrap();
    assert_eq!(house.files.alike(&[file.to_string()], 5).await.unwrap(), []);
    assert_eq!(house.files.look_again().await.unwrap(), 2);
    assert_eq!(house.files.look_again().await.unwrap(), 0);
    let alike = house.files.alike(&[file.to_string()], 5).await.unwrap();
    assert_eq!(alike.iter().map(|it| it.file.clone()).collect::<Vec<_>>(), [copy.to_string()]);
    let mut connection = house.test.database.pool().acquire().await.unwrap();
    assert_eq!(house.files.traces(&mut connection, &[file.to_string()]).await.unwrap().len(), 1);
}
