//! The desk of those who decide: sent back and put forward again, and the calendar of hearings.

use axum::http::Method;
use serde_json::{Value, json};

use crate::scene::Scene;

async fn say(scene: &Scene, by: &testkit::house::Client, case: &str, what: &str, text: &str) -> testkit::house::Answer {
    let version = scene.show(case).await["version"].as_i64();
    by.call(Method::POST, &format!("/api/v1/cases/{case}/{what}"), version, Some(json!({ "text": text }))).await
}

#[tokio::test]
async fn whom_a_case_waits_for_sends_it_back_and_an_officer_puts_it_forward_again() {
    let scene = Scene::new().await;
    let case = &scene.open("ordinary").await;
    let waiting = async |by: &testkit::house::Client| by.get("/api/v1/cases?waiting=true&open=true").await.items();
    assert_eq!(waiting(&scene.head).await.len(), 1);

    // Nobody else, and not without a word.
    say(&scene, &scene.reviewer, case, "send-backs", "缺现场照片").await.refused(409, "case-not-waiting");
    say(&scene, &scene.officer, case, "send-backs", "缺现场照片").await.refused(409, "case-not-waiting");
    say(&scene, &scene.head, case, "send-backs", " ").await.refused(422, "field-required");
    say(&scene, &scene.officer, case, "resubmissions", "已补").await.refused(409, "case-not-sent-back");

    let back = say(&scene, &scene.head, case, "send-backs", "缺现场照片，联系 13900000001").await;
    assert_eq!(back.fine().body["sent_back"], true, "{}", back.text);
    assert_eq!(back.body["state"]["code"], "clue", "no fact changes");
    assert_eq!(back.body["remarks"][0]["text"], "缺现场照片，联系 139******01");
    assert!(waiting(&scene.head).await.is_empty());
    assert_eq!(waiting(&scene.officer).await[0]["sent_back"], true);
    say(&scene, &scene.head, case, "send-backs", "再说一次").await.refused(409, "case-not-waiting");
    say(&scene, &scene.head, case, "resubmissions", "已补").await.refused(403, "forbidden");

    let again = say(&scene, &scene.second, case, "resubmissions", "已补照片两张").await;
    assert_eq!(again.fine().body["sent_back"], false, "{}", again.text);
    assert_eq!(waiting(&scene.head).await.len(), 1);
    assert_eq!(again.body["remarks"].as_array().map(Vec::len), Some(2));
    let lines: Vec<&str> = again.body["ledger"].as_array().unwrap().iter().filter_map(|it| it["action"].as_str()).collect();
    assert_eq!(lines, ["resubmitted", "sent-back", "open"]);

    // A step ends it as well.
    say(&scene, &scene.head, case, "send-backs", "还缺一张").await.fine();
    Scene::taken(&scene.step(&scene.head, case, "file", json!({})).await, "filed");
    assert_eq!(scene.show(case).await["sent_back"], false);
}

#[tokio::test]
async fn the_calendar_shows_hearings_of_the_days_asked_for() {
    let scene = Scene::new().await;
    let case = &scene.open("ordinary").await;
    scene.noticed(case, 20_000).await;
    scene.step(&scene.officer, case, "request-hearing", json!({})).await.fine();
    let called = json!({ "hearing_at": "2026-11-20T01:00:00Z", "mode": "direct", "reached": [1] });
    Scene::taken(&scene.step(&scene.officer, case, "call-hearing", called).await, "hearing_requested");
    let listed = async |from: &str, to: &str| -> Value {
        scene.reviewer.get(&format!("/api/v1/case-hearings?from={from}&to={to}")).await.fine().body.clone()
    };
    let november = listed("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z").await;
    assert_eq!(november["items"][0]["case"], json!(case), "{november}");
    assert_eq!(november["items"][0]["stage"], "called");
    assert!(listed("2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z").await["items"].as_array().unwrap().is_empty());
    let long = scene.reviewer.get("/api/v1/case-hearings?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z").await;
    long.refused(422, "days-invalid");

    // Held is held, also when the case is then investigated anew.
    scene.house.clock.advance(chrono::TimeDelta::days(21));
    let held = scene.step(&scene.reviewer, case, "hold-hearing", json!({ "related": false })).await;
    Scene::taken(&held, "hearing_held");
    Scene::taken(&scene.step(&scene.officer, case, "consider-defence", json!({})).await, "hearing_held");
    Scene::taken(&scene.step(&scene.officer, case, "reinvestigate", json!({ "note": "补充调查" })).await, "investigating");
    let november = listed("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z").await;
    assert_eq!(november["items"][0]["stage"], "held", "{november}");
}
