//! What a person does himself with the tracking code.

use serde_json::json;
use testkit::house::House;

use crate::scene::{copied, decide, report};

#[tokio::test]
async fn a_copy_holds_all_of_this_report_and_nothing_of_another() {
    let house = House::build().await;
    let visitor = house.visitor();
    let (code, number) = report(&house, "13900000001").await;
    let (_, other) = report(&house, "13900000001").await;
    let path = format!("/api/v1/public/reports/{code}/personal-data");
    visitor.post(&path, json!({})).await.refused(409, "contact-not-matched");
    visitor.post(&path, json!({ "telephone": "13900000002" })).await.refused(409, "contact-not-matched");
    visitor.post("/api/v1/public/reports/0000-0000-0000/personal-data", json!({})).await.refused(404, "report-not-found");
    let answer = visitor.post(&path, json!({ "telephone": "139 0000 0001" })).await;
    let copy = copied(&answer);
    let told = &copy["上报"][0];
    assert_eq!(copy["上报"].as_array().unwrap().len(), 1);
    assert_eq!(
        (told["编号"].as_str(), told["姓名"].as_str(), told["电话"].as_str()),
        (Some(&*number), Some("市民甲"), Some("13900000001"))
    );
    assert_eq!(told["您写的话"], "路口堆着垃圾");
    let photo = told["您的照片"][0]["文件（SHA-256）"].as_str().unwrap();
    assert!(answer.text.contains(&format!("photos/{photo}.png")), "the photo is in the copy");
    assert!(!answer.text.contains(&other), "another report has its own code");
    assert_eq!(house.count("select count(*) from ledger_entry where action = 'copy-reporter'").await, 1);
    let asked = visitor.get(&format!("/api/v1/public/reports/{code}/privacy-requests")).await.items();
    assert_eq!((asked.len(), asked[0]["kind"].as_str(), asked[0]["state"].as_str()), (1, Some("copy"), Some("granted")));
}

#[tokio::test]
async fn erasing_is_done_at_once_and_has_a_number() {
    let house = House::build().await;
    let visitor = house.visitor();
    let (code, _) = report(&house, "13900000001").await;
    let path = format!("/api/v1/public/reports/{code}/privacy-requests");
    let ask = |telephone: &str| json!({ "kind": "erase", "telephone": telephone });
    visitor.post(&path, ask("13900000009")).await.refused(409, "contact-not-matched");
    let done = visitor.post(&path, ask("13900000001")).await;
    assert_eq!(done.fine().text_of("state"), "granted");
    assert!(!done.text_of("number").is_empty());
    assert_eq!(house.count("select count(*) from personal").await, 0);
    visitor.post(&path, ask("13900000001")).await.refused(409, "contact-not-matched");
    assert_eq!(house.count("select count(*) from privacy_request").await, 1, "who is not the one asks for nothing");
    // Without a contact the code is proof enough of what is left.
    let copy = copied(&visitor.post(&format!("/api/v1/public/reports/{code}/personal-data"), json!({})).await);
    assert!(copy["上报"][0].get("电话").is_none() && copy["上报"][0]["姓名电话删除时间"].is_string());
}

#[tokio::test]
async fn a_name_without_a_telephone_is_not_told_to_the_code_alone() {
    let house = House::build().await;
    let body = json!({ "description": "路灯不亮", "name": "市民乙" });
    let code = house.visitor().post("/api/v1/public/reports", body).await.fine().text_of("tracking_code");
    let answer = house.visitor().post(&format!("/api/v1/public/reports/{code}/personal-data"), json!({})).await;
    copied(&answer);
    assert!(!answer.text.contains("市民乙"));
}

#[tokio::test]
async fn a_correction_waits_for_staff_and_its_values_lie_in_the_vault_alone() {
    let house = House::build().await;
    let (visitor, administrator) = (house.visitor(), house.signed_in("administrator01").await);
    let (code, number) = report(&house, "13900000001").await;
    let path = format!("/api/v1/public/reports/{code}/privacy-requests");
    let mut ask = json!({ "kind": "correct", "telephone": "13900000001" });
    visitor.post(&path, ask.clone()).await.refused(422, "correction-empty");
    ask["new_telephone"] = json!("13900000077");
    assert_eq!(visitor.post(&path, ask.clone()).await.fine().text_of("state"), "open");
    visitor.post(&path, ask).await.refused(409, "privacy-request-waiting");

    let listed = administrator.get("/api/v1/privacy-requests?state=open&kind=correct").await.items();
    let id = listed[0]["id"].as_str().unwrap().to_owned();
    let shown = administrator.get(&format!("/api/v1/privacy-requests/{id}")).await;
    shown.fine();
    assert!(!shown.text.contains("13900000077"), "masked: {}", shown.text);
    assert_eq!(shown.body["wanted_telephone"], "139******77");
    assert_eq!(shown.body["about"][0]["number"], number);
    decide(&administrator, &id, json!({ "granted": true })).await.fine();

    let copy = visitor.post(&format!("/api/v1/public/reports/{code}/personal-data"), json!({ "telephone": "13900000077" })).await;
    assert_eq!(copied(&copy)["上报"][0]["电话"], "13900000077");
    visitor
        .post(&format!("/api/v1/public/reports/{code}/personal-data"), json!({ "telephone": "13900000001" }))
        .await
        .refused(409, "contact-not-matched");
    let leaked = "select (select count(*) from ledger_entry where payload like '%0000007%')
        + (select count(*) from privacy_request r where r::text like '%0000007%') + (select count(*) from privacy_step s where s::text like '%0000007%')
        + (select count(*) from outbox where payload::text like '%0000007%')";
    assert_eq!(house.count(leaked).await, 0);
    assert_eq!(house.count("select count(distinct subject) from personal").await, 1, "what was wanted is gone from the vault");
}
