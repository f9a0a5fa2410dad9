//! Hot spots: many like reports from several people at one place within a window, and only within the caller's scope.

use chrono::Duration;
use serde_json::{Value, json};

use crate::scene::{CLASS, Scene};

async fn report(scene: &Scene, x: f64, metres: f64, class: &str, telephone: Option<&str>) -> String {
    scene.house.clock.advance(Duration::minutes(10));
    let mut body =
        json!({ "description": "这里又堆着垃圾", "position": { "x": x, "y": 30.705 + metres / 111_320.0 }, "class_code": class });
    if let Some(telephone) = telephone {
        body["telephone"] = json!(telephone);
    }
    let receipt = scene.citizen.post("/api/v1/public/reports", body).await;
    receipt.fine();
    let found = scene.operator.get(&format!("/api/v1/leads?q={}", receipt.text_of("number"))).await;
    found.items()[0]["id"].as_str().unwrap().to_owned()
}

async fn spots(scene: &Scene, query: &str) -> Vec<Value> {
    scene.operator.get(&format!("/api/v1/hotspots{query}")).await.fine().items()
}

#[tokio::test]
async fn like_reports_at_one_place_are_a_spot_with_count_trend_and_leads() {
    let scene = Scene::set().await;
    for n in 0..3 {
        report(&scene, 121.005, f64::from(n) * 10.0, CLASS, None).await;
    }
    scene.house.clock.advance(Duration::days(8));
    let mut ids = Vec::new();
    for n in 0..6 {
        ids.push(report(&scene, 121.005, f64::from(n) * 20.0, CLASS, None).await);
    }
    // Too far, of another category, refused: none of these count.
    report(&scene, 121.005, 900.0, CLASS, None).await;
    report(&scene, 121.005, 30.0, "01037", None).await;
    let refused = report(&scene, 121.005, 40.0, CLASS, None).await;
    scene.operator.act(&refused, "reject", json!({ "reason": "不属实" })).await.fine();
    // What was merged is still somebody's report.
    scene.operator.act(&ids[0], "merge", json!({ "into": ids[1] })).await.fine();
    let found = spots(&scene, "").await;
    assert_eq!(found.len(), 1, "{found:?}");
    let spot = &found[0];
    assert_eq!((&spot["count"], &spot["open"], &spot["reporters"], &spot["before"]), (&json!(6), &json!(5), &json!(6), &json!(3)));
    assert_eq!((&spot["trend"], &spot["category"]["code"]), (&json!("up"), &json!("06")));
    assert!((spot["centre"]["lon"].as_f64().unwrap() - 121.005).abs() < 1e-6);
    assert!(spot["place"]["grid_code"].as_str().unwrap().starts_with("330482901"));
    let named: Vec<&str> = spot["leads"].as_array().unwrap().iter().map(|lead| lead["id"].as_str().unwrap()).collect();
    assert_eq!(named, ids.iter().rev().map(String::as_str).collect::<Vec<_>>(), "the newest first");
    assert!(spots(&scene, "?least=7").await.is_empty() && spots(&scene, "?class=01").await.is_empty());
    assert_eq!(spots(&scene, "?days=30").await[0]["count"], 9);
    // Beside the lead under decision.
    let near = scene.operator.get(&format!("/api/v1/leads/{}/suggestions", ids[5])).await.body["near"].clone();
    assert_eq!((&near["count"], &near["days"], &near["hot"]), (&json!(6), &json!(7), &json!(true)), "{near}");
}

#[tokio::test]
async fn one_persons_reports_are_no_spot_and_nobody_sees_anothers() {
    let scene = Scene::set().await;
    for n in 0..6 {
        report(&scene, 121.005, f64::from(n), CLASS, Some("13800000001")).await;
    }
    assert!(spots(&scene, "").await.is_empty(), "one telephone, six reports");
    report(&scene, 121.005, 3.0, CLASS, Some("13800000002")).await;
    let found = spots(&scene, "").await;
    assert_eq!((&found[0]["count"], &found[0]["reporters"]), (&json!(7), &json!(2)));
    for stranger in ["operator_east", "operator91"] {
        let answer = scene.house.signed_in(stranger).await.get("/api/v1/hotspots").await;
        assert!(answer.fine().items().is_empty(), "{stranger}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_window_out_of_bounds_is_refused() {
    let scene = Scene::set().await;
    for query in ["days=0", "days=31", "metres=1", "metres=5000", "metres=NaN", "least=1", "least=1000", "days=x", "class=%25"] {
        scene.operator.get(&format!("/api/v1/hotspots?{query}")).await.refused(422, "query-invalid");
    }
}
