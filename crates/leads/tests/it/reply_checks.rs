//! Replies that do not answer: found, held back where the district says so, and settled by a person.

use serde_json::{Value, json};
use testkit::house::{Answer, Client};

use crate::scene::{CLASS, Scene};

const SETTINGS: &str = "/api/v1/reply-check-settings";
const HELD: &str = "/api/v1/reply-checks?state=held";
const EMPTY: &str = "您反映的问题已转相关部门处理，感谢您的监督";

async fn holding(scene: &Scene, codes: Value) {
    scene.administrator.put(SETTINGS, json!({ "mode": "hold", "holding": codes })).await.fine();
}

async fn reply(scene: &Scene, id: &str, note: &str) -> Answer {
    let after = scene.house.photo().await;
    scene.handler.act(id, "fix", json!({ "note": note, "after_photos": [after] })).await
}

async fn close(scene: &Scene, id: &str) {
    scene.operator.act(id, "request-check", json!({})).await.fine();
    scene.collector.act(id, "check", json!({ "passed": true })).await.fine();
    scene.shift_leader.act(id, "close", json!({ "standard": "垃圾已清除" })).await.fine();
}

async fn followed(scene: &Scene, code: &str) -> Value {
    scene.citizen.get(&format!("/api/v1/public/reports/{code}")).await.fine().body.clone()
}

fn codes(check: &Value) -> Vec<String> {
    check["findings"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_held_reply_is_not_shown_until_a_person_releases_it_with_a_reason() {
    let scene = Scene::set().await;
    holding(&scene, json!(["empty", "copied"])).await;
    let (id, code) = scene.fixing().await;
    reply(&scene, &id, EMPTY).await.fine();
    let held = scene.operator.get(HELD).await.items();
    assert_eq!((held.len(), codes(&held[0])), (1, vec!["empty".to_owned()]));
    assert!(held[0]["findings"][0]["reason"].as_str().unwrap().contains("转给别人"));
    assert_eq!(held[0]["asked"], json!("和平路口人行道上堆着建筑垃圾"));
    assert_eq!(scene.operator.get("/api/v1/reply-checks/count").await.body, json!({ "held": 1 }));
    let seen = followed(&scene, &code).await;
    assert_eq!((&seen["reply"], &seen["reply_held"]), (&Value::Null, &json!(true)));
    assert!(!seen.to_string().contains("相关部门"), "not in the steps either: {seen}");
    // The lead goes on: no state, limit or light waits for it.
    close(&scene, &id).await;
    let lead = scene.lead(&id).await;
    assert_eq!((&lead["state"], &lead["light"]), (&json!("closed"), &Value::Null));
    assert_eq!(scene.operator.get(HELD).await.items().len(), 1);
    assert_eq!(scene.history(&id).await.iter().filter(|verb| *verb == "reply-check").count(), 1, "told once");

    let release = format!("/api/v1/reply-checks/{id}/actions/release");
    scene.collector.post(&release, json!({ "reason": "属实" })).await.refused(403, "forbidden");
    scene.operator.post(&release, json!({ "reason": " " })).await.refused(422, "field-required");
    let neighbour = scene.house.signed_in("operator91").await;
    neighbour.post(&release, json!({ "reason": "属实" })).await.refused(404, "reply-check-not-found");
    let read = scene.operator.get(HELD).await.items()[0]["lead_version"].as_i64().unwrap();
    let as_read = |version: i64, reason: &str| {
        scene.operator.call(axum::http::Method::POST, &release, Some(version), Some(json!({ "reason": reason })))
    };
    as_read(read - 1, "属实").await.refused(412, "version-conflict");
    let done = as_read(read, "电话里已当面说清").await.fine().body.clone();
    assert_eq!((&done["state"], &done["reason"]), (&json!("released"), &json!("电话里已当面说清")));
    scene.operator.post(&release, json!({ "reason": "再一次" })).await.refused(409, "reply-check-settled");
    assert_eq!(followed(&scene, &code).await["reply"], json!(EMPTY));
    let line = scene.operator.get(&format!("/api/v1/leads/{id}/history")).await.items().last().cloned().unwrap();
    assert_eq!((&line["label"], &line["summary"]), (&json!("答复核验"), &json!("已放行；电话里已当面说清")));
    assert_eq!(docket::ledger::verify(scene.house.test.database.pool(), &[]).await.unwrap().findings.len(), 0);
}

#[tokio::test]
async fn an_answer_to_a_source_waits_and_goes_in_the_new_words() {
    let scene = Scene::set().await;
    holding(&scene, json!(["empty", "short"])).await;
    let platform = json!({ "name": "湖商通", "kind": "orders", "active": true,
        "mapping": { "external_id": "/no", "description": "/text", "lon": "/x", "lat": "/y" } });
    scene.administrator.put("/api/v1/sources/huzhou-business", platform).await.fine();
    let sender = scene.house.machine("platform01").await;
    let message = json!({ "no": 7, "text": "和平路店门前堆着纸箱", "x": 121.005, "y": 30.705 });
    sender.post("/api/v1/sources/huzhou-business/messages", message).await.fine();
    let id = scene.operator.get("/api/v1/leads?source=huzhou-business").await.items()[0]["id"].as_str().unwrap().to_owned();
    scene.operator.act(&id, "reject", json!({ "reason": "不属本区" })).await.fine();
    let owed = |state: &str| format!("/api/v1/answers?state={state}");
    let answer = scene.operator.get(&owed("held")).await.items()[0]["id"].as_str().unwrap().to_owned();
    let give = format!("/api/v1/answers/{answer}/actions/give");
    scene.operator.post(&give, json!({ "how": "电话" })).await.refused(409, "answer-held");
    scene.operator.post(&format!("/api/v1/answers/{answer}/actions/retry"), json!({})).await.refused(409, "answer-held");
    assert_eq!(scene.house.leads.send_answers_due().await.unwrap_or_default(), 0);

    let rewrite = format!("/api/v1/reply-checks/{id}/actions/rewrite");
    let still = scene.operator.post(&rewrite, json!({ "words": EMPTY })).await;
    still.refused(422, "reply-still-held");
    assert!(still.body["detail"].as_str().unwrap().contains("空话套话"), "{}", still.text);
    let words = "和平路店门前的纸箱属店内物品，店主当天自行收回，不再立案";
    scene.operator.post(&rewrite, json!({ "words": words })).await.fine();
    let owed = scene.operator.get(&owed("owed")).await.items()[0].clone();
    assert_eq!((&owed["id"], &owed["words"]), (&json!(answer), &json!(words)));
    assert_eq!(scene.lead(&id).await["reply"], json!(words));
    scene.operator.post(&give, json!({ "how": "已在对方平台回复" })).await.fine();
}

#[tokio::test]
async fn the_same_words_for_another_matter_are_a_copy_and_for_the_same_matter_are_not() {
    let scene = Scene::set().await;
    let words = "经工作人员到现场查看情况属实，当事人已当场改正，今后将加强日常巡查";
    let (first, _) = scene.fixing().await;
    reply(&scene, &first, words).await.fine();
    let (second, _) = scene.fixing().await;
    reply(&scene, &second, words).await.fine();
    let of = |id: &str| format!("/api/v1/reply-checks?lead={id}");
    let codes_of = async |id: &str| scene.operator.get(&of(id)).await.items().first().map(codes).unwrap_or_default();
    assert!(!codes_of(&second).await.contains(&"copied".to_owned()), "both ask of the same heap");
    let body = json!({ "description": "湖滨路夜里烧烤摊油烟呛人", "position": { "x": 121.005, "y": 30.705 }, "class_code": CLASS,
        "photos": [scene.house.photo().await] });
    let number = scene.citizen.post("/api/v1/public/reports", body).await.fine().text_of("number");
    let third = scene.operator.get(&format!("/api/v1/leads?q={number}")).await.items()[0]["id"].as_str().unwrap().to_owned();
    scene.operator.act(&third, "accept", json!({ "class_code": CLASS, "standard": "符合" })).await.fine();
    scene.shift_leader.act(&third, "file", json!({ "standard": "符合" })).await.fine();
    scene.handler.act(&third, "take", json!({})).await.fine();
    reply(&scene, &third, words).await.fine();
    let found = scene.operator.get(&of(&third)).await.items()[0].clone();
    assert_eq!((codes(&found)[0].as_str(), &found["state"]), ("copied", &json!("warned")), "said, and not held: nobody chose it");
    // Sent back to be fixed again: what it was of will not be given.
    scene.operator.act(&third, "rework", json!({ "reason": "请写明怎么处理的" })).await.fine();
    assert!(scene.operator.get(&of(&third)).await.items().is_empty());
}

#[tokio::test]
async fn the_setting_is_the_districts_and_leaves_a_line() {
    let scene = Scene::without_rules().await;
    let usual = scene.operator.get(SETTINGS).await.body.clone();
    assert_eq!(usual, json!({ "mode": "warn", "holding": ["empty", "copied"] }));
    let wanted = json!({ "mode": "hold", "holding": ["empty"] });
    scene.operator.put(SETTINGS, wanted.clone()).await.refused(403, "forbidden");
    let neighbour: Client = scene.house.signed_in("shift_leader91").await;
    neighbour.put(SETTINGS, wanted.clone()).await.refused(403, "scope-exceeded");
    for wrong in [json!({ "mode": "hold", "holding": [] }), json!({ "mode": "hold", "holding": ["made-up"] })] {
        scene.shift_leader.put(SETTINGS, wrong).await.refused(422, "reply-check-settings-invalid");
    }
    assert_eq!(scene.shift_leader.put(SETTINGS, wanted.clone()).await.fine().body, wanted);
    scene.shift_leader.put(SETTINGS, wanted).await.fine();
    let lines = scene.administrator.get("/api/v1/settings-history?kind=reply-check").await.fine().items();
    assert_eq!((lines.len(), &lines[0]["after"]["reply_check"]), (1, &json!("暂缓发出")));
    // Switched off nobody looks.
    scene.administrator.put(SETTINGS, json!({ "mode": "off", "holding": ["empty"] })).await.fine();
    scene.house.with_rules().await;
    let (id, _) = scene.fixing().await;
    reply(&scene, &id, EMPTY).await.fine();
    assert_eq!(scene.house.count("select count(*) from reply_check").await, 0);
}
