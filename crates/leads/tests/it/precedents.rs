//! What is learned from send-backs, and what a settled dispute decides.

use axum::http::Method;
use serde_json::{Value, json};
use testkit::house::Client;

use crate::scene::Scene;

const PRECEDENTS: &str = "/api/v1/precedents";

async fn units(scene: &Scene, id: &str) -> Vec<Value> {
    let found = scene.dispatcher.get(&format!("/api/v1/leads/{id}/suggestions")).await;
    found.fine().body["units"].as_array().unwrap().clone()
}

fn precedent(unit: impl serde::Serialize, classes: &[&str]) -> Value {
    json!({ "unit_id": unit, "class_prefixes": classes, "region_prefix": "330482901", "reason": "桥下堆物归东街道中队",
        "decided_by": "区协调会〔2026〕7号", "decided_on": "2026-01-05" })
}

#[tokio::test]
async fn a_unit_that_sends_such_things_back_is_proposed_with_a_warning_and_its_numbers() {
    let scene = Scene::set().await;
    // Three leads that the western squad sends back, and the eastern one keeps and closes.
    for _ in 0..3 {
        let (id, _) = scene.dispatched().await;
        scene.unit_leader.act(&id, "send-back", json!({ "reason": "不归本单位" })).await.fine();
        scene.dispatcher.act(&id, "dispatch", json!({ "unit": scene.house.units.east })).await.fine();
        let handler = scene.house.signed_in("unit_handler_east").await;
        handler.act(&id, "take", json!({})).await.fine();
        let after = scene.house.photo().await;
        handler.act(&id, "fix", json!({ "note": "和平路口的建筑垃圾已清运", "after_photos": [after] })).await.fine();
        scene.operator.act(&id, "request-check", json!({})).await.fine();
        scene.collector.act(&id, "check", json!({ "passed": true })).await.fine();
        scene.shift_leader.act(&id, "close", json!({ "standard": "已清" })).await.fine();
    }
    assert_eq!(scene.house.count("select count(*) from dispatch_outcome where returned").await, 3);
    let (id, _) = scene.accepted().await;
    let proposed = units(&scene, &id).await;
    let (west, east) = (&proposed[0], &proposed[1]);
    assert_eq!(west["id"], json!(scene.house.units.west), "the rule's unit stays first: {proposed:?}");
    assert_eq!((&west["past"]["warn"], &west["past"]["words"]), (&json!(true), &json!("本网格此类办结 0 件、退回 3 件")));
    assert_eq!((&east["id"], &east["reason"]), (&json!(scene.house.units.east), &json!("按以往办结情况")));
    assert_eq!((&east["past"]["kept"], &east["past"]["warn"]), (&json!(3), &json!(false)));
}

#[tokio::test]
async fn a_settled_dispute_decides_before_the_rules_and_is_cited() {
    let scene = Scene::set().await;
    let wanted = precedent(scene.house.units.east, &["06010", "06011"]);
    scene.operator.post(PRECEDENTS, wanted.clone()).await.refused(403, "forbidden");
    let neighbour: Client = scene.house.signed_in("shift_leader91").await;
    neighbour.post(PRECEDENTS, wanted.clone()).await.refused(403, "scope-exceeded");
    let made = scene.shift_leader.post(PRECEDENTS, wanted.clone()).await.fine().body.clone();
    assert_eq!((&made["number"], &made["used"], &made["unit"]["name"]), (&json!(1), &json!(0), &json!("东街道中队")));

    let (id, _) = scene.accepted().await;
    let proposed = units(&scene, &id).await;
    assert_eq!((&proposed[0]["id"], &proposed[0]["precedent"]), (&json!(scene.house.units.east), &made["id"]));
    let cited = "判例第 1 号：桥下堆物归东街道中队（区协调会〔2026〕7号 2026-01-05）";
    assert_eq!(proposed[0]["reason"], json!(cited));
    scene.shift_leader.act(&id, "file", json!({ "standard": "属实" })).await.fine();
    let lead = scene.lead(&id).await;
    assert_eq!((&lead["unit"]["name"], &lead["dispatched_by"]["rule"]), (&json!("东街道中队"), &json!(cited)));
    // Moved away and back by hand: whoever follows it cites it.
    scene.dispatcher.act(&id, "dispatch", json!({ "unit": scene.house.units.west })).await.fine();
    assert_eq!(scene.lead(&id).await["dispatched_by"], Value::Null);
    scene.dispatcher.act(&id, "dispatch", json!({ "unit": scene.house.units.east })).await.fine();
    assert_eq!(scene.lead(&id).await["dispatched_by"]["rule"], json!(cited));
    let path = format!("{PRECEDENTS}/{}", made["id"].as_str().unwrap());
    let listed = scene.operator.get(PRECEDENTS).await.items();
    assert_eq!((listed.len(), &listed[0]["used"]), (1, &json!(2)));
    assert!(neighbour.get(PRECEDENTS).await.items().is_empty());

    // Corrected by who saw it as it stands; withdrawn it decides nothing and stays readable.
    let mut corrected = wanted.clone();
    corrected["class_prefixes"] = json!(["06010"]);
    scene.shift_leader.call(Method::PATCH, &path, Some(9), Some(corrected.clone())).await.refused(412, "precedent-changed");
    let changed = scene.shift_leader.call(Method::PATCH, &path, Some(1), Some(corrected)).await.fine().body.clone();
    assert_eq!((&changed["version"], &changed["class_prefixes"]), (&json!(2), &json!(["06010"])));
    let withdraw = format!("{path}/actions/withdraw");
    scene.shift_leader.post(&withdraw, json!({ "reason": " " })).await.refused(422, "field-required");
    scene.shift_leader.post(&withdraw, json!({ "reason": "职责已划转" })).await.fine();
    scene.shift_leader.post(&withdraw, json!({ "reason": "再一次" })).await.refused(409, "precedent-withdrawn");
    scene.shift_leader.call(Method::PATCH, &path, None, Some(wanted)).await.refused(409, "precedent-withdrawn");
    assert!(scene.operator.get(&format!("{PRECEDENTS}?active=true")).await.items().is_empty());
    assert_eq!(scene.operator.get(&format!("{PRECEDENTS}?active=false")).await.items()[0]["withdrawn_for"], json!("职责已划转"));
    let (next, _) = scene.dispatched().await;
    assert_eq!(scene.lead(&next).await["unit"]["name"], json!("西街道中队"));
    let history = scene.administrator.get("/api/v1/settings-history?kind=precedent").await.fine().items();
    let actions: Vec<&str> = history.iter().map(|line| line["action_label"].as_str().unwrap_or_default()).collect();
    assert_eq!(history.len(), 3, "{actions:?}");
}

#[tokio::test]
async fn a_precedent_says_what_is_wrong_with_it() {
    let scene = Scene::without_rules().await;
    let faulty = |name: &str, value: Value| {
        let mut wanted = precedent(scene.house.units.east, &["06010"]);
        wanted[name] = value;
        wanted
    };
    for (name, value) in [
        ("class_prefixes", json!([])),
        ("class_prefixes", json!(["6"])),
        ("class_prefixes", json!(["桥"])),
        ("region_prefix", json!("330483")),
        ("unit_id", json!(uuid::Uuid::nil())),
        ("decided_on", json!("2999-01-01")),
    ] {
        let refused = scene.shift_leader.post(PRECEDENTS, faulty(name, value)).await;
        refused.refused(422, "precedent-invalid");
        assert!(refused.text.contains(name), "{}", refused.text);
    }
    scene.shift_leader.post(PRECEDENTS, faulty("reason", json!(""))).await.refused(422, "field-required");
}
