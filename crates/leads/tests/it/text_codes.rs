//! Codes by text message, through a real server on the loopback that stands for the provider.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use chrono::Duration;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use testkit::house::in_the_west;

use crate::scene::Scene;

const SETTINGS: &str = "/api/v1/text-code-settings";
const CODES: &str = "/api/v1/public/text-codes";
const REPORTS: &str = "/api/v1/public/reports";

/// What the provider heard, and what it answers next where that is not "taken".
#[derive(Clone, Default)]
struct Provider {
    heard: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
    next: Arc<Mutex<VecDeque<StatusCode>>>,
}

async fn take(State(provider): State<Provider>, headers: HeaderMap, body: Bytes) -> (StatusCode, Json<Value>) {
    provider.heard.lock().unwrap().push((headers, body));
    let status = provider.next.lock().unwrap().pop_front().unwrap_or(StatusCode::OK);
    // A status of 202 stands for "answered, and refused in words".
    let code = if status == StatusCode::ACCEPTED { "isv.OUT_OF_SERVICE" } else { "OK" };
    (status, Json(json!({ "result": { "code": code } })))
}

impl Provider {
    async fn open(scene: &Scene) -> Self {
        let provider = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = Router::new().route("/send", post(take)).with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let described = json!({
            "url": format!("http://{address}/send"), "headers": { "Authorization": "Bearer s3cret" },
            "body": { "to": ["{phone}"], "text": "您的验证码是 {code}，5 分钟内有效" },
            "signature": { "header": "X-Signature", "secret": "key-of-the-city" },
            "success": { "pointer": "/result/code", "equals": "OK" },
        });
        let file = scene.house.folder.path().join("sms.json");
        std::fs::write(&file, described.to_string()).unwrap();
        let outgoing = notify::Outgoing::new(&[3; 32], false).unwrap();
        let http = leads::HttpProvider::read(&file, outgoing).unwrap();
        scene.house.leads.send_text_messages_through(Arc::new(http));
        provider
    }

    fn heard(&self) -> usize {
        self.heard.lock().unwrap().len()
    }

    /// The code of the newest message.
    fn code(&self) -> String {
        let heard = self.heard.lock().unwrap();
        let body: Value = serde_json::from_slice(&heard.last().unwrap().1).unwrap();
        body["text"].as_str().unwrap().chars().filter(char::is_ascii_digit).take(6).collect()
    }
}

fn report(telephone: Option<&str>, code: Option<(&str, &str)>) -> Value {
    let mut report = json!({ "description": "路口垃圾满溢", "position": in_the_west(), "client_key": uuid::Uuid::new_v4() });
    if let Some(telephone) = telephone {
        report["telephone"] = json!(telephone);
    }
    if let Some((id, code)) = code {
        report["telephone_code"] = json!({ "id": id, "code": code });
    }
    report
}

async fn turn(scene: &Scene, mode: &str, most: i32) {
    scene.administrator.put(SETTINGS, json!({ "mode": mode, "daily_most": most })).await.fine();
}

#[tokio::test]
async fn a_telephone_is_confirmed_by_the_code_that_was_sent_to_it() {
    let scene = Scene::set().await;
    let wanted = json!({ "mode": "with-telephone", "daily_most": 100 });
    scene.administrator.put(SETTINGS, wanted).await.refused(409, "text-code-no-provider");
    scene.citizen.post(CODES, json!({ "telephone": "13900000001" })).await.refused(409, "text-codes-off");
    let provider = Provider::open(&scene).await;
    scene.operator.put(SETTINGS, json!({ "mode": "off", "daily_most": 1 })).await.refused(403, "forbidden");
    scene.administrator.put(SETTINGS, json!({ "mode": "off", "daily_most": 0 })).await.refused(422, "text-code-settings-invalid");
    turn(&scene, "with-telephone", 100).await;
    let shown = scene.administrator.get(SETTINGS).await;
    assert!(shown.body["provider"].as_str().unwrap().starts_with("127.0.0.1:"), "{}", shown.text);
    assert_eq!(
        scene.citizen.get("/api/v1/public/report-settings").await.body,
        json!({ "text_code": "with-telephone", "simulated": false })
    );

    // Nobody who leaves no telephone is asked; whoever leaves one is.
    scene.citizen.post(REPORTS, report(None, None)).await.fine();
    let phone = "13900000001";
    let refused = scene.citizen.post(REPORTS, report(Some(phone), None)).await;
    assert_eq!(refused.refused(422, "text-code-needed").body["fields"][0]["field"], "telephone_code");
    scene.citizen.post(CODES, json!({ "telephone": "0573-85001234" })).await.refused(422, "telephone-not-mobile");
    let sent = scene.citizen.post(CODES, json!({ "telephone": phone })).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    assert!(sent.body.get("simulated_code").is_none());
    let (id, code) = (sent.text_of("id"), provider.code());
    {
        let heard = provider.heard.lock().unwrap();
        let (headers, body) = heard.last().unwrap();
        let said: Value = serde_json::from_slice(body).unwrap();
        assert_eq!((&said["to"], headers["authorization"].to_str().unwrap()), (&json!([phone]), "Bearer s3cret"));
        let mut mac = Hmac::<Sha256>::new_from_slice(b"key-of-the-city").unwrap();
        mac.update(body);
        assert_eq!(headers["x-signature"].to_str().unwrap(), hex::encode(mac.finalize().into_bytes()));
    }
    let rows: Vec<(Vec<u8>, Vec<u8>)> =
        sqlx::query_as("select telephone, digest from text_code").fetch_all(scene.house.test.database.pool()).await.unwrap();
    assert!(rows.iter().all(|(telephone, digest)| telephone.len() == 32 && digest.len() == 32), "only keyed digests are kept");

    // A wrong code, another telephone, then the right one; it opens one report, and that one again.
    let wrong = if code == "000000" { "000001" } else { "000000" };
    scene.citizen.post(REPORTS, report(Some(phone), Some((&id, wrong)))).await.refused(422, "text-code-wrong");
    scene.citizen.post(REPORTS, report(Some("13900000002"), Some((&id, &code)))).await.refused(422, "text-code-wrong");
    let body = report(Some(phone), Some((&id, &code)));
    let taken = scene.citizen.post(REPORTS, body.clone()).await;
    assert_eq!(taken.status, 201, "{}", taken.text);
    scene.citizen.post(REPORTS, report(Some(phone), Some((&id, &code)))).await.refused(422, "text-code-wrong");
    scene.house.clock.advance(Duration::minutes(30));
    assert_eq!(scene.citizen.post(REPORTS, body).await.status, 200, "sent again after its answer was lost");
    let lead = scene.operator.get(&format!("/api/v1/leads?q={}", taken.text_of("number"))).await.items()[0]["id"].clone();
    assert_eq!(scene.lead(lead.as_str().unwrap()).await["reporter"]["telephone_verified"], true);

    // Five tries, five minutes, one a minute.
    let send = async || {
        scene.house.clock.advance(Duration::minutes(2));
        let sent = scene.citizen.post(CODES, json!({ "telephone": phone })).await;
        assert_eq!(sent.status, 201, "{}", sent.text);
        (sent.text_of("id"), provider.code())
    };
    let (id, code) = send().await;
    scene.citizen.post(CODES, json!({ "telephone": phone })).await.refused(429, "too-many-requests");
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        scene.citizen.post(REPORTS, report(Some(phone), Some((&id, wrong)))).await.refused(422, "text-code-wrong");
    }
    scene.citizen.post(REPORTS, report(Some(phone), Some((&id, &code)))).await.refused(422, "text-code-wrong");
    let (id, code) = send().await;
    scene.house.clock.advance(Duration::seconds(301));
    scene.citizen.post(REPORTS, report(Some(phone), Some((&id, &code)))).await.refused(422, "text-code-wrong");
}

#[tokio::test]
async fn messages_are_bounded_and_an_odd_report_needs_a_code() {
    let scene = Scene::set().await;
    let provider = Provider::open(&scene).await;
    turn(&scene, "odd", 3).await;
    // Four reports of one place within the hour are usual, the fifth bears a mark.
    for _ in 0..4 {
        scene.citizen.post(REPORTS, report(None, None)).await.fine();
    }
    let refused = scene.citizen.post(REPORTS, report(None, None)).await;
    assert_eq!(refused.refused(422, "text-code-needed").body["fields"][0]["field"], "telephone");
    // The provider is down for one try and answers the second; then it refuses in words, and is not asked again.
    provider.next.lock().unwrap().push_back(StatusCode::BAD_GATEWAY);
    let sent = scene.citizen.post(CODES, json!({ "telephone": "13900000001" })).await;
    assert_eq!((sent.status.as_u16(), provider.heard()), (201, 2), "{}", sent.text);
    scene.citizen.post(REPORTS, report(Some("13900000001"), Some((&sent.text_of("id"), &provider.code())))).await.fine();
    provider.next.lock().unwrap().push_back(StatusCode::ACCEPTED);
    scene.citizen.post(CODES, json!({ "telephone": "13900000002" })).await.refused(503, "text-message-failed");
    assert_eq!(provider.heard(), 3);
    // Three messages a day, also those that failed; a day later there are three again.
    scene.citizen.post(CODES, json!({ "telephone": "13900000003" })).await.fine();
    scene.citizen.post(CODES, json!({ "telephone": "13900000004" })).await.refused(429, "too-many-requests");
    scene.house.clock.advance(Duration::hours(25));
    scene.citizen.post(CODES, json!({ "telephone": "13900000004" })).await.fine();
}
