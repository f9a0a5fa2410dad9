//! What is public in advance and in process: made from what is held, published by another, replaced, withdrawn; and a certificate shown.

use kernel::clock::Clock as _;
use serde_json::{Value, json};
use testkit::house::Client;

use crate::scene::Scene;

async fn drafted(by: &Client, kind: &str, more: Value) -> String {
    let mut new = json!({ "kind": kind });
    new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    by.post("/api/v1/disclosures", new).await.fine().text_of("id")
}

#[tokio::test]
async fn lists_come_from_what_is_held_and_another_person_makes_them_public() {
    let scene = Scene::new().await;
    let county = scene.house.person("county01", scene.house.units.bureau, &["legal_reviewer"], &["330482"]).await;
    assert_ne!(county.to_string(), "");
    scene.house.person("county02", scene.house.units.bureau, &["leader"], &["330482"]).await;
    let (one, two) = (scene.house.signed_in("county01").await, scene.house.signed_in("county02").await);
    let visitor = scene.house.visitor();
    // Officers of a township do not speak for the county.
    scene.officer.post("/api/v1/disclosures", json!({ "kind": "officers" })).await.refused(403, "scope-exceeded");
    let list = drafted(&one, "officers", json!({ "body": "本机关执法人员" })).await;
    assert!(visitor.get("/api/v1/public/disclosures").await.fine().items().is_empty());
    let act = async |by: &Client, id: &str, action: &str, reason: &str| {
        by.post(&format!("/api/v1/disclosures/{id}/actions/{action}"), json!({ "reason": reason })).await
    };
    act(&one, &list, "publish", "").await.refused(403, "disclosure-two-persons");
    act(&two, &list, "publish", "").await.fine();
    act(&two, &list, "publish", "").await.refused(409, "disclosure-state");
    let read = visitor.get(&format!("/api/v1/public/disclosures/{list}")).await;
    let rows = read.fine().body["lines"]["rows"].as_array().unwrap();
    assert!(rows.iter().any(|row| row.to_string().contains("浙04")), "who holds a certificate stands there: {rows:?}");
    for kind in ["powers", "procedures"] {
        let id = drafted(&one, kind, json!({})).await;
        act(&two, &id, "publish", "").await.fine();
        let read = visitor.get(&format!("/api/v1/public/disclosures/{id}")).await;
        assert!(read.fine().body["lines"]["rows"].as_array().unwrap().len() > 20, "{kind}");
    }

    // A newer version takes its place; what changed since says so.
    let again = drafted(&two, "officers", json!({})).await;
    act(&one, &again, "publish", "").await.fine();
    let old = visitor.get(&format!("/api/v1/public/disclosures/{list}")).await;
    assert_eq!((old.fine().body["over"].as_str(), old.body["lines"]["rows"].as_array().unwrap().len()), (Some("已有新的版本"), 0));
    let duty = async || {
        one.get("/api/v1/disclosures").await.fine().body["duties"]
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["kind"] == "officers")
            .unwrap()
            .clone()
    };
    assert_eq!(duty().await["outdated"], false);
    scene.house.clock.set(scene.house.clock.now() + chrono::TimeDelta::days(2_000));
    assert_eq!(duty().await["outdated"], true, "certificates ran out");
}

#[tokio::test]
async fn notices_have_their_days_and_a_certificate_is_shown_for_minutes() {
    let scene = Scene::new().await;
    scene.house.person("county01", scene.house.units.bureau, &["legal_reviewer"], &["330482"]).await;
    scene.house.person("county02", scene.house.units.bureau, &["leader"], &["330482"]).await;
    let (one, two) = (scene.house.signed_in("county01").await, scene.house.signed_in("county02").await);
    let visitor = scene.house.visitor();
    let short = json!({ "kind": "service-notice", "title": "送达公告", "body": "测试当事人：", "days": 10 });
    one.post("/api/v1/disclosures", short).await.refused(422, "disclosure-days");
    one.post("/api/v1/disclosures", json!({ "kind": "demolition-notice", "title": "公告" })).await.refused(422, "disclosure-empty");
    let notice =
        drafted(&one, "service-notice", json!({ "title": "送达公告", "body": "请于公告期内领取文书，电话 13900000001", "days": 30 })).await;
    let act = async |by: &Client, action: &str, reason: &str| {
        by.post(&format!("/api/v1/disclosures/{notice}/actions/{action}"), json!({ "reason": reason })).await
    };
    act(&two, "publish", "").await.fine();
    let read = visitor.get(&format!("/api/v1/public/disclosures/{notice}")).await.fine().body.clone();
    assert_eq!((read["shown_until"].as_str(), read["body"].to_string().contains("13900000001")), (Some("2026-12-02"), false));
    act(&one, "withdraw", "").await.refused(422, "field-required");
    let start = scene.house.clock.now();
    scene.house.clock.set(start + chrono::TimeDelta::days(31));
    assert!(visitor.get("/api/v1/public/disclosures").await.fine().items().is_empty());
    visitor.get(&format!("/api/v1/public/disclosures/{notice}")).await.refused(404, "disclosure-not-found");
    scene.house.clock.set(start);
    act(&one, "withdraw", "当事人已经领取").await.fine();
    assert!(visitor.get(&format!("/api/v1/public/disclosures/{notice}")).await.fine().body["over"].as_str().unwrap().contains("已经领取"));

    one.post("/api/v1/certificate-codes", json!({})).await.refused(409, "certificate-invalid");
    let shown = scene.officer.post("/api/v1/certificate-codes", json!({})).await.fine().text_of("code");
    let page = visitor.get(&format!("/api/v1/public/certificates/{}", shown.to_lowercase())).await.fine().body.clone();
    assert_eq!((page["valid"].as_bool(), page["name"].as_str().is_some_and(|name| !name.is_empty())), (Some(true), true));
    visitor.get("/api/v1/public/certificates/AAAAAAAAAAAAAAAA").await.refused(404, "certificate-code-unknown");
    let next = scene.officer.post("/api/v1/certificate-codes", json!({})).await.fine().text_of("code");
    visitor.get(&format!("/api/v1/public/certificates/{shown}")).await.refused(404, "certificate-code-unknown");
    scene.house.clock.set(start + chrono::TimeDelta::minutes(11));
    visitor.get(&format!("/api/v1/public/certificates/{next}")).await.refused(404, "certificate-code-unknown");
}
