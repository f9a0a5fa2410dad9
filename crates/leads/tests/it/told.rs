//! Who must act is told, once, without the reporter's words.

use chrono::Duration;
use leads::Told;
use notify::Notify;
use serde_json::json;
use testkit::house::Client;

use crate::scene::Scene;

/// Lets everything that waits be told.
async fn tell(scene: &Scene) {
    let house = &scene.house;
    let told = Told::new(house.identity.clone());
    let settings = notify::Settings::through(notify::Outgoing::new(&[9; 32], false).unwrap());
    let notify = Notify::new(house.test.database.clone(), house.identity.clone(), house.clock.clone(), vec![told.clone()], &settings);
    told.speak_through(notify.clone());
    while notify.relay_once().await.unwrap() > 0 {}
}

async fn titles(client: &Client) -> Vec<String> {
    let answer = client.get("/api/v1/notifications").await;
    answer.items().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn each_turn_tells_whose_turn_it_is() {
    let scene = Scene::set().await;
    let (id, _) = scene.dispatched().await;
    tell(&scene).await;
    let told = titles(&scene.handler).await;
    assert!(told.len() == 1 && told[0].starts_with("新派单") && !told[0].contains("垃圾"), "{told:?}");
    assert_eq!(titles(&scene.unit_leader).await.len(), 1);
    let east = scene.house.signed_in("unit_handler_east").await;
    assert!(titles(&east).await.is_empty(), "another unit hears nothing");
    scene.handler.act(&id, "take", json!({})).await.fine();
    scene.fix(&id).await.fine();
    scene.operator.act(&id, "request-check", json!({})).await.fine();
    tell(&scene).await;
    assert_eq!(titles(&scene.collector).await.len(), 1);
    let other = scene.house.signed_in("collector_east").await;
    assert!(titles(&other).await.is_empty(), "another township's collector");
    tell(&scene).await;
    assert_eq!(titles(&scene.collector).await.len(), 1, "once");
}

#[tokio::test]
async fn a_missed_limit_tells_holder_and_shift_leaders() {
    let scene = Scene::set().await;
    scene.fixing().await;
    tell(&scene).await;
    scene.house.clock.advance(Duration::days(60));
    scene.house.scheduler.tick().await.unwrap();
    tell(&scene).await;
    let shift_leader = titles(&scene.shift_leader).await;
    assert!(shift_leader.iter().any(|title| title.contains("处置时限已超期")), "{shift_leader:?}");
    assert!(titles(&scene.handler).await.iter().any(|title| title.contains("已超期")));
    let neighbour = scene.house.signed_in("shift_leader91").await;
    assert!(titles(&neighbour).await.is_empty());
}

#[tokio::test]
async fn a_reminder_reaches_whoever_must_act_also_where_that_is_a_role() {
    let scene = Scene::without_rules().await;
    let (id, _) = scene.accepted().await;
    scene.shift_leader.act(&id, "file", json!({ "standard": "占道" })).await.fine();
    scene.operator.act(&id, "remind", json!({ "note": "市民来电催问" })).await.fine();
    tell(&scene).await;
    let told = titles(&scene.dispatcher).await;
    assert!(told.iter().any(|title| title.starts_with("催办")), "{told:?}");
}

#[tokio::test]
async fn a_limit_that_was_ended_late_tells_once_as_well() {
    let scene = Scene::set().await;
    let (id, _) = scene.fixing().await;
    scene.house.clock.advance(Duration::days(60));
    scene.fix(&id).await.fine();
    scene.house.scheduler.tick().await.unwrap();
    tell(&scene).await;
    for client in [&scene.shift_leader, &scene.handler] {
        let told = titles(client).await;
        assert_eq!(told.iter().filter(|title| title.contains("处置时限已超期")).count(), 1, "{told:?}");
    }
}

#[tokio::test]
async fn whoever_is_called_to_assist_or_let_go_hears_it_and_the_citizen_waits_for_the_disposal_alone() {
    let scene = Scene::set().await;
    let (id, code) = scene.fixing().await;
    let (east, handler) = (scene.house.units.east, scene.house.signed_in("unit_handler_east").await);
    scene.house.clock.advance(Duration::hours(1));
    scene.dispatcher.act(&id, "call-joint", json!({ "units": [east], "ask": "请到场" })).await.fine();
    tell(&scene).await;
    let heard = titles(&handler).await;
    assert!(heard.len() == 1 && heard[0].starts_with("请协办"), "{heard:?}");
    let (fix, assist) = (scene.limit(&id, "fix").await["due_at"].clone(), scene.limit(&id, "assist").await["due_at"].clone());
    assert_ne!(fix, assist);
    assert_eq!(scene.citizen.get(&format!("/api/v1/public/reports/{code}")).await.fine().body["due_at"], fix);
    scene.dispatcher.act(&id, "joint-withdraw", json!({ "unit": east, "reason": "已无需协办" })).await.fine();
    tell(&scene).await;
    let heard = titles(&handler).await;
    assert!(heard.len() == 2 && heard.iter().any(|title| title.ends_with("协办已撤回")), "{heard:?}");
}

#[tokio::test]
async fn who_was_only_asked_for_hears_nothing_and_a_late_assistant_is_told_alone() {
    let scene = Scene::set().await;
    let (id, _) = scene.fixing().await;
    let (east, handler) = (scene.house.units.east, scene.house.signed_in("unit_handler_east").await);
    scene.handler.act(&id, "ask-joint", json!({ "unit": east, "ask": "请一并处理" })).await.fine();
    scene.dispatcher.act(&id, "joint-withdraw", json!({ "unit": east, "reason": "无需" })).await.fine();
    tell(&scene).await;
    assert!(titles(&handler).await.is_empty());
    scene.dispatcher.act(&id, "call-joint", json!({ "units": [east], "ask": "请到场" })).await.fine();
    scene.house.clock.advance(Duration::days(60));
    scene.house.scheduler.tick().await.unwrap();
    tell(&scene).await;
    let late = titles(&handler).await;
    assert_eq!(late.iter().filter(|title| title.contains("协办时限已超期")).count(), 1, "{late:?}");
    assert!(!late.iter().any(|title| title.contains("处置时限")), "{late:?}");
}

#[tokio::test]
async fn the_leader_in_charge_and_whoever_must_answer_him_are_told() {
    let scene = Scene::set().await;
    let leader = scene.house.signed_in("leader01").await;
    let me = leader.get("/api/v1/session").await.body["person"]["id"].clone();
    let (id, _) = scene.fixing().await;
    scene.shift_leader.act(&id, "charge", json!({ "leader": me, "reason": "群众反复投诉" })).await.fine();
    leader.act(&id, "instruct", json!({ "text": "三日内清理到位", "hours": 1 })).await.fine();
    tell(&scene).await;
    assert!(titles(&leader).await.iter().any(|title| title.ends_with("由您包案，请过问")));
    let told = titles(&scene.handler).await;
    assert!(told.iter().any(|title| title.contains("有包案领导批示")) && told.iter().all(|title| !title.contains("三日内")), "{told:?}");
    scene.house.clock.advance(Duration::days(2));
    scene.house.scheduler.tick().await.unwrap();
    tell(&scene).await;
    for client in [&leader, &scene.handler] {
        let late = titles(client).await;
        assert_eq!(late.iter().filter(|title| title.contains("批示答复时限已超期")).count(), 1, "{late:?}");
    }
    scene.handler.act(&id, "answer-instruction", json!({ "instruction": 1, "text": "已清理" })).await.fine();
    tell(&scene).await;
    assert!(titles(&leader).await.iter().any(|title| title.ends_with("的批示已答复")));
}
