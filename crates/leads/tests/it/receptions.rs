//! Visitors received: a counter entry of a petition, and every time its visitor was received, as a line that stays.

use chrono::Duration;
use kernel::clock::Clock;
use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn a_visitor_becomes_a_petition_and_each_reception_a_line_that_stays() {
    let scene = Scene::without_rules().await;
    let now = scene.house.clock.now();
    let visit = json!({
        "source": "petition", "description": "来访反映夜间施工扰民", "address": "和平路", "reporter": { "name": "来访人", "telephone": "13900000001" },
        "client_key": "counter-1",
    });
    scene.collector.post("/api/v1/leads", visit.clone()).await.refused(422, "source-invalid");
    let id = scene.operator.post("/api/v1/leads", visit.clone()).await.fine().text_of("id");
    assert_eq!(scene.operator.post("/api/v1/leads", visit).await.fine().text_of("id"), id, "sent twice, it is one");
    let lead = scene.lead(&id).await;
    assert_eq!(lead["source"], "petition");
    assert_eq!(scene.limit(&id, "reply").await["state"], "running", "with the petition's own period to answer");

    let path = format!("/api/v1/leads/{id}/receptions");
    let leader = scene.house.signed_in("leader01").await;
    let leader_id = leader.get("/api/v1/session").await.body["person"]["id"].clone();
    let received = |summary: &str| json!({ "received_by": leader_id, "received_at": now - Duration::minutes(30), "summary": summary, "next_on": "2026-11-09" });
    scene.operator.post(&path, received(" ")).await.refused(422, "field-required");
    for (change, field) in [
        (json!({ "received_at": now + Duration::minutes(1) }), "received_at"),
        (json!({ "received_at": now - Duration::days(32) }), "received_at"),
        (json!({ "next_on": "2026-11-01" }), "next_on"),
        (json!({ "received_by": uuid::Uuid::nil() }), "received_by"),
    ] {
        let mut body = received("x");
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let refused = scene.operator.post(&path, body).await;
        assert!(refused.refused(422, "reception-invalid").body["fields"].to_string().contains(field), "{}", refused.text);
    }
    let entered = scene.operator.post(&path, received("要求夜间停工，回电 13900000001")).await.fine().items();
    assert_eq!((&entered[0]["received_by"]["id"], &entered[0]["next_on"]), (&leader_id, &json!("2026-11-09")));
    assert!(!entered[0]["summary"].as_str().unwrap().contains("13900000001"), "telephones are hidden: {entered:?}");
    scene.operator.post(&path, received("再登记一次")).await.refused(409, "reception-entered");
    let answered = json!({ "received_at": now, "summary": "再次来访", "reply": "已责令夜间停工" });
    let items = leader.post(&path, answered).await.fine().items();
    assert_eq!((items.len(), &items[0]["reply"], &items[0]["received_by"]["id"]), (2, &json!("已责令夜间停工"), &leader_id));

    // The history says that and when, not what; nobody changes what was entered.
    let history = scene.operator.get(&format!("/api/v1/leads/{id}/history")).await;
    let lines: Vec<_> = history.items().into_iter().filter(|line| line["action"] == "reception").collect();
    assert!(lines.len() == 2 && !history.text.contains("夜间停工") && history.text.contains("接访"), "{}", history.text);
    let bent = sqlx::query("update reception set summary = 'x'").execute(scene.house.test.database.pool()).await;
    assert!(bent.is_err(), "the application may only add");
    // Who does not see the lead sees and enters nothing.
    let neighbour = scene.house.signed_in("operator91").await;
    neighbour.get(&path).await.refused(404, "lead-not-found");
    neighbour.post(&path, received("x")).await.refused(404, "lead-not-found");
}
