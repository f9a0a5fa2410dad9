//! One lead from the citizen's report to the citizen's rating.

use chrono::Duration;
use serde_json::json;

use crate::scene::{CLASS, Scene};

#[tokio::test]
async fn a_report_goes_round_and_is_rated() {
    let scene = Scene::set().await;
    let (id, code) = scene.reported().await;
    let follow = format!("/api/v1/public/reports/{code}");

    let lead = scene.lead(&id).await;
    assert_eq!(
        (&lead["state"], &lead["class"]["code"], &lead["place"]["grid_code"]),
        (&json!("reported"), &json!(CLASS), &json!("330482901001001"))
    );
    assert_eq!((lead["deadlines"][0]["id"].as_str(), lead["light"].as_str()), (Some("accept"), Some("green")));
    assert_eq!(scene.citizen.get(&follow).await.fine().body["state_label"], "待受理");

    scene.house.clock.advance(Duration::minutes(5));
    let lead = scene.operator.act(&id, "accept", json!({ "class_code": CLASS, "standard": "面积大于 1 平方米" })).await;
    assert_eq!(lead.fine().body["state"], "accepted");
    let lead = scene.shift_leader.act(&id, "file", json!({ "standard": "面积大于 1 平方米" })).await;
    assert_eq!(
        (&lead.fine().body["state"], &lead.body["unit"]["name"]),
        (&json!("dispatched"), &json!("西街道中队")),
        "the rule dispatches at once"
    );
    assert!(lead.body["due_at"].is_string() && lead.body["limit"]["label"].is_string());

    let lead = scene.handler.act(&id, "take", json!({})).await;
    assert_eq!((&lead.fine().body["state"], &lead.body["holder"]["person"]["name"]), (&json!("fixing"), &json!("测试unit_handler01")));
    let (before, after) = (scene.house.photo().await, scene.house.photo().await);
    let lead = scene.handler.act(&id, "fix", json!({ "note": "已清运两车", "before_photos": [before], "after_photos": [after] })).await;
    assert_eq!(lead.fine().body["state"], "fixed");
    assert_eq!(scene.operator.act(&id, "request-check", json!({})).await.fine().body["state"], "checking");
    let seen = scene.house.photo().await;
    assert_eq!(scene.collector.act(&id, "check", json!({ "passed": true, "photos": [seen] })).await.fine().body["state"], "checked");
    let lead = scene.shift_leader.act(&id, "close", json!({ "standard": "垃圾已清除" })).await;
    assert_eq!((&lead.fine().body["state"], &lead.body["holder"], &lead.body["light"]), (&json!("closed"), &json!(null), &json!(null)));

    let followed = scene.citizen.get(&follow).await;
    assert_eq!((&followed.fine().body["state_label"], &followed.body["can_rate"]), (&json!("已结案"), &json!(true)));
    assert_eq!(followed.body["reply"], "已清运两车");
    let roles: Vec<&str> = followed.body["photos"].as_array().unwrap().iter().map(|photo| photo["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["report", "before", "after"], "the collector's photos are the house's own");
    for photo in followed.body["photos"].as_array().unwrap() {
        scene.citizen.get(&format!("{follow}/photos/{}", photo["id"].as_str().unwrap())).await.fine();
    }
    scene.citizen.get(&format!("{follow}/photos/{seen}")).await.refused(404, "report-not-found");

    let rating = format!("{follow}/rating");
    assert_eq!(scene.citizen.post(&rating, json!({ "stars": 6 })).await.status, 422);
    assert_eq!(scene.citizen.post(&rating, json!({ "stars": 5, "comment": "很快" })).await.status, 204);
    scene.citizen.post(&rating, json!({ "stars": 1 })).await.refused(409, "rated-before");
    let lead = scene.lead(&id).await;
    assert_eq!(
        (&lead["rating"]["stars"], &lead["deadlines"].as_array().unwrap().iter().all(|limit| limit["state"] == "met")),
        (&json!(5), &true)
    );

    let told = scene.history(&id).await;
    assert_eq!(told, ["report", "accept", "file", "dispatch", "take", "fix", "request-check", "check", "close", "rate"]);
    let outbox = scene.house.count("select count(*) from outbox where topic in ('lead.reported', 'lead.changed')").await;
    assert_eq!(outbox, 10, "a report and nine changes, the rating among them");
    let verified = docket::ledger::verify(scene.house.test.database.pool(), &[]).await.unwrap();
    assert_eq!((verified.dockets, verified.entries, verified.findings), (1, 10, Vec::new()));
}

#[tokio::test]
async fn verification_comes_before_acceptance() {
    let scene = Scene::set().await;
    let (id, _) = scene.reported().await;
    scene.house.clock.advance(Duration::minutes(10));
    let lead = scene.operator.act(&id, "request-verify", json!({ "note": "请到现场看" })).await;
    assert_eq!(lead.fine().body["state"], "verifying");
    assert_eq!(
        (scene.limit(&id, "accept").await["state"].as_str(), scene.limit(&id, "verify").await["state"].as_str()),
        (Some("paused"), Some("running"))
    );
    let refused = scene.operator.act(&id, "accept", json!({})).await;
    assert!(refused.refused(409, "action-refused").body["detail"].as_str().unwrap().contains("核实"));
    scene.house.clock.advance(Duration::minutes(20));
    let photo = scene.house.photo().await;
    let lead = scene.collector.act(&id, "verify", json!({ "genuine": true, "photos": [photo] })).await;
    assert_eq!((&lead.fine().body["state"], &lead.body["verified"]), (&json!("reported"), &json!(true)));
    let accept = scene.limit(&id, "accept").await;
    assert_eq!(
        (accept["state"].as_str(), accept["due_at"].as_str()),
        (Some("running"), Some("2026-11-02T01:35:00Z")),
        "five of its fifteen minutes are left"
    );
    assert_eq!(scene.limit(&id, "verify").await["state"], "met");
    assert_eq!(scene.operator.act(&id, "accept", json!({})).await.fine().body["state"], "accepted");
}

#[tokio::test]
async fn without_a_rule_the_dispatcher_decides() {
    let scene = Scene::without_rules().await;
    let (id, _) = scene.dispatched().await;
    let lead = scene.lead(&id).await;
    assert_eq!((&lead["state"], &lead["holder"]["role"]), (&json!("filed"), &json!("dispatcher")));
    let nowhere = scene.dispatcher.act(&id, "dispatch", json!({ "unit": uuid::Uuid::nil() })).await;
    assert_eq!(nowhere.refused(422, "unit-unknown").body["fields"][0]["field"], "unit");
    let lead = scene.dispatcher.act(&id, "dispatch", json!({ "unit": scene.house.units.west })).await;
    assert_eq!(lead.fine().body["state"], "dispatched");
    // Before the unit takes it the dispatcher may still move it; the new unit gets a clock of its own.
    scene.house.clock.advance(Duration::minutes(30));
    let lead = scene.dispatcher.act(&id, "dispatch", json!({ "unit": scene.house.units.east })).await;
    assert_eq!(lead.fine().body["unit"]["name"], "东街道中队");
    assert_eq!(scene.limit(&id, "fix").await["round"], 2);
    scene.handler.act(&id, "take", json!({})).await.refused(404, "lead-not-found");
}
