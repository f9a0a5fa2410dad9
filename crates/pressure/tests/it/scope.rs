//! Nobody sees or answers what is another's.

use serde_json::json;

use crate::scene::{Scene, act};

#[tokio::test]
async fn a_unit_sees_its_own_notices_and_the_county_next_door_sees_none() {
    let scene = Scene::set().await;
    let lead = scene.overdue().await;
    let id = scene.prompt(&[&lead]).await.fine().text_of("id");
    let photo = scene.house.photo().await;
    act(&scene.unit, &id, "reply", json!({ "text": "已安排", "photos": [photo] })).await.fine();
    let path = format!("/api/v1/notices/{id}");
    for account in ["unit_leader_east", "shift_leader91", "unit_leader91", "operator_east"] {
        let stranger = scene.house.signed_in(account).await;
        stranger.get(&path).await.refused(404, "notice-not-found");
        assert!(stranger.get("/api/v1/notices").await.items().is_empty(), "{account}");
        assert_eq!(stranger.get("/api/v1/notices/counts").await.body, json!({ "open": 0, "overdue": 0, "mine": 0 }));
        assert_eq!(stranger.get(&format!("/api/v1/files/{photo}")).await.status, 404, "{account}");
    }
    let neighbour = scene.house.signed_in("shift_leader91").await;
    act(&neighbour, &id, "accept", json!({})).await.refused(404, "notice-not-found");
    neighbour.post("/api/v1/notices", json!({ "leads": [lead] })).await.refused(422, "notice-invalid");
    neighbour.get(&format!("/api/v1/notices/draft?leads={lead}")).await.refused(422, "notice-invalid");
    let east = scene.house.signed_in("unit_leader_east").await;
    act(&east, &id, "reply", json!({ "text": "x" })).await.refused(404, "notice-not-found");
    let auxiliary = scene.house.signed_in("auxiliary01").await;
    auxiliary.get(&path).await.refused(403, "forbidden");
    // Who oversees does not answer for the unit.
    scene.leader.post(&format!("{path}/actions/reply"), json!({ "text": "x" })).await.refused(403, "forbidden");
}
