//! Nothing of a reporter leaves in an answer.

use serde_json::json;

use crate::{form::plain, house::house};

#[tokio::test]
async fn no_answer_names_the_reporter() {
    let house = house().await;
    let personal = [
        ("first_name", "小明"),
        ("last_name", "欧阳"),
        ("phone", "13800001234"),
        ("email", "a.b@localhost"),
        ("device_id", "device-secret"),
        ("account_id", "account-secret"),
    ];
    let words = "井盖破损，请打 139 1111 2222 或写信 c.d@localhost";
    let fields = [plain(words), personal.to_vec()].concat();
    let first = house.post("/requests.xml", &fields).await;
    let id = first.one("service_requests/request/service_request_id");
    house.act(&id, "reject", json!({ "reason": "已电话 13911112222 告知" })).await;
    let answers = [
        first.text,
        house.post("/requests.json", &fields).await.text,
        house.get("/requests.json").await.text,
        house.get("/requests.xml").await.text,
        house.get(&format!("/requests/{id}.json")).await.text,
    ];
    for text in answers {
        for secret in ["小明", "欧阳", "13800001234", "1391111", "139 1111", "@localhost", "device-secret", "account-secret"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    let kept: String = sqlx::query_scalar("select row_to_json(l)::text from lead l").fetch_one(house.test.database.pool()).await.unwrap();
    for secret in ["小明", "13800001234", "a.b@", "device-secret", "account-secret"] {
        assert!(!kept.contains(secret), "{secret} in {kept}");
    }
}

#[tokio::test]
async fn of_other_sources_no_words_and_no_door_are_told_and_nothing_of_what_was_rejected() {
    let house = house().await;
    let report = json!({ "description": "我家门口的垃圾", "position": { "x": 121.01513, "y": 30.70517 }, "address": "某小区 3 幢 402 室" });
    let (status, text) = house.staff("/api/v1/public/reports", report).await;
    assert_eq!(status, 201, "{text}");
    let number = serde_json::from_str::<serde_json::Value>(&text).unwrap()["number"].as_str().unwrap().to_owned();
    let shown = house.shown(&number).await;
    assert!(shown["description"].is_null() && shown["address"].is_null() && shown["media_url"].is_null());
    assert_eq!((shown["lat"].as_f64(), shown["long"].as_f64()), (Some(30.705), Some(121.015)));
    house.act(&number, "reject", json!({ "reason": "不予受理" })).await;
    assert_eq!(house.get(&format!("/requests/{number}.json")).await.status, 404);
    assert_eq!(house.get("/requests.json").await.json(), json!([]));
}
