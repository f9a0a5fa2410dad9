//! Requests that staff enter and decide.

use axum::http::Method;
use chrono::Duration;
use serde_json::json;
use testkit::house::House;

use crate::scene::{decide, handed_out, report};

#[tokio::test]
async fn at_the_counter_every_report_of_a_telephone_is_meant() {
    let house = House::build().await;
    let administrator = house.signed_in("administrator01").await;
    let (code, _) = report(&house, "13900000001").await;
    report(&house, "13900000001").await;
    let (_, stranger) = report(&house, "13900000002").await;
    let path = "/api/v1/privacy-requests";
    let mut ask = json!({ "kind": "copy", "telephone": "13900000001", "identified": "" });
    administrator.post(path, ask.clone()).await.refused(422, "field-required");
    ask["identified"] = json!("当面核对居民身份证");
    let entered = administrator.post(path, ask.clone()).await;
    assert_eq!((entered.fine().body["leads"].as_i64(), entered.text_of("state")), (Some(2), "open".to_owned()));
    let id = entered.text_of("id");
    let copy = format!("{path}/{id}/actions/copy");
    administrator.post(&copy, json!({})).await.refused(409, "copy-not-granted");
    decide(&administrator, &id, json!({ "granted": true })).await.fine();
    decide(&administrator, &id, json!({ "granted": true })).await.refused(409, "privacy-request-decided");
    let list = handed_out(&administrator, &id).await;
    assert_eq!(list["上报"].as_array().unwrap().len(), 2);
    assert!(!list.to_string().contains(&stranger));
    assert_eq!(house.count("select count(*) from privacy_step where action = 'copied'").await, 1);
    assert_eq!(house.count("select count(*) from ledger_entry where action = 'copy-reporter'").await, 2);
    // The bearer of a code sees what was asked with it, not what was done at the counter.
    assert!(house.visitor().get(&format!("/api/v1/public/reports/{code}/privacy-requests")).await.items().is_empty());
    ask["telephone"] = json!("13900000009");
    administrator.post(path, ask).await.refused(409, "nothing-kept");
}

#[tokio::test]
async fn who_is_refused_is_told_the_ground_and_the_reason() {
    let house = House::build().await;
    let administrator = house.signed_in("administrator01").await;
    let (_, number) = report(&house, "13900000001").await;
    let ask = json!({ "kind": "erase", "numbers": [number], "identified": "当面核对居民身份证" });
    let id = administrator.post("/api/v1/privacy-requests", ask).await.fine().text_of("id");
    decide(&administrator, &id, json!({ "granted": false })).await.refused(422, "ground-missing");
    decide(&administrator, &id, json!({ "granted": false, "ground": "accurate", "reason": "x" })).await.refused(422, "ground-unfit");
    decide(&administrator, &id, json!({ "granted": false, "ground": "needed" })).await.refused(422, "field-required");
    let path = format!("/api/v1/privacy-requests/{id}/actions/decide");
    let refusal = json!({ "granted": false, "ground": "needed", "reason": "案件正在办理" });
    administrator.call(Method::POST, &path, Some(7), Some(refusal.clone())).await.refused(412, "version-conflict");
    let refused = administrator.call(Method::POST, &path, Some(1), Some(refusal)).await;
    assert_eq!((refused.fine().text_of("state"), refused.text_of("reason")), ("refused".to_owned(), "案件正在办理".to_owned()));
    assert!(refused.text_of("ground_label").contains("第四十七条"));
    assert_eq!(house.count("select count(*) from personal").await, 2, "nothing was erased");
}

#[tokio::test]
async fn an_erasure_at_the_counter_takes_every_copy() {
    let house = House::build().await;
    let administrator = house.signed_in("administrator01").await;
    report(&house, "13900000001").await;
    report(&house, "13900000001").await;
    report(&house, "13900000002").await;
    let ask = json!({ "kind": "erase", "telephone": "13900000001", "identified": "电话回拨核对" });
    let id = administrator.post("/api/v1/privacy-requests", ask).await.fine().text_of("id");
    decide(&administrator, &id, json!({ "granted": true, "reason": "撤回同意" })).await.fine();
    assert_eq!(house.count("select count(distinct subject) from personal").await, 1);
    assert_eq!(house.count("select count(*) from ledger_entry where action = 'erase-reporter'").await, 2);
}

#[tokio::test]
async fn a_request_is_overdue_after_thirty_days() {
    let house = House::build().await;
    let administrator = house.signed_in("administrator01").await;
    report(&house, "13900000001").await;
    let ask = json!({ "kind": "copy", "telephone": "13900000001", "identified": "当面核对居民身份证" });
    let id = administrator.post("/api/v1/privacy-requests", ask).await.fine().text_of("id");
    let overdue = async || administrator.get(&format!("/api/v1/privacy-requests/{id}")).await.body["overdue"] == true;
    house.clock.advance(Duration::days(30));
    assert!(!overdue().await);
    house.clock.advance(Duration::seconds(1));
    assert!(overdue().await);
}

#[tokio::test]
async fn nobody_else_deals_with_requests() {
    let house = House::build().await;
    report(&house, "13900000001").await;
    let ask = json!({ "kind": "copy", "telephone": "13900000001", "identified": "x" });
    for account in ["operator01", "leader01", "evaluator01", "auxiliary01"] {
        house.signed_in(account).await.post("/api/v1/privacy-requests", ask.clone()).await.refused(403, "forbidden");
    }
    house.person("administrator_east", house.units.east, &["administrator"], &[]).await;
    house.signed_in("administrator_east").await.post("/api/v1/privacy-requests", ask).await.refused(403, "scope-exceeded");
}
