//! Importing regions and finding places.

use axum::http::StatusCode;
use kernel::position::{CoordinateSystem, Position};
use serde_json::json;

use crate::house::{caller, collection, feature, house, small_county, square};

const IMPORT: &str = "/api/v1/catalogue/imports/regions";

#[tokio::test]
async fn regions_come_in_once_and_places_are_found() {
    let house = house().await;
    let first = house.post(IMPORT, collection(small_county())).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.body);
    assert_eq!((&first.body["imported"], &first.body["warnings"]), (&json!(5), &json!([])));
    let second = house.post(IMPORT, collection(small_county())).await.body;
    assert_eq!((&second["imported"], &second["present"], &second["revision"]), (&json!(0), &json!(5), &first.body["revision"]));

    let place = house.catalogue.place(Position::new(121.015, 30.705).unwrap());
    assert_eq!(place.grid_code(), Some("330482901001002"));
    assert_eq!(place.township().unwrap().name, "模拟东湖街道");
    assert_eq!(house.catalogue.place(Position::new(120.0, 30.0).unwrap()).grid_code(), None);
    assert_eq!(house.catalogue.region("330482901001").unwrap().name, "模拟和平社区");

    let (x, y) = Position::new(121.015, 30.705).unwrap().to(CoordinateSystem::Gcj02);
    let found = house.get(&format!("/api/v1/places?x={x}&y={y}&system=gcj02")).await.body;
    assert_eq!((found["grid"]["code"].as_str(), found["county"]["name"].as_str()), (Some("330482901001002"), Some("模拟县")));
    assert_eq!(house.get("/api/v1/places?x=999&y=1").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.get("/api/v1/places?x=121&y=30&system=mars").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let tree = house.get("/api/v1/regions").await.body;
    assert_eq!(tree["items"].as_array().unwrap().len(), 3);
    assert_eq!(tree["items"][1]["parent_code"], "330482");
    assert_eq!(house.get("/api/v1/regions?level=grid").await.body["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_change_ends_the_old_region_and_keeps_it() {
    let house = house().await;
    house.post(IMPORT, collection(small_county())).await;
    sqlx::query("UPDATE region SET valid_from = valid_from - 30").execute(house.test.database.pool()).await.unwrap();
    let mut changed = small_county();
    changed[3] = feature("330482901001001", "改名网格", square(121.0, 30.7, 0.01, 0.01));
    changed.pop();
    let answer = house.post(&format!("{IMPORT}?complete=true"), collection(changed)).await.body;
    assert_eq!((&answer["imported"], &answer["ended"]), (&json!(1), &json!(1)));
    assert_eq!(answer["warnings"][0]["kind"], "gap");
    let rows: Vec<(String, bool)> =
        sqlx::query_as("SELECT name, valid_to IS NULL FROM region WHERE code = '330482901001001' ORDER BY valid_from")
            .fetch_all(house.test.database.pool())
            .await
            .unwrap();
    assert_eq!(rows, [("第001单元网格".to_owned(), false), ("改名网格".to_owned(), true)]);
    assert_eq!(house.catalogue.place(Position::new(121.015, 30.705).unwrap()).grid_code(), None);
}

#[tokio::test]
async fn one_bad_border_keeps_the_whole_file_out() {
    let house = house().await;
    let mut features = small_county();
    features[4]["geometry"]["coordinates"] = json!([[[121.01, 30.7], [121.02, 30.71], [121.02, 30.7], [121.01, 30.71], [121.01, 30.7]]]);
    features.push(feature("3304829010010", "位数不对", square(121.0, 30.7, 0.01, 0.01)));
    features.push(feature("330483", "别的县", square(122.0, 30.7, 0.01, 0.01)));
    let refused = house.post(IMPORT, collection(features)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields: Vec<&str> = refused.body["fields"].as_array().unwrap().iter().map(|f| f["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["features[4]", "features[5]", "features[6]"]);
    let orphan = house.post(IMPORT, collection(small_county().split_off(3))).await;
    assert_eq!(orphan.body["code"], "region-parent-missing");
    for hostile in [
        "",
        "{",
        "[]",
        "{\"type\":\"FeatureCollection\",\"features\":[]}",
        "{\"type\":\"x\",\"features\":[{}]}",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"geometry\":7}]}",
    ] {
        let answer = house.post(IMPORT, hostile).await;
        assert!(answer.status.is_client_error(), "{hostile}: {}", answer.status);
        assert!(answer.kind.starts_with("application/problem+json"));
    }
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM region").fetch_one(house.test.database.pool()).await.unwrap();
    assert_eq!(count, 0);
}

#[tokio::test]
async fn a_township_keeps_to_its_own_grids() {
    let house = house().await;
    house.post(IMPORT, collection(small_county())).await;
    let other = caller(&["administrator"], "330482902");
    let refused = house.post_as(other, IMPORT, "application/geo+json", collection(small_county())).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body["fields"][0]["detail"].as_str().unwrap().contains("辖区"));
}

/// Only where the simulator's city was written out: the whole demo city through the real operations.
#[tokio::test]
async fn the_demo_city_fits_without_a_warning() {
    let Ok(folder) = std::env::var("BIHUAN_CITY_OUT") else { return };
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}.geojson")).unwrap();
    let house = house().await;
    let started = std::time::Instant::now();
    let regions = house.post(IMPORT, read("regions")).await;
    assert_eq!((regions.status, &regions.body["warnings"]), (StatusCode::OK, &json!([])));
    println!("regions {:?} {}", started.elapsed(), regions.body);
    let started = std::time::Instant::now();
    let components = house.post("/api/v1/catalogue/imports/components", read("components")).await.body;
    println!("components {:?} {components}", started.elapsed());
    assert_eq!((&components["rejected"], &components["regridded"]), (&json!(0), &json!(0)));
    let roads = house.post("/api/v1/catalogue/imports/roads", read("roads")).await;
    assert_eq!(roads.status, StatusCode::OK, "{}", roads.body);
    let background = house.post("/api/v1/catalogue/imports/background", read("background")).await;
    assert_eq!(background.status, StatusCode::OK, "{}", background.body);
    let places: Vec<Position> =
        (0..1000).map(|i| Position::new(121.0 + f64::from(i % 40) * 0.004, 30.62 + f64::from(i / 40) * 0.005).unwrap()).collect();
    let started = std::time::Instant::now();
    let hits = (0..100).flat_map(|_| &places).filter(|p| house.catalogue.place(**p).grid_code().is_some()).count();
    println!("place: {:?} each, {hits} of 100000 inside", started.elapsed() / 100_000);
    let started = std::time::Instant::now();
    for _ in 0..1000 {
        house.catalogue.suggest("我家小区门口的路灯不亮好几天了，晚上出门很不方便，请尽快派人来修理，谢谢");
    }
    println!("suggest: {:?} each", started.elapsed() / 1000);
}
