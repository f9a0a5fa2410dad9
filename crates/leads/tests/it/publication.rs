//! What the public sees of photos: covered copies, and nothing of one that a person took back.

use serde_json::{Value, json};

use crate::scene::Scene;

#[tokio::test]
async fn a_photo_is_taken_back_given_back_and_covered_further_and_the_ledger_knows() {
    let scene = Scene::set().await;
    let (id, code) = scene.fixed().await;
    let follow = async || scene.citizen.get(&format!("/api/v1/public/reports/{code}")).await.fine().body["photos"].clone();
    let photos = follow().await;
    let (own, after) = (photos[0]["id"].as_str().unwrap(), photos[1]["id"].as_str().unwrap());
    assert_eq!((&photos[0]["withheld"], &photos[0]["whole"], &photos[1]["role"]), (&json!(false), &json!("no-detector"), &json!("after")));
    let public = |photo: &str| format!("/api/v1/public/reports/{code}/photos/{photo}");
    let at = |photo: &str, rest: &str| format!("/api/v1/leads/{id}/photos/{photo}/{rest}");
    let publication = async |photo: &str| scene.operator.get(&at(photo, "publication")).await.fine().body.clone();
    let copy = scene.citizen.get(&public(own)).await;
    assert_eq!(copy.fine().headers["content-type"], "image/jpeg");
    let original = scene.operator.get(&format!("/api/v1/files/{own}")).await;
    assert_eq!(original.headers["content-type"], "image/png", "who handles it has the evidence as it came");

    // Nobody but the desk takes a photo back, and not without a reason.
    let reason = json!({ "reason": "照片中有无关人员" });
    for stranger in [&scene.collector, &scene.handler, &scene.dispatcher] {
        stranger.post(&at(own, "actions/withhold"), reason.clone()).await.refused(403, "forbidden");
    }
    scene.operator.post(&at(own, "actions/withhold"), json!({ "reason": " " })).await.refused(422, "field-required");
    scene.operator.post(&at(own, "actions/publish"), reason.clone()).await.refused(409, "photo-not-withheld");
    assert_eq!(scene.operator.post(&at(own, "actions/withhold"), reason.clone()).await.status, 204);
    scene.operator.post(&at(own, "actions/withhold"), reason.clone()).await.refused(409, "photo-withheld-before");
    for path in [public(own), format!("{}/thumbnail", public(own))] {
        scene.citizen.get(&path).await.refused(404, "report-not-found");
    }
    scene.citizen.get(&public(after)).await.fine();
    let shown = follow().await;
    assert_eq!((&shown[0]["withheld"], &shown[0].get("whole")), (&json!(true), &None), "the page says that one was taken back");
    assert_eq!(publication(own).await["withheld"], true);
    let seen = scene.lead(&id).await["photos"].as_array().unwrap().iter().filter(|photo| photo["withheld"] == true).count();
    assert_eq!(seen, 1);
    scene.operator.get(&at(own, "public-copy")).await.fine();

    // Covered while it is withheld, and then shown again with that.
    let before = publication(own).await["version"].as_i64().unwrap();
    let areas = json!([{ "left": 0, "top": 0, "width": 5000, "height": 5000 }]);
    assert_eq!(scene.operator.post(&at(own, "actions/cover"), json!({ "areas": areas })).await.status, 204);
    scene.operator.post(&at(own, "actions/cover"), json!({ "areas": [] })).await.refused(422, "too-many-areas");
    assert_eq!(scene.shift_leader.post(&at(own, "actions/publish"), reason.clone()).await.status, 204);
    scene.citizen.get(&public(own)).await.fine();
    let known = publication(own).await;
    assert_eq!((known["version"].as_i64().unwrap(), &known["areas"][0]["origin"]), (before + 1, &json!("hand")));

    // A photo of another lead is none of this one's.
    let (other, _) = scene.reported().await;
    let foreign = scene.lead(&other).await["photos"][0]["id"].as_str().unwrap().to_owned();
    scene.operator.post(&at(&foreign, "actions/withhold"), reason).await.refused(404, "photo-not-found");
    scene.operator.get(&at(&foreign, "public-copy")).await.refused(404, "photo-not-found");
    let history = scene.operator.get(&format!("/api/v1/leads/{id}/history")).await.items();
    let lines: Vec<(&str, &str)> = history
        .iter()
        .filter(|line| line["action"].as_str().unwrap().ends_with("-photo"))
        .map(|line| (line["label"].as_str().unwrap(), line["summary"].as_str().unwrap()))
        .collect();
    assert_eq!(lines.iter().map(|line| line.0).collect::<Vec<_>>(), ["撤回照片公开", "遮挡公开照片", "恢复照片公开"]);
    assert!(lines[0].1.contains("照片中有无关人员") && lines[1].1.contains("1 处"), "{lines:?}");
    let told: Vec<Value> = follow().await.as_array().unwrap().clone();
    assert!(told.iter().all(|photo| photo["withheld"] == false));
}
