//! Discretion benchmarks: drafted, reviewed by another person, published from a day, withdrawn; faults named with their place.

use axum::http::{Request, StatusCode, header};
use identity::Caller;
use serde_json::{Value, json};

use crate::house::{Answer, House, administrator, caller, house, now};

/// The sample's rules: numbers made up for tests (模拟).
fn rules() -> Value {
    serde_json::from_str(include_str!("../../../../data/discretion-sample.json")).unwrap()
}

impl House {
    async fn by(&self, caller: &Caller, method: &str, path: &str, seen: Option<i64>, body: Value) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
        if let Some(version) = seen {
            request = request.header(header::IF_MATCH, format!("\"{version}\""));
        }
        self.send(Some(caller.clone()), request.body(body.to_string().into()).unwrap()).await
    }
}

#[tokio::test]
async fn article_34_a_benchmark_is_published_when_another_person_reviewed_it() {
    let house = house().await;
    let (author, reviewer) = (administrator(), caller("legal_reviewer", "330482"));
    let of = |answer: &Answer| format!("/api/v1/benchmarks/{}", answer.body["id"].as_str().unwrap());

    // What came with the program shows how, and is never published.
    let listed = house.get("/api/v1/benchmarks").await.body;
    let sample = &listed["items"][0];
    assert_eq!((sample["sample"].as_bool(), sample["state"].as_str()), (Some(true), Some("draft")));
    let path = format!("/api/v1/benchmarks/{}/actions/review", sample["id"].as_str().unwrap());
    assert_eq!(house.by(&reviewer, "POST", &path, Some(1), json!({})).await.body["code"], "benchmark-sample");

    // A draft may have faults, each named with its place; it is not reviewed with them.
    let mut broken = rules();
    (broken["ranges"][0]["max"], broken["tiers"][1]["from_percent"]) = (json!(600), json!(40));
    let draft = house.by(&author, "POST", "/api/v1/benchmarks", None, json!({ "rules": broken, "reason": "模拟" })).await;
    assert_eq!(draft.status, StatusCode::CREATED, "{}", draft.body);
    let pointers: Vec<&str> = draft.body["faults"].as_array().unwrap().iter().map(|it| it["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers, ["/tiers/1/from_percent", "/ranges/0"]);
    // Both kinds of party are fined for M001: a benchmark for one of them alone leaves the other without a tier.
    let mut halved = rules();
    halved["ranges"].as_array_mut().unwrap().pop();
    let tried = house.call("POST", "/api/v1/benchmarks/actions/try", json!({ "rules": halved }).to_string()).await.body;
    assert!(tried["faults"].as_array().unwrap().iter().any(|it| it["pointer"] == "/ranges"), "{tried}");
    let again = house.by(&author, "POST", "/api/v1/benchmarks", None, json!({ "rules": rules(), "reason": "模拟" })).await;
    assert_eq!(again.body["code"], "benchmark-draft-exists");
    let path = of(&draft);
    let refused = house.by(&reviewer, "POST", &format!("{path}/actions/review"), Some(1), json!({})).await;
    assert_eq!((refused.status, &refused.body["fields"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("/tiers/1/from_percent")));
    let mended = house.by(&author, "PUT", &path, Some(1), json!({ "rules": rules(), "reason": "改正" })).await;
    assert_eq!((mended.body["faults"].as_array().unwrap().len(), mended.body["version"].as_i64()), (0, Some(2)), "{}", mended.body);

    // Not by its author, not before the review, not from a day that is past.
    let act = |by: &Caller, action: &str, seen: i64, body: Value| {
        let (house, path, by) = (&house, format!("{path}/actions/{action}"), by.clone());
        async move { house.by(&by, "POST", &path, Some(seen), body).await.body }
    };
    assert_eq!(act(&author, "review", 2, json!({})).await["code"], "reviewed-apart");
    assert_eq!(act(&author, "publish", 2, json!({})).await["code"], "benchmark-state");
    assert_eq!(act(&reviewer, "return", 2, json!({})).await["code"], "reason-missing");
    assert_eq!(act(&reviewer, "review", 1, json!({})).await["code"], "version-conflict");
    assert_eq!(act(&reviewer, "review", 2, json!({ "note": "同意" })).await["state"], "reviewed");
    assert_eq!(act(&author, "publish", 3, json!({ "from": "2026-11-22" })).await["code"], "from-invalid");
    let leader = caller("leader", "330482");
    assert_eq!(act(&leader, "publish", 3, json!({})).await["code"], "forbidden");
    assert_eq!(act(&author, "publish", 3, json!({ "from": "2026-12-01" })).await["state"], "published");

    // It counts from its day on, until the day of its withdrawal.
    let mut connection = house.test.database.pool().acquire().await.unwrap();
    let mut on =
        async |day: &str| house.matters.benchmark_on(&mut connection, "M001", day.parse().unwrap()).await.unwrap().map(|it| it.number);
    assert_eq!((on("2026-11-30").await, on("2026-12-01").await), (None, Some(2)));
    assert_eq!(act(&author, "withdraw", 4, json!({ "from": "2027-01-01", "note": "上位法修改" })).await["state"], "withdrawn");
    assert_eq!((on("2026-12-31").await, on("2027-01-01").await), (Some(2), None));
    assert_eq!(
        house.by(&author, "PUT", &path, Some(5), json!({ "rules": rules(), "reason": "x" })).await.body["code"],
        "benchmark-settled"
    );

    // Whose ground ends at a township keeps none; nobody deletes one.
    let township = caller("administrator", "330482901");
    let body = json!({ "rules": rules(), "reason": "x" });
    assert_eq!(house.by(&township, "POST", "/api/v1/benchmarks", None, body).await.body["code"], "scope-exceeded");
    assert!(sqlx::query("DELETE FROM benchmark_version").execute(house.test.database.pool()).await.is_err());
}

#[tokio::test]
async fn rules_are_tried_out_with_their_way() {
    let house = house().await;
    let body = json!({ "rules": rules(), "values": { "times": "2", "area": "8", "attitude": "late" }, "yuan": 500 });
    let tried = house.call("POST", "/api/v1/benchmarks/actions/try", body.to_string()).await.body;
    assert_eq!(
        (&tried["weighed"]["tier"], &tried["proposed"], &tried["judgement"]["verdict"]),
        (&json!("一般"), &json!(275), &json!("deviates"))
    );
    assert_eq!(tried["weighed"]["steps"].as_array().unwrap().len(), 6);
    let lacking = house.call("POST", "/api/v1/benchmarks/actions/try", json!({ "rules": rules() }).to_string()).await.body;
    assert!(lacking["lacking"].as_str().unwrap().contains("一年内违法次数"), "{lacking}");
    let unreadable = house.call("POST", "/api/v1/benchmarks/actions/try", json!({ "rules": { "surprise": 1 } }).to_string()).await;
    assert_eq!(unreadable.body["code"], "benchmark-unreadable");
}

#[tokio::test]
async fn a_case_stands_on_the_version_of_the_day_of_its_act() {
    let house = house().await;
    let day = |text: &str| text.parse().unwrap();
    let ground =
        |code: &'static str, act: &'static str| house.matters.ground(code, "330482901001", day(act), matters::FineParty::Individual);
    let found = ground("M001", "2026-10-30").await.unwrap();
    assert_eq!((found.version.number, found.holder, found.township.as_deref()), (1, matters::PowerHolder::Named, Some("330482901")));
    let grant = json!({
        "number": "模拟〔2026〕1号", "title": "模拟赋权公告", "organ": "模拟县人民政府", "announced_on": "2026-02-01", "effective_from": "2026-03-01",
        "act": "grant", "matters": ["M001"], "townships": ["330482901"],
    });
    house.call("POST", "/api/v1/empowerments", grant.to_string()).await;
    assert_eq!(ground("M001", "2026-02-28").await.unwrap().holder, matters::PowerHolder::Named);
    let after = ground("M001", "2026-03-01").await.unwrap();
    assert_eq!((after.holder, after.announcement.unwrap().number.as_str()), (matters::PowerHolder::Township, "模拟〔2026〕1号"));
    assert!(ground("M076", "2026-08-15").await.is_err(), "a replaced row judges no later act");
    let choice = house.matters.choice_of("M001", day("2026-02-28"), now().date_naive(), matters::FineParty::Individual).await.unwrap();
    assert_eq!((choice.verdict, choice.chosen), (matters::law::MatterVerdict::Same, Some(1)));
}
