//! Marks on citizens' reports: a picture of another place, a screen shot, many at once. Nothing is refused for them.

use image::{ImageFormat, RgbImage};
use serde_json::{Value, json};

use crate::scene::Scene;

async fn picture(scene: &Scene, width: u32, height: u32, seed: u32) -> String {
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let wave = ((x + seed * 37) * 7 / (3 + seed) + y * (seed + 2)) % 256;
        image::Rgb([wave as u8, (x * 255 / width) as u8, (y * 255 / height) as u8])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    scene.house.files.put(bytes.into_inner().into(), None).await.unwrap().id.to_string()
}

async fn report(scene: &Scene, x: f64, photo: &str) -> String {
    let body = json!({ "description": "有垃圾", "position": { "x": x, "y": 30.705 }, "class_code": "06010", "photos": [photo] });
    let receipt = scene.citizen.post("/api/v1/public/reports", body).await.fine().body.clone();
    let found = scene.operator.get(&format!("/api/v1/leads?q={}", receipt["number"].as_str().unwrap())).await;
    found.items()[0]["id"].as_str().unwrap().to_owned()
}

async fn marks(scene: &Scene, id: &str) -> Vec<Value> {
    let path = format!("/api/v1/leads/{id}/suggestions");
    scene.operator.get(&path).await.fine().body["cautions"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_report_is_taken_and_what_is_odd_about_it_is_told_to_the_operator() {
    let scene = Scene::without_rules().await;
    let plain = picture(&scene, 300, 400, 1).await;
    let first = report(&scene, 121.005, &plain).await;
    assert_eq!(marks(&scene, &first).await, Vec::<Value>::new());
    // The same picture a kilometre away.
    let second = report(&scene, 121.016, &plain).await;
    let told = marks(&scene, &second).await;
    assert_eq!((told.len(), &told[0]["kind"], &told[0]["lead"]["id"]), (1, &json!("repeated-photo"), &json!(first)));
    assert!(told[0]["reason"].as_str().unwrap().contains("公里外"), "{told:?}");
    // The same picture at the same place is the duplicate finder's.
    let third = report(&scene, 121.0051, &plain).await;
    let told = marks(&scene, &third).await;
    assert!(told.iter().all(|mark| mark["lead"]["id"] != json!(first)), "{told:?}");

    let screen = report(&scene, 121.008, &picture(&scene, 1080, 1920, 5).await).await;
    let told = marks(&scene, &screen).await;
    assert!(told.iter().any(|mark| mark["kind"] == "screenshot"), "{told:?}");

    let mut last = String::new();
    for seed in 11..16 {
        last = report(&scene, 121.018, &picture(&scene, 300 + seed, 400, seed).await).await;
    }
    let told = marks(&scene, &last).await;
    assert!(told.iter().any(|mark| mark["kind"] == "crowded"), "{told:?}");
    // What the city's own people report is not looked at so.
    let own = json!({ "source": "patrol", "description": "x", "position": { "x": 121.018, "y": 30.705 }, "photos": [plain] });
    let own = scene.collector.post("/api/v1/leads", own).await.fine().body["id"].clone();
    assert_eq!(marks(&scene, own.as_str().unwrap()).await, Vec::<Value>::new());
}
