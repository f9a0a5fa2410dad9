//! Reviews and suits move with the case; a decision that falls is taken back in three working days.

use serde_json::json;

use crate::scene::{NAME, Scene};

#[tokio::test]
async fn a_review_that_revokes_begins_the_three_days_and_the_withdrawal_says_why() {
    let scene = Scene::new().await;
    let Scene { officer, head, reviewer, .. } = &scene;
    let case = &scene.decided(Scene::person(), 1_000).await;
    scene.published(case).await;
    scene.day(2);
    let new = json!({ "kind": "review", "body": "模拟区人民政府", "number": "模拟复〔2026〕1号", "received_on": "2026-11-04", "answers": scene.ids[0] });
    scene.foreign.post(&format!("/api/v1/cases/{case}/remedies"), new.clone()).await.refused(404, "case-not-found");
    let opened = officer.post(&format!("/api/v1/cases/{case}/remedies"), new.clone()).await;
    // Wednesday 4 November: ten working days end on Wednesday the 18th.
    assert_eq!(opened.fine().body["answer_due_at"], "2026-11-18T15:59:59Z");
    officer.post(&format!("/api/v1/cases/{case}/remedies"), new).await.is_a_problem();
    // Telling the room again of what it did itself changes nothing.
    scene.hear(case).await;
    assert_eq!(scene.of(case).await["remedies"].as_array().unwrap().len(), 1);
    let id = opened.text_of("id");
    let change = json!({ "seen": 1, "body": "模拟区人民政府", "number": "模拟复〔2026〕1号", "answered_on": "2026-11-04", "answers": scene.ids[0], "followed": "" });
    reviewer.put(&format!("/api/v1/remedies/{id}"), change).await.fine();
    scene.on(head, case, "withdraw", json!({ "ground": "changed", "reason": "" })).await.refused(422, "field-required");
    scene.on(officer, case, "withdraw", json!({ "ground": "revoked", "reason": "撤销" })).await.refused(403, "publication-stands");
    // Revoked on Friday 6 November: three working days end on Wednesday the 11th.
    scene.day(4);
    let result = json!({ "seen": 2, "outcome": "revoked", "served_on": "2026-11-06", "followed": "" });
    let closed = officer.post(&format!("/api/v1/remedies/{id}/actions/close"), result.clone()).await;
    assert_eq!(closed.fine().body["outcome"], "revoked");
    officer.post(&format!("/api/v1/remedies/{id}/actions/close"), result).await.is_a_problem();
    let row = scene.newest(case).await;
    assert_eq!((&row["due_at"], &row["light"]), (&json!("2026-11-11T15:59:59Z"), &json!("green")));
    scene.day(10);
    assert_eq!(scene.newest(case).await["light"], "red");
    let named = json!({ "ground": "revoked", "reason": format!("{NAME}申请复议，决定被撤销") });
    scene.on(officer, case, "withdraw", named).await.refused(422, "publication-unmasked");
    let taken = scene.on(officer, case, "withdraw", json!({ "ground": "revoked", "reason": "复议撤销，联系 13900000001" })).await;
    assert_eq!(taken.fine().body["state"], "withdrawn");
    let page = head.get(&format!("/api/v1/cases/{case}")).await;
    assert!(page.body["steps"].as_array().unwrap().iter().any(|it| it["action"] == "unpublish"), "{}", page.text);
    let shown = scene.house.visitor().get("/api/v1/public/decisions").await.items();
    assert!(shown[0]["content"].is_null() && shown[0]["withdrawn"]["ground"] == "决定被撤销", "{}", shown[0]);
    assert!(!shown[0].to_string().contains("1390000") && !shown[0].to_string().contains("测某某"), "{}", shown[0]);
    let list = head.get("/api/v1/remedies").await;
    assert_eq!((&list.body["tally"][0]["fell"], &list.body["tally"][0]["stood"]), (&json!(1), &json!(0)));
    assert!(head.get("/api/v1/remedies/export").await.fine().text.contains("模拟复〔2026〕1号"));
    assert!(scene.foreign.get("/api/v1/remedies").await.body["items"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_step_taken_on_the_case_is_followed_and_a_changed_decision_is_published_anew() {
    let scene = Scene::new().await;
    let Scene { officer, head, .. } = &scene;
    let case = &scene.decided(Scene::person(), 1_000).await;
    scene.published(case).await;
    Scene::taken(&scene.act(officer, case, "ask-review", json!({})).await);
    scene.hear(case).await;
    let found = scene.of(case).await["remedies"].clone();
    assert_eq!((&found[0]["kind"], &found[0]["body"]), (&json!("review"), &json!("")));
    Scene::taken(&scene.act(officer, case, "review-upholds", json!({})).await);
    Scene::taken(&scene.act(officer, case, "sue", json!({})).await);
    scene.hear(case).await;
    let found = scene.of(case).await["remedies"].clone();
    assert_eq!((&found[0]["kind"], &found[1]["outcome"]), (&json!("suit"), &json!("upheld")));
    // The organ changes its own decision: the head takes it back, and the new one is written, checked and published.
    scene.on(head, case, "withdraw", json!({ "ground": "changed", "reason": "罚款数额变更" })).await.fine();
    let again = scene.newest(case).await;
    assert_eq!((&again["revision"], &again["state"]), (&json!(2), &json!("waiting")));
    let public = scene.published(case).await;
    assert_eq!(public["revision"], 2);
    let shown = scene.house.visitor().get("/api/v1/public/decisions").await.items();
    assert_eq!(shown.len(), 2);
}

#[tokio::test]
async fn a_decision_that_falls_after_its_period_is_still_taken_back_by_the_case() {
    let scene = Scene::new().await;
    let Scene { officer, head, .. } = &scene;
    let case = &scene.decided(Scene::person(), 1_000).await;
    scene.published(case).await;
    Scene::taken(&scene.act(officer, case, "ask-review", json!({})).await);
    scene.hear(case).await;
    scene.day(182);
    assert_eq!(scene.house.publications.end_periods().await.unwrap(), 1);
    Scene::taken(&scene.act(officer, case, "revoked", json!({})).await);
    scene.hear(case).await;
    scene.hear(case).await;
    let row = scene.newest(case).await;
    assert_eq!((&row["state"], &row["light"]), (&json!("ended"), &json!("green")));
    assert!(row["due_at"].is_string(), "three working days run: {row}");
    let done = scene.on(officer, case, "withdraw", json!({ "ground": "revoked", "reason": "复议撤销" })).await;
    assert_eq!((&done.fine().body["state"], done.body.get("due_at")), (&json!("ended"), None));
    let page = head.get(&format!("/api/v1/cases/{case}")).await;
    let step = page.body["steps"].as_array().unwrap().iter().find(|it| it["action"] == "unpublish").unwrap().clone();
    assert_eq!(step["content"]["note"], "决定被撤销", "the ground alone: {step}");
    scene.on(officer, case, "withdraw", json!({ "ground": "revoked", "reason": "复议撤销" })).await.refused(409, "publication-not-here");
    assert!(scene.house.visitor().get("/api/v1/public/decisions").await.items().is_empty());
}

#[tokio::test]
async fn a_review_that_was_taken_back_decides_nothing_and_leaves_the_way_to_sue() {
    let scene = Scene::new().await;
    let Scene { officer, head, .. } = &scene;
    let case = &scene.decided(Scene::person(), 1_000).await;
    Scene::taken(&scene.act(officer, case, "ask-review", json!({})).await);
    scene.hear(case).await;
    let ended = async |of: usize| {
        let record = scene.of(case).await["remedies"].as_array().unwrap().iter().find(|it| it["outcome"].is_null()).unwrap().clone();
        let path = format!("/api/v1/remedies/{}/actions/close", record["id"].as_str().unwrap());
        let body = json!({ "seen": record["version"], "outcome": "ended", "served_on": "2026-11-02", "followed": "" });
        assert_eq!(officer.post(&path, body).await.fine().body["outcome"], "ended");
        let found = scene.of(case).await;
        assert_eq!(found["remedies"].as_array().unwrap().len(), of);
        found
    };
    let after = ended(1).await;
    assert_eq!(
        (&after["may_ask_review"], &after["may_sue"]),
        (&json!(false), &json!(true)),
        "行政复议法第七十四条：不得再以同一事实和理由申请"
    );
    Scene::taken(&scene.act(officer, case, "sue", json!({})).await);
    scene.hear(case).await;
    let after = ended(2).await;
    assert_eq!(after["may_sue"], json!(false));
    let page = head.get(&format!("/api/v1/cases/{case}")).await;
    let steps: Vec<&str> = page.body["steps"].as_array().unwrap().iter().filter_map(|it| it["action"].as_str()).collect();
    assert!(steps.contains(&"review-ends") && steps.contains(&"suit-ends"), "{steps:?}");
    let runs = page.body["clocks"].as_array().unwrap().iter().any(|it| it["clock"] == "remedy" && it["running"] == json!(true));
    assert!(runs, "the days that the decision set go on: {}", page.body["clocks"]);
}

#[tokio::test]
async fn a_change_needs_its_sum_and_is_public_anew_and_what_is_unlawful_is_not() {
    let scene = Scene::new().await;
    let Scene { officer, head, .. } = &scene;
    let case = &scene.decided(Scene::person(), 1_000).await;
    scene.published(case).await;
    scene.day(2);
    let new = json!({ "kind": "review", "body": "模拟区人民政府", "received_on": "2026-11-04" });
    let id = officer.post(&format!("/api/v1/cases/{case}/remedies"), new).await.fine().text_of("id");
    let close = async |id: &str, more: serde_json::Value| {
        let mut body = json!({ "seen": 1, "served_on": "2026-11-04", "followed": "" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        officer.post(&format!("/api/v1/remedies/{id}/actions/close"), body).await
    };
    close(&id, json!({ "outcome": "changed" })).await.refused(422, "field-required");
    close(&id, json!({ "outcome": "changed", "fine_fen": 200_000 })).await.refused(409, "changed-no-heavier");
    close(&id, json!({ "outcome": "changed", "fine_fen": 50_000 })).await.fine();
    // Changed on Wednesday the 4th: three working days end on Monday the 9th.
    let row = scene.newest(case).await;
    assert_eq!((&row["state"], &row["due_at"]), (&json!("published"), &json!("2026-11-09T15:59:59Z")));
    let page = head.get(&format!("/api/v1/cases/{case}")).await.fine().body.clone();
    let fact = |label: &str| page["facts"].as_array().unwrap().iter().find(|it| it["label"] == label).unwrap()["value"].clone();
    assert_eq!((fact("决定的效力"), &page["plan"]["fine_fen"]), (json!("已变更"), &json!(50_000)));
    scene.on(officer, case, "withdraw", json!({ "ground": "changed", "reason": "复议变更" })).await.fine();
    assert_eq!(scene.newest(case).await["state"], "waiting", "what was changed is written anew");
    let anew = scene.published(case).await;
    assert!(anew["content"]["penalty"].as_str().unwrap().contains("500元"), "{anew}");

    // A suit finds it unlawful: it is taken back, stands, and is public no more.
    let new = json!({ "kind": "suit", "body": "模拟人民法院", "received_on": "2026-11-04" });
    let id = officer.post(&format!("/api/v1/cases/{case}/remedies"), new).await.fine().text_of("id");
    close(&id, json!({ "outcome": "lapsed" })).await.refused(422, "remedy-not-of-suits");
    close(&id, json!({ "outcome": "unlawful" })).await.fine();
    scene.on(officer, case, "withdraw", json!({ "ground": "unlawful", "reason": "判决确认违法" })).await.fine();
    assert_eq!(scene.newest(case).await["state"], "withdrawn");
    let page = head.get(&format!("/api/v1/cases/{case}")).await.fine().body.clone();
    assert_eq!(page["state"]["code"], "served", "it was not taken away");
    let publish = page["offers"].as_array().unwrap().iter().find(|it| it["action"] == "publish");
    assert!(publish.is_none_or(|it| it["allowed"] == json!(false)), "{publish:?}");
}

#[tokio::test]
async fn a_review_that_was_not_decided_in_time_opens_the_court_for_fifteen_days() {
    let scene = Scene::new().await;
    let Scene { officer, head, .. } = &scene;
    let case = &scene.decided(Scene::person(), 1_000).await;
    let new = json!({ "kind": "review", "body": "模拟区人民政府", "received_on": "2026-11-02" });
    let id = officer.post(&format!("/api/v1/cases/{case}/remedies"), new).await.fine().text_of("id");
    scene.day(62);
    let close = async |day: &str| {
        let body = json!({ "seen": 1, "outcome": "lapsed", "served_on": day, "followed": "" });
        officer.post(&format!("/api/v1/remedies/{id}/actions/close"), body).await
    };
    close("2026-11-20").await.refused(422, "review-day-invalid");
    assert_eq!(close("2027-01-01").await.fine().body["outcome"], "lapsed");
    let page = head.get(&format!("/api/v1/cases/{case}")).await.fine().body.clone();
    let runs =
        page["clocks"].as_array().unwrap().iter().find(|it| it["clock"] == "remedy" && it["running"] == json!(true)).unwrap().clone();
    // The time of the review ended on 1 January: fifteen days end on Saturday the 16th, and roll to Monday the 18th.
    assert_eq!((&runs["rule"], &runs["last_day"]), (&json!("D33"), &json!("2027-01-18")), "{runs}");
    assert_eq!(scene.of(case).await["may_sue"], json!(true));
    // Late is not never: what the review organ decides afterwards counts.
    let step = scene.act(officer, case, "review-upholds", json!({})).await;
    Scene::taken(&step);
}
