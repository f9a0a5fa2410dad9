//! Every change of a setting is in the history: who, when, from what to what.

use axum::http::Method;
use serde_json::{Value, json};
use testkit::house::Client;

use crate::scene::Scene;

async fn lines(client: &Client, query: &str) -> Vec<Value> {
    client.get(&format!("/api/v1/settings-history?{query}")).await.fine().items()
}

#[tokio::test]
async fn a_city_can_say_who_switched_automatic_acceptance_on() {
    let scene = Scene::without_rules().await;
    let evaluator = scene.house.signed_in("evaluator01").await;
    let manual = json!({ "items": [{ "source": "portal", "class_prefix": "", "automatic": false }] });
    let automatic = json!({ "items": [{ "source": "portal", "class_prefix": "", "automatic": true }] });
    scene.administrator.put("/api/v1/intake-settings", manual.clone()).await.fine();
    scene.house.clock.advance(chrono::Duration::seconds(1));
    scene.shift_leader.put("/api/v1/intake-settings", automatic.clone()).await.fine();
    // Saved once more without a change: no line.
    scene.shift_leader.put("/api/v1/intake-settings", automatic.clone()).await.fine();
    // Refused: no line.
    scene.operator.put("/api/v1/intake-settings", manual.clone()).await.refused(403, "forbidden");

    let found = lines(&evaluator, "kind=intake").await;
    assert_eq!(found.len(), 2);
    let newest = &found[0];
    assert_eq!((&newest["actor"]["name"], &newest["kind_label"]), (&json!("测试shift_leader01"), &json!("自动受理")));
    assert_eq!((&newest["before"], &newest["after"]), (&manual, &automatic));
    assert!(newest["at"].is_string());

    for client in [&scene.operator, &scene.shift_leader, &scene.handler, &scene.house.signed_in("auxiliary01").await] {
        client.get("/api/v1/settings-history").await.refused(403, "forbidden");
        client.get("/api/v1/settings-history/export").await.refused(403, "forbidden");
    }
    // The county next door sees its own.
    let elsewhere = scene.house.signed_in("administrator91").await;
    assert!(lines(&elsewhere, "kind=intake").await.is_empty());
    evaluator.get("/api/v1/settings-history?kind=made-up").await.refused(422, "query-invalid");
    evaluator.get("/api/v1/settings-history?cursor=made-up").await.refused(422, "cursor-invalid");
}

#[tokio::test]
async fn rules_duty_limits_and_people_leave_lines_that_can_be_filtered_and_taken_out() {
    let scene = Scene::without_rules().await;
    let administrator = &scene.administrator;
    let rule = json!({ "priority": 100, "region_prefix": "330482901", "unit_id": scene.house.units.west, "note": "属地" });
    let made = administrator.post("/api/v1/dispatch-rules", rule.clone()).await.fine().text_of("id");
    let changed = json!({ "priority": 50, "region_prefix": "330482901", "unit_id": scene.house.units.east, "note": "属地" });
    let later = || scene.house.clock.advance(chrono::Duration::seconds(1));
    later();
    administrator.call(Method::PATCH, &format!("/api/v1/dispatch-rules/{made}"), None, Some(changed)).await.fine();
    later();
    administrator.call(Method::DELETE, &format!("/api/v1/dispatch-rules/{made}"), None, None).await.fine();
    administrator.call(Method::DELETE, &format!("/api/v1/dispatch-rules/{made}"), None, None).await.refused(404, "rule-not-found");
    let rules = lines(administrator, "kind=dispatch-rule").await;
    let actions: Vec<&str> = rules.iter().map(|line| line["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["dispatch-rule-removed", "dispatch-rule-changed", "dispatch-rule-added"]);
    assert_eq!((&rules[1]["before"]["priority"], &rules[1]["after"]["priority"]), (&json!(100), &json!(50)));
    let east = scene.house.units.east.to_string();
    assert_eq!(rules[1]["names"][&east], "东街道中队");
    assert_eq!((&rules[0]["after"], &rules[2]["before"]), (&Value::Null, &Value::Null));

    let duty = json!({ "unit_id": scene.house.units.west, "from": "2026-11-02T00:00:00Z", "to": "2026-11-03T00:00:00Z" });
    let turn = administrator.post("/api/v1/duty", duty).await.fine().text_of("id");
    administrator.call(Method::DELETE, &format!("/api/v1/duty/{turn}"), None, None).await.fine();
    assert_eq!(lines(administrator, "kind=duty").await.len(), 2);

    administrator.post("/api/v1/classes/06010/limits", json!({ "value": 3.0, "unit": "working_day" })).await.fine();
    let limits = lines(administrator, "kind=class").await;
    assert_eq!((limits.len(), &limits[0]["target"]), (1, &json!("06010")));
    assert_eq!(limits[0]["after"]["limits"].as_array().unwrap().len(), limits[0]["before"]["limits"].as_array().unwrap().len() + 1);

    let people = administrator.get("/api/v1/people?q=operator01").await;
    let person = people.items()[0].clone();
    let path = format!("/api/v1/people/{}", person["id"].as_str().unwrap());
    let body = json!({ "name": "测试新名", "roles": ["dispatcher"] });
    later();
    administrator.call(Method::PATCH, &path, person["version"].as_i64(), Some(body)).await.fine();
    let changed = &lines(administrator, "kind=person&limit=1").await[0];
    assert_eq!((&changed["target_name"], &changed["after"]["renamed"]), (&json!("测试新名"), &json!(true)));
    let kept: Vec<String> =
        sqlx::query_scalar("select payload::text from identity_change").fetch_all(&scene.house.test.owner_pool).await.unwrap();
    assert!(kept.iter().all(|line| !line.contains("测试新名") && !line.contains("测试operator01")), "no person's name");

    // By person, by time, page by page.
    assert!(lines(&scene.administrator, &format!("person={}", person["id"].as_str().unwrap())).await.is_empty());
    assert!(lines(administrator, "to=2020-01-01T00:00:00Z").await.is_empty());
    let first = administrator.get("/api/v1/settings-history?limit=2&kind=dispatch-rule").await;
    let cursor = first.fine().text_of("next_cursor");
    assert_eq!(lines(administrator, &format!("kind=dispatch-rule&cursor={cursor}")).await.len(), 1);
    let file = administrator.get("/api/v1/settings-history/export?kind=dispatch-rule").await;
    assert!(file.fine().text.starts_with('\u{feff}') && file.text.lines().count() == 4, "{}", file.text);
    assert!(file.text.contains("东街道中队") && !file.text.contains(&east), "{}", file.text);

    // The program cannot rewrite it.
    let rewritten = sqlx::query("update identity_change set actor_id = null").execute(scene.house.test.database.pool()).await;
    assert!(rewritten.is_err());
}
