//! How powers are used, and what is proposed for withdrawal.

use serde_json::{Value, json};

use crate::scene::Scene;

#[tokio::test]
async fn an_unused_power_is_proposed_for_withdrawal_and_taken_into_a_draft() {
    let scene = Scene::new().await;
    let administrator = scene.house.signed_in("administrator01").await;
    let announce = |number: &str, act: &str, from: &str, matters: Value| {
        json!({ "number": number, "title": "模拟公告", "organ": "模拟县人民政府", "announced_on": from, "effective_from": from, "act": act,
            "matters": matters, "townships": ["330482901"] })
    };
    administrator.post("/api/v1/empowerments", announce("模拟〔2025〕1号", "grant", "2025-06-01", json!(["M001", "M002"]))).await.fine();
    administrator.post("/api/v1/empowerments", announce("模拟〔2026〕1号", "grant", "2026-10-01", json!(["M003"]))).await.fine();
    let used = scene.head.get("/api/v1/power-use?months=12").await;
    let items = used.fine().body["items"].as_array().unwrap().clone();
    assert_eq!(items.len(), 3);
    let of = |matter: &str| items.iter().find(|it| it["matter"] == matter).unwrap();
    assert_eq!(of("M001")["reasons"], json!(["连续 12 个月没有立案"]));
    assert_eq!((&of("M003")["reasons"], &of("M003")["opened"]), (&json!([]), &json!(0)), "it is too young to be unused");
    assert!(!of("M001")["matter_name"].as_str().unwrap().is_empty());
    assert_eq!(scene.head.get("/api/v1/power-use?proposed=true").await.body["items"].as_array().unwrap().len(), 2);
    assert!(scene.head.get("/api/v1/power-use/export").await.fine().text.contains("连续 12 个月没有立案"));
    assert!(scene.next_door.get("/api/v1/power-use").await.body["items"].as_array().unwrap().is_empty());
    scene.head.get("/api/v1/power-use?months=0").await.refused(422, "query-invalid");

    let draft = json!({ "items": [{ "matter": "M001", "township": "330482901", "reasons": "连续 12 个月没有立案" }] });
    scene.head.post("/api/v1/empowerment-drafts", draft.clone()).await.refused(403, "forbidden");
    administrator
        .post("/api/v1/empowerment-drafts", json!({ "items": [{ "matter": "M999", "township": "330482901", "reasons": "x" }] }))
        .await
        .refused(422, "draft-invalid");
    let drafts = administrator.post("/api/v1/empowerment-drafts", draft.clone()).await;
    assert_eq!(drafts.fine().body["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        administrator.post("/api/v1/empowerment-drafts", draft.clone()).await.body["items"].as_array().unwrap().len(),
        1,
        "noted once"
    );
    // Its reasons are those of the last time; a power that a township does not have is not taken back.
    let anew = json!({ "items": [{ "matter": "M001", "township": "330482901", "reasons": "连续 15 个月没有立案" }] });
    let drafts = administrator.post("/api/v1/empowerment-drafts", anew).await;
    assert_eq!((&drafts.fine().body["items"][0]["reasons"], &drafts.body["cut"]), (&json!("连续 15 个月没有立案"), &json!(false)));
    let nowhere = json!({ "items": [{ "matter": "M001", "township": "330482902", "reasons": "x" }] });
    administrator.post("/api/v1/empowerment-drafts", nowhere).await.refused(422, "draft-invalid");
    // The announcement carries the draft out, and the power is gone.
    administrator.post("/api/v1/empowerments", announce("模拟〔2026〕2号", "withdraw", "2026-11-02", json!(["M001"]))).await.fine();
    assert!(administrator.get("/api/v1/empowerment-drafts").await.body["items"].as_array().unwrap().is_empty());
    assert_eq!(scene.head.get("/api/v1/power-use").await.body["items"].as_array().unwrap().len(), 2);
    let another = json!({ "items": [{ "matter": "M002", "township": "330482901", "reasons": "连续 12 个月没有立案" }] });
    let id = administrator.post("/api/v1/empowerment-drafts", another).await.body["items"][0]["id"].as_str().unwrap().to_owned();
    let gone = administrator.call(axum::http::Method::DELETE, &format!("/api/v1/empowerment-drafts/{id}"), None, None).await;
    assert!(gone.fine().body["items"].as_array().unwrap().is_empty());
}
