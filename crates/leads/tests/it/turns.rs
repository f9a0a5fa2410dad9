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
async fn a_limit_that_ends_late_is_told_though_nobody_looked() {
    let scene = Scene::set().await;
    let missed = async |id: &str| scene.history(id).await.iter().filter(|action| *action == "limit-missed").count();
    // No tick between the end of the limit and the reply.
    let (fixed, _) = scene.fixing().await;
    let (voided, _) = scene.fixing().await;
    let (returned, _) = scene.fixing().await;
    let (suspended, _) = scene.fixing().await;
    scene.house.clock.advance(Duration::days(30));
    scene.fix(&fixed).await.fine();
    assert_eq!(scene.limit(&fixed, "fix").await["state"], "missed");
    scene.shift_leader.act(&voided, "void", json!({ "reason": "重复立案" })).await.fine();
    scene.handler.act(&returned, "send-back", json!({ "reason": "不在本单位范围" })).await.fine();
    scene.shift_leader.act(&suspended, "suspend", json!({ "reason": "台风" })).await.fine();
    scene.shift_leader.act(&suspended, "resume", json!({})).await.fine();
    for _ in 0..2 {
        assert_eq!(scene.house.scheduler.tick().await.unwrap().missed, 0);
    }
    for id in [&fixed, &voided, &returned, &suspended] {
        assert_eq!(missed(id).await, 1, "{:?}", scene.history(id).await);
    }
    let told: Vec<(String, Option<uuid::Uuid>)> =
        sqlx::query_as("select payload ->> 'light', (payload ->> 'holder_unit')::uuid from outbox where topic = 'docket.limit-missed'")
            .fetch_all(&scene.house.test.owner_pool)
            .await
            .unwrap();
    assert_eq!(told, vec![("red".to_owned(), Some(scene.house.units.west.uuid())); 4], "to the unit that let it come to that");
}

#[tokio::test]
async fn a_unit_is_not_given_again_what_it_has() {
    let scene = Scene::set().await;
    let (id, _) = scene.dispatched().await;
    let due = scene.limit(&id, "fix").await["due_at"].clone();
    scene.house.clock.advance(Duration::minutes(30));
    let again = scene.dispatcher.act(&id, "dispatch", json!({ "unit": scene.house.units.west })).await;
    assert!(again.refused(409, "action-refused").body["citation"].is_string());
    assert_eq!(scene.limit(&id, "fix").await["due_at"], due, "its clock goes on");
    scene.dispatcher.act(&id, "dispatch", json!({ "unit": scene.house.units.east })).await.fine();
    // The unit that lost it hears of it a last time.
    let heard: Option<uuid::Uuid> =
        sqlx::query_scalar("select (payload ->> 'previous_unit')::uuid from outbox where docket_id = $1::uuid order by id desc limit 1")
            .bind(&id)
            .fetch_one(&scene.house.test.owner_pool)
            .await
            .unwrap();
    assert_eq!(heard, Some(scene.house.units.west.uuid()));
}

#[tokio::test]
async fn another_collector_can_be_named_while_one_is_at_it() {
    let scene = Scene::set().await;
    let other = scene.house.signed_in("collector02").await;
    let of = async |client: &testkit::house::Client| client.get("/api/v1/session").await.body["person"]["id"].clone();
    let (id, _) = scene.reported().await;
    scene.operator.act(&id, "request-verify", json!({ "collector": of(&scene.collector).await })).await.fine();
    let limit = scene.limit(&id, "verify").await;
    scene.house.clock.advance(Duration::minutes(5));
    scene.operator.act(&id, "request-verify", json!({ "collector": of(&other).await })).await.fine();
    assert_eq!(scene.limit(&id, "verify").await["due_at"], limit["due_at"], "within the same limit");
    scene.collector.act(&id, "verify", json!({ "genuine": true })).await.refused(409, "action-refused");
    other.act(&id, "verify", json!({ "genuine": true })).await.fine();
    let (id, _) = scene.fixed().await;
    scene.operator.act(&id, "request-check", json!({ "collector": of(&scene.collector).await })).await.fine();
    let lead = scene.operator.act(&id, "request-check", json!({ "collector": of(&other).await })).await;
    assert!(lead.fine().body["offers"].as_array().unwrap().iter().all(|offer| offer["primary"] == false), "no step forward: {}", lead.text);
    other.act(&id, "check", json!({ "passed": true })).await.fine();
}

#[tokio::test]
async fn the_limit_is_of_the_class_that_stands_when_it_is_filed() {
    let scene = Scene::without_rules().await;
    let (id, _) = scene.accepted().await;
    let classes = scene.operator.get("/api/v1/classes").await;
    let settled = classes.items();
    let limits = |class: &serde_json::Value| class["limits"].as_array().cloned().unwrap_or_default();
    let other = settled
        .iter()
        .find(|class| class["code"] != crate::scene::CLASS && limits(class).iter().any(|limit| limit["provisional"] == false))
        .expect("another class with a limit");
    let choices = scene.operator.get(&format!("/api/v1/leads/{id}/suggestions")).await.body["limits"].clone();
    let own = choices[0]["id"].clone();
    // Between the lock's two sides: the class is corrected while the filing waits.
    let mut transaction = scene.house.test.database.pool().begin().await.unwrap();
    sqlx::query("select 1 from docket where id = $1::uuid for update").bind(&id).execute(&mut *transaction).await.unwrap();
    let filing = scene.shift_leader.act(&id, "file", json!({ "standard": "占道", "limit_id": own }));
    let correcting = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        sqlx::query("update lead set class_code = $2 where id = $1::uuid")
            .bind(&id)
            .bind(other["code"].as_str().unwrap())
            .execute(&mut *transaction)
            .await
            .unwrap();
        transaction.commit().await.unwrap();
    };
    let (filed, ()) = tokio::join!(filing, correcting);
    filed.refused(422, "limit-unknown");
    scene.shift_leader.act(&id, "file", json!({ "standard": "占道" })).await.fine();
    let limit = scene.lead(&id).await["limit"].clone();
    assert!(limits(other).iter().any(|choice| choice["value"] == limit["value"] && choice["unit"] == limit["unit"]), "{limit} of {other}");
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
