//! Points are moved while days are judged; midnight hides no silence and doubles none.

use std::time::Duration;

use crate::{
    drive::{Drive, EIGHT},
    scene::{Scene, TRUCK, points},
};

fn shifted(points: &[tracks::Point], vehicle: i64, by: i64) -> Vec<tracks::Point> {
    points.iter().map(|it| tracks::Point { vehicle, at: it.at + by, taken: it.taken + by * 1_000, ..it.clone() }).collect()
}

#[tokio::test]
async fn moving_and_judging_at_the_same_time_neither_waits_nor_fails() {
    let scene = Scene::set().await;
    let mut drive = Drive::from(EIGHT);
    drive.to(0.0, 0.0, 20.0).load().to(2_500.0, 0.0, 70.0);
    let all = points(&drive, TRUCK);
    let vehicles = [TRUCK, 8, 9];
    let moving = async {
        for round in 0..20_i64 {
            // Three vehicles, two days: near midnight each point makes both due.
            for vehicle in vehicles.iter().rev() {
                scene.tracks.store(shifted(&all, *vehicle, 15 * 3_600 + round * 600)).await.expect("stored");
            }
            scene.tracks.settle().await.expect("moved");
        }
    };
    let judging = async {
        for _ in 0..40 {
            scene.room.look_at_due().await.map_err(|error| error.problem().clone()).expect("judged");
            tokio::task::yield_now().await;
        }
    };
    let both = async { tokio::join!(moving, judging) };
    tokio::time::timeout(Duration::from_secs(60), both).await.expect("nobody waits for the other for ever");
    scene.judge().await;
    assert_eq!(scene.house.count("select count(*) from finding_due").await, 0);
    assert!(scene.house.count("select count(*) from finding where state = 'waiting' and rule = 'speeding'").await >= 3);
}

#[tokio::test]
async fn a_silence_over_midnight_is_found_once_however_long() {
    let scene = Scene::set().await;
    // From ten until two; and from seven until four, which neither day sees whole.
    for (from, hours) in [(14 * 3_600, 4), (7 * 86_400 + 11 * 3_600, 9)] {
        let mut drive = Drive::from(EIGHT + from);
        drive.to(1_000.0, 0.0, 40.0).silent(hours * 3_600, 4_900.0, 0.0).to(4_950.0, 0.0, 20.0).stand(600);
        let all = points(&drive, TRUCK);
        let silent = all.windows(2).find(|pair| pair[1].at - pair[0].at > 3_600).unwrap()[0].clone();
        scene.come([8, 9].map(|vehicle| tracks::Point { vehicle, at: silent.at + 120, ..silent.clone() }).to_vec()).await;
        scene.come(all.clone()).await;
        scene.come(all).await;
    }
    let found = scene.operator.get("/api/v1/findings?rule=dark").await.fine().items();
    assert_eq!(found.len(), 2, "{found:?}");
}
