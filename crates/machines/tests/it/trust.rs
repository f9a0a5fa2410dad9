//! Automatic filing: off unless the city turns it on, and off again by itself where it is wrong too often.

use chrono::Duration;
use serde_json::json;

use crate::scene::{KIND, Scene, outcomes};

#[tokio::test]
async fn nothing_is_filed_by_itself_before_the_city_says_so() {
    let scene = Scene::set().await;
    scene.sighted().await;
    assert_eq!(scene.house.machines.file_approved().await.unwrap(), 0);
    scene.rules(json!({ "automatic": true })).await.fine();
    scene.device("cam-2", json!({})).await.fine();
    let seen = json!({ "device": "cam-2" });
    let said = scene.send(vec![scene.event(-20, seen.clone()), scene.event(-10, seen)]).await;
    assert_eq!(scene.house.machines.file_approved().await.unwrap(), 1);
    let filed = scene.sighting(said[1]["sighting"].as_str().unwrap()).await;
    assert_eq!((filed["state"].as_str(), filed["automatic"].as_bool(), filed["verdict"].is_null()), (Some("filed"), Some(true), true));
    assert_eq!(scene.house.count("select count(*) from lead where source = 'machine'").await, 1);
}

#[tokio::test]
async fn a_device_that_is_wrong_again_and_again_loses_its_trust_and_a_person_gives_it_back() {
    let scene = Scene::set().await;
    scene.rules(json!({ "automatic": true, "quiet_minutes": 0 })).await.fine();
    let mut round = 0;
    loop {
        round += 1;
        assert!(round < 10, "never paused");
        let id = scene.sighted().await;
        if scene.house.machines.file_approved().await.unwrap() == 0 {
            break;
        }
        let lead = scene.sighting(&id).await["lead_id"].as_str().unwrap().to_owned();
        scene.operator.act(&lead, "reject", json!({ "reason": "识别有误" })).await.fine();
        scene.tell().await;
        assert_eq!(scene.sighting(&id).await["verdict"].as_str(), Some("refuted"));
        scene.house.clock.advance(Duration::minutes(1));
    }
    // Three of three wrong: surely fewer than eight of ten are right.
    assert_eq!(round, 4);
    let kind = scene.operator.get("/api/v1/machine-kinds").await.items()[KIND as usize - 1].clone();
    assert!(kind["paused_at"].is_string(), "{kind}");
    assert_eq!(
        (kind["precision"]["refuted"].as_i64(), kind["paused_devices"].as_i64(), kind["waiting"].as_i64()),
        (Some(3), Some(1), Some(1))
    );
    let device = scene.operator.get("/api/v1/devices").await.items()[0].clone();
    assert_eq!((device["paused_kinds"].as_i64(), device["precision"]["share"].as_f64()), (Some(1), Some(0.0)));

    let mut rules = kind["rules"].clone();
    rules["need"] = json!(2);
    let resumed = scene
        .administrator
        .put(&format!("/api/v1/machine-kinds/{KIND}"), json!({ "rules": rules, "resume": true }))
        .await
        .fine()
        .body
        .clone();
    assert!(resumed["paused_at"].is_null() && resumed["precision"]["refuted"] == 0, "{resumed}");
    // What waits already waits for a person; what comes next goes by itself.
    let waiting = scene.operator.get("/api/v1/sightings?state=waiting").await.items()[0]["id"].as_str().unwrap().to_owned();
    scene.judge(&waiting, "confirm").await.fine();
    scene.device("cam-2", json!({})).await.fine();
    let seen = json!({ "device": "cam-2" });
    scene.send(vec![scene.event(-20, seen.clone()), scene.event(-10, seen)]).await;
    assert_eq!(scene.house.machines.file_approved().await.unwrap(), 1);
    let history = scene.house.signed_in("evaluator01").await.get("/api/v1/settings-history?kind=machine-kind").await.items();
    assert_eq!(history.len(), 2);
}

#[tokio::test]
async fn a_false_alarm_is_quiet_for_a_while() {
    let scene = Scene::set().await;
    let id = scene.sighted().await;
    let dismissed = scene.judge(&id, "dismiss").await.fine().body.clone();
    assert_eq!((dismissed["state"].as_str(), dismissed["verdict"].as_str()), (Some("dismissed"), Some("refuted")));
    assert_eq!(outcomes(&scene.send(vec![scene.event(-3, json!({})), scene.event(-2, json!({}))]).await), ["quiet", "quiet"]);
    scene.house.clock.advance(Duration::minutes(31));
    scene.sighted().await;
}

#[tokio::test]
async fn faulty_rules_and_devices_are_refused_at_their_field() {
    let scene = Scene::set().await;
    for wrong in [json!({ "need": 4 }), json!({ "of": 33 }), json!({ "floor": 1.5 }), json!({ "quiet_minutes": -1 }), json!({ "need": 0 })]
    {
        scene.rules(wrong).await.refused(422, "machine-kind-invalid");
    }
    scene
        .administrator
        .put("/api/v1/machine-kinds/65", json!({ "rules": scene.administrator.get("/api/v1/machine-kinds").await.items()[0]["rules"] }))
        .await
        .refused(404, "machine-kind-not-found");
    scene.device("-cam", json!({})).await.refused(422, "device-invalid");
    scene.device("cam-3", json!({ "name": " " })).await.refused(422, "device-invalid");
    scene.device("cam-3", json!({ "position": null })).await.refused(422, "device-invalid");
    scene.device("cam-3", json!({ "position": { "x": 10.0, "y": 10.0 } })).await.refused(422, "device-invalid");
    scene.device("drone-1", json!({ "kind": "drone", "position": null })).await.fine();
    scene.operator.put("/api/v1/devices/cam-1", json!({ "name": "x", "kind": "video", "active": true })).await.refused(403, "forbidden");
    let stale = scene
        .administrator
        .call(axum::http::Method::PUT, "/api/v1/devices/cam-1", Some(9), Some(json!({ "name": "x", "kind": "car", "active": true })))
        .await;
    stale.refused(412, "version-conflict");
    assert_eq!(scene.operator.get("/api/v1/devices?q=cam").await.items().len(), 1);
}
