//! Notices, consent and impact assessments.

use axum::http::Method;
use serde_json::json;
use testkit::house::House;

use crate::scene::copied;

#[tokio::test]
async fn a_report_keeps_the_notice_it_was_made_under() {
    let house = House::build().await;
    let (visitor, administrator) = (house.visitor(), house.signed_in("administrator01").await);
    let contact = json!({ "description": "路灯不亮", "telephone": "13900000001", "client_key": "a" });
    visitor.post("/api/v1/public/reports", contact.clone()).await.fine();

    administrator.post("/api/v1/privacy-notices", json!({})).await.refused(422, "field-required");
    let draft = |text: &str| json!({ "text": text, "minors": "由监护人同意" });
    let path = "/api/v1/privacy-notices/draft";
    administrator.call(Method::PUT, path, Some(0), Some(draft("第一版"))).await.fine();
    administrator.call(Method::PUT, path, Some(0), Some(draft("另一个人的"))).await.refused(412, "version-conflict");
    assert!(visitor.get("/api/v1/public/privacy-notices").await.items().is_empty(), "a draft is seen by nobody");
    administrator.post("/api/v1/privacy-notices", json!({})).await.fine();
    administrator.post("/api/v1/privacy-notices", json!({})).await.refused(409, "notice-unchanged");
    assert_eq!(visitor.get("/api/v1/public/privacy-notices").await.items()[0]["text"], "第一版");

    let mut unread = contact.clone();
    unread["client_key"] = json!("b");
    visitor.post("/api/v1/public/reports", unread.clone()).await.refused(422, "notice-not-seen");
    unread["consent"] = json!({ "notice": 2 });
    visitor.post("/api/v1/public/reports", unread.clone()).await.refused(422, "notice-unknown");
    unread["consent"] = json!({ "notice": 1, "under_14": true });
    visitor.post("/api/v1/public/reports", unread.clone()).await.refused(422, "guardian-consent-missing");
    unread["consent"] = json!({ "notice": 1, "under_14": true, "guardian": true });
    let code = visitor.post("/api/v1/public/reports", unread).await.fine().text_of("tracking_code");

    administrator.put(path, draft("第二版")).await.fine();
    administrator.post("/api/v1/privacy-notices", json!({})).await.fine();
    let published = visitor.get("/api/v1/public/privacy-notices").await.items();
    assert_eq!((published[0]["number"].as_i64(), published[1]["text"].as_str()), (Some(2), Some("第一版")));

    let own = visitor.post(&format!("/api/v1/public/reports/{code}/personal-data"), json!({ "telephone": "13900000001" })).await;
    let consent = &copied(&own)["上报"][0]["告知与同意"];
    assert_eq!(*consent, json!({ "notice": 1, "under_14": true, "guardian": true }));
    // Anonymous reports are asked nothing.
    visitor.post("/api/v1/public/reports", json!({ "description": "路灯不亮" })).await.fine();
}

#[tokio::test]
async fn what_was_published_stays_as_it_was() {
    let house = House::build().await;
    let administrator = house.signed_in("administrator01").await;
    administrator.put("/api/v1/privacy-notices/draft", json!({ "text": "甲", "minors": "乙" })).await.fine();
    administrator.post("/api/v1/privacy-notices", json!({})).await.fine();
    let changed = sqlx::query("update privacy_notice set text = '丙'").execute(house.test.database.pool()).await;
    assert!(changed.unwrap_err().to_string().contains("permission denied"));
    assert_eq!(house.count("select count(*) from identity_change where action = 'privacy-notice-published'").await, 1);
}

#[tokio::test]
async fn assessments_are_entered_by_the_county_alone_and_stay() {
    let house = House::build().await;
    let administrator = house.signed_in("administrator01").await;
    let mut entry = json!({
        "title": "市民上报留电话", "occasion": "sensitive", "text": "目的正当，风险可控，措施有效。", "reviewer": "个人信息保护负责人",
        "assessed_on": "2026-11-03",
    });
    administrator.post("/api/v1/impact-assessments", entry.clone()).await.refused(422, "date-in-future");
    entry["assessed_on"] = json!("2026-11-02");
    administrator.post("/api/v1/impact-assessments", entry.clone()).await.fine();
    let listed = house.signed_in("leader01").await.get("/api/v1/impact-assessments").await.items();
    assert_eq!((listed.len(), listed[0]["occasion_label"].as_str()), (1, Some("处理敏感个人信息")));
    house.signed_in("leader01").await.post("/api/v1/impact-assessments", entry.clone()).await.refused(403, "forbidden");
    house.person("administrator_east", house.units.east, &["administrator"], &[]).await;
    let east = house.signed_in("administrator_east").await;
    east.post("/api/v1/impact-assessments", entry).await.refused(403, "scope-exceeded");
    east.get("/api/v1/privacy-requests").await.refused(403, "scope-exceeded");
    let gone = sqlx::query("delete from impact_assessment").execute(house.test.database.pool()).await;
    assert!(gone.unwrap_err().to_string().contains("permission denied"));
}
