//! What a source set to automatic takes through by itself, and what it leaves to people.

use serde_json::json;
use testkit::house::in_the_west;

use crate::scene::{CLASS, Scene};

async fn automatic(scene: &Scene) {
    let items = json!([{ "source": "machine", "class_prefix": "06", "automatic": true }, { "source": "machine", "class_prefix": "06001", "automatic": false }]);
    scene.administrator.put("/api/v1/intake-settings", json!({ "items": items })).await.fine();
}

#[tokio::test]
async fn a_machine_report_goes_to_the_unit_at_once() {
    let scene = Scene::set().await;
    automatic(&scene).await;
    let camera = scene.house.machine("camera01").await;
    let answer = camera
        .post("/api/v1/leads", json!({ "description": "垃圾满溢", "position": in_the_west(), "class_code": CLASS, "client_key": "c1/1" }))
        .await;
    let id = answer.fine().text_of("id");
    let lead = scene.lead(&id).await;
    assert_eq!((&lead["state"], &lead["source"]), (&json!("dispatched"), &json!("machine")));
    assert_eq!(scene.history(&id).await, ["report", "accept", "file", "dispatch"]);
    assert_eq!(scene.limit(&id, "fix").await["state"], "running");
    let todo = scene.handler.get("/api/v1/todo").await.items();
    assert_eq!(todo.len(), 1);
    let line = scene.operator.get(&format!("/api/v1/leads/{id}/history")).await.items()[1].clone();
    assert_eq!(line["actor"]["name"], "自动规则");
    let verified = docket::ledger::verify(scene.house.test.database.pool(), &[]).await.unwrap();
    assert!(verified.findings.is_empty());
}

#[tokio::test]
async fn what_is_not_certain_waits_for_a_person() {
    let scene = Scene::set().await;
    automatic(&scene).await;
    let camera = scene.house.machine("camera01").await;
    let cases = [
        ("no class of that prefix", json!({ "description": "x", "position": in_the_west(), "class_code": "09005" })),
        ("the longer prefix says no", json!({ "description": "x", "position": in_the_west(), "class_code": "06001" })),
        ("no place", json!({ "description": "x", "class_code": CLASS })),
        ("outside every grid", json!({ "description": "x", "position": { "x": 100.0, "y": 30.0 }, "class_code": CLASS })),
    ];
    for (why, body) in cases {
        let answer = camera.post("/api/v1/leads", body).await;
        assert_eq!(scene.lead(&answer.fine().text_of("id")).await["state"], "reported", "{why}");
    }
    let portal =
        scene.citizen.post("/api/v1/public/reports", json!({ "description": "x", "position": in_the_west(), "class_code": CLASS })).await;
    let state = scene.citizen.get(&format!("/api/v1/public/reports/{}", portal.text_of("tracking_code"))).await.body["state"].clone();
    assert_eq!(state, "reported", "another source");
    let same = json!([{ "source": "portal", "automatic": true }, { "source": "portal", "automatic": false }]);
    scene.administrator.put("/api/v1/intake-settings", json!({ "items": same })).await.refused(422, "intake-settings-invalid");
}

#[tokio::test]
async fn rules_look_at_class_place_hour_and_duty() {
    let scene = Scene::without_rules().await;
    let units = scene.house.units;
    let rules = [
        json!({ "priority": 50, "class_prefix": "09", "region_prefix": "330482901", "unit_id": units.east, "on_duty": true }),
        json!({ "priority": 60, "class_prefix": "06", "region_prefix": "330482901", "unit_id": units.east, "from_hour": 22, "to_hour": 6 }),
        json!({ "priority": 90, "region_prefix": "330482901", "unit_id": units.west }),
    ];
    for rule in rules {
        scene.administrator.post("/api/v1/dispatch-rules", rule).await.fine();
    }
    scene.administrator.post("/api/v1/dispatch-rule-sets", json!({ "note": "按类别、时段和值班" })).await.fine();
    let go = async |class: &str| {
        let photo = scene.house.photo().await;
        let body = json!({ "description": "看这里", "position": in_the_west(), "class_code": class, "photos": [photo] });
        let id = scene.operator.post("/api/v1/leads", body).await.text_of("id");
        scene.operator.act(&id, "accept", json!({})).await.fine();
        scene.shift_leader.act(&id, "file", json!({ "standard": "属实" })).await.fine().body["unit"]["name"].clone()
    };
    assert_eq!(go("06010").await, "西街道中队", "by day the squad of the place");
    assert_eq!(go("09005").await, "西街道中队", "nobody of the east is on duty");
    let turn = json!({ "unit_id": units.east, "from": "2026-11-02T00:00:00Z", "to": "2026-11-02T10:00:00Z" });
    scene.administrator.post("/api/v1/duty", turn).await.fine();
    assert_eq!(go("09005").await, "东街道中队");
    scene.house.clock.set("2026-11-02T15:00:00Z".parse().unwrap());
    assert_eq!(go("06010").await, "东街道中队", "at eleven in the evening");
    let nonsense = json!({ "priority": -1, "unit_id": uuid::Uuid::nil(), "weekdays": [9], "from_hour": 30, "region_prefix": "11" });
    let refused = scene.administrator.post("/api/v1/dispatch-rules", nonsense).await;
    assert!(
        refused.refused(422, "rule-invalid").body["fields"].as_array().unwrap().len() >= 5,
        "every faulty field at once: {}",
        refused.text
    );
}
