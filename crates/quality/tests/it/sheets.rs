//! Score sheets: drafted, published, kept by version.

use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn a_published_sheet_never_changes_and_a_round_keeps_the_one_it_was_drawn_under() {
    let scene = Scene::new().await;
    scene.concluded(1).await;
    let shipped = scene.sheet().await;
    assert_eq!((&shipped["points"], &shipped["shipped"], &shipped["number"]), (&json!(100), &json!(true), &json!(1)));
    scene.house.quality.seed().await.unwrap();
    assert_eq!(scene.house.count("select count(*) from review_sheet").await, 1, "seeded once");
    let round = scene.gathered(json!({ "files": 1 })).await.text_of("id");
    let mut new = json!({ "code": "house", "title": "本县评查标准", "reason": "按本县实际调整", "body": shipped["body"] });
    new["body"]["pass"] = json!(101);
    scene.head.post("/api/v1/review-sheets", new.clone()).await.refused(422, "sheet-invalid");
    new["body"]["pass"] = json!(80);
    scene.next_door.post("/api/v1/review-sheets", new.clone()).await.refused(403, "scope-exceeded");
    scene.officer.post("/api/v1/review-sheets", new.clone()).await.refused(403, "forbidden");
    let draft = scene.head.post("/api/v1/review-sheets", new.clone()).await;
    let again = scene.head.post("/api/v1/review-sheets", new).await;
    assert_eq!((&draft.fine().body["id"], &again.fine().body["number"]), (&again.body["id"], &json!(2)));
    let path = format!("/api/v1/review-sheets/{}/actions/settle", draft.text_of("id"));
    scene.head.post(&path, json!({ "seen": 1, "step": "publish" })).await.refused(409, "sheet-settled");
    let published = scene.head.post(&path, json!({ "seen": 2, "step": "publish" })).await;
    assert_eq!(published.fine().body["state"], "published");
    scene.head.post(&path, json!({ "seen": 3, "step": "discard" })).await.refused(409, "sheet-settled");
    let kept = scene.head.get(&format!("/api/v1/review-rounds/{round}")).await.body["sheet"].clone();
    assert_eq!(kept, shipped["id"]);
    assert_eq!(scene.house.count("select count(*) from identity_change where action = 'review-sheet-published'").await, 1);
}
