//! Equipment: issued and returned between two, and what it recorded finds its officer and its case.

use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::house::{Client, monday_morning};

use crate::scene::{Scene, sound};

#[tokio::test]
async fn what_a_body_camera_recorded_finds_its_officer_and_its_case() {
    let scene = Scene::new().await;
    let new =
        json!({ "jurisdiction": "330482901", "kind": "body_camera", "name": "模拟记录仪", "serial": "SIM-0001", "maintain_days": 30 });
    let device = scene.officer.post("/api/v1/centre/devices", new.clone()).await.fine().text_of("id");
    scene.officer.post("/api/v1/centre/devices", new).await.refused(409, "device-known");
    let on = async |by: &Client, action: &str, seen: i64, extra: Value| {
        let mut body = json!({ "seen": seen });
        body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        by.post(&format!("/api/v1/centre/devices/{device}/actions/{action}"), body).await
    };
    on(&scene.officer, "issue", 0, json!({ "person": scene.ids[0] })).await.refused(403, "device-hands");
    on(&scene.second, "issue", 0, json!({ "person": scene.ids[0] })).await.fine();
    on(&scene.second, "issue", 0, json!({ "person": scene.ids[0] })).await.refused(412, "version-conflict");

    // He holds a session with it.
    let case = scene.case().await;
    let id = scene.book(&scene.officer, &scene.booking(&case, 0, &scene.ids[..2])).await.fine().text_of("id");
    scene.on(&scene.officer, &id, "arrive", scene.visitor()).await.fine();
    scene.on(&scene.officer, &id, "start", json!({ "rights_told": true })).await.fine();
    scene.after(30);
    scene.on(&scene.officer, &id, "end", json!({})).await.fine();
    scene.on(&scene.officer, &id, "unrecorded", json!({ "note": "设备断电，记录仪全程录音" })).await.fine();
    assert_eq!(scene.session(&id).await["session"]["gap"], "green");
    scene.after(120);
    on(&scene.officer, "return", 1, json!({})).await.refused(403, "device-hands");
    on(&scene.second, "return", 1, json!({})).await.fine();
    on(&scene.second, "fault", 2, json!({})).await.refused(422, "field-required");

    let at = |minutes: i64| monday_morning() + TimeDelta::minutes(minutes);
    let file = |serial: &str, name: &str, digit: &str, from: i64, until: i64| json!({ "serial": serial, "name": name, "digest": digit.repeat(64), "starts_at": at(from), "ends_at": at(until) });
    let files = json!({ "files": [file("SIM-0001", "a.mp4", "a", 5, 25), file("SIM-0001", "b.mp4", "b", 60, 70), file("SIM-0001", "a.mp4", "a", 5, 25),
        file("SIM-9999", "c.mp4", "c", 5, 25), file("SIM-0001", "d.mp4", "d", -60, -50)] });
    scene.stranger.post("/api/v1/centre/dock", files.clone()).await.fine();
    assert_eq!(scene.house.count("select count(*) from centre_recording").await, 0, "another ground's devices are not known");
    let results: Vec<String> = scene
        .second
        .post("/api/v1/centre/dock", files)
        .await
        .fine()
        .items()
        .iter()
        .map(|it| it["result"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(results, ["assigned", "unassigned", "known", "unknown", "nobody"]);

    // The officer who had it says where the other belongs; what belongs nowhere says why and has its time.
    let waiting = scene.officer.get("/api/v1/centre/recordings?unassigned=true").await.fine().items();
    assert_eq!(waiting.len(), 2);
    let other = waiting.iter().find(|it| it["name"] == "b.mp4").unwrap();
    assert_eq!((other["officer"]["id"].as_str(), other["keep_until"].as_str()), (Some(scene.ids[0].as_str()), Some("2027-05-04")));
    let settle = |id: &str| format!("/api/v1/centre/recordings/{id}/actions/settle");
    let other = other["id"].as_str().unwrap();
    scene.second.post(&settle(other), json!({ "aside": "巡查" })).await.refused(403, "recording-not-yours");
    scene.officer.post(&settle(other), json!({})).await.refused(422, "field-invalid");
    let item = scene.recording(&case, &sound(9)).await;
    let claimed = scene.officer.post(&settle(other), json!({ "case": case, "item": item })).await.fine().body.clone();
    assert_eq!((claimed["item"].as_str(), claimed["keep_until"].is_null()), (Some(item.as_str()), true));
    // What is marked in it is evidence: who may not see that sees the recording alone.
    let centre = scene.house.signed_in("shift_leader01").await;
    for (by, marks) in [(&scene.officer, 1), (&centre, 0)] {
        let items = by.get("/api/v1/centre/recordings?q=b.mp4").await.fine().items();
        assert_eq!(items[0]["marks"].as_array().unwrap().len(), marks, "{items:?}");
    }
    // From now on it is the case's: others do not move it, and one file does not take the place of another.
    scene.third.post(&settle(other), json!({ "aside": "巡查" })).await.refused(403, "case-not-handled");
    let instead = scene.recording(&case, &sound(8)).await;
    scene.officer.post(&settle(other), json!({ "item": instead })).await.refused(409, "recording-used");
    let aside = waiting.iter().find(|it| it["name"] == "d.mp4").unwrap()["id"].as_str().unwrap();
    scene.officer.post(&settle(aside), json!({ "aside": "设备调试" })).await.fine();
    assert!(scene.officer.get("/api/v1/centre/recordings?unassigned=true").await.fine().items().is_empty());

    // Looked after in time, or the board says so.
    scene.after(32 * 24 * 60);
    let board = scene.head.get("/api/v1/centre/board").await.fine().body.clone();
    assert_eq!(board["devices"][0]["light"], "red");
    on(&scene.second, "maintain", 2, json!({})).await.fine();
    let of_case = scene.officer.get(&format!("/api/v1/cases/{case}/centre")).await.fine().body.clone();
    assert_eq!((of_case["sessions"].as_array().unwrap().len(), of_case["recordings"].as_array().unwrap().len()), (1, 2));
    scene.stranger.get(&format!("/api/v1/cases/{case}/centre")).await.refused(404, "case-not-found");

    // What leaves a case leaves a line there.
    let next = scene.case().await;
    let first = scene.officer.get("/api/v1/centre/recordings?q=a.mp4").await.fine().items()[0]["id"].as_str().unwrap().to_owned();
    scene.officer.post(&settle(&first), json!({ "case": next })).await.fine();
    let (left, came) = (scene.ledger(&case).await, scene.ledger(&next).await);
    assert!(left.iter().any(|it| it == "centre-recording-left") && came.iter().any(|it| it == "centre-recorded"), "{left:?} {came:?}");
}
