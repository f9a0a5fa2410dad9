//! From a report to the money, and every way in which it comes to nothing.

use std::sync::Arc;

use axum::http::Method;
use chrono::Duration;
use futures::future::BoxFuture;
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use testkit::house::House;
use uuid::Uuid;

use crate::scene::{SECRET, Scene, rules};

#[tokio::test]
async fn an_anonymous_reporter_is_paid_once_by_two_people_and_every_fen_is_accounted_for() {
    let scene = Scene::set(rules()).await;
    let (first, second, elsewhere) =
        (scene.report(0, None).await, scene.report(0, Some("13900000002")).await, scene.report(5, Some("13900000003")).await);
    // Who sees the code only, as staff do, sets no secret.
    scene.keep_secret_with(&first, &"e".repeat(32), &elsewhere.key).await.refused(409, "reward-proof-wrong");
    scene.keep_secret(&first, SECRET).await.fine();
    scene.keep_secret(&first, SECRET).await.fine();
    scene.keep_secret(&first, &"f".repeat(32)).await.refused(409, "reward-secret-late");
    scene.keep_secret(&elsewhere, &"d".repeat(32)).await.fine();
    for sent in [&first, &second, &elsewhere] {
        scene.file(sent).await;
    }
    scene.settle().await;
    let (award, other, third) = (scene.award(&first).await, scene.award(&second).await, scene.award(&elsewhere).await);
    assert_eq!((&award["state"], &award["fen"]), (&json!("reserved"), &json!(1_000)));
    assert_eq!((&other["state"], &other["reason"]), (&json!("refused"), &json!("same-place")));
    assert_eq!(scene.balance("reserved").await, 2_000);

    // Anybody may draw the day again.
    let day = award["day"].as_str().unwrap();
    let lot = scene.house.visitor().get(&format!("/api/v1/public/rewards/{}/days/{day}", scene.programme)).await.fine().body.clone();
    let seed = lot["seed"].as_str().unwrap();
    let again = |text: String| hex::encode(Sha256::digest(text));
    assert_eq!(lot["commitment"], again(format!("bihuan-reward:{}:{day}:{seed}", scene.programme)));
    assert!(lot["items"].as_array().unwrap().iter().all(|it| it["lot"] == again(format!("{seed}:{}", it["number"].as_str().unwrap()))));
    let public = scene.house.visitor().get("/api/v1/public/rewards").await.fine().body.clone();
    assert!(public.to_string().contains("其他各类问题") && !public.to_string().contains("06 类"), "names, not digits: {public}");
    let ahead = public["items"][0]["days"].as_array().unwrap();
    assert!(ahead.iter().any(|it| it["day"].as_str() > Some("2026-11-06") && it["seed"].is_null()), "{ahead:?}");

    scene.claim(&first, &award, "13900000001", Some(SECRET)).await.refused(409, "reward-not-claimable");
    scene.approve(&[&award, &third], None).await.fine();
    scene.claim(&first, &award, "13900000001", None).await.refused(409, "reward-proof-wrong");
    scene.claim(&second, &award, "13900000002", None).await.refused(404, "reward-not-found");
    scene.claim(&first, &award, "123", Some(SECRET)).await.refused(422, "telephone-invalid");
    scene.claim(&first, &award, "13900000001", Some(SECRET)).await.fine();
    scene.claim(&first, &award, "13900000001", Some(SECRET)).await.refused(409, "reward-not-claimable");
    scene.claim(&elsewhere, &third, "13900000009", None).await.refused(409, "reward-proof-wrong");
    scene.claim(&elsewhere, &third, "+86 139 0000 0003", None).await.fine();

    let payer = scene.as_person("evaluator01").await;
    scene
        .as_person("shift_leader01")
        .await
        .post("/api/v1/reward-payouts", json!({ "programme": scene.programme }))
        .await
        .refused(403, "forbidden");
    let payout = payer.post("/api/v1/reward-payouts", json!({ "programme": scene.programme })).await.fine().body.clone();
    assert_eq!((&payout["awards"], &payout["fen"]), (&json!(2), &json!(2_000)));
    let path = format!("/api/v1/reward-payouts/{}", payout["id"].as_str().unwrap());
    let masked = payer.get(&format!("{path}/file")).await.fine().text.clone();
    assert!(masked.contains("139") && !masked.contains("13900000001"), "{masked}");
    payer.get(&format!("{path}/file?plain=true")).await.refused(403, "forbidden");
    let plain = scene.as_person("administrator01").await.get(&format!("{path}/file?plain=true")).await.fine().text.clone();
    assert!(plain.contains("13900000001") && plain.contains("10.00"), "{plain}");
    assert_eq!(scene.house.count("select count(*) from reward_payout_read").await, 2);
    // What is with finance cannot be refused under its hands.
    let refuse = format!("/api/v1/reward-awards/{}/actions/refuse", award["id"].as_str().unwrap());
    scene.as_person("leader01").await.post(&refuse, json!({ "reason": "x" })).await.refused(409, "reward-ended");

    let line =
        |award: &serde_json::Value, result: &str, reference: &str| format!("{},{result},{reference}\r\n", award["id"].as_str().unwrap());
    let csv = format!(
        "编号,结果,流水号\r\n{}{}{}x,成功,3\r\n",
        line(&award, "成功", "P-1"),
        line(&third, "失败", "停机"),
        line(&third, "成功", "P-2")
    );
    let said = payer.post(&format!("{path}/confirmations"), json!({ "csv": csv })).await.fine().body.clone();
    let counts = |said: &serde_json::Value| ["rows", "imported", "failed", "already", "rejected"].map(|it| said[it].as_i64().unwrap());
    assert_eq!(counts(&said), [4, 2, 1, 0, 2], "{said}");
    let said = payer.post(&format!("{path}/confirmations"), json!({ "csv": csv })).await.fine().body.clone();
    assert_eq!(counts(&said), [4, 0, 0, 2, 2], "sent again, nothing changes: {said}");
    scene.books().await;
    assert_eq!([scene.balance("paid").await, scene.balance("granted").await, scene.balance("reserved").await], [1_000, 1_000, 0]);
    // Taken out again, the file says what was paid, and leaves out what is with finance no more.
    let again = payer.get(&format!("{path}/file")).await.fine().text.clone();
    assert!(again.lines().count() == 2 && again.contains("成功,P-1"), "{again}");
    // What failed waits for the next file.
    assert_eq!(payer.post("/api/v1/reward-payouts", json!({ "programme": scene.programme })).await.fine().body["awards"], 1);

    // The lead turns out to be none: what was paid is to be had back.
    scene.void(&first).await;
    scene.catch_up().await;
    assert_eq!([scene.balance("paid").await, scene.balance("recover").await], [0, 1_000]);
    let read = scene.house.visitor().get(&format!("/api/v1/public/reports/{}/reward", first.code)).await.fine().body.clone();
    assert_eq!(read["items"][0]["state"], "taken-back");
    let kept = "select count(*) from reward_award where row_to_json(reward_award)::text like '%13900000001%'";
    assert_eq!(scene.house.count(kept).await, 0, "the telephone lies in the vault alone");
}

/// Takes one lead for suspected.
struct Doubted(Uuid);

impl rewards::Doubts for Doubted {
    fn doubted<'a>(&'a self, _: &'a mut PgConnection, _: &'a str, leads: &'a [Uuid]) -> BoxFuture<'a, sqlx::Result<Vec<Uuid>>> {
        Box::pin(async move { Ok(leads.iter().copied().filter(|lead| *lead == self.0).collect()) })
    }
}

#[tokio::test]
async fn a_doubt_that_came_after_the_settling_is_looked_at_before_the_approval() {
    let scene = Scene::set(rules()).await;
    let (first, second) = (scene.report(0, None).await, scene.report(5, None).await);
    for sent in [&first, &second] {
        scene.file(sent).await;
    }
    scene.settle().await;
    let (clean, other) = (scene.award(&first).await, scene.award(&second).await);
    assert!(clean["hold"].is_null() && other["hold"].is_null());
    scene.house.rewards.doubted_by(Arc::new(Doubted(second.lead.parse().unwrap())));
    assert!(scene.approve(&[&clean, &other], None).await.refused(422, "reward-words-invalid").text.contains("需人工核实"));
    scene.approve(&[&clean], None).await.fine();
    scene.approve(&[&other], Some("已核对现场照片")).await.fine();
    let looked = scene.award(&second).await;
    assert_eq!((&looked["state"], &looked["hold"]), (&json!("granted"), &json!("有待判定的疑点")));
    // The balances that are kept are those of the journal; a line that somebody bends is found.
    scene.books().await;
    let bend = "update reward_balance set fen = fen + 1 where account = 'granted'";
    sqlx::query(bend).execute(&scene.house.test.owner_pool).await.unwrap();
    let faults = rewards::check_books(scene.house.test.database.pool()).await.unwrap();
    assert!(faults.iter().any(|it| it.fault.contains("余额记为")), "{faults:?}");
}

#[tokio::test]
async fn who_approved_does_not_pay_and_who_is_barred_is_not_paid() {
    let scene = Scene::set(rules()).await;
    scene.house.person("both01", scene.house.units.bureau, &["shift_leader", "evaluator"], &[]).await;
    let leader = scene.as_person("leader01").await;
    leader.post("/api/v1/reward-barred", json!({ "telephones": ["139 0000 0009", "13900000009"] })).await.fine();
    assert_eq!(leader.get("/api/v1/reward-barred").await.fine().body["count"], 1);
    leader.post("/api/v1/reward-barred", json!({ "telephones": ["x"] })).await.refused(422, "telephone-invalid");
    // Who left the service may be paid again; the history says how many and why, never which.
    leader.post("/api/v1/reward-barred", json!({ "telephones": ["13900000008"] })).await.fine();
    let release = |telephone: &str, reason: &str| json!({ "telephones": [telephone], "reason": reason });
    let path = "/api/v1/reward-barred/actions/release";
    leader.post(path, release("13900000008", " ")).await.refused(422, "reward-words-invalid");
    leader.post(path, release("13900000007", "已离职")).await.refused(404, "reward-not-barred");
    scene.as_person("evaluator01").await.post(path, release("13900000008", "x")).await.refused(403, "forbidden");
    assert_eq!(leader.post(path, release("13900000008", "已离职")).await.fine().body["count"], 1);
    let history = scene.as_person("evaluator01").await.get("/api/v1/settings-history?kind=reward").await.fine().text.clone();
    assert!(history.contains("reward-telephones-released") && history.contains("已离职") && !history.contains("1390000000"), "{history}");
    let (mine, staff, own) =
        (scene.report(0, None).await, scene.report(3, Some("13900000009")).await, scene.report(6, Some("13900000004")).await);
    scene.keep_secret(&mine, SECRET).await.fine();
    for sent in [&mine, &staff, &own] {
        scene.file(sent).await;
    }
    scene.settle().await;
    assert_eq!(scene.award(&staff).await["reason"], "barred");
    let (award, other) = (scene.award(&mine).await, scene.award(&own).await);
    let both = scene.as_person("both01").await;
    both.post("/api/v1/reward-approvals", json!({ "awards": [award["id"]] })).await.fine();
    scene.claim(&mine, &award, "13900000009", Some(SECRET)).await.refused(409, "reward-payee-barred");
    scene.claim(&mine, &award, "13900000001", Some(SECRET)).await.fine();
    both.post("/api/v1/reward-payouts", json!({ "programme": scene.programme })).await.refused(409, "reward-nothing-to-pay");
    // A file that another made is not confirmed by the approver either.
    let payer = scene.as_person("evaluator01").await;
    let id = payer.post("/api/v1/reward-payouts", json!({ "programme": scene.programme })).await.fine().text_of("id");
    let csv = format!("编号,结果,流水号\n{},成功,P-1\n", award["id"].as_str().unwrap());
    let said = both.post(&format!("/api/v1/reward-payouts/{id}/confirmations"), json!({ "csv": csv })).await.fine().body.clone();
    assert_eq!((&said["rejected"], &said["imported"]), (&json!(1), &json!(0)), "{said}");

    // Refused by a person, with words; and what nobody claims runs out.
    let refuse = format!("/api/v1/reward-awards/{}/actions/refuse", other["id"].as_str().unwrap());
    leader.post(&refuse, json!({ "reason": " " })).await.refused(422, "reward-words-invalid");
    scene.approve(&[&other], None).await.fine();
    scene.house.clock.advance(Duration::days(31));
    scene.catch_up().await;
    assert_eq!(scene.award(&own).await["state"], "expired");
    leader.post(&refuse, json!({ "reason": "x" })).await.refused(409, "reward-ended");
    assert_eq!(scene.balance("budget").await, 99_000, "one is with finance, the rest is there again");
    // The district next door sees nothing of the money.
    let stranger = scene.as_person("administrator91").await;
    stranger.get("/api/v1/reward-programmes").await.refused(403, "scope-exceeded");
    stranger.get("/api/v1/reward-awards").await.refused(403, "scope-exceeded");
}

#[tokio::test]
async fn a_report_with_a_mark_waits_for_words_and_who_is_merged_later_gets_nothing() {
    let scene = Scene::set(rules()).await;
    // Five reports of one place within an hour are marked; the others are out by their place.
    let mut crowd = Vec::new();
    for _ in 0..5 {
        crowd.push(scene.report(0, None).await);
    }
    scene.file(&crowd[4]).await;
    let (one, two) = (scene.report(4, None).await, scene.report(7, None).await);
    scene.file(&two).await;
    scene.settle().await;
    let held = scene.award(&crowd[4]).await;
    assert_eq!(held["hold"], "短时集中", "{held}");
    scene.approve(&[&held], None).await.refused(422, "reward-words-invalid");
    scene.approve(&[&held], Some("看过照片和现场，属实")).await.fine();
    let evaluator = scene.as_person("evaluator01").await;
    assert_eq!(evaluator.get("/api/v1/reward-awards?held=true").await.items().len(), 1);
    // The same problem after all: the other award stands as it was decided, and whoever is merged into it gets nothing.
    scene.approve(&[&scene.award(&two).await], None).await.fine();
    assert!(scene.award(&one).await.is_null(), "what is not filed is not decided");
    scene.as_person("operator01").await.act(&one.lead, "merge", json!({ "into": two.lead })).await.fine();
    scene.settle().await;
    let (late, stands) = (scene.award(&one).await, scene.award(&two).await);
    assert_eq!((&late["state"], &late["reason"], &stands["state"]), (&json!("refused"), &json!("same-problem"), &json!("granted")));
    let csv = evaluator.get("/api/v1/reward-awards/export?state=refused").await.fine().text.clone();
    assert!(csv.lines().count() == 2 && csv.contains("同一问题已有先报人"), "{csv}");
}

#[tokio::test]
async fn rules_are_published_ahead_tried_before_and_shrink_no_further_than_what_is_left() {
    let house = House::build().await;
    let leader = house.signed_in("leader01").await;
    let mut today = rules();
    today["from_day"] = json!("2026-11-02");
    leader.post("/api/v1/reward-programmes", json!({ "name": "x", "rules": today })).await.refused(422, "reward-rules-invalid");
    for (field, value) in [("daily_fen", json!(200_000)), ("area", json!("330483")), ("classes", json!([])), ("place_metres", json!(1))] {
        let mut wrong = rules();
        wrong[field] = value;
        let answer = leader.post("/api/v1/reward-programmes", json!({ "name": "x", "rules": wrong })).await;
        answer.refused(422, "reward-rules-invalid");
        assert!(answer.text.contains(field), "{}", answer.text);
    }
    drop(house);
    let scene = Scene::set(rules()).await;
    let leader = scene.as_person("leader01").await;
    leader
        .post("/api/v1/reward-programmes", json!({ "name": "随手拍有奖", "rules": { "from_day": "x" } }))
        .await
        .refused(422, "json-invalid");
    let sent = [scene.report(0, None).await, scene.report(3, None).await, scene.report(6, None).await];
    for sent in &sent {
        scene.file(sent).await;
    }
    let mut small = rules();
    small["daily_fen"] = json!(2_500);
    let trial = leader.post("/api/v1/reward-previews", json!({ "rules": small })).await.fine().body.clone();
    assert_eq!((&trial["reports"], &trial["awards"], &trial["fen"]), (&json!(3), &json!(2), &json!(2_000)), "{trial}");
    assert_eq!((trial["days"].as_array().unwrap().len(), &trial["reasons"][0]["reason"]), (90, &json!("budget")));
    assert_eq!(scene.house.count("select count(*) from reward_award").await, 0, "a trial keeps nothing");
    scene.settle().await;
    let path = format!("/api/v1/reward-programmes/{}", scene.programme);
    let mut less = rules();
    (less["total_fen"], less["daily_fen"]) = (json!(2_000), json!(1_000));
    let change = |rules: serde_json::Value, version| {
        leader.call(Method::PUT, &path, Some(version), Some(json!({ "rules": rules, "from_day": "2026-11-20" })))
    };
    change(less.clone(), 1).await.refused(422, "reward-rules-invalid");
    less["total_fen"] = json!(3_000);
    change(less.clone(), 7).await.refused(412, "version-conflict");
    let changed = change(less, 1).await.fine().body.clone();
    assert_eq!((&changed["version"], &changed["budget_fen"]), (&json!(2), &json!(0)));
    scene.books().await;
    let told = "select count(*) from identity_change where action = 'reward-programme-published'";
    assert_eq!(scene.house.count(told).await, 2);
}
