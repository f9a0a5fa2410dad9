//! From evidence that does not fit to a person's verdict, and what follows.

use chrono::Duration;
use image::{ImageFormat, imageops::FilterType};
use kernel::clock::Clock;
use serde_json::json;

use crate::scene::{Scene, street};

#[tokio::test]
async fn a_photo_of_another_lead_is_found_however_it_was_encoded_and_an_honest_one_is_not() {
    let scene = Scene::set().await;
    let (first, second, third) = (scene.fixing(1).await, scene.fixing(2).await, scene.fixing(3).await);
    let original = street(50);
    let honest = scene.keep(&original, ImageFormat::Png).await;
    scene.fix(&first, &honest).await;
    let small = image::imageops::resize(&original, 160, 120, FilterType::Triangle);
    let copied = scene.keep(&small, ImageFormat::Jpeg).await;
    assert_ne!(honest, copied);
    scene.fix(&second, &copied).await;
    let own_before = scene.keep(&street(3), ImageFormat::Jpeg).await;
    scene.fix(&third, &own_before).await;
    scene.catch_up().await;

    assert_eq!(scene.suspicions(&first).await, [] as [serde_json::Value; 0], "who was first did not copy");
    let found = scene.suspicions(&second).await;
    assert_eq!(found.len(), 1, "{found:?}");
    let suspicion = &found[0];
    assert_eq!((&suspicion["kind"], &suspicion["rule"]), (&json!("photo-reuse"), &json!("photo-reuse/1")));
    assert_eq!((&suspicion["photo"], &suspicion["other_photo"]), (&json!(copied), &json!(honest)));
    assert_eq!(suspicion["other_lead"]["id"], json!(first));
    assert_eq!(suspicion["unit_name"], "西街道中队");
    assert!(suspicion["numbers"][0]["value"].as_str().unwrap().ends_with("位（共 64 位）"));
    let third = scene.suspicions(&third).await;
    assert_eq!((third.len(), &third[0]["kind"]), (1, &json!("photo-reuse")), "the situation before, handed in as the one after: {third:?}");
    assert!(third[0]["reason"].as_str().unwrap().contains("本件上报"), "{}", third[0]["reason"]);

    let before = scene.house.count("select count(*) from suspicion").await;
    scene.catch_up().await;
    assert_eq!(scene.house.count("select count(*) from suspicion").await, before);
}

#[tokio::test]
async fn a_check_from_elsewhere_and_a_way_that_nobody_travels_are_found() {
    let scene = Scene::set().await;
    let at = |metres: f64, minutes: i64| {
        let when = scene.house.clock.now() + Duration::minutes(minutes);
        json!({ "x": 121.005 + metres / 95_720.0, "y": 30.705, "accuracy": 15.0, "at": when })
    };
    let (near, far) = (scene.fixing(1).await, scene.fixing(2).await);
    let photo = scene.keep(&street(60), ImageFormat::Png).await;
    scene.fix(&near, &photo).await;
    let photo = scene.keep(&street(61), ImageFormat::Png).await;
    scene.fix(&far, &photo).await;
    scene.check(&near, Some(at(40.0, 1))).await;
    scene.check(&far, Some(at(9_000.0, 1))).await;
    scene.catch_up().await;
    assert_eq!(scene.suspicions(&near).await.len(), 0, "who stood there is not suspected, whatever he did later");
    let kinds: Vec<String> = scene.suspicions(&far).await.iter().map(|it| format!("{} {}", it["kind"], it["strength"])).collect();
    assert_eq!(kinds.len(), 2, "{kinds:?}");
    assert!(kinds.contains(&r#""far-answer" "strong""#.to_owned()) && kinds.iter().any(|kind| kind.contains("speed")), "{kinds:?}");
    let history = scene.house.signed_in("operator01").await.get(&format!("/api/v1/leads/{far}/history")).await;
    assert_eq!(history.fine().items().len(), 8, "a suspicion writes nothing into the history of a lead");
}

#[tokio::test]
async fn where_the_district_says_so_closing_waits_for_the_verdict_and_an_upheld_one_sends_it_back() {
    let scene = Scene::set().await;
    scene.hold_closing(true).await;
    let lead = scene.fixing(1).await;
    let copied = scene.keep(&street(1), ImageFormat::Png).await;
    scene.fix(&lead, &copied).await;
    scene.check(&lead, None).await;
    // Nothing was relayed yet: closing looks for itself.
    let refused = scene.close(&lead).await;
    refused.refused(409, "action-refused");
    assert!(refused.body["detail"].as_str().unwrap().contains("疑点"), "{}", refused.text);
    scene.catch_up().await;
    let shown = scene.house.signed_in("shift_leader01").await.get(&format!("/api/v1/leads/{lead}")).await;
    let offers = shown.fine().body["offers"].to_string();
    assert!(offers.contains("疑点"), "the page shows the same refusal: {offers}");

    let found = scene.suspicions(&lead).await;
    assert_eq!((found.len(), &found[0]["strength"]), (1, &json!("strong")));
    let nobody = scene.signed_in("operator01").await;
    assert_eq!(nobody.get("/api/v1/suspicions").await.status, 403);
    let upheld = scene.judge(&found[0], "upheld").await;
    assert_eq!((&upheld.fine().body["state"], &upheld.body["outcome"]), (&json!("upheld"), &json!("rework")));
    scene.judge(&found[0], "upheld").await.refused(412, "version-conflict");
    scene.judge(&upheld.body, "dismissed").await.refused(409, "suspicion-judged");
    let shown = scene.house.signed_in("operator01").await.get(&format!("/api/v1/leads/{lead}")).await;
    assert_eq!(shown.fine().body["state"], "fixing");

    let honest = scene.keep(&street(70), ImageFormat::Png).await;
    scene.fix(&lead, &honest).await;
    scene.check(&lead, None).await;
    scene.close(&lead).await.fine();
}

#[tokio::test]
async fn a_dismissed_one_lets_it_close_a_withdrawn_one_holds_again_and_about_a_closed_lead_it_is_counted() {
    let scene = Scene::set().await;
    scene.hold_closing(true).await;
    let lead = scene.fixing(1).await;
    let copied = scene.keep(&street(1), ImageFormat::Png).await;
    scene.fix(&lead, &copied).await;
    scene.check(&lead, None).await;
    scene.catch_up().await;
    let found = scene.suspicions(&lead).await;
    let dismissed = scene.judge(&found[0], "dismissed").await;
    assert_eq!(dismissed.fine().body["state"], "dismissed");
    let path = format!("/api/v1/suspicions/{}/actions/reopen", dismissed.text_of("id"));
    let evaluator = scene.signed_in("evaluator01").await;
    evaluator.post(&path, json!({ "note": " " })).await.refused(422, "note-invalid");
    let open = evaluator.post(&path, json!({ "note": "看错了" })).await;
    assert_eq!(open.fine().body["state"], "open");
    evaluator.post(&path, json!({ "note": "看错了" })).await.refused(409, "suspicion-not-judged");
    scene.close(&lead).await.refused(409, "action-refused");
    let dismissed = scene.judge(&open.body, "dismissed").await;
    scene.close(&lead).await.fine();
    let open = evaluator.post(&path, json!({ "note": "又有新情况" })).await;
    assert_eq!(dismissed.fine().body["state"], "dismissed");
    let upheld = scene.judge(&open.fine().body, "upheld").await;
    assert_eq!(upheld.fine().body["outcome"], "counted");
    let shown = scene.house.signed_in("operator01").await.get(&format!("/api/v1/leads/{lead}")).await;
    assert_eq!(shown.fine().body["state"], "closed", "what was closed stays closed");
    let told = evaluator.get(&format!("/api/v1/suspicions/{}", upheld.text_of("id"))).await;
    let said: Vec<&str> = told.fine().body["verdicts"].as_array().unwrap().iter().map(|it| it["state"].as_str().unwrap()).collect();
    assert_eq!(said, ["dismissed", "open", "dismissed", "open", "upheld"]);
    assert_eq!(told.body["leads"].as_array().unwrap().len(), 1);
}
