//! Webhooks against a receiver on a real socket that fails as it is told to.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::house::{House, client, facts, house, serve};

#[derive(Clone, Default)]
struct Receiver {
    /// How often the next calls fail.
    failing: Arc<Mutex<usize>>,
    got: Arc<Mutex<Vec<(HeaderMap, Bytes, bool)>>>,
}

async fn receive(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> Response {
    let mut failing = receiver.failing.lock().unwrap();
    let fails = *failing > 0;
    *failing = failing.saturating_sub(1);
    receiver.got.lock().unwrap().push((headers, body, !fails));
    if fails { StatusCode::SERVICE_UNAVAILABLE.into_response() } else { StatusCode::NO_CONTENT.into_response() }
}

impl Receiver {
    async fn open(&self) -> String {
        let router = Router::new()
            .route("/hook", post(receive))
            .route("/moved", post(|| async { Redirect::temporary("/hook") }))
            .with_state(self.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        format!("http://{address}")
    }

    fn accepted(&self) -> Vec<Value> {
        let got = self.got.lock().unwrap();
        got.iter().filter(|(_, _, taken)| *taken).map(|(_, body, _)| serde_json::from_slice(body).unwrap()).collect()
    }
}

async fn administrator(house: &House) -> (reqwest::Client, String) {
    let person = house.person("administrator01", "administrator", "330482").await;
    (client(person), serve(house.notify.clone(), house.identity.clone()).await)
}

async fn body(answer: reqwest::Response) -> (u16, Value) {
    let status = answer.status().as_u16();
    (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or(Value::Null))
}

/// Relays and tries, as time passes.
async fn work(house: &House, rounds: usize) {
    house.notify.relay_once().await.unwrap();
    for _ in 0..rounds {
        while house.notify.deliver_due().await.unwrap() > 0 {}
        house.clock.advance(chrono::Duration::minutes(2));
    }
}

#[tokio::test]
async fn a_receiver_that_fails_twice_gets_everything_signed_and_in_order() {
    let house = house().await;
    let receiver = Receiver::default();
    let target = receiver.open().await;
    let (client, base) = administrator(&house).await;
    let (status, made) = body(
        client
            .post(format!("{base}/api/v1/webhooks"))
            .json(&json!({ "url": format!("{target}/hook"), "topics": ["lead.*"] }))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(status, 201);
    let secret = made["secret"].as_str().unwrap().to_owned();
    *receiver.failing.lock().unwrap() = 2;
    let docket = house.docket();
    for seq in 1..=3 {
        house.happen(docket, seq, "lead.changed", facts("330482", None)).await;
    }
    house.happen(docket, 4, "case.opened", facts("330482", None)).await;
    work(&house, 4).await;

    let accepted = receiver.accepted();
    assert_eq!(accepted.iter().map(|event| event["sequence"].as_i64().unwrap()).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(
        (&accepted[0]["specversion"], &accepted[0]["type"], &accepted[0]["subject"]),
        (&json!("1.0"), &json!("lead.changed"), &json!(docket))
    );
    let got = receiver.got.lock().unwrap().clone();
    assert_eq!(got.len(), 5);
    for (headers, body, _) in &got {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(body);
        assert_eq!(headers["bihuan-signature"], format!("sha256={}", hex::encode(mac.finalize().into_bytes())));
        assert_eq!(headers["content-type"], "application/cloudevents+json; charset=utf-8");
    }

    let (_, list) = body(client.get(format!("{base}/api/v1/webhooks")).send().await.unwrap()).await;
    assert_eq!((&list["items"][0]["last_status"], &list["items"][0]["secret"]), (&json!(204), &Value::Null));
    let log = format!("{base}/api/v1/webhooks/{}/deliveries?state=delivered", made["id"].as_str().unwrap());
    let (_, log) = body(client.get(log).send().await.unwrap()).await;
    assert_eq!(log["items"].as_array().unwrap().len(), 3);
    assert_eq!(log["items"][2]["attempts"], 3);
    // The database alone does not know the secret.
    let stored: Vec<u8> = sqlx::query_scalar("SELECT secret FROM webhook").fetch_one(house.test.database.pool()).await.unwrap();
    assert!(!stored.windows(secret.len()).any(|window| window == secret.as_bytes()));
}

#[tokio::test]
async fn after_a_day_a_delivery_is_dead_and_can_be_tried_again() {
    let house = house().await;
    let receiver = Receiver::default();
    let target = receiver.open().await;
    let (client, base) = administrator(&house).await;
    let hook = json!({ "url": format!("{target}/hook"), "topics": ["*"], "secret": "a secret of ours" });
    let (_, made) = body(client.post(format!("{base}/api/v1/webhooks")).json(&hook).send().await.unwrap()).await;
    assert_eq!(made["secret"], Value::Null);
    *receiver.failing.lock().unwrap() = usize::MAX;
    house.happen(house.docket(), 1, "lead.changed", facts("330482", None)).await;
    house.notify.relay_once().await.unwrap();
    for _ in 0..60 {
        house.notify.deliver_due().await.unwrap();
        house.clock.advance(chrono::Duration::hours(1));
    }
    let log = format!("{base}/api/v1/webhooks/{}/deliveries", made["id"].as_str().unwrap());
    let (_, dead) = body(client.get(format!("{log}?state=dead")).send().await.unwrap()).await;
    let one = &dead["items"][0];
    assert_eq!((&one["last_status"], &one["last_error"]), (&json!(503), &json!("对方应答 503")));
    assert!(one["attempts"].as_i64().unwrap() > 10);
    *receiver.failing.lock().unwrap() = 0;
    let again = client.post(format!("{log}/{}/actions/retry", one["id"])).send().await.unwrap();
    assert_eq!(again.status(), 204);
    let retry = |delivery: String| client.post(format!("{log}/{delivery}/actions/retry")).send();
    let (status, problem) = body(retry(one["id"].to_string()).await.unwrap()).await;
    assert_eq!((status, &problem["code"]), (409, &json!("delivery-waiting")), "it waits and is there");
    assert_eq!(house.notify.deliver_due().await.unwrap(), 1);
    assert_eq!(receiver.accepted().len(), 1);
    let (status, problem) = body(retry(one["id"].to_string()).await.unwrap()).await;
    assert_eq!((status, &problem["code"]), (409, &json!("delivery-delivered")));
    let (status, problem) = body(retry("999999".to_owned()).await.unwrap()).await;
    assert_eq!((status, &problem["code"]), (404, &json!("delivery-not-found")));
}

#[tokio::test]
async fn redirects_are_not_followed_and_addresses_inside_are_refused() {
    let house = house().await;
    let receiver = Receiver::default();
    let target = receiver.open().await;
    let (client, base) = administrator(&house).await;
    let hooks = format!("{base}/api/v1/webhooks");
    for (hook, field) in [
        (json!({ "url": "http://10.0.0.1/hook", "topics": ["*"] }), "url"),
        (json!({ "url": "https://169.254.169.254/latest", "topics": ["*"] }), "url"),
        (json!({ "url": "http://example.com/hook", "topics": ["*"] }), "url"),
        (json!({ "url": "https://example.com/hook", "topics": [] }), "topics"),
        (json!({ "url": "https://example.com/hook", "topics": ["*"], "secret": "short" }), "secret"),
    ] {
        let (status, problem) = body(client.post(&hooks).json(&hook).send().await.unwrap()).await;
        assert_eq!((status, &problem["fields"][0]["field"]), (422, &json!(field)));
    }
    let (_, made) =
        body(client.post(&hooks).json(&json!({ "url": format!("{target}/moved"), "topics": ["*"] })).send().await.unwrap()).await;
    house.happen(house.docket(), 1, "lead.changed", facts("330482", None)).await;
    work(&house, 1).await;
    assert!(receiver.got.lock().unwrap().is_empty());
    let one = format!("{hooks}/{}", made["id"].as_str().unwrap());
    let (_, list) = body(client.get(&hooks).send().await.unwrap()).await;
    assert_eq!((&list["items"][0]["last_status"], &list["items"][0]["waiting"]), (&json!(307), &json!(1)));
    assert_eq!(client.patch(&one).json(&json!({ "active": false })).send().await.unwrap().status(), 204);
    assert_eq!(client.delete(&one).send().await.unwrap().status(), 204);
    assert_eq!(client.delete(&one).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn only_those_with_the_right_see_and_keep_webhooks() {
    let house = house().await;
    let operator = client(house.person("operator01", "operator", "330482").await);
    let base = serve(house.notify.clone(), house.identity.clone()).await;
    let hooks = format!("{base}/api/v1/webhooks");
    let id = uuid::Uuid::nil();
    assert_eq!(operator.get(&hooks).send().await.unwrap().status(), 403);
    assert_eq!(operator.post(&hooks).json(&json!({ "url": "https://example.com", "topics": ["*"] })).send().await.unwrap().status(), 403);
    assert_eq!(operator.delete(format!("{hooks}/{id}")).send().await.unwrap().status(), 403);
    assert_eq!(operator.get(format!("{hooks}/{id}/deliveries")).send().await.unwrap().status(), 403);
    assert_eq!(operator.post(format!("{hooks}/{id}/deliveries/1/actions/retry")).send().await.unwrap().status(), 403);
}
