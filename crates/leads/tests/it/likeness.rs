//! Likely duplicates on a real database: each path finds, with reasons, within the caller's scope, and never more than ten.

use chrono::Duration;
use serde_json::{Value, json};
use testkit::house::in_the_east;

use crate::scene::Scene;

const WORDS: &str = "文化宫东侧喷泉池水发绿，蚊虫很多，池边栏杆断了两根";

/// A place so many metres north of one in the western township.
fn north(metres: f64) -> Value {
    json!({ "x": 121.005, "y": 30.705 + metres / 111_320.0 })
}

/// Reports as a citizen, a minute after the one before; answers the id.
async fn report(scene: &Scene, body: Value) -> String {
    scene.house.clock.advance(Duration::minutes(1));
    let receipt = scene.citizen.post("/api/v1/public/reports", body).await;
    receipt.fine();
    let found = scene.operator.get(&format!("/api/v1/leads?q={}", receipt.text_of("number"))).await;
    found.items()[0]["id"].as_str().unwrap().to_owned()
}

async fn proposed(scene: &Scene, id: &str) -> Vec<Value> {
    let answer = scene.operator.get(&format!("/api/v1/leads/{id}/suggestions")).await;
    answer.fine().body["duplicates"].as_array().unwrap().clone()
}

fn ids(proposed: &[Value]) -> Vec<&str> {
    proposed.iter().map(|found| found["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_same_thing_told_again_nearby_is_proposed_with_its_reasons() {
    let scene = Scene::set().await;
    let first =
        report(&scene, json!({ "description": "建国路公交站台的路灯坏了，已经两天不亮", "position": north(35.0), "class_code": "01037" }))
            .await;
    let other = report(&scene, json!({ "description": "烧烤店桌椅摆到人行道", "position": north(20.0), "class_code": "09005" })).await;
    scene.house.clock.advance(Duration::hours(2));
    let new =
        report(&scene, json!({ "description": "建国路公交站旁边路灯不亮，晚上很黑", "position": north(0.0), "class_code": "01037" })).await;
    let found = proposed(&scene, &new).await;
    assert_eq!(ids(&found), [first.as_str()], "not {other}: {found:?}");
    let reasons: Vec<&str> = found[0]["reasons"].as_array().unwrap().iter().map(|reason| reason.as_str().unwrap()).collect();
    assert_eq!(reasons[..3], ["相距 35 米", "同类", "2 小时前"]);
    assert!(reasons[3].starts_with("描述共有“建国路公交站”"), "{reasons:?}");
    assert_eq!(found[0]["reason"], reasons.join("，"));
    assert!(found[0]["score"].as_f64().unwrap() >= 0.5 && found[0]["distance_m"].as_f64().unwrap() < 36.0);
    // From the other side as well, and no longer once it was merged.
    assert_eq!(ids(&proposed(&scene, &first).await), [new.as_str()]);
    scene.operator.act(&first, "merge", json!({ "into": new })).await.fine();
    assert!(proposed(&scene, &new).await.is_empty());
}

#[tokio::test]
async fn what_has_no_place_is_found_by_the_same_and_by_rare_words() {
    let scene = Scene::set().await;
    let first = report(&scene, json!({ "description": WORDS })).await;
    let same = report(&scene, json!({ "description": WORDS })).await;
    let again = report(&scene, json!({ "description": "文化宫东侧的喷泉池水发绿发臭，蚊虫很多，栏杆断了两根没人修" })).await;
    report(&scene, json!({ "description": "文化宫西侧停车场收费不合理，没有公示牌" })).await;
    let found = proposed(&scene, &first).await;
    assert_eq!(ids(&found), [same.as_str(), again.as_str()], "{found:?}");
    assert!(found[0]["sure"] == true && found[0]["reason"].as_str().unwrap().contains("文字完全相同"));
    assert!(found[1]["reason"].as_str().unwrap().contains("喷泉池水发绿"), "{found:?}");
}

#[tokio::test]
async fn the_same_picture_and_a_named_number_are_evidence() {
    let scene = Scene::set().await;
    let photo = scene.house.photo().await;
    let first = report(&scene, json!({ "description": "这里脏得很，请来看看", "position": north(0.0), "photos": [photo] })).await;
    let new = report(&scene, json!({ "description": "墙边一堆东西挡路", "position": north(60.0), "photos": [photo] })).await;
    let found = proposed(&scene, &new).await;
    assert_eq!(ids(&found), [first.as_str()]);
    assert!(found[0]["reason"].as_str().unwrap().contains("照片相同"), "{found:?}");
    let number = scene.lead(&first).await["number"].as_str().unwrap().to_owned();
    let asked = report(&scene, json!({ "description": format!("上次的{number}还没有人来处理") })).await;
    let found = proposed(&scene, &asked).await;
    assert!(ids(&found).contains(&first.as_str()) && found[0]["reason"].as_str().unwrap().contains("提到对方编号"), "{found:?}");
}

#[tokio::test]
async fn the_same_words_elsewhere_or_out_of_scope_are_not_proposed() {
    let scene = Scene::set().await;
    let words = "小区门口路灯不亮，希望尽快处理";
    let west = report(&scene, json!({ "description": words, "position": north(0.0) })).await;
    report(&scene, json!({ "description": words, "position": north(700.0) })).await;
    let east = report(&scene, json!({ "description": words, "position": in_the_east() })).await;
    assert!(proposed(&scene, &west).await.is_empty());
    // Close by and the same, but the eastern operator sees only what is his.
    report(&scene, json!({ "description": WORDS })).await;
    let theirs = report(&scene, json!({ "description": WORDS, "position": in_the_east() })).await;
    let operator = scene.house.signed_in("operator_east").await;
    let seen = operator.get(&format!("/api/v1/leads/{theirs}/suggestions")).await;
    assert_eq!(seen.fine().body["duplicates"], json!([]), "{}", seen.text);
    operator.get(&format!("/api/v1/leads/{west}/suggestions")).await.refused(404, "lead-not-found");
    assert_eq!(proposed(&scene, &theirs).await.len(), 1, "the county's operator sees both");
    assert!(!ids(&proposed(&scene, &theirs).await).contains(&east.as_str()));
}

#[tokio::test]
async fn never_more_than_ten_are_proposed_the_likeliest_first() {
    let scene = Scene::set().await;
    for n in 0..16 {
        report(&scene, json!({ "description": WORDS, "position": north(f64::from(n) * 4.0) })).await;
    }
    let new = report(&scene, json!({ "description": WORDS, "position": north(0.0) })).await;
    let found = proposed(&scene, &new).await;
    assert_eq!(found.len(), 10);
    let scores: Vec<f64> = found.iter().map(|one| one["score"].as_f64().unwrap()).collect();
    assert!(scores.is_sorted_by(|one, other| one >= other), "{scores:?}");
}
