//! GET service_request_id from a token.

use crate::{
    form::plain,
    house::{House, house},
};

async fn code(house: &House, id: &str) -> String {
    sqlx::query_scalar("select l.tracking_code from lead l join docket d on d.id = l.id where d.number = $1")
        .bind(id)
        .fetch_one(house.test.database.pool())
        .await
        .unwrap()
}

#[tokio::test]
async fn token_answers_the_id_in_both_formats() {
    let house = house().await;
    let id = house.report(&plain("凭码查询")).await;
    let code = code(&house, &id).await;
    let json = house.get(&format!("/tokens/{code}.json")).await;
    assert_eq!((json.status, json.json()), (200, serde_json::json!([{ "service_request_id": id, "token": code }])));
    let xml = house.get(&format!("/tokens/{code}.xml")).await;
    assert_eq!(xml.one("service_requests/request/service_request_id"), id);
    assert_eq!(xml.one("service_requests/request/token"), code);
}

#[tokio::test]
async fn token_that_is_unknown_is_404_and_none_at_all_400() {
    let house = house().await;
    assert_eq!(house.get("/tokens/0000-0000-0000.json").await.status, 404);
    assert_eq!(house.get("/tokens/nonsense.xml").await.one("errors/error/code"), "404");
    assert_eq!(house.get("/tokens/.json").await.status, 400);
}
