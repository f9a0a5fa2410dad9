//! The ladder: prompt, supervision, account.

use serde_json::json;

use crate::scene::{Scene, act};

#[tokio::test]
async fn a_prompt_says_what_is_late_since_when_and_is_over_when_its_reply_is_taken() {
    let scene = Scene::set().await;
    let lead = scene.dispatched(true).await;
    scene.prompt(&[&lead]).await.refused(409, "notice-refused");
    scene.later(8).await;
    let draft = scene.shift_leader.get(&format!("/api/v1/notices/draft?leads={lead}")).await.fine().body.clone();
    assert!(draft["refusal"].is_null(), "{draft}");
    let issued = scene.prompt(&[&lead]).await;
    assert_eq!(issued.status, 201, "{}", issued.text);
    let id = issued.text_of("id");
    let text = issued.text_of("text");
    let number = scene.operator.get(&format!("/api/v1/leads/{lead}")).await.text_of("number");
    // Dispatched on Monday at nine with four working hours: due at three in the afternoon, two hours before.
    for words in [number.as_str(), "西街道中队", "4 个工作时", "2026年11月2日 15:00 到期", "已超期 2 小时"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert_eq!(draft["text"], issued.body["text"]);
    assert_eq!(
        (issued.body["state"].as_str(), issued.body["stage"].as_str(), issued.body["leads"].as_i64()),
        (Some("issued"), Some("prompt"), Some(1))
    );
    scene.prompt(&[&lead]).await.refused(409, "notice-open");

    scene.tell().await;
    assert!(scene.titles(&scene.unit).await.iter().any(|it| it.starts_with("收到提示单")));
    assert_eq!(scene.unit.get("/api/v1/notices/counts").await.body["mine"], 1);
    // Who oversees the unit has nothing to do until it replied.
    for overseer in [&scene.shift_leader, &scene.administrator, &scene.leader] {
        assert_eq!(overseer.get("/api/v1/notices/counts").await.body, json!({ "open": 1, "overdue": 0, "mine": 0 }));
    }
    let mine = scene.unit.get("/api/v1/notices?mine=true").await.items();
    assert_eq!(mine[0]["id"].as_str(), Some(id.as_str()));
    let history = scene.operator.get(&format!("/api/v1/leads/{lead}/history")).await.items();
    assert!(history.iter().any(|line| line["action"] == "notice" && line["label"] == "督办文书"), "{history:?}");

    act(&scene.unit, &id, "reply", json!({ "text": " " })).await.refused(422, "field-required");
    act(&scene.unit, &id, "reply", json!({ "text": "x", "photos": ["0".repeat(64)] })).await.refused(422, "photo-missing");
    let photo = scene.house.photo().await;
    let replied = act(&scene.unit, &id, "reply", json!({ "text": "人手不足，今晚清运", "photos": [photo] })).await.fine().body.clone();
    assert_eq!((replied["state"].as_str(), replied["holder_role"].as_str()), (Some("replied"), Some("shift_leader")));
    assert_eq!(scene.leader.get(&format!("/api/v1/files/{photo}")).await.status, 200);
    act(&scene.unit, &id, "reply", json!({ "text": "再说一次" })).await.refused(409, "action-refused");
    act(&scene.leader, &id, "escalate", json!({})).await.refused(409, "action-refused");
    let over = act(&scene.shift_leader, &id, "accept", json!({ "note": "同意" })).await.fine().body.clone();
    assert_eq!((over["state"].as_str(), over["offers"].as_array().map(Vec::len)), (Some("accepted"), Some(0)));
    // Over, it leaves room for another.
    assert_eq!(scene.prompt(&[&lead]).await.status, 201);
    assert_eq!(scene.house.count("select count(*) from notice_lead where open").await, 1);
}

#[tokio::test]
async fn the_next_stage_comes_after_silence_or_an_insufficient_reply_and_from_who_may() {
    let scene = Scene::set().await;
    let lead = scene.overdue().await;
    let prompt = scene.prompt(&[&lead]).await.fine().text_of("id");
    let early = act(&scene.evaluator, &prompt, "escalate", json!({})).await;
    early.refused(409, "action-refused");
    assert!(early.text_of("detail").contains("回复期限未到") && early.body["citation"].is_string(), "{}", early.text);
    act(&scene.shift_leader, &prompt, "escalate", json!({})).await.refused(403, "forbidden");
    scene.later(24).await;
    assert!(scene.titles(&scene.unit).await.iter().any(|it| it.contains("回复期限已到")));
    let supervision = act(&scene.evaluator, &prompt, "escalate", json!({ "demand": "三日内整改" })).await.fine().body.clone();
    let id = supervision["id"].as_str().unwrap().to_owned();
    assert_eq!((supervision["stage"].as_str(), supervision["previous"]["id"].as_str()), (Some("supervise"), Some(prompt.as_str())));
    let text = supervision["text"].as_str().unwrap();
    assert!(text.contains("期限内未见回复") && text.contains("另要求：三日内整改"), "{text}");
    let before = scene.notice(&prompt).await;
    assert_eq!((before["state"].as_str(), before["next"]["id"].as_str()), (Some("escalated"), Some(id.as_str())));

    act(&scene.unit, &id, "reply", json!({ "text": "正在安排" })).await.fine();
    act(&scene.shift_leader, &id, "accept", json!({})).await.refused(409, "action-refused");
    act(&scene.evaluator, &id, "return", json!({ "reason": "没有说明逾期原因" })).await.fine();
    let refused = act(&scene.evaluator, &id, "escalate", json!({})).await;
    assert!(refused.text_of("detail").contains("局领导签发"), "{}", refused.text);
    let account = act(&scene.leader, &id, "escalate", json!({})).await.fine().body.clone();
    assert_eq!(account["stage"].as_str(), Some("account"));
    assert!(account["text"].as_str().unwrap().contains("回复未达到要求：没有说明逾期原因"), "{account}");
    let last = account["id"].as_str().unwrap();
    let offer = account["offers"].as_array().unwrap().iter().find(|it| it["verb"] == "escalate").unwrap();
    assert_eq!(offer["allowed"], false);
    act(&scene.leader, last, "withdraw", json!({ "reason": "已约谈" })).await.fine();
    assert_eq!(scene.house.count("select count(*) from notice_lead where open").await, 0);
    let chain = scene.house.count("select count(*) from ledger_entry e join docket d on d.id = e.docket_id where d.kind = 'notice'").await;
    assert!(chain >= 8, "{chain} lines");
}

#[tokio::test]
async fn a_stale_view_decides_nothing_and_one_sheet_is_of_one_unit() {
    let scene = Scene::set().await;
    let (west, other, east) = (scene.dispatched(true).await, scene.dispatched(true).await, scene.dispatched(false).await);
    scene.later(8).await;
    scene.prompt(&[&west, &east]).await.refused(422, "notice-invalid");
    scene.prompt(&[]).await.refused(422, "notice-invalid");
    scene.prompt(&["019a0000-0000-7000-8000-000000000000"]).await.refused(422, "notice-invalid");
    let both = scene.prompt(&[&west, &other]).await.fine().body.clone();
    assert_eq!(both["about"].as_array().unwrap().len(), 2);
    let id = both["id"].as_str().unwrap();
    let path = format!("/api/v1/notices/{id}/actions/reply");
    scene.unit.call(axum::http::Method::POST, &path, Some(9), Some(json!({ "text": "x" }))).await.refused(412, "version-conflict");
    // Only what is still with the unit goes up; when nothing is, nothing does.
    for lead in [&west, &other] {
        scene.unit.act(lead, "take", json!({})).await.fine();
        let after = scene.house.photo().await;
        scene.unit.act(lead, "fix", json!({ "note": "已清运", "after_photos": [after] })).await.fine();
    }
    scene.later(24).await;
    act(&scene.evaluator, id, "escalate", json!({})).await.refused(409, "notice-refused");
    assert_eq!(scene.notice(id).await["state"].as_str(), Some("issued"));
}
