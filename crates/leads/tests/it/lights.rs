//! Warning points by class and limit: taken when a limit begins, kept while it runs, shown with the reason.

use serde_json::{Value, json};

use crate::scene::Scene;

fn at(limit: &Value) -> &str {
    limit["explanation"].as_str().unwrap()
}

#[tokio::test]
async fn a_limit_warns_from_where_its_class_says_and_keeps_that_while_it_runs() {
    let scene = Scene::set().await;
    let (usual, _) = scene.dispatched().await;
    assert!(at(&scene.limit(&usual, "fix").await).contains("用到 80% 亮黄灯"));
    let rules =
        json!({ "items": [{ "class_prefix": "06", "percent": 25 }, { "class_prefix": "06", "limit": "fix", "before_minutes": 180 }] });
    scene.shift_leader.put("/api/v1/light-settings", rules.clone()).await.fine();
    let (early, _) = scene.dispatched().await;
    // Four working hours from nine in the morning: yellow three hours before three in the afternoon, that is at ten.
    scene.house.clock.advance(chrono::Duration::minutes(61));
    scene.house.scheduler.tick().await.unwrap();
    let (of_early, of_usual) = (scene.limit(&early, "fix").await, scene.limit(&usual, "fix").await);
    assert_eq!((of_early["light"].as_str(), of_usual["light"].as_str()), (Some("yellow"), Some("green")));
    assert!(at(&of_early).contains("到期前 3 小时亮黄灯"), "{of_early}");
    assert!(scene.history(&early).await.contains(&"limit-warned".to_owned()));
    // What runs keeps its point when the rule goes; what begins again takes the new one.
    scene.shift_leader.put("/api/v1/light-settings", json!({ "items": [] })).await.fine();
    assert_eq!(scene.limit(&early, "fix").await["light"].as_str(), Some("yellow"));
    scene.handler.act(&early, "send-back", json!({ "reason": "不属本单位" })).await.fine();
    scene.dispatcher.act(&early, "dispatch", json!({ "unit": scene.house.units.west })).await.fine();
    assert!(at(&scene.limit(&early, "fix").await).contains("用到 80% 亮黄灯"));
    let history = scene.house.signed_in("evaluator01").await.get("/api/v1/settings-history?kind=light").await.items();
    assert_eq!(history.len(), 2);
    assert_eq!(history[1]["after"]["lights"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn faulty_warning_points_are_refused_with_their_line() {
    let scene = Scene::without_rules().await;
    for (item, words) in [
        (json!({ "class_prefix": "06x", "percent": 50 }), "类别"),
        (json!({ "percent": 0 }), "百分比"),
        (json!({ "percent": 50, "before_minutes": 60 }), "一项"),
        (json!({}), "一项"),
        (json!({ "before_minutes": 24_001 }), "一项"),
    ] {
        let refused = scene.shift_leader.put("/api/v1/light-settings", json!({ "items": [item] })).await;
        refused.refused(422, "light-settings-invalid");
        assert!(refused.text_of("detail").contains(words), "{}", refused.text);
    }
    let twice = json!({ "items": [{ "percent": 50 }, { "percent": 60 }] });
    scene.shift_leader.put("/api/v1/light-settings", twice).await.refused(422, "light-settings-invalid");
    scene.operator.put("/api/v1/light-settings", json!({ "items": [] })).await.refused(403, "forbidden");
    let neighbour = scene.house.signed_in("shift_leader91").await;
    neighbour.put("/api/v1/light-settings", json!({ "items": [] })).await.refused(403, "scope-exceeded");
    assert!(neighbour.get("/api/v1/light-settings").await.items().is_empty());
}
