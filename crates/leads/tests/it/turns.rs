//! The turns a lead may take: send-back, extension, suspension, rework, merge, void, reject.

use chrono::Duration;
use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn a_unit_sends_back_once() {
    let scene = Scene::set().await;
    let (id, _) = scene.fixing().await;
    assert_eq!(scene.handler.act(&id, "send-back", json!({ "reason": " " })).await.status, 422, "a reason is needed");
    // The handler took it himself: naming nobody else, he may send it back.
    let back = scene.handler.act(&id, "send-back", json!({ "reason": "不在本单位范围" })).await;
    back.fine();
    let lead = scene.lead(&id).await;
    assert_eq!((&lead["state"], &lead["unit"], &lead["holder"]["role"]), (&json!("filed"), &json!(null), &json!("dispatcher")));
    assert_eq!(
        (scene.limit(&id, "fix").await["state"].as_str(), scene.limit(&id, "dispatch").await["round"].as_i64()),
        (Some("met"), Some(2))
    );
    scene.dispatcher.act(&id, "dispatch", json!({ "unit": scene.house.units.west })).await.fine();
    let again = scene.handler.act(&id, "send-back", json!({ "reason": "还是不在" })).await;
    again.refused(409, "action-refused");
    assert!(again.body["detail"].as_str().unwrap().contains("已回退过一次") && again.body["citation"].is_string());
    // Another unit has a turn of its own.
    scene.dispatcher.act(&id, "dispatch", json!({ "unit": scene.house.units.east })).await.fine();
    let east = scene.house.signed_in("unit_leader_east").await;
    east.act(&id, "send-back", json!({ "reason": "应由市政处置" })).await.fine();
}

#[tokio::test]
async fn a_named_handler_is_called_off_before_a_send_back() {
    let scene = Scene::set().await;
    let (id, _) = scene.dispatched().await;
    let me = scene.handler.get("/api/v1/session").await.body["person"]["id"].clone();
    scene.unit_leader.act(&id, "take", json!({ "person": me })).await.fine();
    let refused = scene.unit_leader.act(&id, "send-back", json!({ "reason": "不在本单位范围" })).await;
    assert!(refused.refused(409, "action-refused").body["detail"].as_str().unwrap().contains("撤回指派"));
    let lead = scene.unit_leader.act(&id, "unassign", json!({})).await;
    assert_eq!((&lead.fine().body["state"], &lead.body["holder"]["person"]), (&json!("dispatched"), &json!(null)));
    scene.unit_leader.act(&id, "send-back", json!({ "reason": "不在本单位范围" })).await.fine();
}

#[tokio::test]
async fn whoever_is_named_works_in_the_unit() {
    let scene = Scene::set().await;
    let (id, _) = scene.dispatched().await;
    let nobody = scene.unit_leader.act(&id, "take", json!({ "person": uuid::Uuid::now_v7() })).await;
    assert_eq!(nobody.status, 422, "{}", nobody.text);
    let stranger = scene.house.signed_in("unit_handler_east").await.get("/api/v1/session").await.body["person"]["id"].clone();
    let stranger = scene.unit_leader.act(&id, "take", json!({ "person": stranger })).await;
    assert_eq!(stranger.status, 422, "{}", stranger.text);
    let (id, _) = scene.fixed().await;
    let nobody = scene.operator.act(&id, "request-check", json!({ "collector": uuid::Uuid::now_v7() })).await;
    assert_eq!(nobody.status, 422, "{}", nobody.text);
    let operator = scene.operator.get("/api/v1/session").await.body["person"]["id"].clone();
    let not_a_collector = scene.operator.act(&id, "request-check", json!({ "collector": operator })).await;
    assert_eq!(not_a_collector.status, 422, "{}", not_a_collector.text);
}

#[tokio::test]
async fn more_time_is_asked_granted_and_refused() {
    let scene = Scene::set().await;
    let (id, _) = scene.fixing().await;
    let due = scene.limit(&id, "fix").await["due_at"].clone();
    scene.shift_leader.act(&id, "grant-extension", json!({ "hours": 4 })).await.refused(409, "action-refused");
    scene.handler.act(&id, "request-extension", json!({ "hours": 4, "reason": "等吊车" })).await.fine();
    assert_eq!(scene.operator.get("/api/v1/leads/counts").await.body["queues"]["extension"], 1);
    assert_eq!(scene.operator.get("/api/v1/leads?queue=extension").await.items().len(), 1);
    scene.handler.act(&id, "request-extension", json!({ "hours": 4, "reason": "再等" })).await.refused(409, "action-refused");
    scene.shift_leader.act(&id, "refuse-extension", json!({ "reason": "吊车已到" })).await.fine();
    assert_eq!(scene.limit(&id, "fix").await["due_at"], due, "a refusal adds nothing");
    for _ in 0..2 {
        scene.handler.act(&id, "request-extension", json!({ "hours": 4, "reason": "等吊车" })).await.fine();
        scene.shift_leader.act(&id, "grant-extension", json!({ "hours": 4 })).await.fine();
    }
    assert_ne!(scene.limit(&id, "fix").await["due_at"], due);
    let third = scene.handler.act(&id, "request-extension", json!({ "hours": 4, "reason": "还要等" })).await;
    assert!(third.refused(409, "action-refused").body["citation"].is_string());
    let endless = scene.shift_leader.act(&id, "grant-extension", json!({ "hours": 4_000_000_000_u32 })).await;
    assert!(endless.status.is_client_error(), "{}", endless.text);
}

#[tokio::test]
async fn a_reply_ends_the_wish_for_more_time() {
    let scene = Scene::set().await;
    let (id, _) = scene.fixing().await;
    scene.handler.act(&id, "request-extension", json!({ "hours": 4, "reason": "等吊车" })).await.fine();
    scene.fix(&id).await.fine();
    assert_eq!(scene.lead(&id).await["extension"], json!(null));
    assert_eq!(scene.operator.get("/api/v1/leads/counts").await.body["queues"]["extension"], 0, "nobody waits for an answer any more");
}

#[tokio::test]
async fn a_suspended_clock_stands() {
    let scene = Scene::set().await;
    let (id, _) = scene.fixing().await;
    let before = scene.limit(&id, "fix").await;
    let due: chrono::DateTime<chrono::Utc> = before["due_at"].as_str().unwrap().parse().unwrap();
    scene.shift_leader.act(&id, "suspend", json!({ "reason": "台风" })).await.fine();
    let lead = scene.lead(&id).await;
    assert_eq!((&lead["state"], &lead["light"], &lead["due_at"]), (&json!("suspended"), &json!(null), &json!(null)));
    assert_eq!(scene.limit(&id, "fix").await["state"], "paused");
    scene.house.clock.advance(Duration::days(7));
    scene.house.scheduler.tick().await.unwrap();
    assert!(!scene.history(&id).await.iter().any(|action| action.starts_with("limit-")), "nothing is due while it stands");
    scene.handler.act(&id, "fix", json!({ "after_photos": [scene.house.photo().await] })).await.refused(409, "action-refused");
    let lead = scene.shift_leader.act(&id, "resume", json!({})).await;
    assert_eq!((&lead.fine().body["state"], &lead.body["holder"]["person"]["name"]), (&json!("fixing"), &json!("测试unit_handler01")));
    let resumed: chrono::DateTime<chrono::Utc> = scene.limit(&id, "fix").await["due_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(resumed, due + Duration::days(7), "a week later, a week of the same working days");
}

#[tokio::test]
async fn rework_has_a_fresh_limit() {
    let scene = Scene::set().await;
    let (id, _) = scene.checking().await;
    scene.house.clock.advance(Duration::minutes(10));
    scene.collector.act(&id, "check", json!({ "passed": false, "note": "角落还有" })).await.fine();
    let early = scene.operator.act(&id, "request-check", json!({})).await;
    assert!(early.refused(409, "action-refused").body["detail"].as_str().unwrap().contains("返工"));
    scene.shift_leader.act(&id, "close", json!({ "standard": "垃圾已清除" })).await.refused(409, "action-refused");
    let lead = scene.operator.act(&id, "rework", json!({ "reason": "角落还有垃圾" })).await;
    assert_eq!((&lead.fine().body["state"], &lead.body["rework_count"]), (&json!("fixing"), &json!(1)));
    let limit = scene.limit(&id, "fix").await;
    assert_eq!((&limit["round"], &limit["state"], &limit["started_at"]), (&json!(2), &json!("running"), &json!("2026-11-02T01:10:00Z")));
    scene.fix(&id).await.fine();
    scene.operator.act(&id, "request-check", json!({})).await.fine();
    scene.collector.act(&id, "check", json!({ "passed": true })).await.fine();
    assert_eq!(scene.shift_leader.act(&id, "close", json!({ "standard": "垃圾已清除" })).await.fine().body["state"], "closed");
}

#[tokio::test]
async fn a_merged_report_is_followed_where_it_goes_on() {
    let scene = Scene::set().await;
    let (first, first_code) = scene.reported().await;
    let (second, second_code) = scene.reported().await;
    let (third, third_code) = scene.reported().await;
    assert_eq!(scene.operator.act(&first, "merge", json!({ "into": first })).await.status, 422, "not into itself");
    let lead = scene.operator.act(&first, "merge", json!({ "into": second, "reason": "同一处" })).await;
    assert_eq!((&lead.fine().body["state"], &lead.body["merged_into"]["id"]), (&json!("merged"), &json!(second)));
    scene.operator.act(&second, "merge", json!({ "into": first })).await.refused(409, "merge-target-closed");
    // The lead it went into may itself be merged: both reporters follow the last.
    scene.operator.act(&second, "merge", json!({ "into": third })).await.fine();
    scene.operator.act(&third, "accept", json!({})).await.fine();
    let number = scene.lead(&third).await["number"].clone();
    for code in [&first_code, &second_code] {
        let followed = scene.citizen.get(&format!("/api/v1/public/reports/{code}")).await;
        assert_eq!((&followed.fine().body["state_label"], &followed.body["merged_into"]), (&json!("待立案"), &number), "{}", followed.text);
    }
    scene.shift_leader.act(&third, "file", json!({ "standard": "占道" })).await.fine();
    scene.handler.act(&third, "take", json!({})).await.fine();
    scene.fix(&third).await.fine();
    scene.operator.act(&third, "request-check", json!({})).await.fine();
    scene.collector.act(&third, "check", json!({ "passed": true })).await.fine();
    scene.shift_leader.act(&third, "close", json!({ "standard": "已清除" })).await.fine();
    for code in [&first_code, &second_code, &third_code] {
        let path = format!("/api/v1/public/reports/{code}");
        let followed = scene.citizen.get(&path).await;
        assert_eq!(followed.fine().body["can_rate"], true, "{}", followed.text);
        for photo in followed.body["photos"].as_array().unwrap() {
            scene.citizen.get(&format!("{path}/photos/{}", photo["id"].as_str().unwrap())).await.fine();
        }
        assert_eq!(scene.citizen.post(&format!("{path}/rating"), json!({ "stars": 4 })).await.status, 204);
    }
}

#[tokio::test]
async fn two_leads_never_vanish_into_each_other() {
    let scene = Scene::set().await;
    for _ in 0..6 {
        let (one, _) = scene.reported().await;
        let (other, _) = scene.reported().await;
        let (there, back) = tokio::join!(
            scene.operator.act(&one, "merge", json!({ "into": other })),
            scene.shift_leader.act(&other, "merge", json!({ "into": one })),
        );
        let done = [&there, &back].iter().filter(|answer| answer.status == 200).count();
        assert_eq!(done, 1, "{} / {}", there.text, back.text);
    }
}

#[tokio::test]
async fn rejected_and_voided_leads_are_over_and_say_why() {
    let scene = Scene::set().await;
    let (id, code) = scene.reported().await;
    assert_eq!(scene.operator.act(&id, "reject", json!({ "reason": "" })).await.status, 422);
    scene.operator.act(&id, "reject", json!({ "reason": "属于私人场地" })).await.fine();
    let followed = scene.citizen.get(&format!("/api/v1/public/reports/{code}")).await.body;
    assert_eq!((&followed["state_label"], &followed["can_rate"]), (&json!("不予受理"), &json!(false)));
    assert!(followed["steps"].as_array().unwrap().iter().any(|step| step["text"] == "属于私人场地"));
    let (other, code) = scene.fixing().await;
    scene.shift_leader.act(&other, "void", json!({ "reason": "重复立案" })).await.fine();
    assert_eq!(scene.citizen.get(&format!("/api/v1/public/reports/{code}")).await.body["state_label"], "已作废");
    for id in [id, other] {
        assert!(scene.lead(&id).await["deadlines"].as_array().unwrap().iter().all(|limit| limit["state"] != "running"));
        let late = scene.operator.act(&id, "remind", json!({})).await;
        assert!(late.refused(409, "action-refused").body["detail"].as_str().unwrap().contains("已办结"));
        assert!(scene.lead(&id).await["offers"].as_array().unwrap().is_empty());
    }
    scene.house.clock.advance(Duration::days(30));
    assert_eq!(scene.house.scheduler.tick().await.unwrap(), docket::Tick::default(), "nothing ends late that is over");
}
