//! Joint tasks: several units at one lead, each with its own task.

use serde_json::{Value, json};
use testkit::house::Client;

use crate::scene::Scene;

/// The people of the eastern squad, which assists in these tests.
async fn east(scene: &Scene) -> (Client, Client) {
    let east = scene.house.units.east;
    scene.house.person("east_handler", east, &["unit_handler"], &["330482902"]).await;
    scene.house.person("east_leader", east, &["unit_leader"], &["330482902"]).await;
    (scene.house.signed_in("east_handler").await, scene.house.signed_in("east_leader").await)
}

fn offers(lead: &Value) -> Vec<(String, bool)> {
    lead["offers"].as_array().unwrap().iter().map(|it| (it["verb"].as_str().unwrap().to_owned(), it["allowed"] == true)).collect()
}

async fn todo(client: &Client) -> Vec<String> {
    client.get("/api/v1/todo").await.fine().items().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_assisting_unit_sees_does_and_answers_and_only_then_is_the_lead_fixed() {
    let scene = Scene::set().await;
    let (handler, leader) = east(&scene).await;
    let (id, _) = scene.fixing().await;
    let path = format!("/api/v1/leads/{id}");
    handler.get(&path).await.refused(404, "lead-not-found");
    handler.act(&id, "joint-take", json!({})).await.refused(404, "lead-not-found");

    let east = scene.house.units.east;
    let call = json!({ "units": [east], "ask": "请清运越界部分" });
    scene.handler.act(&id, "call-joint", call.clone()).await.refused(403, "forbidden");
    let lead = scene.dispatcher.act(&id, "call-joint", call.clone()).await.fine().body.clone();
    let task = &lead["joint_tasks"][0];
    assert_eq!((&task["unit"]["name"], &task["state"], task["due_at"].is_string()), (&json!("东街道中队"), &json!("waiting"), true));
    assert!(scene.dispatcher.act(&id, "call-joint", call).await.refused(409, "action-refused").text.contains("已有这件的协办任务"));
    let own = json!({ "units": [scene.house.units.west], "ask": "x" });
    assert!(scene.dispatcher.act(&id, "call-joint", own).await.refused(409, "action-refused").text.contains("主办单位"));

    // The unit sees it in its to-do, and is offered its task alone.
    assert_eq!(todo(&handler).await, std::slice::from_ref(&id));
    let seen = handler.get(&path).await.fine().body.clone();
    assert_eq!(offers(&seen), [("joint-take".into(), true), ("joint-done".into(), false), ("joint-return".into(), true)]);
    handler.get(&format!("{path}/history")).await.fine();
    let photo = seen["photos"][0]["id"].as_str().unwrap();
    handler.get(&format!("/api/v1/files/{photo}")).await.fine();
    handler.act(&id, "take", json!({})).await.refused(404, "lead-not-found");
    assert!(scene.fix(&id).await.refused(409, "action-refused").text.contains("还有 1 个协办单位没有办完"));

    assert!(handler.act(&id, "joint-done", json!({ "note": "x" })).await.refused(409, "action-refused").text.contains("请先接受协办"));
    handler.act(&id, "joint-take", json!({})).await.fine();
    let photo = scene.house.photo().await;
    let done = leader.act(&id, "joint-done", json!({ "note": "已清运", "after_photos": [photo] })).await.fine().body.clone();
    assert_eq!((&done["joint_tasks"][0]["state"], &done["joint_tasks"][0]["answer"]), (&json!("done"), &json!("已清运")));
    assert_eq!(scene.limit(&id, "assist").await["state"], "met");
    // Afterwards it reads and does no more.
    assert!(todo(&handler).await.is_empty());
    assert!(offers(&handler.get(&path).await.fine().body).iter().all(|(verb, _)| !verb.starts_with("joint-")));
    handler.act(&id, "joint-done", json!({ "note": "x" })).await.refused(409, "action-refused");
    scene.fix(&id).await.fine();
    let history = scene.history(&id).await;
    let wanted = ["call-joint", "joint-take", "joint-done", "fix"];
    assert!(wanted.iter().all(|verb| history.contains(&(*verb).to_owned())), "{history:?}");
}

#[tokio::test]
async fn a_task_goes_back_with_a_reason_and_is_withdrawn_with_one() {
    let scene = Scene::set().await;
    let (handler, _) = east(&scene).await;
    let (id, _) = scene.fixing().await;
    let call = json!({ "units": [scene.house.units.east], "ask": "请到场" });
    scene
        .dispatcher
        .act(&id, "joint-withdraw", json!({ "unit": scene.house.units.east, "reason": "x" }))
        .await
        .refused(409, "action-refused");
    scene.dispatcher.act(&id, "call-joint", call.clone()).await.fine();
    handler.act(&id, "joint-return", json!({ "reason": " " })).await.refused(422, "field-required");
    handler.act(&id, "joint-return", json!({ "reason": "不属本单位职责" })).await.fine();
    handler.get(&format!("/api/v1/leads/{id}")).await.refused(404, "lead-not-found");
    assert_eq!(scene.limit(&id, "assist").await["state"], "cancelled");

    scene.dispatcher.act(&id, "call-joint", call).await.fine();
    let withdrawn = json!({ "unit": scene.house.units.east, "reason": "现场已无需协办" });
    let lead = scene.dispatcher.act(&id, "joint-withdraw", withdrawn).await.fine().body.clone();
    let states: Vec<&Value> = lead["joint_tasks"].as_array().unwrap().iter().map(|task| &task["state"]).collect();
    assert_eq!(states, [&json!("returned"), &json!("withdrawn")]);
    handler.get(&format!("/api/v1/leads/{id}")).await.refused(404, "lead-not-found");
    scene.fix(&id).await.fine();
}

#[tokio::test]
async fn who_stands_on_the_spot_asks_and_the_dispatcher_decides() {
    let scene = Scene::set().await;
    let (handler, _) = east(&scene).await;
    let (id, _) = scene.fixing().await;
    let east = scene.house.units.east;
    let ask = json!({ "unit": east, "ask": "占道车辆须东街道一并处理" });
    scene.handler.act(&id, "ask-joint", ask.clone()).await.fine();
    assert!(scene.handler.act(&id, "ask-joint", ask).await.refused(409, "action-refused").text.contains("已有"));
    // It waits for the dispatcher, binds nobody, and the other unit hears nothing yet.
    assert_eq!(todo(&scene.dispatcher).await, std::slice::from_ref(&id));
    assert!(todo(&handler).await.is_empty());
    handler.get(&format!("/api/v1/leads/{id}")).await.refused(404, "lead-not-found");
    let lead = scene.dispatcher.act(&id, "call-joint", json!({ "units": [east], "ask": "请到场处理" })).await.fine().body.clone();
    assert_eq!(lead["joint_tasks"].as_array().unwrap().len(), 1, "what was asked for became the task");
    assert_eq!((&lead["joint_tasks"][0]["state"], todo(&handler).await), (&json!("waiting"), vec![id.clone()]));
    assert!(todo(&scene.dispatcher).await.is_empty());
}

#[tokio::test]
async fn a_lead_is_given_to_one_unit_and_its_assistants_at_once_and_its_end_is_theirs() {
    let scene = Scene::without_rules().await;
    let (handler, _) = east(&scene).await;
    let (id, _) = scene.dispatched().await;
    let units = scene.house.units;
    let mut body = json!({ "unit": units.west, "assisting": [units.east, units.east], "ask": "请配合" });
    scene.dispatcher.act(&id, "dispatch", body.clone()).await.refused(422, "joint-units-invalid");
    body["assisting"] = json!([units.west]);
    scene.dispatcher.act(&id, "dispatch", body.clone()).await.refused(409, "action-refused");
    body["assisting"] = json!([units.east]);
    body["ask"] = Value::Null;
    scene.dispatcher.act(&id, "dispatch", body.clone()).await.refused(422, "field-required");
    body["ask"] = json!("请配合");
    let lead = scene.dispatcher.act(&id, "dispatch", body).await.fine().body.clone();
    assert_eq!((&lead["unit"]["name"], &lead["joint_tasks"][0]["state"]), (&json!("西街道中队"), &json!("waiting")));
    // It goes to the unit that assisted: its task is over with that.
    let moved = scene.dispatcher.act(&id, "dispatch", json!({ "unit": units.east })).await.fine().body.clone();
    assert_eq!(moved["joint_tasks"][0]["state"], "withdrawn");
    scene.dispatcher.act(&id, "call-joint", json!({ "units": [units.west], "ask": "请配合" })).await.fine();
    assert_eq!(todo(&handler).await, std::slice::from_ref(&id));
    let voided = scene.shift_leader.act(&id, "void", json!({ "reason": "测试" })).await.fine().body.clone();
    assert_eq!(voided["joint_tasks"][1]["state"], "withdrawn");
    assert_eq!(scene.limit(&id, "assist").await["state"], "cancelled");
}
