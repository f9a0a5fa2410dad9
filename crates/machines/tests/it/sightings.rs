//! Sightings: looked at by a person, one lead each, over with their lead.

use chrono::Duration;
use serde_json::json;

use crate::scene::{Scene, outcomes};

#[tokio::test]
async fn a_confirmed_sighting_is_one_lead_and_blocks_the_next_until_its_lead_is_over() {
    let scene = Scene::set().await;
    let id = scene.sighted().await;
    let more = scene.send(vec![scene.event(-5, json!({ "confidence": 0.97 }))]).await;
    assert_eq!(outcomes(&more), ["merged"]);
    let waiting = scene.sighting(&id).await;
    assert_eq!((waiting["state"].as_str(), waiting["events"].as_i64()), (Some("waiting"), Some(3)));
    assert_eq!((waiting["class_code"].as_str(), waiting["device_name"].as_str()), (Some("06010"), Some("河滨路探头")));
    assert_eq!(waiting["latest"].as_array().unwrap().len(), 2, "those that belong to it");

    let confirmed = scene.judge(&id, "confirm").await.fine().body.clone();
    assert_eq!((confirmed["state"].as_str(), confirmed["verdict"].as_str()), (Some("filed"), Some("confirmed")), "{confirmed}");
    scene.judge(&id, "confirm").await.refused(409, "sighting-judged");
    scene.judge(&id, "dismiss").await.refused(409, "sighting-judged");
    let lead = scene.operator.get(&format!("/api/v1/leads/{}", confirmed["lead_id"].as_str().unwrap())).await.fine().body.clone();
    assert_eq!((lead["number"].as_str(), lead["source"].as_str()), (confirmed["lead_number"].as_str(), Some("machine")));
    assert_eq!(lead["class"]["code"].as_str(), Some("06010"));
    assert_eq!(lead["details"]["device"].as_str(), Some("cam-1"));
    assert_eq!(scene.house.machines.file_approved().await.unwrap(), 0);
    assert_eq!(scene.house.count("select count(*) from lead").await, 1);

    // Still seen while it is a lead: the same sighting. Over with its lead, and quiet for a while.
    assert_eq!(outcomes(&scene.send(vec![scene.event(-3, json!({}))]).await), ["merged"]);
    scene.operator.act(confirmed["lead_id"].as_str().unwrap(), "reject", json!({ "reason": "已由环卫清理" })).await.fine();
    scene.tell().await;
    let over = scene.sighting(&id).await;
    // The person who looked had said that it was right; that stands.
    assert_eq!(
        (over["state"].as_str(), over["verdict"].as_str(), over["precision"]["confirmed"].as_i64()),
        (Some("over"), Some("confirmed"), Some(1))
    );
    assert_eq!(outcomes(&scene.send(vec![scene.event(-2, json!({})), scene.event(-1, json!({}))]).await), ["quiet", "quiet"]);
    scene.house.clock.advance(Duration::minutes(31));
    assert_eq!(outcomes(&scene.send(vec![scene.event(-2, json!({})), scene.event(-1, json!({}))]).await), ["seen", "found"]);
}

#[tokio::test]
async fn what_is_gone_before_anybody_looked_needs_nobody() {
    let scene = Scene::set().await;
    let id = scene.sighted().await;
    let empty = |at: i64| scene.event(at, json!({ "present": false }));
    assert_eq!(outcomes(&scene.send(vec![empty(-5), empty(-4)]).await), ["absent", "gone"]);
    assert_eq!(scene.sighting(&id).await["state"].as_str(), Some("gone"));
    scene.judge(&id, "confirm").await.refused(409, "sighting-judged");
    assert_eq!(scene.house.count("select count(*) from lead").await, 0);
    // Back again, it is a new one.
    assert_eq!(outcomes(&scene.send(vec![scene.event(-3, json!({})), scene.event(-2, json!({}))]).await), ["seen", "found"]);
}

#[tokio::test]
async fn a_stale_look_is_refused_and_a_class_can_be_corrected() {
    let scene = Scene::set().await;
    let id = scene.sighted().await;
    let act = format!("/api/v1/sightings/{id}/actions/confirm");
    let stale = scene.operator.call(axum::http::Method::POST, &act, Some(7), Some(json!({}))).await;
    stale.refused(412, "version-conflict");
    scene.operator.post(&act, json!({ "class_code": "99999" })).await.refused(422, "class-unknown");
    let confirmed = scene.operator.post(&act, json!({ "class_code": "06011", "note": "是建筑垃圾" })).await.fine().body.clone();
    let lead = scene.operator.get(&format!("/api/v1/leads/{}", confirmed["lead_id"].as_str().unwrap())).await.fine().body.clone();
    assert_eq!(lead["class"]["code"].as_str(), Some("06011"));
    assert_eq!(lead["description"].as_str(), Some("河滨路探头识别到暴露垃圾：是建筑垃圾"));
    let viewer = scene.house.signed_in("evaluator01").await;
    viewer.post(&act, json!({})).await.refused(403, "forbidden");
}
