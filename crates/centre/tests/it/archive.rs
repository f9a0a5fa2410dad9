//! The archive: on its shelf, lent from hand to hand, counted, destroyed before two.

use chrono::TimeDelta;
use kernel::clock::Clock;
use serde_json::{Value, json};
use testkit::house::Client;

use crate::scene::Scene;

fn place(n: u32) -> Value {
    json!({ "store": "档案室一", "rack": "03", "box": format!("{n:03}") })
}

async fn shelved(scene: &Scene, n: u32, years: Option<u32>) -> (String, String) {
    let case = scene.archived().await;
    let new = json!({ "case": case, "place": place(n), "volumes": 1, "pages": 36, "keep_years": years });
    let answer = scene.officer.post("/api/v1/centre/volumes", new).await;
    (answer.fine().text_of("id"), answer.text_of("code"))
}

#[tokio::test]
async fn a_file_is_lent_by_others_than_who_borrows_and_comes_back() {
    let scene = Scene::new().await;
    let open = scene.case().await;
    let early = json!({ "case": open, "place": place(1), "volumes": 1 });
    scene.officer.post("/api/v1/centre/volumes", early).await.refused(409, "case-not-archived");
    let (volume, code) = shelved(&scene, 1, Some(10)).await;
    assert!(code.starts_with("DA"));
    let found = scene.officer.get(&format!("/api/v1/centre/volumes?q={}", code.to_lowercase())).await.fine().items();
    assert_eq!(found[0]["id"], volume.as_str());
    assert!(scene.stranger.get("/api/v1/centre/volumes").await.fine().items().is_empty());

    let loans = format!("/api/v1/centre/volumes/{volume}/loans");
    let ask = json!({ "form": "paper", "reason": "办理行政复议答复", "days": 5 });
    scene.stranger.post(&loans, ask.clone()).await.refused(404, "volume-not-found");
    let loan = scene.second.post(&loans, ask.clone()).await.fine().text_of("id");
    scene.second.post(&loans, ask).await.refused(409, "loan-known");
    let on = async |by: &Client, action: &str, note: &str| {
        by.post(&format!("/api/v1/centre/loans/{loan}/actions/{action}"), json!({ "note": note })).await
    };
    on(&scene.officer, "hand-over", "").await.refused(409, "loan-state");
    on(&scene.officer, "approve", "").await.refused(403, "forbidden");
    on(&scene.head, "approve", "同意").await.fine();
    on(&scene.second, "hand-over", "").await.refused(403, "loan-hands");
    let lent = on(&scene.officer, "hand-over", "").await.fine().body.clone();
    assert_eq!((lent["state"].as_str(), lent["due_on"].as_str()), (Some("lent"), Some("2026-11-07")));
    on(&scene.head, "renew", "").await.fine();
    // Overdue on the day after the last one, told once in a while.
    scene.house.clock.set(scene.house.clock.now() + TimeDelta::days(11));
    assert_eq!(scene.house.centre.remind().await.unwrap_or_default(), 1);
    assert_eq!(scene.house.centre.remind().await.unwrap_or_default(), 0);
    let told = scene.second.get("/api/v1/notifications").await.fine().items();
    assert!(told.iter().any(|it| it["title"].as_str().unwrap().contains("已经超期")), "{told:?}");
    let board = scene.head.get("/api/v1/centre/board").await.fine().body.clone();
    assert_eq!((board["overdue"][0]["id"].as_str(), board["overdue"][0]["light"].as_str()), (Some(loan.as_str()), Some("red")));
    on(&scene.head, "renew", "").await.refused(409, "loan-overdue");
    on(&scene.second, "return", "完好").await.refused(403, "loan-hands");
    on(&scene.officer, "return", "").await.refused(422, "field-required");
    on(&scene.officer, "return", "一册三十六页，完好").await.fine();
    assert!(scene.officer.get("/api/v1/centre/loans?state=overdue").await.fine().items().is_empty());

    // Looking into the electronic file is noted each time, and ends by itself.
    let ask = json!({ "form": "electronic", "reason": "类案参考", "days": 2 });
    let loan = scene.third.post(&loans, ask).await.fine().text_of("id");
    let look = format!("/api/v1/centre/loans/{loan}/actions/inspect");
    scene.third.post(&look, json!({})).await.refused(409, "loan-state");
    scene.head.post(&format!("/api/v1/centre/loans/{loan}/actions/approve"), json!({})).await.fine();
    scene.second.post(&look, json!({})).await.refused(403, "loan-hands");
    scene.third.post(&look, json!({})).await.fine();
    assert_eq!(scene.third.post(&look, json!({})).await.fine().body["inspections"], 2);
    scene.house.clock.set(scene.house.clock.now() + TimeDelta::days(3));
    scene.third.post(&look, json!({})).await.refused(409, "loan-overdue");

    // What was agreed to and has had its time ends: the look, and a paper file that nobody fetched.
    let paper = json!({ "form": "paper", "reason": "复查", "days": 2 });
    let never = scene.second.post(&loans, paper).await.fine().text_of("id");
    scene.head.post(&format!("/api/v1/centre/loans/{never}/actions/approve"), json!({})).await.fine();
    scene.house.centre.remind().await.unwrap_or_default();
    let open = scene.head.get("/api/v1/centre/loans?state=open").await.fine().items();
    assert_eq!((open.len(), open[0]["id"].as_str()), (1, Some(never.as_str())));
    scene.house.clock.set(scene.house.clock.now() + TimeDelta::days(3));
    scene.officer.post(&format!("/api/v1/centre/loans/{never}/actions/hand-over"), json!({})).await.refused(409, "loan-overdue");
    scene.house.centre.remind().await.unwrap_or_default();
    assert_eq!(scene.head.get("/api/v1/centre/loans?state=expired").await.fine().items().len(), 2);
    let lines = "select count(*) from ledger_entry where action = 'centre-loan-expired'";
    assert_eq!(scene.house.count(lines).await, 2);
    scene.house.centre.remind().await.unwrap_or_default();
    assert_eq!(scene.house.count(lines).await, 2, "once each");
    let again = json!({ "form": "electronic", "reason": "类案参考", "days": 2 });
    scene.third.post(&loans, again).await.fine();
}

#[tokio::test]
async fn what_is_counted_is_there_or_missing_and_what_is_destroyed_had_its_time() {
    let scene = Scene::new().await;
    let (one, code) = shelved(&scene, 1, Some(10)).await;
    let (two, lost) = shelved(&scene, 2, Some(10)).await;
    let (ever, third) = shelved(&scene, 3, None).await;
    let take = scene.officer.post("/api/v1/centre/stocktakes", json!({ "subject": "volumes" })).await.fine().text_of("id");
    scene.second.post("/api/v1/centre/stocktakes", json!({ "subject": "volumes" })).await.refused(409, "stocktake-open");
    let path = format!("/api/v1/centre/stocktakes/{take}");
    for code in [&code, &third] {
        assert_eq!(scene.officer.post(&format!("{path}/scans"), json!({ "code": code })).await.fine().body["result"], "found");
    }
    assert_eq!(scene.officer.post(&format!("{path}/scans"), json!({ "code": code })).await.fine().body["result"], "again");
    scene.officer.post(&format!("{path}/scans"), json!({ "code": "CW2611020000011" })).await.refused(422, "code-unknown");
    let report = scene.officer.post(&format!("{path}/actions/finish"), json!({})).await.fine().body.clone();
    assert_eq!((report["stocktake"]["missing"].as_i64(), report["stocktake"]["unsettled"].as_i64()), (Some(1), Some(1)));
    let settle = format!("{path}/lines/{lost}/actions/settle");
    scene.officer.post(&settle, json!({ "reason": "错放" })).await.refused(403, "difference-of-your-own");
    scene.head.post(&settle, json!({ "reason": "错放在二号柜，已放回" })).await.fine();
    scene
        .second
        .post(&format!("/api/v1/centre/volumes/{two}/loans"), json!({ "form": "paper", "reason": "x", "days": 1 }))
        .await
        .refused(409, "volume-gone");
    scene.officer.put(&format!("/api/v1/centre/volumes/{two}"), place(4)).await.fine();

    // Ten years later.
    let list = |volumes: &[&str]| json!({ "volumes": volumes, "reason": "保管期满，没有继续保存价值" });
    scene.officer.post("/api/v1/centre/destructions", list(&[&one])).await.refused(409, "volume-not-destroyable");
    scene.house.clock.set(scene.house.clock.now() + TimeDelta::days(3_655));
    scene.officer.post("/api/v1/centre/destructions", list(&[&one, &ever])).await.refused(409, "volume-not-destroyable");
    let asked =
        scene.second.post(&format!("/api/v1/centre/volumes/{two}/loans"), json!({ "form": "paper", "reason": "x", "days": 1 })).await;
    let asked = asked.fine().text_of("id");
    scene.officer.post("/api/v1/centre/destructions", list(&[&one, &two])).await.refused(409, "volume-lent");
    // Agreed to and never fetched: after its time nobody waits for it, also before it was ended.
    scene.head.post(&format!("/api/v1/centre/loans/{asked}/actions/approve"), json!({})).await.fine();
    scene.officer.post("/api/v1/centre/destructions", list(&[&one, &two])).await.refused(409, "volume-lent");
    scene.house.clock.set(scene.house.clock.now() + TimeDelta::days(2));
    let proposed = scene.head.post("/api/v1/centre/destructions", list(&[&one])).await.fine().text_of("id");
    scene.head.post(&format!("/api/v1/centre/destructions/{proposed}/actions/agree"), json!({})).await.refused(403, "destruction-hands");
    let listed = scene.officer.post("/api/v1/centre/destructions", list(&[&one, &two])).await.fine().text_of("id");
    let on = async |by: &Client, action: &str, body: Value| {
        by.post(&format!("/api/v1/centre/destructions/{listed}/actions/{action}"), body).await
    };
    on(&scene.officer, "carry-out", json!({ "watched_by": scene.ids[1] })).await.refused(409, "destruction-state");
    on(&scene.second, "agree", json!({})).await.refused(403, "forbidden");
    on(&scene.head, "agree", json!({})).await.fine();
    on(&scene.officer, "carry-out", json!({ "watched_by": scene.ids[0] })).await.refused(422, "field-invalid");
    on(&scene.officer, "carry-out", json!({ "watched_by": scene.ids[1] })).await.fine();
    let gone = scene.officer.get("/api/v1/centre/volumes?state=destroyed").await.fine().items();
    assert_eq!(gone.len(), 2);
    assert!(scene.stranger.get("/api/v1/centre/destructions").await.fine().items().is_empty());
}
