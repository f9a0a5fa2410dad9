//! Working hours of units: limits of what a unit was given count by its own, what runs is counted again and never becomes due earlier.

use kernel::clock::Clock;
use serde_json::{Value, json};

use crate::scene::Scene;

fn every_day(span: &str) -> Value {
    json!({ "days": vec![vec![span]; 7], "through_holidays": true })
}

async fn counted_again(scene: &Scene) -> usize {
    scene.house.clock.advance(chrono::Duration::seconds(6));
    let mut units = 0;
    while scene.house.leads.recount_unit_hours().await.unwrap() {
        units += 1;
    }
    units
}

fn today(scene: &Scene) -> String {
    scene.house.clock.now().with_timezone(&kernel::clock::shanghai()).date_naive().to_string()
}

fn due(limit: &Value) -> &str {
    limit["due_at"].as_str().unwrap()
}

#[tokio::test]
async fn what_a_unit_was_given_counts_by_its_hours_and_never_becomes_due_earlier() {
    let scene = Scene::set().await;
    let (west, east) = (scene.house.units.west, scene.house.units.east);
    let today = today(&scene);
    let (lead, _) = scene.dispatched().await;
    let house = scene.limit(&lead, "fix").await;
    // On duty around the clock: it would be due earlier, and is not, since somebody was told the other day.
    let around = json!({ "unit": west, "from": today, "week": every_day("00:00-24:00"), "reason": "应急中队全天值守" });
    let entered = scene.administrator.post("/api/v1/unit-hours", around).await;
    entered.fine();
    assert_eq!((entered.items()[0]["number"].as_i64(), entered.items()[0].get("recounted_at")), (Some(1), None));
    assert_eq!(counted_again(&scene).await, 1);
    let kept = scene.limit(&lead, "fix").await;
    assert_eq!(due(&kept), due(&house));
    assert!(kept["explanation"].as_str().unwrap().contains("工作时间（第 1 号）计"), "{kept}");
    // What begins now counts by the new hours: four hours through noon instead of until three.
    let (fresh, _) = scene.dispatched().await;
    let fast = scene.limit(&fresh, "fix").await;
    assert!(due(&fast) < due(&house), "{fast} {house}");
    // The centre's own steps do not.
    let (checking, _) = scene.checking().await;
    assert!(!scene.limit(&checking, "check").await["explanation"].as_str().unwrap().contains("工作时间（"), "the house's");
    // Shorter days from now on: both run out later, and the history says by which hours.
    let short = json!({ "unit": west, "from": today, "week": every_day("08:00-09:00"), "reason": "台风期间集中值守" });
    scene.administrator.post("/api/v1/unit-hours", short).await.fine();
    assert_eq!(counted_again(&scene).await, 1);
    let slow = scene.limit(&fresh, "fix").await;
    assert!(due(&slow) > due(&house), "{slow}");
    assert!(scene.history(&fresh).await.contains(&"limit-recounted".to_owned()));
    let versions = scene.administrator.get("/api/v1/unit-hours").await.items();
    assert!(versions[0]["moved"].as_i64().unwrap() >= 2, "{versions:?}");
    assert!(versions.iter().all(|version| version["recounted_at"].is_string()));
    // Given to a unit without hours of its own, the house's count again.
    scene.handler.act(&fresh, "send-back", json!({ "reason": "不属本单位" })).await.fine();
    scene.dispatcher.act(&fresh, "dispatch", json!({ "unit": east })).await.fine();
    let moved = scene.limit(&fresh, "fix").await;
    assert!(!moved["explanation"].as_str().unwrap().contains("工作时间（"), "{moved}");
    let told = scene.limit(&lead, "fix").await;
    // Back to the house's: what was told stays, and a program that starts anew finds nothing to count.
    scene.administrator.post("/api/v1/unit-hours", json!({ "unit": west, "from": today, "reason": "恢复常态" })).await.fine();
    assert_eq!(counted_again(&scene).await, 1);
    assert_eq!(due(&scene.limit(&lead, "fix").await), due(&told), "the last day that was told, not the first");
    assert_eq!(counted_again(&scene).await, 0);
    let history = scene.house.signed_in("evaluator01").await.get("/api/v1/settings-history?kind=unit-hours").await.items();
    assert_eq!(history.len(), 3);
    assert_eq!(history[0]["after"]["reason"], "恢复常态");
}

/// When a limit ends.
fn end(limit: &Value) -> chrono::DateTime<chrono::Utc> {
    due(limit).parse().unwrap()
}

#[tokio::test]
async fn a_told_day_stays_through_a_pause_and_an_extension_and_light_and_words_go_by_it() {
    let scene = Scene::set().await;
    let (lead, _) = scene.fixing().await;
    let (watched, _) = scene.fixing().await;
    let told = end(&scene.limit(&watched, "fix").await);
    let paused = end(&scene.limit(&lead, "fix").await);
    let around = json!({ "unit": scene.house.units.west, "from": today(&scene), "week": every_day("00:00-24:00"), "reason": "全天值守" });
    scene.administrator.post("/api/v1/unit-hours", around).await.fine();
    assert_eq!(counted_again(&scene).await, 1);
    assert_eq!(end(&scene.limit(&lead, "fix").await), paused);
    let (fast, _) = scene.dispatched().await;
    let fast = end(&scene.limit(&fast, "fix").await);
    assert!(fast < told, "{fast} {told}");
    // An hour of pause is an hour more, by hours that count around the clock.
    scene.shift_leader.act(&lead, "suspend", json!({ "reason": "台风" })).await.fine();
    scene.house.clock.advance(chrono::Duration::hours(1));
    scene.shift_leader.act(&lead, "resume", json!({})).await.fine();
    let resumed = scene.limit(&lead, "fix").await;
    assert_eq!(end(&resumed), paused + chrono::Duration::hours(1), "{resumed}");
    // So is every hour that is granted.
    scene.handler.act(&lead, "request-extension", json!({ "hours": 8, "reason": "等吊车" })).await.fine();
    scene.shift_leader.act(&lead, "grant-extension", json!({ "hours": 8 })).await.fine();
    let extended = scene.limit(&lead, "fix").await;
    assert_eq!(end(&extended), paused + chrono::Duration::hours(9), "{extended}");
    // Past what the new hours would make of it, and before what was told.
    let now = scene.house.clock.now();
    scene.house.clock.advance(fast + chrono::Duration::minutes(10) - now);
    assert!(scene.house.clock.now() < told);
    let shown = scene.limit(&watched, "fix").await;
    assert_eq!((shown["light"].as_str(), end(&shown)), (Some("green"), told), "{shown}");
    let words = shown["explanation"].as_str().unwrap();
    assert!(words.contains("剩余") && words.contains("按已告知的到期时间多计") && !words.contains("已超时"), "{words}");
    let id = watched.parse().unwrap();
    let standing = scene.house.leads.standings(None, &[id]).await.unwrap().remove(0).limit.unwrap();
    assert!(standing.words.starts_with("剩余") && standing.remaining_seconds > 0, "{standing:?}");
    // Paused and let go on at once, nothing is lost of it.
    scene.shift_leader.act(&watched, "suspend", json!({ "reason": "台风" })).await.fine();
    scene.shift_leader.act(&watched, "resume", json!({})).await.fine();
    assert_eq!(end(&scene.limit(&watched, "fix").await), told);
}

#[tokio::test]
async fn a_joint_task_counts_by_the_hours_of_its_own_unit() {
    let scene = Scene::set().await;
    let (lead, _) = scene.dispatched().await;
    let entered = json!({ "unit": scene.house.units.east, "from": today(&scene), "week": every_day("08:00-09:00"), "reason": "错峰" });
    scene.administrator.post("/api/v1/unit-hours", entered).await.fine();
    let call = json!({ "units": [scene.house.units.east], "ask": "协助清运" });
    scene.dispatcher.act(&lead, "call-joint", call).await.fine();
    let (fix, assist) = (scene.limit(&lead, "fix").await, scene.limit(&lead, "assist").await);
    assert!(due(&assist) > due(&fix), "{assist} {fix}");
    assert!(assist["explanation"].as_str().unwrap().contains("工作时间（第 1 号）计"), "{assist}");
}

#[tokio::test]
async fn a_week_is_looked_at_before_it_is_entered_and_refused_with_its_fault() {
    let scene = Scene::without_rules().await;
    let today = today(&scene);
    let preview = scene.administrator.post("/api/v1/unit-hours/preview", json!({ "from": today, "week": every_day("08:00-20:00") })).await;
    preview.fine();
    let days = preview.body["days"].as_array().unwrap();
    assert_eq!(days.len(), 14);
    assert!(days.iter().all(|day| day["hours"] == json!(["08:00-20:00"])));
    assert!(days.iter().any(|day| day["house"] == json!([])), "a weekend of the house");
    assert_eq!(preview.body["examples"].as_array().unwrap().len(), 3);
    assert!(scene.administrator.get("/api/v1/unit-hours").await.items().is_empty(), "nothing is kept");
    let west = scene.house.units.west;
    for (change, field) in [
        (json!({ "unit": uuid::Uuid::nil() }), "unit"),
        (json!({ "from": "2020-01-01" }), "from"),
        (json!({ "from": "2099-01-01" }), "from"),
        (json!({ "week": every_day("20:00-08:00") }), "week"),
        (json!({ "week": { "days": [], "through_holidays": false } }), "week"),
        (json!({ "week": { "days": vec![Vec::<String>::new(); 7], "through_holidays": false } }), "week"),
    ] {
        let mut body = json!({ "unit": west, "from": today, "reason": "x" });
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let refused = scene.administrator.post("/api/v1/unit-hours", body).await;
        refused.refused(422, "unit-hours-invalid");
        assert!(refused.body["fields"].to_string().contains(field), "{}", refused.text);
    }
    let no_reason = json!({ "unit": west, "from": today, "reason": " " });
    scene.administrator.post("/api/v1/unit-hours", no_reason).await.refused(422, "field-required");
    let body = json!({ "unit": west, "from": today, "reason": "x" });
    scene.operator.post("/api/v1/unit-hours", body.clone()).await.refused(403, "forbidden");
    let neighbour = scene.house.signed_in("shift_leader91").await;
    neighbour.post("/api/v1/unit-hours", body).await.refused(403, "scope-exceeded");
    assert!(neighbour.get("/api/v1/unit-hours").await.items().is_empty());
}
