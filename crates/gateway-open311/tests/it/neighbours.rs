//! Two cities with a socket between them: leads are referred, followed, ended, taken back; requests on our ground are taken in.

use std::net::SocketAddr;

use chrono::Duration;
use serde_json::{Value, json};
use testkit::house::{Client, House, OPEN311_KEY, in_the_west};
use tokio::task::JoinHandle;

/// A city behind a real socket, and its people.
pub(crate) struct City {
    pub house: House,
    pub operator: Client,
    shift_leader: Client,
    dispatcher: Client,
    administrator: Client,
}

impl City {
    pub async fn stand() -> Self {
        let house = House::build().await;
        house.with_rules().await;
        Self {
            operator: house.signed_in("operator01").await,
            shift_leader: house.signed_in("shift_leader01").await,
            dispatcher: house.signed_in("dispatcher01").await,
            administrator: house.signed_in("administrator01").await,
            house,
        }
    }

    pub async fn open(&self, port: u16) -> (u16, JoinHandle<()>) {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let router = self.house.router().into_make_service_with_connect_info::<SocketAddr>();
        (port, tokio::spawn(async move { axum::serve(listener, router).await.unwrap() }))
    }

    pub async fn knows(&self, port: u16, more: Value) -> Value {
        let mut neighbour = json!({
            "name": "邻县", "ground": "330411", "url": format!("http://127.0.0.1:{port}/open311/v2"), "api_key": OPEN311_KEY,
            "services": [{ "class": "06", "service": "06010" }], "fallback_service": "other", "active": true, "pulls": false, "poll_minutes": 10,
        });
        neighbour.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.administrator.put("/api/v1/neighbours/next-door", neighbour).await.fine().body.clone()
    }

    /// A citizen's report that lies outside, with a telephone in its words and another in its field.
    pub async fn reported(&self) -> String {
        let body = json!({
            "description": "桥东头有成堆的建筑垃圾，电话13900000001", "position": { "x": 121.5, "y": 30.9 }, "address": "邻县桥东路口", "class_code": "06010",
            "name": "测试市民", "telephone": "13900000002",
        });
        let receipt = self.house.visitor().post("/api/v1/public/reports", body).await;
        self.id(receipt.fine().body["number"].as_str().unwrap()).await
    }

    pub async fn id(&self, number: &str) -> String {
        let found = self.operator.get(&format!("/api/v1/leads?q={number}")).await;
        found.items()[0]["id"].as_str().unwrap_or_else(|| panic!("{number} is not here")).to_owned()
    }

    pub async fn lead(&self, id: &str) -> Value {
        self.operator.get(&format!("/api/v1/leads/{id}")).await.fine().body.clone()
    }

    pub async fn refer(&self, id: &str) -> Value {
        let body = json!({ "neighbour": "next-door", "reason": "在邻县境内" });
        self.dispatcher.act(id, "refer", body).await.fine().body.clone()
    }

    /// The whole way of a lead that came in with no place in a grid.
    async fn end(&self, id: &str) {
        self.operator.act(id, "correct", json!({ "position": in_the_west() })).await.fine();
        self.operator.act(id, "accept", json!({ "class_code": "06010", "standard": "x" })).await.fine();
        self.shift_leader.act(id, "file", json!({ "standard": "x" })).await.fine();
        let handler = self.house.signed_in("unit_handler01").await;
        handler.act(id, "take", json!({})).await.fine();
        let (before, after) = (self.house.photo().await, self.house.photo().await);
        handler
            .act(id, "fix", json!({ "note": "已清运两车，请来电13900000003", "before_photos": [before], "after_photos": [after] }))
            .await
            .fine();
        self.operator.act(id, "request-check", json!({})).await.fine();
        self.house.signed_in("collector01").await.act(id, "check", json!({ "passed": true })).await.fine();
        self.shift_leader.act(id, "close", json!({ "standard": "x" })).await.fine();
    }
}

fn owner_and_next_step(lead: &Value) -> (&Value, bool) {
    (&lead["holder"]["role"], lead["due_at"].is_string())
}

fn limit<'a>(lead: &'a Value, name: &str) -> &'a Value {
    lead["deadlines"].as_array().unwrap().iter().rfind(|limit| limit["id"] == name).unwrap_or(&Value::Null)
}

#[tokio::test]
async fn a_lead_goes_to_the_neighbour_once_and_comes_back_with_its_words() {
    let (ours, theirs) = (City::stand().await, City::stand().await);
    let (port, server) = theirs.open(0).await;
    let id = ours.reported().await;
    let offers = |lead: &Value| -> Vec<String> {
        lead["offers"].as_array().unwrap().iter().map(|offer| offer["verb"].as_str().unwrap().to_owned()).collect()
    };
    let before = ours.dispatcher.get(&format!("/api/v1/leads/{id}")).await.body.clone();
    assert!(!offers(&before).contains(&"refer".to_owned()), "without a neighbour it is not offered");
    ours.knows(port, json!({})).await;

    ours.operator.act(&id, "refer", json!({ "neighbour": "next-door", "reason": "x" })).await.refused(403, "forbidden");
    ours.dispatcher.act(&id, "refer", json!({ "neighbour": "next-door", "reason": " " })).await.refused(422, "field-required");
    ours.dispatcher.act(&id, "refer", json!({ "neighbour": "nobody", "reason": "x" })).await.refused(422, "neighbour-unknown");
    let lead = ours.refer(&id).await;
    assert_eq!((&lead["state"], &lead["referral"]["state"]), (&json!("referred"), &json!("waiting")));
    assert_eq!(owner_and_next_step(&lead), (&json!("dispatcher"), true), "it has an owner and a limit while it is away");
    assert_eq!((&limit(&lead, "accept")["state"], &limit(&lead, "refer")["state"]), (&json!("met"), &json!("running")));

    assert_eq!(ours.house.exchange.send_due().await.unwrap(), 1);
    assert_eq!(ours.house.exchange.send_due().await.unwrap(), 0);
    let lead = ours.lead(&id).await;
    let number = lead["referral"]["remote_id"].as_str().unwrap().to_owned();
    assert_eq!(lead["referral"]["state"], "sent");
    assert_eq!(theirs.house.count("select count(*) from lead").await, 1);
    let there = theirs.id(&number).await;
    let arrived = theirs.lead(&there).await;
    let words = arrived["description"].as_str().unwrap();
    assert!(words.contains("建筑垃圾") && words.contains(lead["number"].as_str().unwrap()) && words.contains("在邻县境内"), "{words}");
    assert!(!arrived.to_string().contains("13900000001") && !arrived.to_string().contains("测试市民"), "nothing of the reporter leaves");
    assert_eq!(arrived["reporter"]["has_contact"], false);

    // It is followed: where it stands there, and when it is over.
    assert_eq!(ours.house.exchange.follow_due().await.unwrap(), 1);
    assert_eq!(ours.lead(&id).await["referral"]["remote_notes"], "待受理");
    assert_eq!(ours.house.exchange.follow_due().await.unwrap(), 0, "asked for again after the minutes that were set");
    theirs.end(&there).await;
    ours.house.clock.advance(Duration::minutes(11));
    assert_eq!(ours.house.exchange.follow_due().await.unwrap(), 1);
    let lead = ours.lead(&id).await;
    assert_eq!((&lead["state"], &lead["referral"]["state"]), (&json!("fixed"), &json!("ended")));
    assert_eq!(owner_and_next_step(&lead), (&json!("operator"), true));
    let reply = lead["reply"].as_str().unwrap();
    assert!(reply.starts_with("邻县：") && reply.contains("已清运两车") && !reply.contains("13900000003"), "{reply}");
    ours.shift_leader.act(&id, "close", json!({ "standard": "邻市已办结" })).await.fine();
    let history = ours.operator.get(&format!("/api/v1/leads/{id}/history")).await;
    let items = history.items();
    let verbs: Vec<&str> = items.iter().map(|line| line["action"].as_str().unwrap()).collect();
    assert_eq!(verbs, ["report", "refer", "referral", "referral", "referral-end", "close"]);
    let verified = docket::ledger::verify(ours.house.test.database.pool(), &[]).await.unwrap();
    assert_eq!(verified.findings, Vec::new());
    server.abort();
}

#[tokio::test]
async fn sent_twice_after_a_crash_it_is_one_request_there() {
    let (ours, theirs) = (City::stand().await, City::stand().await);
    let (port, server) = theirs.open(0).await;
    ours.knows(port, json!({})).await;
    let id = ours.reported().await;
    ours.refer(&id).await;
    ours.house.exchange.send_due().await.unwrap();
    let first = ours.lead(&id).await["referral"]["remote_id"].clone();
    // As if the program had died between the answer and its note: the row still waits, and its claim has run out.
    sqlx::query("update referral set state = 'waiting', remote_id = null, sent_at = null")
        .execute(&ours.house.test.owner_pool)
        .await
        .unwrap();
    ours.house.clock.advance(Duration::minutes(3));
    theirs.house.clock.advance(Duration::minutes(3));
    assert_eq!(ours.house.exchange.send_due().await.unwrap(), 1);
    assert_eq!(ours.lead(&id).await["referral"]["remote_id"], first);
    assert_eq!(theirs.house.count("select count(*) from lead").await, 1);
    server.abort();
}

#[tokio::test]
async fn a_neighbour_that_is_down_is_tried_again_and_one_that_refuses_is_told_and_taken_back() {
    let (ours, theirs) = (City::stand().await, City::stand().await);
    let (port, server) = theirs.open(0).await;
    server.abort();
    let _ = server.await;
    ours.knows(port, json!({ "api_key": "wrong" })).await;
    let id = ours.reported().await;
    ours.refer(&id).await;
    ours.house.exchange.send_due().await.unwrap();
    let lead = ours.lead(&id).await;
    assert_eq!((&lead["referral"]["state"], &lead["referral"]["error"]), (&json!("waiting"), &json!("无法连接对方")));
    assert_eq!(ours.house.exchange.send_due().await.unwrap(), 0, "it waits before it tries again");
    let (_, server) = theirs.open(port).await;
    ours.house.clock.advance(Duration::seconds(16));
    ours.house.exchange.send_due().await.unwrap();
    let lead = ours.lead(&id).await;
    assert_eq!((&lead["state"], &lead["referral"]["state"]), (&json!("referred"), &json!("refused")));
    assert!(lead["referral"]["error"].as_str().unwrap().contains("api_key"), "{}", lead["referral"]);
    assert_eq!(owner_and_next_step(&lead), (&json!("dispatcher"), true));

    let back = ours.dispatcher.act(&id, "take-back", json!({ "reason": "邻市未接收" })).await.fine().body.clone();
    assert_eq!((&back["state"], &back["referral"]["state"]), (&json!("reported"), &json!("over")));
    assert_eq!((owner_and_next_step(&back), &limit(&back, "accept")["state"]), ((&json!("operator"), true), &json!("running")));
    // With the right key it goes; the second referral is one of its own.
    ours.knows(port, json!({})).await;
    ours.refer(&id).await;
    ours.house.exchange.send_due().await.unwrap();
    assert_eq!(ours.lead(&id).await["referral"]["state"], "sent");
    // What was not well ended goes back to where it came from, not to a unit that never had it.
    theirs.end(&theirs.id(ours.lead(&id).await["referral"]["remote_id"].as_str().unwrap()).await).await;
    ours.house.exchange.follow_due().await.unwrap();
    let again = ours.operator.act(&id, "rework", json!({ "reason": "现场还在" })).await.fine().body.clone();
    assert_eq!((&again["state"], &again["referral"]["state"]), (&json!("reported"), &json!("over")));
    ours.shift_leader.act(&id, "close", json!({ "standard": "x" })).await.refused(409, "action-refused");
    server.abort();
}

#[tokio::test]
async fn what_the_neighbour_was_told_of_our_ground_is_taken_in_once() {
    let (ours, theirs) = (City::stand().await, City::stand().await);
    let (port, server) = theirs.open(0).await;
    let report =
        |x: f64, words: &str| json!({ "service_code": "06010", "lat": 30.705, "long": x, "description": words, "api_key": OPEN311_KEY });
    let outsider = theirs.house.visitor();
    outsider.post("/open311/v2/requests.json", report(121.005, "路口有垃圾")).await.fine();
    outsider.post("/open311/v2/requests.json", report(122.5, "远处有垃圾")).await.fine();
    ours.knows(port, json!({ "pulls": true, "services": [{ "class": "06010", "service": "06010" }] })).await;
    assert_eq!(ours.house.exchange.pull_due().await.unwrap(), 1);
    assert_eq!(ours.house.exchange.pull_due().await.unwrap(), 0, "not again before the minutes that were set");
    let found = ours.operator.get("/api/v1/leads?source=neighbour").await;
    assert_eq!(found.items().len(), 1, "only what lies on our ground");
    let lead = ours.lead(found.items()[0]["id"].as_str().unwrap()).await;
    assert_eq!(
        (&lead["description"], &lead["class"]["code"], &lead["details"]["neighbour"]),
        (&json!("路口有垃圾"), &json!("06010"), &json!("邻县"))
    );
    ours.house.clock.advance(Duration::minutes(11));
    theirs.house.clock.advance(Duration::minutes(11));
    outsider.post("/open311/v2/requests.json", report(121.006, "又一处垃圾")).await.fine();
    assert_eq!(ours.house.exchange.pull_due().await.unwrap(), 1);
    assert_eq!(ours.house.count("select count(*) from lead").await, 2, "stretches overlap, leads do not");
    server.abort();
    let _ = server.await;
    ours.house.clock.advance(Duration::minutes(11));
    ours.house.exchange.pull_due().await.unwrap();
    let listed = ours.administrator.get("/api/v1/neighbours").await.fine().body.clone();
    let link = &listed["items"][0]["link"];
    assert_eq!((&link["error"], &link["taken"], &link["has_api_key"]), (&json!("无法连接对方"), &json!(2), &json!(true)));
    assert!(!listed.to_string().contains(OPEN311_KEY));
    let seen = ours.dispatcher.get("/api/v1/neighbours").await.fine().body.clone();
    assert_eq!((&seen["items"][0]["name"], &seen["items"][0]["link"]), (&json!("邻县"), &Value::Null), "a dispatcher reads names alone");
}

/// A server that takes reports and loses its answers, as behind a broken line; what it took stands in its list.
#[derive(Clone, Default)]
struct Forgetful(std::sync::Arc<std::sync::Mutex<(usize, Vec<Value>)>>);

impl Forgetful {
    async fn open(&self) -> u16 {
        use axum::{Form, Json, Router, extract::State, http::StatusCode, routing::get};
        async fn take(State(at): State<Forgetful>, Form(said): Form<std::collections::HashMap<String, String>>) -> StatusCode {
            let mut held = at.0.lock().unwrap();
            held.0 += 1;
            let number = format!("F{}", held.0);
            held.1.push(json!({ "service_request_id": number, "status": "open", "description": said["description"], "lat": 30.705, "long": 121.005 }));
            StatusCode::BAD_GATEWAY
        }
        async fn list(State(at): State<Forgetful>) -> Json<Vec<Value>> {
            Json(at.0.lock().unwrap().1.clone())
        }
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let app = Router::new().route("/open311/v2/requests.json", get(list).post(take)).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        port
    }
}

#[tokio::test]
async fn what_may_have_arrived_is_looked_for_before_it_is_sent_again_and_is_not_taken_back_in() {
    let ours = City::stand().await;
    let there = Forgetful::default();
    let port = there.open().await;
    ours.knows(port, json!({ "pulls": true })).await;
    let id = ours.reported().await;
    ours.refer(&id).await;
    ours.house.exchange.send_due().await.unwrap();
    assert_eq!(ours.lead(&id).await["referral"]["state"], "waiting", "the answer was lost");
    // Read back before its number is known: it bears ours, and is no new lead.
    ours.house.exchange.pull_due().await.unwrap();
    assert_eq!(ours.house.count("select count(*) from lead").await, 1);
    ours.house.clock.advance(Duration::seconds(16));
    ours.house.exchange.send_due().await.unwrap();
    let lead = ours.lead(&id).await;
    assert_eq!((&lead["referral"]["state"], &lead["referral"]["remote_id"]), (&json!("sent"), &json!("F1")));
    assert_eq!(there.0.lock().unwrap().0, 1, "sent once");

    // Taken back before it left, it does not leave; taken back after its answer was lost, somebody must tell them.
    let early = ours.reported().await;
    ours.refer(&early).await;
    let claimed = ours.house.leads.referrals_to_send(8).await.unwrap();
    ours.dispatcher.act(&early, "take-back", json!({ "reason": "看错了" })).await.fine();
    assert_eq!(ours.house.leads.referral_turn(claimed[0].id).await.unwrap(), None, "taken back between claim and sending");
    assert_eq!(ours.lead(&early).await["referral"]["must_be_told"], false);
    let late = ours.reported().await;
    ours.refer(&late).await;
    ours.house.exchange.send_due().await.unwrap();
    let back = ours.dispatcher.act(&late, "take-back", json!({ "reason": "看错了" })).await.fine().body.clone();
    assert_eq!((&back["referral"]["state"], &back["referral"]["must_be_told"]), (&json!("over"), &json!(true)));
    assert_eq!(there.0.lock().unwrap().0, 2);
    // Taken back while it was on its way: what is heard afterwards stands in the history.
    let flying = ours.reported().await;
    ours.refer(&flying).await;
    let claimed = ours.house.leads.referrals_to_send(8).await.unwrap()[0].id;
    assert_eq!(ours.house.leads.referral_turn(claimed).await.unwrap(), Some(None));
    ours.dispatcher.act(&flying, "take-back", json!({ "reason": "看错了" })).await.fine();
    ours.house.leads.referral_lost(claimed, "连接中断").await.unwrap();
    let history = ours.operator.get(&format!("/api/v1/leads/{flying}/history")).await;
    assert!(history.text.contains("可能已有这件"), "{}", history.text);
    ours.house.leads.referral_sent(claimed, Some("F9"), None).await.unwrap();
    let history = ours.operator.get(&format!("/api/v1/leads/{flying}/history")).await;
    assert!(history.text.contains("F9") && history.text.contains("请电话告知"), "{}", history.text);
}

#[tokio::test]
async fn one_bad_number_does_not_keep_the_others_from_being_followed() {
    let (ours, theirs) = (City::stand().await, City::stand().await);
    let (port, server) = theirs.open(0).await;
    ours.knows(port, json!({})).await;
    let (good, bad) = (ours.reported().await, ours.reported().await);
    ours.refer(&good).await;
    ours.refer(&bad).await;
    ours.house.exchange.send_due().await.unwrap();
    // A number so long that their server refuses the whole question.
    sqlx::query("update referral set remote_id = repeat('9', 400) where lead_id = $1::uuid")
        .bind(&bad)
        .execute(&ours.house.test.owner_pool)
        .await
        .unwrap();
    assert_eq!(ours.house.exchange.follow_due().await.unwrap(), 2);
    assert_eq!(ours.lead(&good).await["referral"]["remote_notes"], "待受理");
    server.abort();
}

/// A server whose answers hold fifty requests, the newest first, whatever the specification says.
async fn paging(requests: Vec<Value>) -> u16 {
    use axum::{Json, Router, extract::Query, routing::get};
    let list = move |Query(asked): Query<std::collections::HashMap<String, String>>| {
        let requests = requests.clone();
        async move {
            let time = |text: &str| chrono::DateTime::parse_from_rfc3339(text).unwrap();
            let (from, to) = (time(&asked["start_date"]), time(&asked["end_date"]));
            let fits = |request: &&Value| (from..=to).contains(&time(request["requested_datetime"].as_str().unwrap()));
            Json(requests.iter().rev().filter(fits).take(50).cloned().collect::<Vec<_>>())
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let app = Router::new().route("/open311/v2/requests.json", get(list));
    tokio::spawn(async move { axum::serve(listener, app).await });
    port
}

#[tokio::test]
async fn a_server_that_answers_in_small_pages_is_read_to_the_end() {
    let ours = City::stand().await;
    let begin = testkit::house::monday_morning() - Duration::hours(10);
    let made = (0..130).map(|at| {
        json!({ "service_request_id": format!("P{at}"), "status": "open", "description": format!("垃圾 {at}"), "lat": 30.705, "long": 121.005,
            "requested_datetime": (begin + Duration::minutes(4 * at)).to_rfc3339() })
    });
    let port = paging(made.collect()).await;
    ours.knows(port, json!({ "pulls": true })).await;
    ours.house.exchange.pull_due().await.unwrap();
    assert_eq!(ours.house.count("select count(*) from lead").await, 130);
}
