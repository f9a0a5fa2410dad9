//! Sources: set up by configuration, heard in their own form, and answered with a proof.

use std::sync::{Arc, Mutex};

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, http::StatusCode, routing::post};
use chrono::Duration;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use testkit::house::Client;

use crate::scene::{CLASS, Scene};

/// A complaints platform with its own form, as an administrator sets it up.
fn platform(reply_url: Option<&str>) -> Value {
    json!({
        "name": "湖商通", "kind": "orders", "active": true,
        "accept": { "value": 4.0, "unit": "working_hour" }, "reply": { "value": 5.0, "unit": "working_day" },
        "mapping": { "external_id": "/order/no", "title": "/order/title", "description": "/order/content", "telephone": "/from/phone",
            "name": "/from/name", "lon": "/at/0", "lat": "/at/1", "coordinate_system": "wgs84", "occurred_at": "/order/time" },
        "reply_url": reply_url,
    })
}

fn order(number: u32, words: &str) -> Value {
    json!({
        "order": { "no": number, "title": "门前堆放", "content": words, "time": "2026-07-06 08:00:00" },
        "from": { "name": "王某", "phone": "0573-85001234" }, "at": [121.005, 30.705], "other": { "ignored": true },
    })
}

async fn set_up(scene: &Scene, reply_url: Option<&str>) -> (Client, Value) {
    let answer = scene.administrator.put("/api/v1/sources/huzhou-business", platform(reply_url)).await;
    answer.fine();
    (scene.house.machine("platform01").await, answer.body)
}

const MESSAGES: &str = "/api/v1/sources/huzhou-business/messages";

#[tokio::test]
async fn a_city_adds_a_source_by_configuration_alone() {
    let scene = Scene::set().await;
    let (platform, set) = set_up(&scene, None).await;
    assert_eq!((set["built_in"].as_bool(), set["version"].as_i64(), set["reply_secret"].as_str()), (Some(false), Some(1), None));
    let receipt = platform.post(MESSAGES, order(7, "店门前堆着纸箱，影响行人")).await;
    assert_eq!(receipt.status, 201, "{}", receipt.text);
    let found = scene.operator.get("/api/v1/leads?source=huzhou-business").await;
    let (row, id) = (found.items()[0].clone(), found.items()[0]["id"].as_str().unwrap().to_owned());
    assert_eq!((row["source_label"].as_str(), row["title"].as_str()), (Some("湖商通"), Some("门前堆放")));
    assert_eq!(row["place"]["grid_code"].as_str().map(str::len), Some(15));
    let lead = scene.lead(&id).await;
    assert_eq!(lead["reporter"]["has_contact"], true);
    // Its own limits: four working hours to accept, five working days to answer.
    let hours = |limit: &Value| (limit["due_at"].as_str().unwrap().to_owned(), limit["state"].as_str().unwrap().to_owned());
    assert_eq!(hours(&scene.limit(&id, "accept").await).1, "running");
    assert_eq!(hours(&scene.limit(&id, "reply").await).1, "running");
    assert!(hours(&scene.limit(&id, "accept").await).0 < hours(&scene.limit(&id, "reply").await).0);
    // The words are searched for like any other's.
    assert_eq!(scene.operator.get("/api/v1/leads?q=%E7%BA%B8%E7%AE%B1&source=huzhou-business").await.items().len(), 1);
    assert_eq!(scene.operator.get("/api/v1/leads?q=%E7%BA%B8%E7%AE%B1&source=hotline").await.items().len(), 0);
}

#[tokio::test]
async fn a_message_sent_again_is_one_lead_and_new_words_are_never_lost() {
    let scene = Scene::set().await;
    let (platform, _) = set_up(&scene, None).await;
    let first = platform.post(MESSAGES, order(7, "店门前堆着纸箱")).await;
    for (words, supplemented) in [("店门前堆着纸箱", false), ("纸箱还在，味道很大", true), ("纸箱还在，味道很大", false)]
    {
        let again = platform.post(MESSAGES, order(7, words)).await;
        assert_eq!((again.status.as_u16(), again.text_of("number")), (200, first.text_of("number")));
        assert_eq!((&again.body["already_present"], &again.body["supplemented"]), (&json!(true), &json!(supplemented)), "{words}");
    }
    let found = scene.operator.get("/api/v1/leads?source=huzhou-business").await;
    assert_eq!(found.items().len(), 1);
    let id = found.items()[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(scene.history(&id).await, ["report", "comment"]);
    scene.operator.act(&id, "reject", json!({ "reason": "不属本区" })).await.fine();
    // The lead is over: what comes now is a lead of its own, once, that says which one it follows.
    for status in [201, 200] {
        let late = platform.post(MESSAGES, order(7, "又堆了")).await;
        assert_eq!(late.status, status);
        assert_ne!(late.text_of("number"), first.text_of("number"));
    }
    let found = scene.operator.get("/api/v1/leads?source=huzhou-business&state=reported").await;
    assert_eq!(found.items().len(), 1);
    let follower = scene.lead(found.items()[0]["id"].as_str().unwrap()).await;
    assert_eq!(follower["details"]["follows"], json!(first.text_of("number")));
    // The source is answered under its own number, both times.
    scene.operator.act(follower["id"].as_str().unwrap(), "reject", json!({ "reason": "不属本区" })).await.fine();
    let answers = scene.operator.get("/api/v1/answers?source=huzhou-business").await.items();
    assert_eq!(answers.iter().map(|answer| answer["source_key"].as_str().unwrap()).collect::<Vec<_>>(), ["7", "7"]);
}

#[tokio::test]
async fn a_source_that_names_its_senders_hears_nobody_else() {
    let scene = Scene::set().await;
    let (platform_key, _) = set_up(&scene, None).await;
    let stranger = scene.house.machine("stranger01").await;
    stranger.post(MESSAGES, order(1, "店门前堆着纸箱")).await.fine();
    let platform01 = platform_key.get("/api/v1/session").await.body["person"]["id"].clone();
    let mut named = platform(None);
    named["senders"] = json!([platform01]);
    let saved = scene.administrator.put("/api/v1/sources/huzhou-business", named.clone()).await.fine().body.clone();
    assert_eq!(saved["senders"][0]["id"], platform01);
    stranger.post(MESSAGES, order(2, "店门前堆着纸箱")).await.refused(403, "source-not-yours");
    platform_key.post(MESSAGES, order(2, "店门前堆着纸箱")).await.fine();
    assert_eq!(scene.house.count("select count(*) from lead").await, 2);
    // Who may not set sources does not read who sends for them.
    let shown = scene.operator.get("/api/v1/sources").await;
    assert!(!shown.text.contains(platform01.as_str().unwrap()));
    named["senders"] = json!([uuid::Uuid::nil()]);
    scene.administrator.put("/api/v1/sources/huzhou-business", named).await.refused(422, "source-invalid");
}

#[tokio::test]
async fn twenty_at_once_of_one_number_are_one_lead() {
    let scene = Scene::set().await;
    let (platform, _) = set_up(&scene, None).await;
    let sent: Vec<_> = futures::future::join_all((0..20).map(|_| platform.post(MESSAGES, order(9, "店门前堆着纸箱")))).await;
    assert_eq!(sent.iter().filter(|answer| answer.status == 201).count(), 1);
    assert!(sent.iter().all(|answer| answer.text_of("number") == sent[0].text_of("number")));
    assert_eq!(scene.operator.get("/api/v1/leads?source=huzhou-business").await.items().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_a_lead_is_refused_by_name_and_by_right() {
    let scene = Scene::set().await;
    let (platform, set) = set_up(&scene, None).await;
    platform.post("/api/v1/sources/media/messages", order(1, "字")).await.refused(409, "source-not-mapped");
    platform.post("/api/v1/sources/portal/messages", order(1, "字")).await.refused(422, "source-invalid");
    platform.post("/api/v1/sources/nobody/messages", order(1, "字")).await.refused(422, "source-invalid");
    for wrong in [
        json!({}),
        json!({ "order": { "content": "字" } }),
        json!({ "order": { "no": 1 } }),
        json!([1]),
        json!({ "order": { "no": [1], "content": "字" } }),
    ] {
        platform.post(MESSAGES, wrong).await.refused(422, "message-invalid");
    }
    // Twenty digits without quotes have lost some on the way: two orders would be one.
    let long = r#"{"order":{"no":20261122000000000017,"content":"字"}}"#;
    platform.post(MESSAGES, serde_json::from_str(long).unwrap()).await.refused(422, "message-invalid");
    platform.post(MESSAGES, order(41, "店门前\u{0}堆着纸箱")).await.fine();
    let mut afar = order(1, "字");
    afar["at"] = json!(["x", 2]);
    platform.post(MESSAGES, afar).await.refused(422, "message-invalid");
    scene.operator.post(MESSAGES, order(1, "字")).await.refused(403, "forbidden");
    scene.citizen.post(MESSAGES, order(1, "字")).await.refused(401, "not-signed-in");
    platform.put("/api/v1/sources/media", platform_of("media")).await.refused(403, "forbidden");
    // Nobody overwrites what he has not seen, and a kind stays.
    let stale = scene
        .administrator
        .call(axum::http::Method::PUT, "/api/v1/sources/huzhou-business", Some(0), Some(set_again(&set, "orders")))
        .await;
    stale.refused(412, "version-conflict");
    scene.administrator.put("/api/v1/sources/huzhou-business", set_again(&set, "media")).await.refused(422, "source-invalid");
    let mut off = platform_of("off");
    off["active"] = json!(false);
    scene.administrator.put("/api/v1/sources/huzhou-business", off).await.fine();
    platform.post(MESSAGES, order(1, "字")).await.refused(422, "source-invalid");
    // Mappings and addresses are for those who set them.
    let seen = scene.operator.get("/api/v1/sources").await;
    assert!(seen.items().iter().all(|source| source["mapping"] == json!({})));
    let kept = scene.house.count("select count(*) from lead where description = '店门前堆着纸箱'").await;
    assert_eq!((kept, scene.house.count("select count(*) from lead").await), (1, 1));
    let zero = json!({ "name": "a\u{0}b", "kind": "orders", "active": true });
    scene.administrator.put("/api/v1/sources/zero", zero).await.refused(422, "field-invalid");
    let address = json!({ "name": "a", "kind": "orders", "active": true, "reply_url": "http://127.0.0.1/\u{0}a" });
    assert!(scene.administrator.put("/api/v1/sources/zero", address).await.status.as_u16() < 500);
}

fn platform_of(name: &str) -> Value {
    let mut wanted = platform(None);
    wanted["name"] = json!(name);
    wanted
}

fn set_again(set: &Value, kind: &str) -> Value {
    let mut wanted = platform(None);
    wanted["kind"] = json!(kind);
    wanted["name"] = set["name"].clone();
    wanted
}

#[tokio::test]
async fn a_mapping_is_tried_before_it_is_saved() {
    let scene = Scene::set().await;
    let trial = json!({ "mapping": platform(None)["mapping"], "message": order(3, "店门前堆着纸箱") });
    let read = scene.administrator.post("/api/v1/sources/anything/messages/preview", trial.clone()).await;
    read.fine();
    assert_eq!((&read.body["source_key"], &read.body["has_telephone"]), (&json!("3"), &json!(true)));
    assert!(!read.text.contains("85001234") && !read.text.contains("王某"));
    assert_eq!(scene.house.count("select count(*) from lead").await, 0);
    let mut wrong = trial;
    wrong["mapping"]["external_id"] = json!("order.no");
    scene.administrator.post("/api/v1/sources/anything/messages/preview", wrong).await.refused(422, "mapping-invalid");
}

#[tokio::test]
async fn media_exposure_is_followed_up_by_name() {
    let scene = Scene::set().await;
    let mut media = platform(None);
    (media["kind"], media["name"]) = (json!("media"), json!("媒体曝光"));
    scene.administrator.put("/api/v1/sources/media", media).await.fine();
    let newsroom = scene.house.machine("newsroom01").await;
    newsroom.post("/api/v1/sources/media/messages", order(1, "店门前堆着纸箱")).await.fine();
    let id = scene.operator.get("/api/v1/leads?source=media").await.items()[0]["id"].as_str().unwrap().to_owned();
    let accept = json!({ "class_code": CLASS, "standard": "符合" });
    let refused = scene.operator.act(&id, "accept", accept.clone()).await;
    refused.refused(409, "action-refused");
    assert!(refused.body["detail"].as_str().unwrap().contains("跟办人"), "{}", refused.text);
    let offers = scene.lead(&id).await["offers"].clone();
    let allowed = |verb: &str| offers.as_array().unwrap().iter().any(|offer| offer["verb"] == verb && offer["allowed"] == true);
    assert!(allowed("appoint") && !allowed("accept"));
    let shift_leader = scene.shift_leader.get("/api/v1/session").await.body["person"]["id"].clone();
    scene.collector.act(&id, "appoint", json!({ "person": shift_leader })).await.refused(403, "forbidden");
    scene.operator.act(&id, "appoint", json!({ "person": uuid::Uuid::nil() })).await.refused(422, "person-not-able");
    scene.operator.act(&id, "appoint", json!({ "person": shift_leader, "note": "报社记者已联系" })).await.fine();
    scene.operator.act(&id, "accept", accept).await.fine();
    assert_eq!(scene.lead(&id).await["follower"]["id"], shift_leader);
    assert_eq!(scene.shift_leader.get("/api/v1/leads?queue=following").await.items().len(), 1);
    assert_eq!(scene.operator.get("/api/v1/leads?queue=following").await.items().len(), 0);
}

/// A source's own system: what it was told, and what it says to that.
#[derive(Clone, Default)]
struct Receiver {
    told: Arc<Mutex<Vec<(String, String, String)>>>,
    says: Arc<Mutex<u16>>,
}

impl Receiver {
    async fn listen(self) -> String {
        let app = Router::new().route("/answers", post(Self::hear)).with_state(self);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, app).await });
        format!("http://{address}/answers")
    }

    async fn hear(State(own): State<Self>, headers: HeaderMap, body: Bytes) -> (StatusCode, &'static str) {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let words = String::from_utf8(body.to_vec()).unwrap();
        own.told.lock().unwrap().push((words, header("bihuan-signature"), header("bihuan-delivery")));
        (StatusCode::from_u16(*own.says.lock().unwrap()).unwrap(), "已收到")
    }
}

/// A message of the platform, carried to its closing.
async fn closed(scene: &Scene, platform: &Client, number: u32) -> String {
    platform.post(MESSAGES, order(number, "店门前堆着纸箱")).await.fine();
    let found = scene.operator.get("/api/v1/leads?source=huzhou-business&state=reported").await;
    let id = found.items()[0]["id"].as_str().unwrap().to_owned();
    scene.operator.act(&id, "accept", json!({ "class_code": CLASS, "standard": "符合" })).await.fine();
    scene.shift_leader.act(&id, "file", json!({ "standard": "符合" })).await.fine();
    scene.handler.act(&id, "take", json!({})).await.fine();
    let (before, after) = (scene.house.photo().await, scene.house.photo().await);
    let fix = json!({ "note": "纸箱已清走，已约谈店主", "before_photos": [before], "after_photos": [after] });
    scene.handler.act(&id, "fix", fix).await.fine();
    scene.operator.act(&id, "request-check", json!({})).await.fine();
    scene.collector.act(&id, "check", json!({ "passed": true })).await.fine();
    scene.shift_leader.act(&id, "close", json!({ "standard": "已清" })).await.fine();
    id
}

#[tokio::test]
async fn an_answer_goes_back_signed_again_and_again_until_it_is_taken() {
    let scene = Scene::set().await;
    let receiver = Receiver { says: Arc::new(Mutex::new(503)), ..Receiver::default() };
    let url = receiver.clone().listen().await;
    let (platform, set) = set_up(&scene, Some(&url)).await;
    let secret = set["reply_secret"].as_str().unwrap().to_owned();
    let id = closed(&scene, &platform, 7).await;
    assert_eq!(scene.limit(&id, "reply").await["state"], "met");
    assert_eq!(scene.house.leads.send_answers_due().await.unwrap_or_default(), 1);
    assert_eq!(scene.house.leads.send_answers_due().await.unwrap_or_default(), 0, "not before its time");
    let owed = |id: &str| format!("/api/v1/answers?lead={id}");
    let standing = scene.operator.get(&owed(&id)).await.items()[0].clone();
    assert_eq!((&standing["state"], &standing["status"], &standing["attempts"]), (&json!("waiting"), &json!(503), &json!(1)));
    *receiver.says.lock().unwrap() = 200;
    scene.house.clock.advance(Duration::seconds(20));
    assert_eq!(scene.house.leads.send_answers_due().await.unwrap_or_default(), 1);
    let standing = scene.operator.get(&owed(&id)).await.items()[0].clone();
    assert_eq!(standing["state"], "sent");
    assert_eq!(standing["proof"], json!(format!("sha256:{}", hex::encode(Sha256::digest("已收到")))));
    let told = receiver.told.lock().unwrap().clone();
    assert_eq!((told.len(), &told[0].2), (2, &told[1].2), "one answer, known by its id");
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(told[1].0.as_bytes());
    assert_eq!(told[1].1, format!("sha256={}", hex::encode(mac.finalize().into_bytes())));
    let said: Value = serde_json::from_str(&told[1].0).unwrap();
    assert_eq!((&said["key"], &said["outcome"], &said["answer"]), (&json!("7"), &json!("closed"), &json!("纸箱已清走，已约谈店主")));
    assert_eq!(scene.history(&id).await.last().map(String::as_str), Some("answer"));
    assert_eq!(docket::ledger::verify(scene.house.test.database.pool(), &[]).await.unwrap().findings.len(), 0);
}

#[tokio::test]
async fn after_a_day_of_tries_it_is_a_persons_to_give_and_merged_reports_are_answered_too() {
    let scene = Scene::set().await;
    let receiver = Receiver { says: Arc::new(Mutex::new(500)), ..Receiver::default() };
    let url = receiver.clone().listen().await;
    let (platform, _) = set_up(&scene, Some(&url)).await;
    platform.post(MESSAGES, order(1, "店门前堆着纸箱，先报的")).await.fine();
    let first = scene.operator.get("/api/v1/leads?source=huzhou-business").await.items()[0]["id"].as_str().unwrap().to_owned();
    scene.operator.act(&first, "accept", json!({ "class_code": CLASS, "standard": "符合" })).await.fine();
    platform.post(MESSAGES, order(2, "店门前堆着纸箱，后报的")).await.fine();
    let second =
        scene.operator.get("/api/v1/leads?source=huzhou-business&state=reported").await.items()[0]["id"].as_str().unwrap().to_owned();
    scene.operator.act(&second, "merge", json!({ "into": first, "reason": "同一处" })).await.fine();
    assert_eq!(scene.house.count("select count(*) from answer").await, 0, "it goes on in the other one");
    let more = platform.post(MESSAGES, order(2, "纸箱又堆高了")).await;
    assert_eq!((more.status.as_u16(), &more.body["supplemented"]), (200, &json!(true)));
    assert_eq!(scene.history(&first).await.last().map(String::as_str), Some("comment"), "its words go on there as well");
    scene.shift_leader.act(&first, "void", json!({ "reason": "重复立案" })).await.fine();
    assert_eq!(scene.house.count("select count(*) from answer where state = 'waiting'").await, 2);
    for _ in 0..40 {
        scene.house.leads.send_answers_due().await.unwrap_or_default();
        scene.house.clock.advance(Duration::hours(1));
    }
    let dead = scene.operator.get("/api/v1/answers?state=dead").await;
    assert_eq!(dead.items().len(), 2);
    let answer = dead.items()[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/answers/{answer}/actions/give");
    scene.collector.post(&path, json!({ "how": "电话" })).await.refused(403, "forbidden");
    scene.operator.post(&path, json!({ "how": " " })).await.refused(422, "field-required");
    scene.operator.post(&path, json!({ "how": "已在对方平台手工回复" })).await.fine();
    scene.operator.post(&path, json!({ "how": "再一次" })).await.refused(409, "answer-settled");
    let other = dead.items()[1]["id"].as_str().unwrap().to_owned();
    *receiver.says.lock().unwrap() = 200;
    scene.operator.post(&format!("/api/v1/answers/{other}/actions/retry"), json!({})).await.fine();
    assert_eq!(scene.house.leads.send_answers_due().await.unwrap_or_default(), 1);
    assert_eq!(scene.house.count("select count(*) from answer where state in ('sent', 'given')").await, 2);
}
