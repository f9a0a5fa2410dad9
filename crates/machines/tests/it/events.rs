//! Events: durable, once, in their own order, and refused one by one.

use base64::Engine;
use serde_json::json;

use crate::scene::{Scene, outcomes};

#[tokio::test]
async fn an_event_sent_again_is_one_and_counts_once() {
    let scene = Scene::set().await;
    let first = scene.event(-20, json!({ "key": "a" }));
    assert_eq!(outcomes(&scene.send(vec![first.clone(), first.clone()]).await), ["seen", "seen"]);
    let again = scene.send(vec![first.clone()]).await;
    assert_eq!((again[0]["outcome"].as_str(), again[0]["already_present"].as_bool()), (Some("seen"), Some(true)));
    assert_eq!(scene.house.count("select count(*) from machine_event").await, 1);
    assert_eq!(scene.house.count("select count(*) from sighting").await, 0, "one look is not two");
    // Without a key of its own, what it says is its key.
    let keyless = scene.event(-10, json!({}));
    assert_eq!(outcomes(&scene.send(vec![keyless.clone(), keyless]).await), ["found", "found"]);
    assert_eq!(scene.house.count("select count(*) from sighting").await, 1);
}

#[tokio::test]
async fn events_of_one_batch_count_in_their_own_order_and_late_ones_change_nothing() {
    let scene = Scene::set().await;
    // Seen, not, not, seen: two of four, and never two of three, whatever the order in which they come.
    let looks = [(-10, true), (-40, true), (-30, false), (-20, false)];
    let said = scene.send(looks.iter().map(|(at, present)| scene.event(*at, json!({ "present": present }))).collect()).await;
    assert_eq!(outcomes(&said), ["seen", "seen", "absent", "absent"]);
    let late = scene.send(vec![scene.event(-35, json!({}))]).await;
    assert_eq!(outcomes(&late), ["late"]);
    assert_eq!(scene.house.count("select count(*) from sighting").await, 0);
    assert_eq!(scene.house.count("select count(*) from machine_event").await, 5, "kept all the same");
}

#[tokio::test]
async fn what_is_refused_is_named_and_keeps_nothing_back() {
    let scene = Scene::set().await;
    scene.device("cam-off", json!({ "active": false })).await.fine();
    let other = scene.house.person("other01", scene.house.units.bureau, &["machine"], &[]).await;
    scene.device("cam-theirs", json!({ "sender": other })).await.fine();
    let said = scene
        .send(vec![
            scene.event(-10, json!({ "device": "nobody" })),
            scene.event(-10, json!({ "device": "cam-off" })),
            scene.event(-10, json!({ "device": "cam-theirs" })),
            scene.event(-10, json!({ "kind": 65 })),
            scene.event(3_600, json!({})),
            scene.event(-8 * 86_400, json!({})),
            scene.event(-10, json!({ "confidence": 1.5 })),
            scene.event(-10, json!({ "box": [0.5, 0.5, 0.9, 0.1] })),
            scene.event(-10, json!({ "picture": "0".repeat(64) })),
            scene.event(-10, json!({ "image": "not base64" })),
            scene.event(-10, json!({ "image": base64::engine::general_purpose::STANDARD.encode("no picture") })),
            scene.event(-10, json!({ "key": "good" })),
        ])
        .await;
    let refused = ["device-unknown", "device-inactive", "device-not-yours", "kind-unknown"];
    assert_eq!(outcomes(&said)[..4], refused);
    assert_eq!(outcomes(&said)[4..10], ["event-invalid"; 6]);
    assert_eq!(outcomes(&said)[10..], ["file-type-unsupported", "seen"]);
    assert_eq!(scene.house.count("select count(*) from machine_event").await, 1);

    let many: Vec<_> = (0..501).map(|at| scene.event(-at, json!({}))).collect();
    scene.platform.post("/api/v1/machine-events", json!({ "items": many })).await.refused(422, "events-too-many");
    scene.operator.post("/api/v1/machine-events", json!({ "items": [] })).await.refused(403, "forbidden");
}

#[tokio::test]
async fn a_picture_comes_with_the_event_or_before_it() {
    let scene = Scene::set().await;
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(64, 48, image::Rgb([90, 120, 40])).write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    let carried = base64::engine::general_purpose::STANDARD.encode(bytes.into_inner());
    let uploaded = scene.house.photo().await;
    scene
        .send(vec![
            scene.event(-20, json!({ "picture": uploaded })),
            scene.event(-10, json!({ "image": carried, "box": [0.1, 0.2, 0.3, 0.4] })),
        ])
        .await;
    let list = scene.operator.get("/api/v1/sightings?state=waiting").await.items();
    let picture = list[0]["picture"].as_str().unwrap();
    assert_eq!(list[0]["box"].as_array().unwrap().len(), 4);
    // Who may see the sighting may see its picture, and nobody else.
    assert_eq!(scene.operator.get(&format!("/api/v1/files/{picture}/thumbnail")).await.status, 200);
    let east = scene.house.signed_in("operator_east").await;
    assert!(east.get("/api/v1/sightings").await.items().is_empty());
    assert_eq!(east.get(&format!("/api/v1/files/{picture}/thumbnail")).await.status, 404);
    assert_eq!(east.get(&format!("/api/v1/sightings/{}", list[0]["id"].as_str().unwrap())).await.status, 404);
    // An address is kept as words, never opened.
    scene.device("cam-2", json!({})).await.fine();
    let there = json!({ "device": "cam-2", "picture": "https://vision.example/frames/1.jpg" });
    scene.send(vec![scene.event(-20, there.clone()), scene.event(-10, there)]).await;
    let list = scene.operator.get("/api/v1/sightings?device=cam-2").await.items();
    assert_eq!((list[0]["picture_address"].as_str(), list[0]["picture"].as_str()), (Some("https://vision.example/frames/1.jpg"), None));
}

#[tokio::test]
async fn many_senders_at_once_lose_and_double_nothing() {
    let scene = Scene::set().await;
    for number in 2..6 {
        scene.device(&format!("cam-{number}"), json!({})).await.fine();
    }
    let batch = |sender: i64| {
        (0..40).map(move |at| json!({ "device": format!("cam-{}", 1 + (sender + at) % 5), "key": format!("{}", (sender * 20 + at) % 200), "kind": 22 }))
    };
    let at = scene.at(-5).to_rfc3339();
    let sent = (0..10).map(|sender| {
        let events: Vec<_> = batch(sender)
            .map(|mut event| {
                event["at"] = json!(at);
                event
            })
            .collect();
        scene.send(events)
    });
    let said: Vec<_> = futures::future::join_all(sent).await.into_iter().flatten().collect();
    assert!(said.iter().all(|it| it["taken"] == true));
    let fresh = said.iter().filter(|it| it["already_present"] != true).count() as i64;
    assert_eq!(scene.house.count("select count(*) from machine_event").await, fresh);
    assert_eq!(scene.house.count("select count(*) from sighting").await, 5, "one of each camera");
    let events = scene.house.count("select sum(events)::bigint from sighting").await;
    assert!(events <= fresh, "{events} of {fresh}");
}
