//! The same thing sent twice is one lead.

use serde_json::json;
use testkit::house::{in_the_east, in_the_west};

use crate::scene::Scene;

#[tokio::test]
async fn twenty_at_once_with_one_key_are_one_lead() {
    let scene = Scene::set().await;
    let body = json!({ "description": "井盖缺失", "position": in_the_west(), "client_key": "phone-7/1" });
    let sent: Vec<_> = (0..20)
        .map(|_| (scene.citizen.clone(), body.clone()))
        .map(|(citizen, body)| tokio::spawn(async move { citizen.post("/api/v1/public/reports", body).await }))
        .collect();
    let mut receipts = Vec::new();
    for answer in sent {
        let answer = answer.await.unwrap();
        receipts.push((answer.fine().status.as_u16(), answer.text_of("number"), answer.text_of("tracking_code")));
    }
    assert_eq!(receipts.iter().filter(|(status, ..)| *status == 201).count(), 1, "{receipts:?}");
    receipts.iter_mut().for_each(|receipt| receipt.0 = 0);
    receipts.dedup();
    assert_eq!(receipts.len(), 1, "everybody hears of the same lead: {receipts:?}");
    for table in
        ["select count(*) from docket", "select count(*) from lead", "select count(*) from ledger_entry", "select count(*) from outbox"]
    {
        assert_eq!(scene.house.count(table).await, 1, "{table}");
    }
}

#[tokio::test]
async fn keys_belong_to_their_source_and_person() {
    let scene = Scene::set().await;
    let body = json!({ "description": "井盖缺失", "position": in_the_west(), "client_key": "k" });
    let first = scene.collector.post("/api/v1/leads", body.clone()).await;
    assert_eq!(first.status, 201, "{}", first.text);
    let again =
        scene.collector.post("/api/v1/leads", json!({ "description": "改了说法", "position": in_the_east(), "client_key": "k" })).await;
    assert_eq!((again.status.as_u16(), &again.body["id"], &again.body["already_present"]), (200, &first.body["id"], &json!(true)));
    assert_eq!(scene.lead(&first.text_of("id")).await["description"], "井盖缺失", "what came first stays");
    assert_eq!(scene.operator.post("/api/v1/leads", body.clone()).await.status, 201, "another reporter's key is another key");
    assert_eq!(scene.citizen.post("/api/v1/public/reports", body).await.status, 201);
    let long = json!({ "description": "井盖缺失", "client_key": "k".repeat(201) });
    scene.citizen.post("/api/v1/public/reports", long).await.refused(422, "client-key-invalid");
    assert_eq!(scene.house.count("select count(*) from docket").await, 3);
    // Without a key, two reports are two.
    for _ in 0..2 {
        scene.citizen.post("/api/v1/public/reports", json!({ "description": "井盖缺失" })).await.fine();
    }
    assert_eq!(scene.house.count("select count(*) from docket").await, 5);
}

#[tokio::test]
async fn the_header_is_a_key_too() {
    let scene = Scene::set().await;
    let request = || {
        axum::http::Request::post("/api/v1/public/reports")
            .header("content-type", "application/json")
            .header("idempotency-key", "abc")
            .body(axum::body::Body::from(r#"{"description":"路灯不亮"}"#))
            .unwrap()
    };
    let (one, other) = (scene.citizen.send(request()).await, scene.citizen.send(request()).await);
    assert_eq!((one.status.as_u16(), other.status.as_u16(), &one.body["number"]), (201, 200, &other.body["number"]));
}
