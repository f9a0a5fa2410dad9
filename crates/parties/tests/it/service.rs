//! Consent, electronic service, the read receipt and the day that counts; service by post and by announcement.

use axum::http::Method;
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::scene::{Browser, NAME, NUMBER, Scene, TELEPHONE};

const PAGE: &str = "/api/v1/public/my-case";

fn period<'a>(case: &'a Value, clock: &str) -> &'a Value {
    case["clocks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["clock"] == clock && it["running"] == true)
        .unwrap_or_else(|| panic!("no {clock}: {case}"))
}

async fn shown(scene: &Scene, case: &str) -> Value {
    scene.head.get(&format!("/api/v1/cases/{case}")).await.fine().body.clone()
}

async fn sign(party: &Browser, name: &str, signature: &str) -> testkit::house::Answer {
    let words = party.case().await["agreement"]["words"].clone();
    party.post(&format!("{PAGE}/agreement"), json!({ "name": name, "signature": signature, "words": words })).await
}

#[tokio::test]
async fn what_arrives_after_a_signed_consent_is_served_that_day_and_its_first_opening_is_kept() {
    let scene = Scene::new().await;
    let case = scene.open(NAME, NUMBER, TELEPHONE).await;
    scene.approved(&case, 12_000).await;
    let notice = scene.issued(&case, "D03").await;
    let deliver = json!({ "document": notice, "party": 1 });
    let deliveries = format!("/api/v1/cases/{case}/party-deliveries");
    let serve = json!({ "mode": "electronic", "reached": [1], "tells_hearing": true, "electronic_agreed": true });
    // What is typed in is no consent.
    scene.step(&scene.officer, &case, "serve-notice", serve.clone()).await.refused(409, "electronic-agreed");
    scene.officer.post(&deliveries, deliver.clone()).await.refused(409, "electronic-agreed");
    let party = scene.inside(&case, "01000X", "0001").await;
    let drawn = party.file(1).await;
    sign(&party, "别人", &drawn).await.refused(409, "name-not-matched");
    sign(&party, NAME, &scene.house.photo().await).await.refused(422, "signature-missing");
    let other = json!({ "name": NAME, "signature": drawn, "words": "别的内容" });
    party.post(&format!("{PAGE}/agreement"), other).await.refused(409, "words-changed");
    sign(&party, NAME, &drawn).await.fine();
    sign(&party, NAME, &drawn).await.refused(409, "already-agreed");
    // A consent is no service yet.
    scene.step(&scene.officer, &case, "serve-notice", serve.clone()).await.refused(409, "not-delivered");
    scene.stranger.post(&deliveries, deliver.clone()).await.refused(403, "case-not-handled");
    let inner = scene.issued(&case, "D13").await;
    scene.officer.post(&deliveries, json!({ "document": inner, "party": 1 })).await.refused(404, "document-not-found");
    scene.officer.post(&deliveries, json!({ "document": notice, "party": 2 })).await.refused(404, "party-not-found");
    // Delivered on Monday, once however often; the step is entered on Wednesday and counts from Monday.
    let arrived = scene.officer.post(&deliveries, deliver.clone()).await.fine().text_of("arrived_at");
    scene.later(TimeDelta::minutes(5));
    assert_eq!(scene.officer.post(&deliveries, deliver).await.fine().text_of("arrived_at"), arrived);
    scene.day(2);
    scene.step(&scene.officer, &case, "serve-notice", serve).await.fine();
    let file = shown(&scene, &case).await;
    // Five working days after Monday, 2 November: the following Monday.
    assert_eq!(
        (period(&file, "defence")["last_day"].as_str(), period(&file, "hearing")["last_day"].as_str()),
        (Some("2026-11-09"), Some("2026-11-09"))
    );
    // The receipt of reading: the first opening, in the ledger once.
    let party = scene.inside(&case, "01000X", "0001").await;
    let mine = party.case().await;
    assert_eq!(mine["documents"].as_array().unwrap().len(), 1, "{mine}");
    assert_eq!((mine["documents"][0]["electronic"].as_bool(), mine["documents"][0].get("opened_at")), (Some(true), None));
    assert_eq!(mine["told"]["fine_fen"], 1_200_000);
    for _ in 0..2 {
        assert_eq!(party.get(&format!("{PAGE}/documents/{notice}")).await.fine().headers["cache-control"], "no-store");
    }
    assert!(party.case().await["documents"][0]["opened_at"].is_string());
    let ledger = scene.ledger(&case).await;
    let count = |action: &str| ledger.lines().filter(|line| line.starts_with(&format!("{action} "))).count();
    assert_eq!((count("electronic-agreed"), count("electronic-delivered"), count("electronic-read")), (1, 1, 1), "{ledger}");
    assert!(!ledger.contains(NAME) && !ledger.contains("13900000001"), "{ledger}");
    let desk = scene.officer.get(&format!("/api/v1/cases/{case}/party-desk")).await.fine().body.clone();
    assert!(desk["deliveries"][0]["opened_at"].is_string() && desk["agreements"][0]["signature"].as_str() == Some(&drawn), "{desk}");
    scene.officer.get(&format!("/api/v1/cases/{case}/party-files/{drawn}")).await.fine();
    // What goes with a decision arrives with it.
    let (decision, advice) = (scene.issued(&case, "D15").await, scene.issued(&case, "D24").await);
    scene.officer.post(&deliveries, json!({ "document": decision, "party": 1 })).await.fine();
    let shown = party.case().await;
    let arrived = |id: Uuid| shown["documents"].as_array().unwrap().iter().any(|it| it["id"] == json!(id));
    assert!(arrived(decision) && arrived(advice), "{shown}");
    // Withdrawn for the future: what arrived stays, nothing new arrives.
    party.delete(&format!("{PAGE}/agreement")).await.fine();
    party.delete(&format!("{PAGE}/agreement")).await.refused(409, "not-agreed");
    let later = scene.issued(&case, "D15").await;
    scene.officer.post(&deliveries, json!({ "document": later, "party": 1 })).await.refused(409, "electronic-agreed");
    party.get(&format!("{PAGE}/documents/{notice}")).await.fine();
    // A document that was voided says so.
    scene.void(notice);
    let shown = party.case().await;
    assert!(shown["documents"].as_array().unwrap().iter().any(|it| it["id"] == json!(notice) && it["void"] == true), "{shown}");
}

#[tokio::test]
async fn each_mode_wants_its_proof_and_counts_its_own_day() {
    let scene = Scene::new().await;
    let case = scene.open(NAME, NUMBER, TELEPHONE).await;
    scene.approved(&case, 300).await;
    let notice = scene.issued(&case, "D03").await;
    scene.day(7);
    let officer = &scene.officer;
    let by = |mode: &str, more: Value| {
        let mut content = json!({ "mode": mode, "reached": [1], "tells_hearing": true });
        content.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        content
    };
    scene.step(officer, &case, "serve-notice", by("post", json!({ "served_on": "2026-11-05" }))).await.refused(422, "field-required");
    scene.step(officer, &case, "serve-notice", by("post", json!({ "proof": "EMS1" }))).await.refused(422, "field-required");
    scene.step(officer, &case, "serve-notice", by("entrusted", json!({ "served_on": "2026-11-05" }))).await.refused(422, "field-required");
    scene.step(officer, &case, "serve-notice", by("left", json!({ "proof": "照片1" }))).await.refused(409, "witnessed");
    scene.step(officer, &case, "serve-notice", by("public", json!({ "tried": "直接、邮寄均未送到" }))).await.refused(422, "field-required");
    scene
        .step(officer, &case, "serve-notice", by("direct", json!({ "served_on": "2026-11-01", "proof": "回证1" })))
        .await
        .refused(422, "served-too-early");
    scene.step(officer, &case, "serve-notice", by("direct", json!({ "served_on": "2026-11-05" }))).await.refused(422, "field-required");
    scene
        .step(officer, &case, "serve-notice", by("direct", json!({ "served_on": "2026-11-10", "proof": "回证1" })))
        .await
        .refused(422, "served-later");
    // Posted, received on Thursday the 5th, entered on Monday the 9th: five working days end on Thursday the 12th.
    scene.step(officer, &case, "serve-notice", by("post", json!({ "proof": "EMS1", "served_on": "2026-11-05" }))).await.fine();
    assert_eq!(period(&shown(&scene, &case).await, "defence")["last_day"], "2026-11-12");
    // The only party sees on his page what was served on paper; there is no read receipt of paper.
    let party = scene.inside(&case, "01000X", "0001").await;
    let mine = party.case().await;
    assert_eq!(
        (mine["documents"][0]["id"].as_str(), mine["documents"][0]["electronic"].as_bool()),
        (Some(notice.to_string().as_str()), Some(false)),
        "{mine}"
    );
    // The day on the receipt, not the day on which somebody entered it.
    assert!(mine["documents"][0]["served_at"].as_str().unwrap().starts_with("2026-11-05"), "{mine}");
    party.get(&format!("{PAGE}/documents/{notice}")).await.fine();
    assert!(!scene.ledger(&case).await.contains("electronic-read"));
    // By announcement: thirty days after it, and then the party's days.
    let other = scene.open("测试当事人乙", "330482198001010011", "13900000002").await;
    scene.approved(&other, 300).await;
    let announced = by("public", json!({ "tried": "直接、邮寄均未送到", "medium": "模拟日报、户籍地公告栏" }));
    scene.step(officer, &other, "serve-notice", announced).await.fine();
    let file = shown(&scene, &other).await;
    // Announced on 9 November: served when thirty days are over, with 10 December; five working days after it end on the 17th.
    assert_eq!(period(&file, "defence")["last_day"], "2026-12-17", "{}", file["clocks"]);
    assert_eq!(
        scene.officer.call(Method::GET, &format!("/api/v1/cases/{other}"), None, None).await.fine().body["steps"][0]["content"]["medium"],
        "模拟日报、户籍地公告栏"
    );
}
