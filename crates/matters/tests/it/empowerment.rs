//! Empowerment by announcement, and who enforces what where and when.

use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use crate::house::{caller, house};

fn announcement(number: &str, act: &str, from: &str) -> Value {
    json!({
        "number": number, "title": "模拟赋权公告", "organ": "模拟县人民政府", "announced_on": "2026-02-01", "effective_from": from, "act": act,
        "matters": ["M001", "M007"], "townships": ["330482901"],
    })
}

#[tokio::test]
async fn article_24_the_announcement_decides_and_is_cited() {
    let house = house().await;
    let who = |region: &'static str, on: &'static str| {
        let house = &house;
        async move { house.get(&format!("/api/v1/matters/M001/jurisdiction?region={region}&on={on}")).await.body }
    };
    let before = who("330482901001", "2026-03-01").await;
    assert_eq!((before["holder"].as_str(), before["organ"].as_str()), (Some("named"), Some("综合行政执法部门(依职权)")));
    let made = house.call("POST", "/api/v1/empowerments", announcement("模拟〔2026〕1号", "grant", "2026-03-01").to_string()).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let after = who("330482901001", "2026-03-01").await;
    assert_eq!((after["holder"].as_str(), after["township"].as_str()), (Some("township"), Some("330482901")));
    assert_eq!(after["by"]["number"], "模拟〔2026〕1号");
    assert!(after["citation"].as_str().unwrap().contains("第二十四条"));
    assert_eq!(who("330482901001", "2026-02-28").await["next"]["number"], "模拟〔2026〕1号");
    assert_eq!(who("330482902001", "2026-03-01").await["holder"], "named");
    // Withdrawn again; and transferred to another bureau.
    house.call("POST", "/api/v1/empowerments", announcement("模拟〔2026〕2号", "withdraw", "2026-09-01").to_string()).await;
    assert_eq!(who("330482901", "2026-09-01").await["holder"], "named");
    let mut transfer = announcement("模拟〔2026〕3号", "transfer", "2026-10-01");
    (transfer["townships"], transfer["to_organ"]) = (json!([]), json!("模拟综合行政执法局"));
    assert_eq!(house.call("POST", "/api/v1/empowerments", transfer.to_string()).await.status, StatusCode::CREATED);
    assert_eq!(who("330482", "2026-10-01").await["organ"], "模拟综合行政执法局");
    let listed = house.get("/api/v1/empowerments").await.body;
    let acts: Vec<&str> = listed["items"].as_array().unwrap().iter().map(|it| it["act"].as_str().unwrap()).collect();
    assert_eq!(acts, ["transfer", "withdraw", "grant"]);
    // The law of another city has nothing to say here.
    let elsewhere = house.get("/api/v1/matters?q=%E6%B9%96%E5%B7%9E").await.body["items"][0]["code"].as_str().unwrap().to_owned();
    let refused = house.get(&format!("/api/v1/matters/{elsewhere}/jurisdiction?region=330482901")).await;
    assert_eq!(refused.body["code"], "matter-elsewhere");
    // Announcements are only added, whoever asks the database.
    for statement in ["UPDATE empowerment SET title = 'x'", "DELETE FROM empowerment", "DELETE FROM matter_version"] {
        assert!(sqlx::query(statement).execute(house.test.database.pool()).await.is_err(), "{statement}");
    }
}

#[tokio::test]
async fn an_announcement_is_checked_before_it_is_entered() {
    let house = house().await;
    let field = |body: Value| {
        let house = &house;
        async move {
            let answer = house.call("POST", "/api/v1/empowerments", body.to_string()).await;
            answer.body["fields"][0]["field"].as_str().unwrap_or_else(|| answer.body["code"].as_str().unwrap()).to_owned()
        }
    };
    let with = |key: &str, value: Value| {
        let mut body = announcement("模拟〔2026〕1号", "grant", "2026-03-01");
        body[key] = value;
        body
    };
    // Not before it is announced: article 24 wants it published first.
    assert_eq!(field(with("effective_from", json!("2026-01-31"))).await, "effective_from");
    assert_eq!(field(with("matters", json!([]))).await, "matters");
    assert_eq!(field(with("matters", json!(["M001", "X-1"]))).await, "matters");
    for townships in [json!([]), json!(["330482"]), json!(["330482901", "330483901"]), json!(["西街"])] {
        assert_eq!(field(with("townships", townships)).await, "townships");
    }
    for organ in ["某局", " "] {
        assert_eq!(field(with("to_organ", json!(organ))).await, "to_organ");
    }
    assert_eq!(field(with("number", json!(" "))).await, "number");
    // Another county's, and a township's own administrator.
    assert_eq!(field(with("townships", json!(["330483901"]))).await, "scope-exceeded");
    let body = announcement("模拟〔2026〕1号", "grant", "2026-03-01").to_string();
    let request = Request::post("/api/v1/empowerments").header(header::CONTENT_TYPE, "application/json");
    let township = house.send(Some(caller("administrator", "330482901")), request.body(body.clone().into()).unwrap()).await;
    assert_eq!(township.body["code"], "scope-exceeded");
    assert_eq!(house.call("POST", "/api/v1/empowerments", body.clone()).await.status, StatusCode::CREATED);
    assert_eq!(house.call("POST", "/api/v1/empowerments", body).await.body["code"], "announcement-exists");
}

#[tokio::test]
async fn one_document_gives_one_township_these_matters_and_another_those() {
    let house = house().await;
    let enter = |township: &str, matters: Value| {
        let mut body = announcement("模拟〔2026〕1号", "grant", "2026-03-01");
        (body["townships"], body["matters"]) = (json!([township]), matters);
        let house = &house;
        async move { house.call("POST", "/api/v1/empowerments", body.to_string()).await }
    };
    assert_eq!(enter("330482901", json!(["M001", "M007"])).await.status, StatusCode::CREATED);
    assert_eq!(enter("330482902", json!(["M001", "M007"])).await.status, StatusCode::CREATED);
    assert_eq!(enter("330482902", json!(["M008"])).await.status, StatusCode::CREATED);
    // The same once more, in whichever order.
    assert_eq!(enter("330482901", json!(["M007", "M001"])).await.body["code"], "announcement-exists");
    for (code, region) in [("M001", "330482901001"), ("M001", "330482902001"), ("M008", "330482902001")] {
        let who = house.get(&format!("/api/v1/matters/{code}/jurisdiction?region={region}&on=2026-03-01")).await.body;
        assert_eq!(who["holder"], "township", "{code} {region}");
    }
    let other = house.get("/api/v1/matters/M008/jurisdiction?region=330482901001&on=2026-03-01").await.body;
    assert_eq!(other["holder"], "named");
}
