//! What a party does: through the case's own table, late where it is late, never twice, told to the officers, with a receipt.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::scene::{NAME, NUMBER, Scene, TELEPHONE};

async fn facts(scene: &Scene, case: &str) -> Vec<(String, String)> {
    let file = scene.head.get(&format!("/api/v1/cases/{case}")).await.fine().body.clone();
    let facts = file["facts"].as_array().unwrap().iter();
    facts.map(|it| (it["label"].as_str().unwrap().to_owned(), it["value"].as_str().unwrap().to_owned())).collect()
}

async fn fact(scene: &Scene, case: &str, label: &str) -> String {
    facts(scene, case).await.into_iter().find(|(name, _)| name == label).map(|(_, value)| value).unwrap_or_default()
}

#[tokio::test]
async fn a_defence_a_hearing_and_their_waivers_are_steps_of_the_case() {
    let scene = Scene::new().await;
    let case = scene.open(NAME, NUMBER, TELEPHONE).await;
    let party = scene.inside(&case, "01000X", "0001").await;
    // Before anything was told: heard, added, no step.
    let early = party.submit("defence", json!({ "text": "先说明一下" })).await;
    assert_eq!(early.fine().body["standing"], "added");
    party.submit("hearing", json!({})).await.refused(409, "hearing-not-told");
    party.submit("deferral", json!({ "text": "有困难" })).await.refused(409, "deferral-not-now");
    scene.noticed(&case, 12_000).await;
    let photo = party.file(3).await;
    let words = "我是张某，电话 13912345678，物料只放了一小时";
    let (key, file) = (Uuid::new_v4(), json!([photo]));
    let body = json!({ "kind": "defence", "text": words, "files": file, "client_key": key });
    let first = party.post("/api/v1/public/my-case/submissions", body.clone()).await;
    assert_eq!((first.fine().body["standing"].as_str(), fact(&scene, &case, "陈述申辩").await.as_str()), (Some("step"), "已提出，待复核"));
    // Sent again, it is the same receipt and no second step.
    let again = party.post("/api/v1/public/my-case/submissions", body).await;
    assert_eq!(again.fine().body["number"], first.body["number"]);
    assert_eq!(party.submit("defence", json!({ "text": "再补充一点" })).await.fine().body["standing"], "added");
    party.submit("defence", json!({ "text": "  " })).await.refused(422, "field-required");
    // What was written is in the vault; the ledger has the number of the receipt.
    let ledger = scene.ledger(&case).await;
    assert!(
        !ledger.contains("张某") && !ledger.contains("13912345678") && ledger.contains(first.body["number"].as_str().unwrap()),
        "{ledger}"
    );
    let plain: i64 = scene.house.count("select count(*) from case_step where content::text like '%张某%'").await;
    assert_eq!(plain, 0);
    let step: (String, Value) = sqlx::query_as("select action, content from case_step where action = 'defend'")
        .fetch_one(&scene.house.test.owner_pool)
        .await
        .unwrap();
    assert_eq!((step.0.as_str(), step.1["by_party"].as_i64()), ("defend", Some(1)));
    // The officers are told and read it; one of another case does not.
    let told = scene.officer.get("/api/v1/notifications").await.fine().text.clone();
    assert!(told.contains("陈述申辩") && !told.contains("张某"), "{told}");
    let desk = format!("/api/v1/cases/{case}/party-desk");
    assert!(scene.officer.get(&desk).await.fine().text.contains("物料只放了一小时"));
    scene.officer.get(&format!("/api/v1/cases/{case}/party-files/{photo}")).await.fine();
    // A hearing is asked for, and given up only with an express word.
    assert_eq!(party.submit("hearing", json!({ "text": "要求公开听证" })).await.fine().body["standing"], "step");
    assert_eq!(fact(&scene, &case, "听证").await, "已申请，待通知");
    party.submit("hearing", json!({})).await.refused(409, "hearing-requested");
    party.submit("hearing_waived", json!({})).await.refused(422, "waiver-express");
    party.submit("hearing_waived", json!({ "express": true })).await.fine();
    assert_eq!(fact(&scene, &case, "听证").await, "放弃");
    // Somebody is asked to take no part; the head decides.
    assert_eq!(party.submit("recusal", json!({ "text": "承办人是邻居" })).await.fine().body["standing"], "step");
    assert_eq!(fact(&scene, &case, "回避申请").await, "尚未决定");
    party.submit("recusal", json!({ "text": "再申请" })).await.refused(409, "recusal-not-now");
    // A step that no party takes on his page is not to be had through it.
    party.submit("pay", json!({})).await.is_a_problem();
    let log = scene.house.count("select count(*) from party_submission").await;
    assert_eq!(log, 6);
}

#[tokio::test]
async fn what_comes_late_is_heard_and_marked_and_waiving_wants_a_second_word() {
    let scene = Scene::new().await;
    let late = scene.open(NAME, NUMBER, TELEPHONE).await;
    scene.noticed(&late, 12_000).await;
    let waiving = scene.open("测试当事人乙", "330482198001010011", "13900000002").await;
    scene.noticed(&waiving, 300).await;
    let second = scene.inside(&waiving, "010011", "0002").await;
    second.submit("defence_waived", json!({})).await.refused(422, "waiver-express");
    second.submit("defence_waived", json!({ "express": true })).await.fine();
    assert_eq!(fact(&scene, &waiving, "陈述申辩").await, "明确放弃");
    assert_eq!(second.submit("defence", json!({ "text": "想起来还要说" })).await.fine().body["standing"], "late");
    scene.day(20);
    scene.house.cases.end_periods().await.unwrap();
    let party = scene.inside(&late, "01000X", "0001").await;
    for (kind, more) in [("defence", json!({ "text": "我在外地" })), ("hearing", json!({}))] {
        let sent = party.submit(kind, more).await;
        assert_eq!(sent.fine().body["standing"], "late", "{kind}");
    }
    assert_eq!(fact(&scene, &late, "听证").await, "期限届满，未申请", "what is late changes nothing by itself");
    let page = party.case().await;
    assert_eq!(page["submissions"].as_array().unwrap().len(), 2);
    assert!(page["periods"].as_array().unwrap().iter().all(|it| it["running"] == false), "{page}");
}

#[tokio::test]
async fn a_defence_after_a_reminder_is_a_right_of_its_own_and_never_late() {
    let scene = Scene::new().await;
    let case = scene.open(NAME, NUMBER, TELEPHONE).await;
    scene.noticed(&case, 300).await;
    let by_hand = json!({ "mode": "direct", "reached": [1] });
    for (by, action, content) in [
        (&scene.officer, "waive-defence", json!({ "agreed": true })),
        (&scene.head, "decide", json!({})),
        (&scene.officer, "seal", json!({})),
        (&scene.officer, "serve-decision", by_hand.clone()),
        (&scene.officer, "start-performing", json!({})),
    ] {
        scene.step(by, &case, action, content).await.fine();
    }
    // Fifteen days pass, and the reminder is served.
    scene.day(24);
    scene.house.cases.end_periods().await.unwrap();
    scene.step(&scene.officer, &case, "remind", by_hand).await.fine();
    let party = scene.inside(&case, "01000X", "0001").await;
    let sent = party.submit("defence", json!({ "text": "罚款已经缴过一部分" })).await.fine().body.clone();
    assert_eq!((&sent["standing"], &sent["standing_label"]), (&json!("inbox"), &json!("对催告的陈述申辩，已转承办人复核")));
    // Whoever handles the case answers it.
    let judge = format!("/api/v1/cases/{case}/party-submissions/{}/actions/judge", sent["id"].as_str().unwrap());
    scene.officer.post(&judge, json!({ "take": false, "reason": "没有缴款记录" })).await.fine();
    assert_eq!(party.case().await["submissions"][0]["reason"], "没有缴款记录");
}

#[tokio::test]
async fn what_is_handed_in_is_taken_in_with_its_origin_or_refused_with_a_reason() {
    let scene = Scene::new().await;
    let case = scene.open(NAME, NUMBER, TELEPHONE).await;
    scene.noticed(&case, 300).await;
    let party = scene.inside(&case, "01000X", "0001").await;
    party.submit("evidence", json!({ "text": "照片" })).await.refused(422, "field-required");
    let files = [party.file(5).await, party.file(6).await];
    let one = party.submit("evidence", json!({ "text": "现场已经清理", "files": files })).await.fine().text_of("id");
    let two = party.submit("evidence", json!({ "files": [party.file(7).await] })).await.fine().text_of("id");
    let judge = |id: &str| format!("/api/v1/cases/{case}/party-submissions/{id}/actions/judge");
    scene.stranger.post(&judge(&one), json!({ "take": true })).await.refused(403, "case-not-handled");
    scene.officer.post(&judge(&Uuid::new_v4().to_string()), json!({ "take": true })).await.refused(404, "submission-not-found");
    scene.officer.post(&judge(&two), json!({ "take": false })).await.refused(422, "field-required");
    let taken = scene.officer.post(&judge(&one), json!({ "take": true, "kind": "documentary" })).await;
    assert_eq!(taken.fine().body["evidence"], json!([1, 2]));
    scene.officer.post(&judge(&one), json!({ "take": true })).await.refused(409, "submission-judged");
    scene.officer.post(&judge(&two), json!({ "take": false, "reason": "与本案无关" })).await.fine();
    let evidence = scene.officer.get(&format!("/api/v1/cases/{case}/evidence")).await.fine().body.clone();
    assert_eq!(evidence["items"].as_array().unwrap().len(), 2, "{evidence}");
    assert_eq!(
        (evidence["items"][0]["manner"].as_str(), evidence["items"][0]["file"]["id"].as_str().or(evidence["items"][0]["file"].as_str())).0,
        Some("handed_in")
    );
    assert!(evidence["items"][0]["note"].as_str().unwrap().contains("提交人：当事人"), "{evidence}");
    let digest: String =
        sqlx::query_scalar("select file from evidence_item where ordinal = 1").fetch_one(&scene.house.test.owner_pool).await.unwrap();
    assert_eq!(digest, files[0], "what is in evidence is what was sent");
    let mine = party.case().await;
    let of = |id: &str| mine["submissions"].as_array().unwrap().iter().find(|it| it["id"] == id).unwrap().clone();
    assert_eq!((of(&one)["taken"].as_bool(), of(&two)["reason"].as_str()), (Some(true), Some("与本案无关")));
}
