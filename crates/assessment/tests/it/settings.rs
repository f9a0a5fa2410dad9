//! Weights and grades, and the report as a file.

use axum::http::Method;
use chrono::Duration;
use serde_json::{Value, json};

use crate::scene::{Scene, report, row};

const SETTINGS: &str = "/api/v1/indicator-settings";

#[tokio::test]
async fn weights_hold_from_the_day_they_are_set() {
    let scene = Scene::set().await;
    let lead = scene.reported(None).await;
    scene.accept(&lead).await;
    scene.file(&lead).await;
    scene.finish(&lead, "collector01").await;
    scene.catch_up().await;
    scene.house.clock.advance(Duration::days(1));
    let administrator = scene.signed_in("administrator01").await;
    let standing = administrator.get(SETTINGS).await;
    assert_eq!(standing.fine().body["version"], 0);
    assert!(standing.body["indicators"].as_array().unwrap().len() == 25);

    let mut wanted = standing.body["settings"].clone();
    wanted["weights"]["unit"] = json!([{ "indicator": "rework-rate", "weight": 100.0, "scoring": "value" }]);
    wanted["grades"] = json!([{ "name": "优", "from": 80.0 }, { "name": "差", "from": 0.0 }]);
    let saved = administrator.call(Method::PUT, SETTINGS, Some(0), Some(wanted.clone())).await;
    assert_eq!(saved.fine().body["version"], 1);
    administrator.call(Method::PUT, SETTINGS, Some(0), Some(wanted.clone())).await.refused(412, "version-conflict");
    let noted = scene.house.count("select count(*) from identity_change where action = 'indicator-settings-changed'").await;
    assert_eq!(noted, 1);

    // Monday keeps the weights of Monday; a report that reaches to Tuesday has the new ones.
    let grade = |report: &Value| row(report, "西街道中队")["grade"].clone();
    assert_eq!(grade(&report(&administrator, "from=2026-11-02&to=2026-11-02&by=unit").await), "A");
    assert_eq!(grade(&report(&administrator, "from=2026-11-02&to=2026-11-03&by=unit").await), "差");

    wanted["weights"]["unit"][0]["weight"] = json!(90.0);
    administrator.call(Method::PUT, SETTINGS, Some(1), Some(wanted.clone())).await.refused(422, "indicator-settings-invalid");
    let leader = scene.signed_in("leader01").await;
    leader.get(SETTINGS).await.fine();
    leader.call(Method::PUT, SETTINGS, Some(1), Some(wanted.clone())).await.refused(403, "forbidden");
    let neighbour = scene.signed_in("administrator91").await;
    neighbour.call(Method::PUT, SETTINGS, Some(1), Some(standing.body["settings"].clone())).await.refused(403, "scope-exceeded");
}

#[tokio::test]
async fn a_report_leaves_the_house_with_its_rule() {
    let scene = Scene::set().await;
    scene.reported(None).await;
    scene.catch_up().await;
    let leader = scene.signed_in("leader01").await;
    let file = leader.get("/api/v1/indicators/export?from=2026-11-02&to=2026-11-02&by=township&format=csv").await;
    let text = &file.fine().text;
    assert!(text.contains("330482901,模拟西街道,1,0.00%,0,1,"), "{text}");
    assert!(text.contains("—") && text.contains("应办数"), "{text}");
    leader.get("/api/v1/indicators/export?from=2026-11-02&to=2026-11-02&by=township&format=xlsx").await.fine();
    assert_eq!(scene.house.count("select count(*) from export_audit where what = 'indicators'").await, 4);
    let operator = scene.signed_in("operator01").await;
    operator.get("/api/v1/indicators/export?from=2026-11-02&to=2026-11-02&by=township").await.refused(403, "forbidden");
    for (query, code) in [
        ("from=2026-11-02&to=2026-11-01&by=unit", "period-invalid"),
        ("from=2026-12-02&to=2026-12-03&by=unit", "period-invalid"),
        ("from=2026-11-02&to=2026-11-02&by=unit&region=x", "query-invalid"),
    ] {
        operator.get(&format!("/api/v1/indicators?{query}")).await.refused(422, code);
    }
    operator.get("/api/v1/indicators/made-up/leads?from=2026-11-02&to=2026-11-02&by=unit").await.refused(404, "indicator-unknown");
    operator.get("/api/v1/indicators/reports/leads?from=2026-11-02&to=2026-11-02&by=county&cursor=x").await.refused(422, "invalid-cursor");
}
