//! The house rule: off by default, once a limit's round, however many programs look.

use serde_json::{Value, json};

use crate::scene::{Scene, act};

fn settings(automatic: bool) -> Value {
    json!({ "automatic": automatic, "prompt_after": 2, "supervise_after": 4, "reply_prompt": 8, "reply_supervise": 8, "reply_account": 16 })
}

#[tokio::test]
async fn the_rule_is_off_until_the_city_turns_it_on_and_then_issues_once() {
    let scene = Scene::set().await;
    for _ in 0..3 {
        scene.dispatched(true).await;
    }
    let east = scene.dispatched(false).await;
    // Due at three in the afternoon, now four: one working hour over.
    scene.later(7).await;
    assert_eq!(scene.house.pressure.issue_by_rule().await.unwrap(), 0, "off");
    let set = scene.administrator.put("/api/v1/notice-settings", settings(true)).await.fine().body.clone();
    assert_eq!(set["version"], 1);
    assert_eq!(scene.house.pressure.issue_by_rule().await.unwrap(), 0, "not two working hours yet");
    scene.later(1).await;
    let looks = futures::future::join_all((0..6).map(|_| scene.house.pressure.issue_by_rule())).await;
    let issued: usize = looks.into_iter().map(Result::unwrap).sum();
    assert_eq!(issued, 2, "one sheet a unit");
    assert_eq!(scene.house.count("select count(*) from docket where kind = 'notice'").await, 2);
    assert_eq!(scene.house.count("select count(*) from notice_lead").await, 4);
    let of_east = scene.leader.get(&format!("/api/v1/notices?lead={east}")).await.items();
    assert!(of_east[0]["issued_by"].is_null(), "{of_east:?}");
    // Ended, it is not issued again for the same round.
    act(&scene.shift_leader, of_east[0]["id"].as_str().unwrap(), "withdraw", json!({ "reason": "已电话督促" })).await.fine();
    assert_eq!(scene.house.pressure.issue_by_rule().await.unwrap(), 0);
    let history = scene.administrator.get("/api/v1/settings-history?kind=notice").await.items();
    assert_eq!(history.len(), 1);
}

#[tokio::test]
async fn silence_makes_a_supervision_and_nothing_makes_an_account() {
    let scene = Scene::set().await;
    let lead = scene.overdue().await;
    scene.administrator.put("/api/v1/notice-settings", settings(true)).await.fine();
    assert_eq!(scene.house.pressure.issue_by_rule().await.unwrap(), 1);
    scene.later(24).await;
    assert_eq!(scene.house.pressure.issue_by_rule().await.unwrap(), 0, "the reply limit ran out at this moment");
    scene.later(24).await;
    let looks = futures::future::join_all((0..4).map(|_| scene.house.pressure.issue_by_rule())).await;
    assert_eq!(looks.into_iter().map(Result::unwrap).sum::<usize>(), 1);
    let rows = scene.leader.get(&format!("/api/v1/notices?lead={lead}")).await.items();
    let stages: Vec<_> = rows.iter().map(|it| (it["stage"].as_str().unwrap(), it["state"].as_str().unwrap())).collect();
    assert_eq!(stages, [("supervise", "issued"), ("prompt", "escalated")]);
    scene.later(24 * 5).await;
    assert_eq!(scene.house.pressure.issue_by_rule().await.unwrap(), 0, "an account is a person's decision");
}

#[tokio::test]
async fn what_a_supervision_does_not_move_is_put_under_the_named_leaders_charge_once() {
    let scene = Scene::set().await;
    let id = |of: &Value| of["person"]["id"].clone();
    let leader = id(&scene.leader.get("/api/v1/session").await.body);
    let mut named = settings(true);
    named["charge_leader"] = id(&scene.operator.get("/api/v1/session").await.body);
    scene.administrator.put("/api/v1/notice-settings", named.clone()).await.refused(422, "notice-settings-invalid");
    named["charge_leader"] = leader.clone();
    scene.administrator.put("/api/v1/notice-settings", named).await.fine();
    let lead = scene.overdue().await;
    assert_eq!(scene.house.pressure.issue_by_rule().await.unwrap(), 1);
    scene.later(24 * 2).await;
    assert_eq!(scene.house.pressure.issue_by_rule().await.unwrap(), 1, "the supervision");
    let path = format!("/api/v1/leads/{lead}");
    assert!(scene.leader.get(&path).await.fine().body["charge"].is_null(), "its reply limit has not run out yet");
    scene.later(24 * 5).await;
    for _ in 0..3 {
        scene.house.pressure.issue_by_rule().await.unwrap();
    }
    let charged = scene.leader.get(&path).await.fine().body.clone();
    assert_eq!(charged["charge"]["leader"]["id"], leader);
    assert!(charged["charge"]["reason"].as_str().unwrap().contains("到期未见成效"), "{charged}");
    let charges = scene.leader.get(&format!("{path}/history")).await.items();
    assert_eq!(charges.iter().filter(|line| line["action"] == "charge").count(), 1);
    // Taken out by a person it stays out: the rule saw to this notice once.
    scene.shift_leader.act(&lead, "end-charge", json!({ "reason": "已落实" })).await.fine();
    scene.house.pressure.issue_by_rule().await.unwrap();
    assert!(scene.leader.get(&path).await.fine().body["charge"].is_null());
}

#[tokio::test]
async fn a_lead_that_is_pressed_for_already_holds_nobody_elses_prompt_up() {
    let scene = Scene::set().await;
    let pressed = scene.overdue().await;
    scene.prompt(&[&pressed]).await.fine();
    // Fixed, found wanting and sent back: the limit begins its second round while the notice is still open.
    scene.unit.act(&pressed, "take", json!({})).await.fine();
    let after = scene.house.photo().await;
    scene.unit.act(&pressed, "fix", json!({ "note": "已清运", "after_photos": [after] })).await.fine();
    scene.operator.act(&pressed, "request-check", json!({})).await.fine();
    scene.house.signed_in("collector01").await.act(&pressed, "check", json!({ "passed": false })).await.fine();
    scene.shift_leader.act(&pressed, "rework", json!({ "reason": "未清理干净" })).await.fine();
    let other = scene.dispatched(true).await;
    scene.later(48).await;
    let mut patient = settings(true);
    patient["supervise_after"] = json!(400);
    scene.administrator.put("/api/v1/notice-settings", patient).await.fine();
    assert_eq!(scene.house.pressure.issue_by_rule().await.unwrap(), 1);
    assert_eq!(scene.leader.get(&format!("/api/v1/notices?lead={other}")).await.items().len(), 1);
    assert_eq!(scene.leader.get(&format!("/api/v1/notices?lead={pressed}")).await.items().len(), 1);
}

#[tokio::test]
async fn the_silence_of_one_unit_protects_no_other_that_has_the_lead_now() {
    let scene = Scene::set().await;
    let lead = scene.overdue().await;
    let first = scene.prompt(&[&lead]).await.fine().text_of("id");
    scene.unit.act(&lead, "send-back", json!({ "reason": "不属本单位职责" })).await.fine();
    let east = scene.house.units.east;
    scene.house.signed_in("dispatcher01").await.act(&lead, "dispatch", json!({ "unit": east })).await.fine();
    scene.administrator.put("/api/v1/notice-settings", settings(true)).await.fine();
    scene.later(24 * 4).await;
    scene.house.pressure.issue_by_rule().await.unwrap();
    let notices = scene.leader.get(&format!("/api/v1/notices?lead={lead}")).await.items();
    assert_eq!(notices.len(), 2, "{notices:?}");
    assert_eq!(notices[0]["unit"]["id"], json!(east), "{notices:?}");
    // The first one is still to be answered, by whom it was sent to.
    let first = scene.leader.get(&format!("/api/v1/notices/{first}")).await.fine().body.clone();
    assert_eq!(first["state"], "issued");
}

#[tokio::test]
async fn faulty_settings_are_refused_at_their_field() {
    let scene = Scene::set().await;
    for (field, value) in [("prompt_after", 401), ("reply_prompt", 0), ("reply_account", 500)] {
        let mut wrong = settings(true);
        wrong[field] = json!(value);
        let answer = scene.administrator.put("/api/v1/notice-settings", wrong).await;
        answer.refused(422, "notice-settings-invalid");
        assert!(answer.text.contains(field), "{}", answer.text);
    }
    scene.shift_leader.put("/api/v1/notice-settings", settings(true)).await.refused(403, "forbidden");
    let path = "/api/v1/notice-settings";
    let stale = scene.administrator.call(axum::http::Method::PUT, path, Some(4), Some(settings(true))).await;
    stale.refused(412, "version-conflict");
}
