//! A reporter's name and telephone are erased for good: by the administrator, or by the reporter himself.

use serde_json::{Value, json};
use testkit::house::in_the_west;

use crate::scene::Scene;

const TELEPHONE: &str = "13905731234";
const OTHER: &str = "13905731235";
const NAME: &str = "测试甲乙丙";

/// A report with this telephone; answers id and tracking code.
async fn reported(scene: &Scene, telephone: Option<&str>) -> (String, String) {
    let body = json!({ "description": "路灯不亮", "position": in_the_west(), "class_code": "06010", "name": telephone.map(|_| NAME), "telephone": telephone });
    let receipt = scene.citizen.post("/api/v1/public/reports", body).await;
    let found = scene.operator.get(&format!("/api/v1/leads?q={}", receipt.fine().text_of("number"))).await;
    (found.items()[0]["id"].as_str().unwrap().to_owned(), receipt.text_of("tracking_code"))
}

/// Nothing of the person is left anywhere, what happened is in the ledger, and every chain stands.
async fn gone(scene: &Scene, id: &str, tables: &[&str]) {
    let lead = scene.lead(id).await;
    assert_eq!((&lead["reporter"]["has_contact"], lead["reporter"]["erased_at"].is_string()), (&json!(false), true));
    assert_eq!(scene.operator.act(id, "reveal", json!({ "reason": "再看" })).await.fine().body, json!({}));
    let history = scene.operator.get(&format!("/api/v1/leads/{id}/history")).await;
    let line = history.items().into_iter().find(|line| line["action"] == "erase-reporter").unwrap();
    assert_eq!(line["label"], "删除报料人信息");
    for table in tables {
        let text: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select t::text from {table} t")))
            .fetch_all(&scene.house.test.owner_pool)
            .await
            .unwrap();
        assert!(text.iter().all(|row| !row.contains(TELEPHONE) && !row.contains(NAME)), "{table}");
    }
    assert!(docket::ledger::verify(scene.house.test.database.pool(), &[]).await.unwrap().findings.is_empty());
}

#[tokio::test]
async fn the_administrator_erases_a_reporter_for_good() {
    let scene = Scene::set().await;
    let (id, code) = reported(&scene, Some(TELEPHONE)).await;
    let (second, _) = reported(&scene, Some(TELEPHONE)).await;
    let (stranger, _) = reported(&scene, Some(OTHER)).await;
    let (anonymous, _) = reported(&scene, None).await;

    for client in [&scene.operator, &scene.shift_leader, &scene.handler, &scene.house.signed_in("auxiliary01").await] {
        client.act(&id, "erase-reporter", json!({ "reason": "本人要求" })).await.refused(403, "forbidden");
    }
    let elsewhere = scene.house.signed_in("administrator91").await;
    elsewhere.act(&id, "erase-reporter", json!({ "reason": "本人要求" })).await.refused(404, "lead-not-found");
    scene.administrator.act(&id, "erase-reporter", json!({ "reason": " " })).await.refused(422, "field-required");
    scene.administrator.act(&anonymous, "erase-reporter", json!({ "reason": "本人要求" })).await.refused(409, "no-contact-kept");

    let done = scene.administrator.act(&id, "erase-reporter", json!({ "reason": "本人来电要求" })).await;
    assert_eq!((done.fine().body["erased"].as_array().unwrap().len(), &done.body["remaining"]), (1, &json!(1)));
    gone(&scene, &id, &["ledger_entry", "lead", "outbox"]).await;
    scene.administrator.act(&id, "erase-reporter", json!({ "reason": "再删" })).await.refused(409, "no-contact-kept");
    assert_eq!(scene.lead(&second).await["reporter"]["has_contact"], true);
    let followed = scene.citizen.get(&format!("/api/v1/public/reports/{code}")).await;
    assert_eq!(followed.fine().body["steps"].as_array().unwrap().last().unwrap()["label"], "姓名和电话已删除");

    // The same person on every lead; nobody else.
    let (third, _) = reported(&scene, Some(TELEPHONE)).await;
    let done = scene.administrator.act(&second, "erase-reporter", json!({ "reason": "本人来电要求", "everywhere": true })).await;
    assert_eq!((done.fine().body["erased"].as_array().unwrap().len(), &done.body["remaining"]), (2, &json!(0)));
    gone(&scene, &second, &[]).await;
    gone(&scene, &third, &[]).await;
    assert_eq!(scene.lead(&stranger).await["reporter"], json!({ "has_contact": true, "telephone_verified": false }));
    assert_eq!(scene.house.count("select count(*) from personal_key").await, 1, "the stranger's");
    assert_eq!(scene.house.count("select count(*) from personal where blind is not null").await, 1, "the stranger's");
    let list = std::fs::read_to_string(scene.house.folder.path().join("keys/erased.list")).unwrap();
    assert_eq!(list.lines().count(), 3);
}

#[tokio::test]
async fn a_reporter_erases_himself_with_his_code_and_telephone() {
    let scene = Scene::set().await;
    let (id, code) = reported(&scene, Some(TELEPHONE)).await;
    let (_, anonymous) = reported(&scene, None).await;
    let ask = async |code: &str, telephone: &str| {
        scene.citizen.post(&format!("/api/v1/public/reports/{code}/erasure"), json!({ "telephone": telephone })).await
    };
    let without_instance = |mut body: Value| {
        body.as_object_mut().unwrap().remove("instance");
        body
    };
    // A wrong telephone, none left, one that cannot be one: the same answer.
    let wrong = ask(&code, OTHER).await;
    wrong.refused(409, "contact-not-matched");
    for other in [ask(&anonymous, TELEPHONE).await, ask(&code, "不是电话").await] {
        assert_eq!(without_instance(other.body), without_instance(wrong.body.clone()));
    }
    ask("0000-0000-0000", TELEPHONE).await.refused(404, "report-not-found");
    assert_eq!(scene.lead(&id).await["reporter"]["has_contact"], true);

    // The report is open, and he need not wait; the handling goes on.
    assert_eq!(ask(&code.to_lowercase(), "139 0573 1234").await.status.as_u16(), 204);
    gone(&scene, &id, &["ledger_entry", "lead", "outbox", "personal", "personal_key"]).await;
    assert_eq!(without_instance(ask(&code, TELEPHONE).await.body), without_instance(wrong.body));
    scene.operator.act(&id, "accept", json!({ "class_code": "06010", "standard": "测试" })).await.fine();

    // Whoever tries one telephone after another is stopped, from however many addresses.
    let (_, code) = reported(&scene, Some(TELEPHONE)).await;
    for _ in 0..10 {
        ask(&code, OTHER).await.refused(409, "contact-not-matched");
    }
    ask(&code, TELEPHONE).await.refused(429, "too-many-requests");
}
