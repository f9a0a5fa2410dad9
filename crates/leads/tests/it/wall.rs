//! The wall: today's numbers as the lists have them, within the scope, and null where nothing is known.

use chrono::Duration;
use serde_json::{Value, json};

use crate::scene::Scene;

#[tokio::test]
async fn the_wall_counts_what_the_lists_count() {
    let scene = Scene::set().await;
    let empty = scene.shift_leader.get("/api/v1/wall").await;
    assert_eq!((&empty.fine().body["today"]["reported"], &empty.body["today"]["on_time_rate"]), (&json!(0), &Value::Null));
    scene.closed().await;
    scene.dispatched().await;
    scene.citizen.post("/api/v1/public/reports", json!({ "description": "不知道在哪里的问题" })).await.fine();
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    let wall = scene.operator.get("/api/v1/wall").await.fine().body.clone();
    assert_eq!(wall["today"], json!({ "reported": 3, "filed": 2, "closed": 1, "on_time_rate": 1.0, "red": 0, "open": 2 }));
    let west = &wall["by_township"][0];
    assert_eq!((&west["code"], &west["open"], &west["closed_today"]), (&json!("330482901"), &json!(1), &json!(1)));
    assert_eq!(wall["by_township"][1]["name"], "未定位");
    assert_eq!((wall["recent"].as_array().unwrap().len(), wall["hours"].as_array().unwrap().len()), (3, 10));
    assert_eq!((&wall["hours"][9]["reported"], &wall["simulated"]), (&json!(3), &json!(false)));
    let east = scene.house.signed_in("operator_east").await.get("/api/v1/wall").await.body;
    assert_eq!(east["today"], json!({ "reported": 0, "filed": 0, "closed": 0, "on_time_rate": null, "red": 0, "open": 0 }));
    assert_eq!(scene.citizen.get("/api/v1/wall").await.status, 401);
    scene.house.clock.advance(Duration::days(60));
    let later = scene.shift_leader.get("/api/v1/wall").await.body;
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    let later = if later["today"]["reported"] == 0 { later } else { scene.shift_leader.get("/api/v1/wall").await.body };
    assert_eq!((&later["today"]["reported"], &later["today"]["red"]), (&json!(0), &json!(2)));
    assert_eq!(later["red"].as_array().unwrap().len(), 2);
}
