//! Rules are drafted, tried on past days and published; no day is judged by two of them.

use serde_json::{Value, json};

use crate::{
    drive::{Drive, EIGHT},
    scene::{Scene, TRUCK, points},
};

fn with(rules: &Value, rule: &str, field: &str, value: Value) -> Value {
    let mut rules = rules.clone();
    let line = rules["rules"].as_array_mut().unwrap().iter_mut().find(|it| it["rule"] == rule).unwrap();
    line[field] = value;
    rules
}

#[tokio::test]
async fn a_draft_is_tried_and_holds_from_the_next_day() {
    let scene = Scene::set().await;
    let mut drive = Drive::from(EIGHT);
    drive.to(0.0, 0.0, 20.0).load().to(4_950.0, 0.0, 70.0).tip();
    scene.come(points(&drive, TRUCK)).await;
    let shipped = scene.administrator.get("/api/v1/finding-rules").await.fine().body["versions"][0]["rules"].clone();
    let path = "/api/v1/finding-rules/draft";
    scene.administrator.post("/api/v1/finding-rules/actions/publish", json!({})).await.refused(409, "finding-rules-no-draft");
    let body = |rules: Value| json!({ "rules": rules, "note": "试点：城区限速" });
    scene.operator.put(path, body(shipped.clone())).await.refused(403, "forbidden");
    let bad = with(&shipped, "speeding", "need", json!(40));
    scene.administrator.put(path, body(bad)).await.refused(422, "finding-rules-invalid");
    // Eighty is fine now, and a stop of nothing is a wash.
    let draft = with(&with(&shipped, "speeding", "limit", json!(80.0)), "unwashed", "active", json!(false));
    let saved = scene.administrator.put(path, body(draft)).await;
    assert_eq!((saved.fine().body["in_force"].as_i64(), saved.body["versions"][0]["version"].as_i64()), (Some(1), Some(2)));

    let tried = scene.administrator.post("/api/v1/finding-rules/actions/try", json!({ "from": "2026-11-01", "to": "2026-11-02" })).await;
    let effect = |rule: &str| tried.fine().body["rules"].as_array().unwrap().iter().find(|it| it["rule"] == rule).unwrap().clone();
    assert_eq!(
        (&effect("speeding")["before"], &effect("speeding")["after"], &effect("speeding")["removed"]),
        (&json!(1), &json!(0), &json!(1))
    );
    assert_eq!(effect("unwashed")["removed"], 1);
    assert_eq!(tried.body["changes"].as_array().unwrap().len(), 2);
    assert_eq!((tried.body["vehicles"].as_i64(), tried.body["of"].as_i64()), (Some(3), Some(3)));
    let long = json!({ "from": "2026-10-01", "to": "2026-11-02" });
    scene.administrator.post("/api/v1/finding-rules/actions/try", long).await.refused(422, "query-invalid");

    let published = scene.administrator.post("/api/v1/finding-rules/actions/publish", json!({})).await;
    assert_eq!(
        (published.fine().body["in_force"].as_i64(), &published.body["versions"][0]["in_force_on"]),
        (Some(1), &json!("2026-11-03"))
    );
    scene.come(points(&drive, TRUCK)).await;
    assert_eq!(scene.house.count("select count(*) from finding where state = 'waiting'").await, 2, "today is judged as it began");
    scene.house.clock.advance(chrono::Duration::days(1));
    assert_eq!(scene.administrator.get("/api/v1/finding-rules").await.fine().body["in_force"], 2);
    let tomorrow: Vec<_> = points(&drive, TRUCK).into_iter().map(|it| tracks::Point { at: it.at + 86_400, ..it }).collect();
    scene.come(tomorrow).await;
    // Its permit ended the day before, so something is found; what the new rules let is not.
    let found = scene.operator.get("/api/v1/findings?from=2026-11-03").await.fine().items();
    assert_eq!(found.iter().map(|it| it["rule"].as_str().unwrap()).collect::<Vec<_>>(), ["no_permit"]);
    assert_eq!(found[0]["rules_version"], 2);
}
