//! A whole ordinary case with a hearing, from filing to the archive.

use serde_json::json;

use crate::scene::{NAME, NUMBER, Scene};

#[tokio::test]
async fn an_ordinary_case_with_a_hearing_goes_from_filing_to_the_archive() {
    let scene = Scene::new().await;
    let Scene { officer, head, reviewer, second, .. } = &scene;
    let case = &scene.open("ordinary").await;
    let begun = scene.show(case).await;
    assert_eq!((&begun["state"]["label"], &begun["light"], &begun["holder_role"]), (&json!("线索核查"), &json!("green"), &json!("局领导")));
    scene.noticed(case, 20_000).await;

    // What may not be done says why, by which article, what would cure it, and from when.
    let early = scene.step(head, case, "decide", json!({ "on_record": "x" })).await;
    early.refused(409, "defence-settled");
    assert!(early.body["citation"].as_str().unwrap().contains("第四十五条"), "{}", early.text);
    // The notice was served on Monday 2 November: five working days end on Monday the 9th.
    assert_eq!((early.body["from"].as_str(), early.body["cure"].is_string()), (Some("2026-11-10"), true), "{}", early.text);
    assert!(early.body["fields"].as_array().unwrap().iter().any(|it| it["field"] == "hearing-settled"), "{}", early.text);
    let page = scene.show(case).await;
    let offer = page["offers"].as_array().unwrap().iter().find(|it| it["action"] == "decide").unwrap();
    assert_eq!((&offer["allowed"], &offer["mine"]), (&json!(false), &json!(true)));
    let clock = page["clocks"].as_array().unwrap().iter().find(|it| it["clock"] == "hearing").unwrap();
    assert!(clock["derivation"].as_array().unwrap().len() >= 8 && clock["rule"] == "D05", "{clock}");

    Scene::taken(&scene.step(officer, case, "defend", json!({ "note": "当事人书面陈述" })).await, "noticed");
    Scene::taken(&scene.step(officer, case, "consider-defence", json!({ "note": "逐条复核，不采纳，联系 13900000001" })).await, "noticed");
    Scene::taken(&scene.step(officer, case, "request-hearing", json!({})).await, "hearing_requested");
    // Seven working days must lie between: Tuesday the 10th is too soon, Friday the 13th is not.
    let soon = scene.step(officer, case, "call-hearing", json!({ "hearing_at": "2026-11-10T02:00:00Z" })).await;
    soon.refused(409, "seven-days-before-hearing");
    Scene::taken(&scene.step(officer, case, "call-hearing", json!({ "hearing_at": "2026-11-13T02:00:00Z" })).await, "hearing_requested");
    scene.day(11);
    // The hearing was called for ten o'clock; it is nine.
    let early = scene.step(reviewer, case, "hold-hearing", json!({ "related": false })).await;
    early.refused(409, "hearing-not-yet");
    assert!(early.body["from"] == "2026-11-13" && early.body["citation"] == "行政处罚法第六十四条", "{}", early.text);
    scene.step(officer, case, "miss-hearing", json!({})).await.refused(409, "hearing-not-yet");
    scene.house.clock.advance(chrono::TimeDelta::hours(1));
    scene.step(reviewer, case, "hold-hearing", json!({ "related": true })).await.refused(409, "host-unrelated");
    scene.step(reviewer, case, "hold-hearing", json!({})).await.refused(422, "field-required");
    Scene::taken(&scene.step(reviewer, case, "hold-hearing", json!({ "related": false, "note": "听证笔录已签字" })).await, "hearing_held");
    scene.step(officer, case, "submit-review", json!({})).await.refused(409, "defence-settled");
    Scene::taken(&scene.step(officer, case, "consider-defence", json!({})).await, "hearing_held");
    scene.step(head, case, "decide", json!({ "on_record": "依据听证笔录" })).await.refused(409, "review-passed");
    Scene::taken(&scene.step(officer, case, "submit-review", json!({})).await, "reviewing");
    assert_eq!(scene.show(case).await["holder_role"], "法制审核员");
    Scene::taken(&scene.step(reviewer, case, "pass-review", json!({ "note": "同意" })).await, "reviewing");
    // Heavier than the party was told, and without the record of the hearing.
    scene.step(head, case, "decide", json!({ "on_record": "x", "plan": Scene::fine(30_000) })).await.refused(409, "not-heavier-than-told");
    scene.step(head, case, "decide", json!({})).await.refused(409, "on-hearing-record");
    Scene::taken(&scene.step(head, case, "decide", json!({ "on_record": "依据听证笔录" })).await, "decided");
    scene.step(second, case, "serve-decision", json!({ "mode": "direct", "reached": [1] })).await.refused(409, "sealed");
    Scene::taken(&scene.step(officer, case, "seal", json!({})).await, "decided");
    Scene::taken(
        &scene.step(officer, case, "serve-decision", json!({ "mode": "left", "recorded": true, "proof": "录像1", "reached": [1] })).await,
        "served",
    );
    Scene::taken(&scene.step(officer, case, "start-performing", json!({})).await, "performing");
    scene.step(officer, case, "pay", json!({ "note": "银行回单" })).await.refused(422, "field-required");
    Scene::taken(&scene.step(officer, case, "pay", json!({ "receipt": "银行回单 001" })).await, "paid");
    scene.step(officer, case, "publish", json!({})).await.refused(409, "masked");
    let nobody = json!({ "checked_by": "00000000-0000-0000-0000-000000000001" });
    scene.step(officer, case, "publish", nobody).await.refused(409, "masked");
    Scene::taken(&scene.step(officer, case, "publish", json!({ "checked_by": scene.ids[1] })).await, "paid");
    Scene::taken(&scene.step(head, case, "close", json!({ "note": "履行完毕" })).await, "closed");
    Scene::taken(&scene.step(officer, case, "archive", json!({})).await, "archived");

    let done = scene.show(case).await;
    // The archive ends neither the days for a review nor those for a suit.
    let offers: Vec<&str> = done["offers"].as_array().unwrap().iter().filter_map(|it| it["action"].as_str()).collect();
    assert_eq!((&done["open"], offers), (&json!(false), vec!["ask-review", "sue"]), "{done}");
    assert!(done["clocks"].as_array().unwrap().iter().all(|it| it["running"] == false), "{}", done["clocks"]);
    let mut limits: Vec<_> =
        done["limits"].as_array().unwrap().iter().map(|it| (it["rule"].as_str().unwrap(), it["state"].as_str().unwrap())).collect();
    limits.sort_unstable();
    assert_eq!(limits, [("D01", "met"), ("D04", "met"), ("D07", "met")]);
    // Every step is a line of the ledger, and the chain holds.
    assert_eq!(done["steps"].as_array().unwrap().len(), 22, "{}", done["steps"]);
    let verified = docket::ledger::verify(scene.house.test.database.pool(), &[]).await.unwrap();
    assert!(verified.findings.is_empty(), "{verified:?}");
    // Who the party is stands nowhere but in the vault.
    let everywhere: String = sqlx::query_scalar(
        "select (select string_agg(payload, ' ') from ledger_entry) || (select string_agg(payload::text, ' ') from outbox)
            || (select string_agg(content::text, ' ') from case_step) || (select string_agg(t::text, ' ') from enforcement_case t)
            || (select string_agg(title || number, ' ') from docket) || (select string_agg(words, ' ') from docket_words)",
    )
    .fetch_one(&scene.house.test.owner_pool)
    .await
    .unwrap();
    for secret in [NAME, NUMBER, "13900000001"] {
        assert!(!everywhere.contains(secret), "{secret} stands outside the vault");
        assert!(!done.to_string().contains(secret), "{secret} is shown");
    }
    let path = format!("/api/v1/cases/{case}/parties/1/actions/reveal");
    officer.post(&path, json!({ "reason": "" })).await.refused(422, "field-required");
    let shown = officer.post(&path, json!({ "reason": "制作文书" })).await;
    assert_eq!((shown.text_of("name").as_str(), shown.text_of("id_number").as_str()), (NAME, NUMBER));
    let ledger = scene.show(case).await["ledger"].clone();
    assert_eq!(ledger[0]["action"], "reveal");
}
