//! The setting: who may change it, and that it reaches what stands already.

use image::ImageFormat;
use serde_json::json;

use crate::scene::{Scene, street};

#[tokio::test]
async fn turned_on_it_holds_what_was_found_before_and_turned_off_it_lets_go() {
    let scene = Scene::set().await;
    let lead = scene.fixing(1).await;
    let copied = scene.keep(&street(1), ImageFormat::Png).await;
    scene.fix(&lead, &copied).await;
    scene.check(&lead, None).await;
    scene.catch_up().await;
    assert_eq!(scene.suspicions(&lead).await.len(), 1);
    let held = "select count(*) from lead where closing_holds <> '{}'";
    assert_eq!(scene.house.count(held).await, 0);
    scene.hold_closing(true).await;
    assert_eq!(scene.house.count(held).await, 1);
    scene.hold_closing(false).await;
    assert_eq!(scene.house.count(held).await, 0);
    scene.close(&lead).await.fine();
    assert_eq!(scene.house.count("select count(*) from identity_change where action = 'scrutiny-settings-changed'").await, 2);

    let settings = "/api/v1/scrutiny-settings";
    let read = scene.signed_in("evaluator01").await.get(settings).await;
    assert_eq!((&read.fine().body["hold_closing"], &read.body["version"]), (&json!(false), &json!(2)));
    assert_eq!(scene.signed_in("evaluator01").await.put(settings, json!({ "hold_closing": true })).await.status, 403);
    scene.signed_in("administrator91").await.put(settings, json!({ "hold_closing": true })).await.refused(403, "scope-exceeded");
}

#[tokio::test]
async fn the_district_next_door_sees_and_judges_nothing() {
    let scene = Scene::set().await;
    let lead = scene.fixing(1).await;
    let copied = scene.keep(&street(1), ImageFormat::Png).await;
    scene.fix(&lead, &copied).await;
    scene.catch_up().await;
    let id = scene.suspicions(&lead).await[0]["id"].as_str().unwrap().to_owned();
    let stranger = scene.signed_in("shift_leader91").await;
    assert_eq!(stranger.get("/api/v1/suspicions").await.fine().items().len(), 0);
    stranger.get(&format!("/api/v1/suspicions/{id}")).await.refused(404, "suspicion-not-found");
    let body = json!({ "verdict": "dismissed", "note": "无" });
    stranger.post(&format!("/api/v1/suspicions/{id}/actions/judge"), body).await.refused(404, "suspicion-not-found");
    stranger.post(&format!("/api/v1/suspicions/{id}/actions/reopen"), json!({ "note": "无" })).await.refused(404, "suspicion-not-found");
}
