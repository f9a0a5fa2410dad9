//! A leader in charge: beside holder and limits, with instructions that are answered before the end.

use chrono::Duration;
use serde_json::{Value, json};
use testkit::house::Client;

use crate::scene::Scene;

async fn me(client: &Client) -> Value {
    client.get("/api/v1/session").await.body["person"]["id"].clone()
}

async fn todo(client: &Client) -> Vec<String> {
    client.get("/api/v1/todo").await.fine().items().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_leader_instructs_the_unit_answers_and_only_then_it_is_closed() {
    let scene = Scene::set().await;
    let leader = scene.house.signed_in("leader01").await;
    let (leader_id, operator_id) = (me(&leader).await, me(&scene.operator).await);
    let stranger = scene.house.person("leader_east", scene.house.units.east, &["leader"], &["330482902"]).await;
    let (id, _) = scene.fixing().await;
    let before = scene.lead(&id).await;

    // Only a supervisor puts it, only under somebody who leads and on whose ground it lies.
    let put = |leader: &Value| json!({ "leader": leader, "reason": "群众反复投诉" });
    scene.unit_leader.act(&id, "charge", put(&leader_id)).await.refused(403, "forbidden");
    scene.shift_leader.act(&id, "charge", put(&operator_id)).await.refused(422, "person-not-able");
    scene.shift_leader.act(&id, "charge", put(&json!(stranger))).await.refused(422, "person-not-able");
    scene.shift_leader.act(&id, "charge", json!({ "leader": leader_id, "reason": " " })).await.refused(422, "field-required");
    assert!(
        leader.act(&id, "instruct", json!({ "text": "x", "hours": 8 })).await.refused(409, "action-refused").text.contains("没有领导包案")
    );
    let lead = scene.shift_leader.act(&id, "charge", put(&leader_id)).await.fine().body.clone();
    for same in ["state", "holder", "unit", "due_at", "deadlines"] {
        assert_eq!(lead[same], before[same], "{same} stays");
    }
    assert_eq!((&lead["charge"]["leader"]["id"], &lead["charge"]["reason"]), (&leader_id, &json!("群众反复投诉")));
    scene.shift_leader.act(&id, "charge", put(&leader_id)).await.refused(409, "action-refused");
    assert_eq!(todo(&leader).await, std::slice::from_ref(&id));
    assert_eq!(leader.get("/api/v1/leads?queue=my_charge").await.items().len(), 1);
    assert_eq!(scene.operator.get("/api/v1/leads?queue=charged").await.items().len(), 1);
    assert!(scene.operator.get("/api/v1/leads?queue=my_charge").await.items().is_empty());

    // The instruction goes to the unit, with a limit of its own.
    leader.act(&id, "instruct", json!({ "text": "x", "hours": 241 })).await.refused(422, "field-invalid");
    scene.shift_leader.act(&id, "instruct", json!({ "text": "x", "hours": 8 })).await.refused(403, "forbidden");
    leader.act(&id, "instruct", json!({ "text": "三日内清理到位并说明成因", "hours": 8 })).await.fine();
    assert_eq!(scene.limit(&id, "instruct").await["state"], "running");
    assert!(leader.act(&id, "end-charge", json!({ "reason": "x" })).await.refused(409, "action-refused").text.contains("没有答复"));
    scene.fix(&id).await.fine();
    // Replied to it waits for its check; the unit still owes the answer, and sees that in its to-do.
    assert_eq!(todo(&scene.handler).await, std::slice::from_ref(&id));
    scene.operator.act(&id, "request-check", json!({})).await.fine();
    scene.collector.act(&id, "check", json!({ "passed": true })).await.fine();
    let close = json!({ "standard": "垃圾已清除" });
    assert!(scene.shift_leader.act(&id, "close", close.clone()).await.refused(409, "action-refused").text.contains("1 条批示没有答复"));
    let answer = |round: i32| json!({ "instruction": round, "text": "已清理，系装修垃圾乱倒" });
    let east = scene.house.signed_in("unit_leader_east").await;
    east.act(&id, "answer-instruction", answer(1)).await.refused(404, "lead-not-found");
    assert!(scene.dispatcher.act(&id, "answer-instruction", answer(1)).await.refused(409, "action-refused").text.contains("现承办单位"));
    scene.handler.act(&id, "answer-instruction", answer(2)).await.refused(409, "action-refused");
    let lead = scene.handler.act(&id, "answer-instruction", answer(1)).await.fine().body.clone();
    assert_eq!(lead["charge"]["instructions"][0]["answer"], "已清理，系装修垃圾乱倒");
    assert_eq!(scene.limit(&id, "instruct").await["state"], "met");
    assert!(todo(&scene.handler).await.is_empty());
    let closed = scene.shift_leader.act(&id, "close", close).await.fine().body.clone();
    assert_eq!(closed["charge"]["leader"]["id"], leader_id, "who had it in charge stays known");
    assert!(todo(&leader).await.is_empty() && leader.get("/api/v1/charges?mine=true").await.items().is_empty());
    let history = scene.history(&id).await;
    assert!(["charge", "instruct", "answer-instruction"].iter().all(|verb| history.contains(&(*verb).to_owned())), "{history:?}");
}

#[tokio::test]
async fn what_stands_still_is_listed_with_its_reasons_and_an_instruction_follows_the_lead() {
    let scene = Scene::without_rules().await;
    let leader = scene.house.signed_in("leader01").await;
    let (id, _) = scene.dispatched().await;
    scene.dispatcher.act(&id, "dispatch", json!({ "unit": scene.house.units.west })).await.fine();
    scene.shift_leader.act(&id, "charge", json!({ "leader": me(&leader).await, "reason": "久拖不决" })).await.fine();
    leader.act(&id, "instruct", json!({ "text": "查明责任单位", "hours": 2 })).await.fine();
    scene.handler.act(&id, "send-back", json!({ "reason": "不在本单位管辖范围" })).await.fine();
    // No unit has it: the centre answers, or whoever gets it next.
    assert!(todo(&scene.dispatcher).await.contains(&id));
    scene.handler.act(&id, "answer-instruction", json!({ "instruction": 1, "text": "x" })).await.refused(404, "lead-not-found");
    scene.house.clock.advance(Duration::days(4));
    scene.house.scheduler.tick().await.unwrap();
    let rows = leader.get("/api/v1/charges?mine=true").await.fine().items();
    let still: Vec<&str> = rows[0]["still"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    assert!(still[0].starts_with("派遣时限已超期"), "{still:?}");
    assert_eq!(still[1..], ["1 条批示逾期未答复", "有权属争议：1 个单位回退过", "停在“待派遣”4 天没有进展"]);
    assert_eq!((&rows[0]["leader"]["name"], &rows[0]["charge_reason"]), (&me_name(&leader).await, &json!("久拖不决")));
    assert_eq!(scene.operator.get("/api/v1/charges").await.items().len(), 1, "the centre sees what is in charge on its ground");
    let next_door = scene.house.signed_in("operator91").await;
    assert!(next_door.get("/api/v1/charges").await.fine().items().is_empty());
    scene.dispatcher.act(&id, "answer-instruction", json!({ "instruction": 1, "text": "经协调由东街道中队处置" })).await.fine();
    assert_eq!(scene.limit(&id, "instruct").await["state"], "missed");
    // The charge ends with a reason, and another leader may take it again.
    scene.shift_leader.act(&id, "end-charge", json!({ "reason": "已明确责任单位" })).await.fine();
    assert!(leader.get("/api/v1/charges").await.items().is_empty());
    let lead = scene.lead(&id).await;
    assert!(lead["charge"]["leader"].is_null() && lead["charge"]["instructions"][0]["answer"].is_string());
    assert!(lead["offers"].as_array().unwrap().iter().all(|it| it["verb"] != "end-charge"), "nothing is offered that has no place");
}

async fn me_name(client: &Client) -> Value {
    client.get("/api/v1/session").await.body["person"]["name"].clone()
}

#[tokio::test]
async fn neither_a_leader_who_left_nor_a_unit_that_is_switched_off_binds_a_lead_for_ever() {
    let scene = Scene::set().await;
    let leader = scene.house.signed_in("leader01").await;
    let (id, _) = scene.fixed().await;
    scene.shift_leader.act(&id, "charge", json!({ "leader": me(&leader).await, "reason": "群众反复投诉" })).await.fine();
    for text in ["说明成因", "长效管理"] {
        leader.act(&id, "instruct", json!({ "text": text, "hours": 8 })).await.fine();
    }
    let withdraw = |round: i32| json!({ "instruction": round, "reason": "情况已变化" });
    // The successor speaks for whoever had it before; the predecessor no longer does.
    let successor = scene.house.person("leader_next", scene.house.units.bureau, &["leader"], &["330482"]).await;
    let next = scene.house.signed_in("leader_next").await;
    next.act(&id, "withdraw-instruction", withdraw(1)).await.refused(409, "action-refused");
    scene.shift_leader.act(&id, "withdraw-instruction", withdraw(1)).await.refused(403, "forbidden");
    scene.shift_leader.act(&id, "charge", json!({ "leader": successor, "reason": "原包案领导调离" })).await.fine();
    assert!(leader.act(&id, "withdraw-instruction", withdraw(1)).await.refused(409, "action-refused").text.contains("现包案领导"));
    next.act(&id, "withdraw-instruction", json!({ "instruction": 1, "reason": " " })).await.refused(422, "field-required");
    let lead = next.act(&id, "withdraw-instruction", withdraw(1)).await.fine().body.clone();
    let taken_back = &lead["charge"]["instructions"][0];
    assert_eq!((&taken_back["withdrawn"], &taken_back["answer"]), (&json!(true), &json!("情况已变化")));
    next.act(&id, "withdraw-instruction", withdraw(1)).await.refused(409, "action-refused");
    let states: Vec<&Value> =
        lead["deadlines"].as_array().unwrap().iter().filter(|it| it["id"] == "instruct").map(|it| &it["state"]).collect();
    assert!(states.contains(&&json!("cancelled")) && states.contains(&&json!("running")), "{states:?}");
    // The unit is switched off: the centre answers for it.
    let answer = json!({ "instruction": 2, "text": "已列入整治计划" });
    scene.dispatcher.act(&id, "answer-instruction", answer.clone()).await.refused(409, "action-refused");
    let path = format!("/api/v1/organisations/{}", scene.house.units.west);
    let units = scene.administrator.get("/api/v1/organisations").await.items();
    let unit = units.iter().find(|it| it["id"] == json!(scene.house.units.west)).unwrap();
    let off = Some(json!({ "active": false }));
    scene.administrator.call(axum::http::Method::PATCH, &path, unit["version"].as_i64(), off).await.fine();
    scene.dispatcher.act(&id, "answer-instruction", answer).await.fine();
    scene.shift_leader.act(&id, "end-charge", json!({ "reason": "已办妥" })).await.fine();
}
