//! A bureau opens, the centre splits, a case runs, and the bureau sees its result: and nothing of anybody else's.

use serde_json::json;

use crate::scene::{NAME, NUMBER, Scene};

#[tokio::test]
async fn what_a_bureau_refers_becomes_a_case_and_its_result_comes_back() {
    let scene = Scene::new().await;
    let Scene { house, water, housing, centre, officer, .. } = &scene;
    let upload = scene.sent(water, b"a record of what was seen").await;
    let mut finding = Scene::finding();
    finding["files"] = json!([{ "upload": upload, "name": "检查记录.txt" }]);
    finding["matter_code"] = json!("M001");
    let opened = water.post("/api/v1/referrals", finding.clone()).await;
    let id = opened.fine().text_of("id");
    assert_eq!((&opened.body["state"], &opened.body["asker"]["name"]), (&json!("submitted"), &json!("模拟县水利局")), "{}", opened.text);
    assert_eq!(opened.body["suspect"]["name"], json!("测*****"), "masked");
    assert!(opened.body["targets"].as_array().unwrap().is_empty() && opened.body.get("power").is_none(), "the bureau splits nothing");
    assert!(opened.body["jurisdiction"].as_str().unwrap().starts_with("330482901001001"));
    // The upload is used once.
    water.post("/api/v1/referrals", finding).await.refused(409, "file-used");

    // Another bureau sees nothing, and nobody outside sees a case or a lead.
    housing.get(&format!("/api/v1/referrals/{id}")).await.refused(404, "referral-not-found");
    housing.get(&format!("/api/v1/referrals/{id}/files/1")).await.refused(404, "referral-not-found");
    scene.act(housing, &id, "material", json!({ "text": "x" })).await.refused(404, "referral-not-found");
    assert!(housing.get("/api/v1/referrals").await.items().is_empty());
    assert_eq!(housing.get("/api/v1/referrals/counts").await.body, json!({ "open": 0, "overdue": 0, "mine": 0 }));
    assert!(!housing.get("/api/v1/referrals/export").await.fine().text.contains("河埠头"));
    for path in ["/api/v1/cases", "/api/v1/leads", "/api/v1/people", "/api/v1/organisations"] {
        water.get(path).await.refused(403, "forbidden");
    }

    // The centre takes it in; where it should go is derived, with the reasons.
    scene.act(water, &id, "receive", json!({})).await.refused(409, "action-refused");
    scene.act(centre, &id, "receive", json!({})).await.fine();
    let seen = scene.show(centre, &id).await;
    assert!(!seen["power"]["steps"].as_array().unwrap().is_empty(), "{seen}");
    let squad = json!(house.units.west);
    scene.act(centre, &id, "split-here", json!({ "unit": squad })).await.refused(422, "field-required");
    scene.act(centre, &id, "split-here", json!({ "unit": scene.units[1], "text": "x" })).await.refused(422, "unit-unfit");
    officer.post("/api/v1/cases", scene.new_case(&id)).await.refused(409, "action-refused");
    scene.act(centre, &id, "split-here", json!({ "unit": squad, "text": "属本机关管辖，由属地中队办理" })).await.fine();
    let upload = scene.sent(centre, b"a draft of the house").await;
    let note = json!({ "text": "内部：与环保核对", "files": [{ "upload": upload, "name": "草稿.txt" }] });
    scene.act(centre, &id, "note", note).await.fine();
    let upload = scene.sent(centre, b"a map of the house").await;
    scene.act(centre, &id, "material", json!({ "files": [{ "upload": upload, "name": "地图.txt" }] })).await.fine();

    // Assistance: asked with a limit, answered with a file.
    scene.act(officer, &id, "ask", json!({ "text": "请认定是否属于河道管理范围", "days": 3 })).await.fine();
    let upload = scene.sent(water, b"an opinion").await;
    let seen = scene.show(water, &id).await;
    assert_eq!((&seen["asks"][0]["mine"], &seen["reason"]), (&json!(true), &json!("属本机关管辖，由属地中队办理")), "{seen}");
    assert!(!seen.to_string().contains("内部：与环保核对"), "what is said inside stays inside");
    let answer = json!({ "text": "属于河道管理范围", "files": [{ "upload": upload, "name": "认定意见.txt" }] });
    scene.act(water, &id, "answer-ask", answer.clone()).await.fine();
    scene.act(water, &id, "answer-ask", json!({ "text": "x" })).await.refused(409, "action-refused");

    // The case is opened by the unit it was given to, with all that came, once.
    house.signed_in("officer_east").await.post("/api/v1/cases", scene.new_case(&id)).await.refused(422, "case-invalid");
    let case = officer.post("/api/v1/cases", scene.new_case(&id)).await;
    let case_id = case.fine().text_of("id");
    assert_eq!(case.body["referral"]["id"], json!(id), "{}", case.text);
    officer.post("/api/v1/cases", scene.new_case(&id)).await.refused(409, "action-refused");
    let evidence = officer.get(&format!("/api/v1/cases/{case_id}/evidence")).await;
    let items = evidence.fine().body["items"].as_array().unwrap().clone();
    // What came from outside was transferred, what the house added was not, and what was said inside is no evidence.
    let manners: Vec<_> = items.iter().map(|it| it["manner"].as_str().unwrap()).collect();
    assert_eq!(manners, ["transferred", "handed_in", "transferred"], "{}", evidence.text);
    assert_eq!(scene.show(water, &id).await["state"], json!("case"));
    let name = water.get(&format!("/api/v1/referrals/{id}/files/1")).await;
    assert_eq!(name.fine().text, "a record of what was seen");
    housing.get(&format!("/api/v1/referrals/{id}/files/1")).await.refused(404, "referral-not-found");

    // What comes later is taken in by whoever handles the case, once.
    let later = json!({ "files": [{ "upload": scene.sent(water, b"what was found later").await, "name": "补充材料.txt" }] });
    let file =
        scene.act(water, &id, "material", later).await.fine().body["lines"].as_array().unwrap().last().unwrap()["files"][0]["ordinal"]
            .clone();
    let take = format!("/api/v1/referrals/{id}/files/{file}/actions/take-in");
    water.post(&take, json!({})).await.refused(403, "forbidden");
    let taken = officer.post(&take, json!({})).await.fine().body["lines"].as_array().unwrap().last().unwrap()["files"][0].clone();
    assert_eq!((&taken["evidence"], &taken["may_take_in"]), (&json!(4), &json!(false)), "{taken}");
    officer.post(&take, json!({})).await.refused(409, "file-taken");
    let items = officer.get(&format!("/api/v1/cases/{case_id}/evidence")).await.fine().body["items"].as_array().unwrap().clone();
    let item = items.iter().find(|it| it["ordinal"] == json!(4)).unwrap();
    assert_eq!((&item["manner"], &item["digest"]), (&json!("transferred"), &taken["digest"]), "{item}");
    assert!(item["custody"].as_array().is_none_or(|it| it.len() == 1), "{item}");

    // Nothing is certain before the decision is in the party's hand.
    let paper = referrals::ShownPaper {
        id: uuid::Uuid::from_u128(7),
        kind: "D14".into(),
        title: "当场行政处罚决定书".into(),
        file: house.photo().await,
    };
    scene.papers.0.lock().unwrap().push((case_id.parse().unwrap(), paper.clone()));
    let path = format!("/api/v1/referrals/{id}/papers/{}", paper.id);
    scene.heard(&case_id).await;
    assert_eq!(scene.show(water, &id).await["state"], json!("case"));
    water.get(&path).await.refused(404, "document-not-found");
    scene.decided(&case_id).await;
    scene.heard(&case_id).await;
    let seen = scene.show(water, &id).await;
    assert_eq!((&seen["state"], &seen["result"]), (&json!("answered"), &json!("作出行政处罚决定：罚款150元")), "{seen}");
    let labels: Vec<&str> = seen["case"]["steps"].as_array().unwrap().iter().map(|it| it["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["当场作出处罚决定", "当场交付决定书"], "steps towards the outside alone");
    assert!(seen["case"].get("id").is_none(), "the bureau opens no case");
    assert_eq!(seen["lines"].as_array().unwrap().iter().filter(|it| it["verb"] == "result").count(), 1, "told once");
    water.get(&path).await.fine();
    housing.get(&path).await.refused(404, "referral-not-found");
    // Inside it is a document of the case: who may not see its party reads none, and is offered none.
    for by in [centre, &scene.operator] {
        by.get(&path).await.refused(403, "forbidden");
        assert!(scene.show(by, &id).await["case"]["papers"].as_array().unwrap().is_empty());
    }
    officer.get(&path).await.fine();
    let reads = "select count(*) from ledger_entry where action = 'reveal' and payload::jsonb->>'document' = 'D14'";
    assert_eq!(house.count(reads).await, 0, "who handles the case reads it without a line");
    scene.leader.get(&path).await.fine();
    assert_eq!(house.count(reads).await, 1);
    scene.act(housing, &id, "feedback", json!({ "text": "x" })).await.refused(404, "referral-not-found");
    scene.act(water, &id, "feedback", json!({ "text": "已纳入河道巡查重点" })).await.fine();
    assert_eq!(scene.show(officer, &id).await["feedback"], json!("已纳入河道巡查重点"));

    // Who it is stands in the vault; who asked why stands in the ledger.
    water.post(&format!("/api/v1/referrals/{id}/suspect/actions/reveal"), json!({ "reason": "x" })).await.refused(403, "forbidden");
    let revealed = officer.post(&format!("/api/v1/referrals/{id}/suspect/actions/reveal"), json!({ "reason": "制作文书" })).await;
    assert_eq!((&revealed.fine().body["name"], &revealed.body["id_number"]), (&json!(NAME), &json!(NUMBER)));
    let told = "select count(*) from ledger_entry where payload::text like '%测试嫌疑人%' or payload::text like '%33048219900101000X%'";
    assert_eq!(house.count(told).await, 0);
    assert_eq!(house.count("select count(*) from ledger_entry where action = 'paper-read'").await, 3);
}
