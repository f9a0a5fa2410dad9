//! A case out of a lead: it shows the lead, its photos are reached through it, and the same act is fined once.

use serde_json::json;
use testkit::house::in_the_west;

use crate::scene::Scene;

#[tokio::test]
async fn a_lead_becomes_a_case_with_its_photos_and_is_fined_once() {
    let scene = Scene::new().await;
    let Scene { officer, head, reviewer, house, .. } = &scene;
    let photo = house.photo().await;
    let report = json!({ "description": "人行道上堆放物料", "position": in_the_west(), "photos": [photo] });
    let number = house.visitor().post("/api/v1/public/reports", report).await.fine().text_of("number");
    let lead = officer.get(&format!("/api/v1/leads?q={number}")).await.items()[0]["id"].as_str().unwrap().to_owned();
    reviewer.get(&format!("/api/v1/files/{photo}")).await.refused(404, "file-not-found");

    let mut new = scene.new_case("simple");
    new["lead"] = json!(lead);
    let east = house.signed_in("officer_east").await;
    let mut theirs = new.clone();
    let east_id = crate::scene::certify(house, "officer_east", Some("浙0498"), "2028-12-31", false).await;
    theirs["officers"] = json!([east_id, scene.ids[0]]);
    east.post("/api/v1/cases", theirs).await.refused(404, "lead-not-found");

    let opened = officer.post("/api/v1/cases", new.clone()).await;
    let case = &opened.fine().text_of("id");
    assert_eq!((&opened.body["lead"]["number"], &opened.body["photos"][0]), (&json!(number), &json!(photo)), "{}", opened.text);
    assert!(opened.body["jurisdiction"].as_str().unwrap().starts_with("330482901001001"), "{}", opened.text);
    reviewer.get(&format!("/api/v1/files/{photo}")).await.fine();
    east.get(&format!("/api/v1/files/{photo}")).await.refused(404, "file-not-found");
    let listed = officer.get(&format!("/api/v1/cases?lead={lead}")).await.items();
    assert_eq!(listed.len(), 1);
    let history = officer.get(&format!("/api/v1/leads/{lead}/history")).await.items();
    assert!(history.iter().any(|line| line["label"] == "转为案件"), "{history:?}");

    // On the spot, to the fine.
    let on_spot = async |case: &str| {
        Scene::taken(&scene.step(officer, case, "show-card", json!({})).await, "on_spot");
        let told = json!({ "plan": Scene::fine(150), "reached": [1] });
        Scene::taken(&scene.step(officer, case, "tell-on-spot", told).await, "noticed");
        Scene::taken(&scene.step(officer, case, "waive-defence", json!({ "agreed": true })).await, "noticed");
        scene.step(officer, case, "decide-on-spot", json!({ "evidence": "现场照片" })).await
    };
    Scene::taken(&on_spot(case).await, "decided");
    // The same party, the same act: fined already.
    let again = officer.post("/api/v1/cases", new).await.fine().text_of("id");
    let refused = on_spot(&again).await;
    refused.refused(409, "no-second-fine");
    assert!(refused.body["citation"].as_str().unwrap().contains("第二十九条"), "{}", refused.text);
    let warned = json!({ "evidence": "现场照片", "plan": { "kinds": ["warning"], "reasons": "已被罚款，改为警告" } });
    scene.step(officer, &again, "decide-on-spot", warned).await.refused(409, "not-heavier-than-told");

    // Lists: words, number, state, what is mine, what waits for a role.
    let number = scene.show(case).await["number"].as_str().unwrap().to_owned();
    for (query, most) in [
        ("q=堆放物料", 2),
        (format!("q={number}").as_str(), 1),
        ("state=decided", 1),
        ("mine=true", 2),
        ("q=不存在的词", 0),
        ("track=soft", 0),
    ] {
        assert_eq!(officer.get(&format!("/api/v1/cases?{query}")).await.items().len(), most, "{query}");
    }
    assert_eq!(head.get("/api/v1/cases?waiting=true").await.items().len(), 0);
    officer.get("/api/v1/cases?state=nonsense").await.refused(422, "query-invalid");
}
