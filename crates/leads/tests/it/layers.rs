//! Levels: raised with a reason, taken, returned or sent down; holder, limit and next step are always there.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use testkit::house::Client;

use crate::scene::Scene;

/// Who leads the county's bureau as a unit that fixes.
async fn county(scene: &Scene) -> Client {
    scene.house.person("bureau_leader", scene.house.units.bureau, &["unit_leader"], &["330482"]).await;
    scene.house.signed_in("bureau_leader").await
}

fn at(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap().parse().unwrap()
}

fn offered(lead: &Value, verb: &str) -> Option<bool> {
    lead["offers"].as_array().unwrap().iter().find(|it| it["verb"] == verb).map(|it| it["allowed"] == true)
}

#[tokio::test]
async fn what_a_squad_cannot_solve_goes_up_and_comes_back_or_down() {
    let scene = Scene::set().await;
    let county = county(&scene).await;
    let units = scene.house.units;
    let (id, _) = scene.fixing().await;
    let due = scene.limit(&id, "fix").await["due_at"].clone();
    let path = format!("/api/v1/leads/{id}");
    assert_eq!(offered(&scene.handler.get(&path).await.body, "raise"), Some(true));
    scene.handler.act(&id, "raise", json!({ "reason": " " })).await.refused(422, "field-required");
    scene.dispatcher.act(&id, "raise", json!({ "reason": "x" })).await.refused(403, "forbidden");
    let lead = scene.handler.act(&id, "raise", json!({ "reason": "需要县级协调吊车" })).await.fine().body.clone();
    assert_eq!(
        (&lead["state"], &lead["unit"]["name"], &lead["holder"]["unit"]["id"]),
        (&json!("dispatched"), &json!("模拟县局"), &json!(units.bureau))
    );
    assert_eq!((&lead["raised_from"]["id"], &lead["raised_count"]), (&json!(units.west), &json!(1)));
    let fix = scene.limit(&id, "fix").await;
    // What was left goes along, and that was all of it: nobody gains time by moving a lead.
    assert_eq!((&fix["state"], &fix["round"], &fix["due_at"]), (&json!("running"), &json!(2), &due));
    scene.handler.get(&path).await.refused(404, "lead-not-found");

    // The level above has it in its to-do, and returns it with a reason.
    let todo = county.get("/api/v1/todo").await.items();
    assert!(todo.iter().any(|row| row["id"] == json!(id)), "{todo:?}");
    let seen = county.get(&path).await.fine().body.clone();
    assert_eq!((offered(&seen, "raise"), offered(&seen, "return-raised"), offered(&seen, "send-down")), (None, Some(true), Some(true)));
    scene.house.clock.advance(Duration::hours(6));
    county.act(&id, "return-raised", json!({ "reason": "" })).await.refused(422, "field-required");
    let lead = county.act(&id, "return-raised", json!({ "reason": "镇街可自行调配" })).await.fine().body.clone();
    assert_eq!((&lead["state"], &lead["unit"]["id"]), (&json!("dispatched"), &json!(units.west)));
    let fix = scene.limit(&id, "fix").await;
    assert!(fix["state"] == "running" && at(&fix["due_at"]) > at(&due), "little was left: the house gives four working hours, {fix}");
    assert!(scene.handler.act(&id, "raise", json!({ "reason": "x" })).await.refused(409, "action-refused").text.contains("已上提过一次"));

    // Down again, to whoever lies below and nobody else.
    scene.handler.act(&id, "take", json!({})).await.fine();
    let (other, _) = scene.dispatched().await;
    scene.unit_leader.act(&other, "raise", json!({ "reason": "超出本单位能力" })).await.fine();
    county.act(&other, "send-down", json!({ "unit": units.neighbour })).await.refused(409, "action-refused");
    county.act(&other, "send-down", json!({ "unit": units.bureau })).await.refused(409, "action-refused");
    county.act(&other, "take", json!({})).await.fine();
    let lead = county.act(&other, "send-down", json!({ "unit": units.east, "note": "就近处置" })).await.fine().body.clone();
    assert_eq!((&lead["state"], &lead["unit"]["id"], &lead["handler"]), (&json!("dispatched"), &json!(units.east), &Value::Null));
    let east = scene.house.signed_in("unit_leader_east").await;
    assert_eq!(offered(&east.get(&format!("/api/v1/leads/{other}")).await.body, "raise"), Some(true), "another unit has a turn of its own");
    let wanted = ["raise", "return-raised", "take"];
    let history = scene.history(&id).await;
    assert!(wanted.iter().all(|verb| history.contains(&(*verb).to_owned())), "{history:?}");
}

#[tokio::test]
async fn levels_share_the_limit_and_what_ran_out_is_raised_once_where_the_city_says_so() {
    let scene = Scene::set().await;
    let county = county(&scene).await;
    let path = "/api/v1/layer-settings";
    assert_eq!(scene.operator.get(path).await.fine().body, json!({ "automatic": false, "shares": null }));
    let shares = |township: u8| json!({ "automatic": true, "shares": { "township": township, "county": 25, "city": 15 } });
    scene.operator.put(path, shares(60)).await.refused(403, "forbidden");
    scene.administrator.put(path, shares(70)).await.refused(422, "layer-settings-invalid");
    scene.administrator.put(path, shares(60)).await.fine();
    assert_eq!(scene.administrator.get("/api/v1/settings-history?kind=layer").await.items().len(), 1);

    let (id, _) = scene.dispatched().await;
    // Four working hours from nine: six tenths are two hours and twenty-four minutes.
    assert_eq!(at(&scene.limit(&id, "fix").await["due_at"]), "2026-11-02T03:24:00Z".parse::<DateTime<Utc>>().unwrap());
    // Whoever has taken it does not keep it from being raised.
    scene.handler.act(&id, "take", json!({})).await.fine();
    assert_eq!(scene.house.leads.raise_by_rule().await.unwrap(), 0, "it has time");
    scene.house.clock.advance(Duration::minutes(145));
    let looks = futures::future::join_all((0..4).map(|_| scene.house.leads.raise_by_rule())).await;
    assert_eq!(looks.into_iter().map(Result::unwrap).sum::<usize>(), 1, "once, however many look");
    let lead = scene.lead(&id).await;
    assert_eq!((&lead["unit"]["id"], &lead["state"]), (&json!(scene.house.units.bureau), &json!("dispatched")));
    // A quarter of four hours from twenty-five past eleven: thirty-five minutes before noon, the rest after lunch.
    let fix = scene.limit(&id, "fix").await;
    assert!(fix["explanation"].as_str().unwrap().contains("剩余 1 小时"), "{fix}");
    scene.house.clock.advance(Duration::days(1));
    assert_eq!(scene.house.leads.raise_by_rule().await.unwrap(), 0, "nothing is above the county here");
    county.act(&id, "take", json!({})).await.fine();
    let raised = scene.operator.get(&format!("/api/v1/leads/{id}/history")).await.items();
    let line = raised.iter().find(|line| line["action"] == "raise").unwrap();
    assert!(line["actor"]["name"] == "自动规则" && line["summary"].as_str().unwrap().contains("按规则上提"), "{line}");
}
