//! What stands in the western township: a source and a camera with their reports, and the ground itself.

use reqwest::Method;
use serde_json::{Value, json};

use crate::program::{Caller, Server};

/// A source of the county.
pub fn source() -> Value {
    json!({ "name": "界碑来源", "kind": "orders", "active": true,
        "mapping": { "external_id": "/no", "description": "/text", "lon": "/x", "lat": "/y" } })
}

/// One of its messages, from the western township.
pub fn message(number: u32) -> Value {
    json!({ "no": number, "text": "界碑丙旁堆着垃圾", "x": 121.005, "y": 30.705 })
}

/// An answer that is owed to the source, for a lead in the west; its id.
pub async fn owed(administrator: &Caller, server: &Server) -> String {
    let root = administrator.root().await;
    let set = administrator.send(Method::PUT, "/api/v1/sources/landmark", Some(source())).await;
    assert_eq!(set.status, 200, "{}", set.text);
    let sent = administrator.machine(server, "landmark01", &root).await.post("/api/v1/sources/landmark/messages", message(1)).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let lead = administrator.get("/api/v1/leads?source=landmark").await.body["items"][0]["id"].as_str().unwrap().to_owned();
    let operator = administrator.hire(server, "operator_root", "operator", &root).await;
    let rejected = operator.post(&format!("/api/v1/leads/{lead}/actions/reject"), json!({ "reason": "界碑" })).await;
    assert_eq!(rejected.status, 200, "{}", rejected.text);
    administrator.get("/api/v1/answers?state=owed").await.body["items"][0]["id"].as_str().unwrap().to_owned()
}

/// A settled dispute over the western township, about a class that no other test there dispatches.
pub fn precedent(squad: &str) -> Value {
    json!({ "unit_id": squad, "class_prefixes": ["09014"], "region_prefix": "330482901", "reason": "界碑判例", "decided_by": "区协调会",
        "decided_on": "2026-01-05" })
}

/// The lead of that answer: its reply is two signs, and was found to be short.
pub async fn checked(administrator: &Caller) -> String {
    let found = administrator.get("/api/v1/reply-checks?state=warned").await;
    found.body["items"][0]["lead_id"].as_str().unwrap_or_else(|| panic!("{}", found.text)).to_owned()
}

/// A camera in the western township.
pub fn device() -> Value {
    json!({ "name": "界碑探头", "kind": "video", "position": { "x": 121.005, "y": 30.705 }, "active": true })
}

/// Two looks of it that see the same.
pub fn events() -> Value {
    let at = |seconds: i64| (chrono::Utc::now() - chrono::Duration::seconds(seconds)).to_rfc3339();
    json!({ "items": [
        { "device": "landmark-camera", "key": "1", "kind": 22, "at": at(60), "model": "界碑" },
        { "device": "landmark-camera", "key": "2", "kind": 22, "at": at(30), "model": "界碑" },
    ] })
}

/// When notices are issued.
pub fn notice_settings() -> Value {
    json!({ "automatic": true, "prompt_after": 0, "supervise_after": 0, "reply_prompt": 1, "reply_supervise": 1, "reply_account": 1 })
}

/// Rules of a kind.
pub fn rules() -> Value {
    json!({ "rules": { "active": true, "automatic": true, "least_confidence": 0.5, "need": 1, "of": 1, "quiet_minutes": 0, "floor": 0.5 } })
}

/// What the camera saw, waiting for a person; its id.
pub async fn sighted(administrator: &Caller, server: &Server) -> String {
    let root = administrator.root().await;
    let set = administrator.send(Method::PUT, "/api/v1/devices/landmark-camera", Some(device())).await;
    assert_eq!(set.status, 200, "{}", set.text);
    let sent = administrator.machine(server, "landmark02", &root).await.post("/api/v1/machine-events", events()).await;
    assert_eq!((sent.status, sent.body["items"][1]["outcome"].as_str()), (200, Some("found")), "{}", sent.text);
    sent.body["items"][1]["sighting"].as_str().unwrap().to_owned()
}

fn square(west: f64, width: f64) -> Value {
    let (south, north, east) = (30.7, 30.71, west + width);
    json!({ "type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]] })
}

/// A county of two townships, each with one community and one grid.
pub fn regions() -> Value {
    let feature = |code: &str, geometry: Value| json!({ "type": "Feature", "properties": { "code": code, "name": format!("模拟{code}") }, "geometry": geometry });
    let mut features = vec![feature("330482", square(121.0, 0.04))];
    for (township, west) in [("330482901", 121.0), ("330482902", 121.02)] {
        features.push(feature(township, square(west, 0.02)));
        features.push(feature(&format!("{township}001"), square(west, 0.02)));
        features.push(feature(&format!("{township}001001"), square(west, 0.02)));
    }
    json!({ "type": "FeatureCollection", "features": features })
}

/// Rules of a reward programme.
pub fn reward_rules() -> Value {
    json!({
        "area": "330482", "from_day": "2099-01-01", "to_day": "2099-12-31", "classes": [{ "class_prefix": "", "fen": 500 }],
        "total_fen": 10_000, "daily_fen": 1_000, "person_day": 2, "person_month": 5, "place_metres": 50, "place_days": 7,
        "settle_after_days": 3, "claim_days": 30, "shortage": "draw"
    })
}

/// A picture that was sent in; its id.
pub async fn photo(administrator: &Caller) -> String {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(16, 16, image::Rgb([9, 130, 60])).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let kept = administrator.try_send(Method::POST, "/api/v1/files", Some(bytes.into_inner()), "image/png").await.unwrap();
    assert_eq!(kept.status, 201, "{}", kept.text);
    kept.body["id"].as_str().unwrap().to_owned()
}

/// An announcement that gives a township a power.
pub fn announcement() -> Value {
    json!({ "number": "x", "title": "x", "organ": "x", "announced_on": "2026-01-01", "effective_from": "2026-01-01", "act": "grant",
        "matters": ["M001"], "townships": ["330482901"] })
}

/// What a kind of construction waste is called among the ids of the west; other rooms have places and permits of their own.
pub fn waste(kind: &str) -> &'static str {
    match kind {
        "places" => "waste/places",
        "carriers" => "waste/carriers",
        "vehicles" => "waste/vehicles",
        "drivers" => "waste/drivers",
        "papers" => "waste/papers",
        "permits" => "waste/permits",
        _ => "waste",
    }
}
