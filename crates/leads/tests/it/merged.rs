//! Who reported what was merged is kept informed: by his own number, of his own report and of where it goes on, and of nobody else's.

use serde_json::{Value, json};

use crate::scene::Scene;

fn labels(followed: &Value) -> Vec<&str> {
    followed["steps"].as_array().unwrap().iter().map(|step| step["label"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn every_reporter_of_a_chain_follows_by_his_own_code_to_the_end() {
    let scene = Scene::set().await;
    let (first, first_code) = scene.reported().await;
    let (second, second_code) = scene.reported().await;
    let (third, third_code) = scene.reported().await;
    let (side, side_code) = scene.reported().await;
    let follow = async |code: &str| scene.citizen.get(&format!("/api/v1/public/reports/{code}")).await.fine().body.clone();
    assert_eq!(follow(&first_code).await["reports"], 1);
    let own_photo = follow(&first_code).await["photos"][0]["id"].clone();
    scene.operator.act(&first, "merge", json!({ "into": second })).await.fine();
    scene.operator.act(&second, "merge", json!({ "into": third })).await.fine();
    scene.operator.act(&side, "merge", json!({ "into": third })).await.fine();
    let number = scene.lead(&third).await["number"].clone();
    for code in [&first_code, &second_code, &side_code] {
        let followed = follow(code).await;
        assert_eq!((&followed["merged_into"], &followed["reports"], &followed["state"]), (&number, &json!(4), &json!("reported")));
        assert_eq!(labels(&followed), ["已收到您的上报", "与相同问题合并办理"], "one report and one merge, his own");
        assert_eq!(followed["tracking_code"].as_str().unwrap(), code.as_str());
    }
    for id in [&first, &second, &third, &side] {
        assert_eq!(scene.lead(id).await["reports"], 4);
    }
    // Merging into what is over is refused, and says so.
    let (late, _) = scene.reported().await;
    scene.operator.act(&third, "accept", json!({})).await.fine();
    scene.shift_leader.act(&third, "file", json!({ "standard": "占道" })).await.fine();
    scene.handler.act(&third, "take", json!({})).await.fine();
    scene.fix(&third).await.fine();
    scene.operator.act(&third, "request-check", json!({})).await.fine();
    scene.collector.act(&third, "check", json!({ "passed": true })).await.fine();
    scene.shift_leader.act(&third, "close", json!({ "standard": "已清除" })).await.fine();
    scene.operator.act(&late, "merge", json!({ "into": third })).await.refused(409, "merge-target-closed");
    // The reporter of the lead that went on rates; nobody else is told that he had.
    let rating = |code: &str| format!("/api/v1/public/reports/{code}/rating");
    assert_eq!(scene.citizen.post(&rating(&third_code), json!({ "stars": 5 })).await.status, 204);
    for code in [&first_code, &second_code, &side_code] {
        let followed = follow(code).await;
        assert_eq!((&followed["state"], &followed["can_rate"], &followed["reply"]), (&json!("closed"), &json!(true), &json!("已清运")));
        let told = labels(&followed);
        assert!(told.ends_with(&["已办结"]) && !told.contains(&"您已评价"), "{told:?}");
        assert_eq!(told.iter().filter(|label| **label == "已收到您的上报").count(), 1, "{told:?}");
        assert_eq!(scene.citizen.post(&rating(code), json!({ "stars": 3 })).await.status, 204);
        assert!(labels(&follow(code).await).ends_with(&["您已评价"]));
    }
    assert_eq!(follow(&third_code).await["rating"]["stars"], 5, "each his own");
    // His own photo and those of the handling; not what another reporter photographed.
    let seen = follow(&first_code).await;
    let photos: Vec<(&str, Value)> =
        seen["photos"].as_array().unwrap().iter().map(|photo| (photo["role"].as_str().unwrap(), photo["id"].clone())).collect();
    assert_eq!(photos.iter().map(|(role, _)| *role).collect::<Vec<_>>(), ["report", "after"], "{seen}");
    assert_eq!(photos[0].1, own_photo);
    for (_, photo) in &photos {
        scene.citizen.get(&format!("/api/v1/public/reports/{first_code}/photos/{}", photo.as_str().unwrap())).await.fine();
    }
    let theirs = follow(&third_code).await["photos"][0]["id"].as_str().unwrap().to_owned();
    let peeked = scene.citizen.get(&format!("/api/v1/public/reports/{first_code}/photos/{theirs}")).await;
    peeked.refused(404, "report-not-found");
}

#[tokio::test]
async fn what_goes_on_may_be_refused_and_everybody_hears_why() {
    let scene = Scene::set().await;
    let (first, code) = scene.reported().await;
    let (second, _) = scene.reported().await;
    scene.operator.act(&first, "merge", json!({ "into": second })).await.fine();
    scene.operator.act(&second, "reject", json!({ "reason": "属于私人场地" })).await.fine();
    let followed = scene.citizen.get(&format!("/api/v1/public/reports/{code}")).await.body;
    assert_eq!((&followed["state"], &followed["can_rate"]), (&json!("rejected"), &json!(false)));
    let last = followed["steps"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["label"], &last["text"]), (&json!("不予受理"), &json!("属于私人场地")));
}
