//! The same report sent twice is one request.

use chrono::Duration;

use crate::{
    form::{encoded, plain},
    house::house,
};

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn the_same_report_within_a_minute_is_one_also_across_the_full_minute() {
    let house = house().await;
    house.wait(Duration::seconds(50));
    let first = house.report(&plain("同一件事")).await;
    house.wait(Duration::seconds(20));
    let again = house.post("/requests.json", &plain("同一件事")).await;
    assert_eq!((again.status, again.json()[0]["service_request_id"].as_str()), (200, Some(first.as_str())));
    let xml = house.post("/requests.xml", &plain("同一件事")).await;
    assert_eq!(xml.one("service_requests/request/service_request_id"), first);
    assert_eq!(house.count().await, 1);
    house.wait(Duration::minutes(3));
    assert_ne!(house.report(&plain("同一件事")).await, first, "later it is a new one");
}

#[tokio::test]
async fn another_device_or_another_word_is_another_report() {
    let house = house().await;
    house.report(&plain("路灯不亮")).await;
    house.report(&plain("路灯不亮了")).await;
    house.report(&[plain("路灯不亮"), vec![("device_id", "d1")]].concat()).await;
    house.report(&[plain("路灯不亮"), vec![("device_id", "d2")]].concat()).await;
    assert_eq!(house.count().await, 4);
}

#[tokio::test]
async fn an_idempotency_key_holds_for_as_long_as_it_takes() {
    let house = house().await;
    let send = async |key: &str, words: &str| house.post_body("/requests.json", FORM, Some(key), encoded(&plain(words))).await;
    let first = send("k1", "断线重发").await;
    assert_eq!(first.status, 201);
    house.wait(Duration::hours(5));
    let again = send("k1", "断线重发").await;
    assert_eq!((again.status, again.json()[0]["service_request_id"].clone()), (200, first.json()[0]["service_request_id"].clone()));
    assert_eq!(send("k1", "别的内容").await.status, 201, "a key used again by mistake swallows nothing");
    assert_eq!(send(&"k".repeat(500), "长键").await.status, 400);
    assert_eq!(house.count().await, 2);
}

#[tokio::test]
async fn many_copies_at_once_are_one() {
    let house = house().await;
    let fields = plain("同时到达");
    let answers = futures::future::join_all((0..8).map(|_| house.post("/requests.json", &fields))).await;
    let ids: std::collections::BTreeSet<String> =
        answers.iter().map(|answer| answer.json()[0]["service_request_id"].as_str().unwrap().to_owned()).collect();
    assert_eq!((ids.len(), house.count().await), (1, 1));
}
