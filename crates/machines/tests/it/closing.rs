//! What a device no longer sees is checked and closed without a person, where the city wants that and no guard stands against it.

use chrono::Duration;
use serde_json::{Value, json};

use crate::scene::{Scene, outcomes};

/// A sighting that a person confirmed, dispatched to the western squad and taken there: its id and the lead's.
async fn at_the_unit(scene: &Scene) -> (String, String) {
    scene.house.with_rules().await;
    let sighting = scene.sighted().await;
    scene.judge(&sighting, "confirm").await.fine();
    scene.house.machines.file_approved().await.unwrap();
    let lead = scene.sighting(&sighting).await["lead_id"].as_str().unwrap().to_owned();
    scene.operator.act(&lead, "accept", json!({ "standard": "垃圾成堆" })).await.fine();
    scene.house.signed_in("shift_leader01").await.act(&lead, "file", json!({ "standard": "垃圾成堆" })).await.fine();
    scene.house.signed_in("unit_handler01").await.act(&lead, "take", json!({})).await.fine();
    (sighting, lead)
}

async fn fix(scene: &Scene, lead: &str) {
    let (before, after) = (scene.house.photo().await, scene.house.photo().await);
    let body = json!({ "note": "已清运", "before_photos": [before], "after_photos": [after] });
    scene.house.signed_in("unit_handler01").await.act(lead, "fix", body).await.fine();
    scene.tell().await;
}

async fn state(scene: &Scene, lead: &str) -> Value {
    scene.operator.get(&format!("/api/v1/leads/{lead}")).await.fine().body["state"].clone()
}

/// Two looks that do not see it, a minute on.
async fn gone(scene: &Scene) -> Vec<Value> {
    scene.house.clock.advance(Duration::minutes(1));
    scene.send(vec![scene.event(-20, json!({ "present": false })), scene.event(-10, json!({ "present": false }))]).await
}

#[tokio::test]
async fn what_is_fixed_and_gone_is_closed_only_where_the_city_says_so() {
    let scene = Scene::set().await;
    let (sighting, lead) = at_the_unit(&scene).await;
    fix(&scene, &lead).await;
    assert_eq!(outcomes(&gone(&scene).await), ["absent", "gone"]);
    assert_eq!(scene.house.machines.close_seen_gone().await.unwrap(), 0, "off");
    assert_eq!(state(&scene, &lead).await, "fixed");
    scene.rules(json!({ "closes": true })).await.fine();
    assert_eq!(scene.house.machines.close_seen_gone().await.unwrap(), 1);
    assert_eq!(state(&scene, &lead).await, "closed");
    let history = scene.operator.get(&format!("/api/v1/leads/{lead}/history")).await.items();
    let last: Vec<(&str, &str)> = history[history.len() - 3..]
        .iter()
        .map(|line| (line["action"].as_str().unwrap(), line["actor"]["kind"].as_str().or(line["actor"].as_str()).unwrap_or("")))
        .collect();
    assert_eq!(last.iter().map(|it| it.0).collect::<Vec<_>>(), ["request-check", "check", "close"], "{last:?}");
    assert!(history.last().unwrap().to_string().contains("连续 2 次未再看到"), "{:?}", history.last());
    scene.tell().await;
    assert_eq!(scene.sighting(&sighting).await["state"], "over");
    assert_eq!(scene.house.machines.close_seen_gone().await.unwrap(), 0);
}

#[tokio::test]
async fn nothing_is_closed_before_the_unit_replied_nor_while_it_is_seen_again() {
    let scene = Scene::set().await;
    scene.rules(json!({ "closes": true })).await.fine();
    let (_, lead) = at_the_unit(&scene).await;
    gone(&scene).await;
    assert_eq!(scene.house.machines.close_seen_gone().await.unwrap(), 0);
    assert_eq!(state(&scene, &lead).await, "fixing");
    // The reply comes after the last look: what the device saw before says nothing of the work.
    scene.house.clock.advance(Duration::minutes(1));
    fix(&scene, &lead).await;
    assert_eq!(scene.house.machines.close_seen_gone().await.unwrap(), 0);
    scene.house.clock.advance(Duration::minutes(1));
    scene.send(vec![scene.event(-5, json!({}))]).await;
    assert_eq!(scene.house.machines.close_seen_gone().await.unwrap(), 0, "it is there again");
    gone(&scene).await;
    assert_eq!(scene.house.machines.close_seen_gone().await.unwrap(), 1);
    assert_eq!(state(&scene, &lead).await, "closed");
}

#[tokio::test]
async fn a_check_that_a_person_was_named_for_is_left_to_him() {
    let scene = Scene::set().await;
    scene.rules(json!({ "closes": true })).await.fine();
    let (sighting, lead) = at_the_unit(&scene).await;
    fix(&scene, &lead).await;
    let collector: uuid::Uuid =
        sqlx::query_scalar("select id from person where account = 'collector01'").fetch_one(&scene.house.test.owner_pool).await.unwrap();
    scene.operator.act(&lead, "request-check", json!({ "collector": collector })).await.fine();
    gone(&scene).await;
    assert_eq!(scene.house.machines.close_seen_gone().await.unwrap(), 1);
    assert_eq!(state(&scene, &lead).await, "checking");
    assert!(scene.sighting(&sighting).await["closing_left"].as_str().unwrap().contains("派给了其他人员"));
    assert_eq!(scene.house.machines.close_seen_gone().await.unwrap(), 0, "once");
}
