//! Credit repair: what is missing and from when, check and decision by two persons, the end of the publication.

use publication::RepairRequest;
use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn credit_is_repaired_after_the_shortest_period_by_two_persons() {
    let scene = Scene::new().await;
    let Scene { officer, second, head, .. } = &scene;
    let case = &scene.decided(Scene::firm(), 4_000).await;
    let public = scene.published(case).await;
    let path = format!("/api/v1/publications/{}/repairs", public["id"].as_str().unwrap());
    // Not paid, and the shortest period runs until 2 February 2027.
    let early = officer.post(&path, json!({ "promise": "承诺书 1 号" })).await;
    early.refused(409, "repair-not-yet");
    assert_eq!((early.body["from"].as_str(), early.body["fields"].as_array().unwrap().len()), (Some("2027-02-02"), 2), "{}", early.text);
    let earliest = scene.house.publications.earliest_repair(case.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!((earliest.from.to_string(), earliest.ready), ("2027-02-02".to_owned(), false));
    Scene::taken(&scene.act(officer, case, "start-performing", json!({})).await);
    Scene::taken(&scene.act(officer, case, "pay", json!({ "receipt": "票 001" })).await);
    // Tuesday 2 February 2027.
    scene.day(92);
    officer.post(&path, json!({ "promise": " " })).await.refused(422, "field-required");
    scene.foreign.post(&path, json!({ "promise": "承诺书" })).await.refused(404, "publication-not-found");
    let number = head.get(&format!("/api/v1/cases/{case}")).await.text_of("number");
    let wrong = RepairRequest { case_number: number.clone(), decision_number: "别的".to_owned(), promise: "承诺书 1 号".to_owned() };
    let refused = scene.house.publications.apply_repair(&wrong).await.unwrap_err();
    assert_eq!(refused.problem().code, "decision-not-found");
    let request = RepairRequest { decision_number: public["content"]["number"].as_str().unwrap().to_owned(), ..wrong };
    let receipt = scene.house.publications.apply_repair(&request).await.unwrap();
    assert_eq!(scene.house.publications.apply_repair(&request).await.unwrap().id, receipt.id, "sent twice it is one");
    let path = format!("/api/v1/credit-repairs/{}/actions", receipt.id);
    head.post(&format!("{path}/decide"), json!({ "seen": 1, "grant": true })).await.refused(409, "repair-not-here");
    head.post(&format!("{path}/check"), json!({ "seen": 1, "found": "已清理", "proposed": true })).await.fine();
    head.post(&format!("{path}/decide"), json!({ "seen": 2, "grant": true })).await.refused(409, "repair-two-persons");
    second.post(&format!("{path}/check"), json!({ "seen": 2, "found": "现场已恢复", "proposed": true })).await.fine();
    officer.post(&format!("{path}/decide"), json!({ "seen": 3, "grant": true })).await.refused(403, "forbidden");
    // Refused, with what the party may do; asked again, granted.
    let refused = head.post(&format!("{path}/decide"), json!({ "seen": 3, "grant": false, "reason": "现场尚未恢复" })).await;
    assert!(refused.fine().body["reason"].as_str().unwrap().contains("行政复议"), "{}", refused.text);
    let again = scene.house.publications.apply_repair(&request).await.unwrap();
    let path = format!("/api/v1/credit-repairs/{}/actions", again.id);
    second.post(&format!("{path}/check"), json!({ "seen": 1, "found": "现场已恢复", "proposed": true })).await.fine();
    head.post(&format!("{path}/decide"), json!({ "seen": 2, "grant": true })).await.fine();
    let row = scene.newest(case).await;
    assert_eq!((&row["state"], &row["reason"]), (&json!("ended"), &json!("信用修复，提前结束公示")));
    assert!(scene.house.visitor().get("/api/v1/public/decisions").await.items().is_empty());
    let told: i64 = sqlx::query_scalar("select count(*) from outbox where topic = 'publication.repaired'")
        .fetch_one(&scene.house.test.owner_pool)
        .await
        .unwrap();
    assert_eq!(told, 1);
    let file = officer.post("/api/v1/credit-repairs/actions/feedback", json!({})).await;
    assert_eq!(file.fine().text.lines().count(), 2, "{}", file.text);
    assert_eq!(officer.post("/api/v1/credit-repairs/actions/feedback", json!({})).await.text.lines().count(), 1, "told once");
    assert_eq!(head.get("/api/v1/credit-repairs").await.items().len(), 2);
    assert!(scene.foreign.get("/api/v1/credit-repairs").await.items().is_empty());
}
