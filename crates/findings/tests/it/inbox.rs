//! From points to findings, and from findings to leads.

use serde_json::{Value, json};

use crate::{
    drive::{Drive, EIGHT},
    scene::{Scene, TRUCK, points},
};

fn rules(items: &[Value]) -> Vec<&str> {
    let mut rules: Vec<&str> = items.iter().map(|it| it["rule"].as_str().unwrap()).collect();
    rules.sort_unstable();
    rules
}

/// Loaded, not washed, its lid open, off the road, tipped at the river.
fn dishonest() -> Drive {
    let mut drive = Drive::from(EIGHT);
    drive.to(0.0, 0.0, 20.0).load();
    drive.lid = jt808::Lid::Open;
    drive.to(2_500.0, 0.0, 40.0).to(2_500.0, 600.0, 25.0).stand(120).tip();
    drive
}

#[tokio::test]
async fn late_points_change_what_was_found_and_nothing_is_found_twice() {
    let scene = Scene::set().await;
    let all = points(&dishonest(), TRUCK);
    let (first, rest) = all.split_at(all.len() / 2);
    // The beginning comes late, and out of order.
    scene.come(rest.to_vec()).await;
    let before = scene.operator.get("/api/v1/findings").await.fine().items();
    assert!(!rules(&before).contains(&"unwashed"), "nobody saw it leave");
    for point in first.iter().rev() {
        scene.tracks.store(vec![point.clone()]).await.expect("stored");
    }
    scene.come(first.to_vec()).await;
    let found = scene.operator.get("/api/v1/findings").await.fine().items();
    let want = ["black_spot", "lid_open", "off_corridor", "unwashed", "wrong_destination"];
    assert_eq!(rules(&found), want);
    // What was found with half of the points is the same finding, longer.
    let id_of = |items: &[Value], rule: &str| items.iter().find(|it| it["rule"] == rule).map(|it| it["id"].clone());
    assert_eq!(id_of(&before, "lid_open"), id_of(&found, "lid_open"));
    assert_eq!(id_of(&before, "wrong_destination"), id_of(&found, "wrong_destination"));
    // Judged again from nothing it is the same.
    let replay = scene.administrator.post("/api/v1/finding-replays", json!({ "vehicle": TRUCK, "day": "2026-11-02" })).await;
    assert_eq!(replay.fine().body, json!({ "rules_version": 1, "points": all.len(), "same": 5, "changed": 0, "new": [], "gone": [] }));
    scene.come(all.clone()).await;
    assert_eq!(scene.house.count("select count(*) from finding").await, 5, "sent again it is found no second time");
    assert_eq!(scene.house.count("select count(*) from finding_due").await, 0);
}

#[tokio::test]
async fn what_later_points_contradict_is_withdrawn_or_marked() {
    let scene = Scene::set().await;
    let mut drive = Drive::from(EIGHT);
    drive.to(0.0, 0.0, 20.0).load().to(120.0, 0.0, 10.0).stand(120).to(1_000.0, 0.0, 40.0);
    let dark_from = drive.fixes.len();
    drive.stand(1_800).to(4_950.0, 0.0, 40.0).tip();
    let all = points(&drive, TRUCK);
    // Two others are heard where it falls silent.
    let silent = &all[dark_from];
    let others = [8, 9].map(|vehicle| tracks::Point { vehicle, at: silent.at + 120, ..silent.clone() });
    scene.come(others.to_vec()).await;
    let gap = dark_from..all.len() - 20;
    let told: Vec<_> = all.iter().enumerate().filter(|(at, _)| !gap.contains(at)).map(|(_, point)| point.clone()).collect();
    scene.come(told.clone()).await;
    let found = scene.operator.get("/api/v1/findings?state=waiting").await.fine().items();
    assert_eq!(rules(&found), ["dark"]);
    assert_eq!(found[0]["numbers"][2]["value"], 2.0, "{}", found[0]);
    // The terminal sends what it kept: there was no silence.
    scene.come(all[gap.clone()].to_vec()).await;
    assert_eq!(rules(&scene.operator.get("/api/v1/findings?state=waiting").await.fine().items()), Vec::<&str>::new());
    let withdrawn = scene.operator.get("/api/v1/findings?state=withdrawn").await.fine().items();
    assert_eq!(rules(&withdrawn), ["dark"]);
    let id = withdrawn[0]["id"].as_str().unwrap();
    let answer =
        scene.operator.post(&format!("/api/v1/findings/{id}/actions/uphold"), json!({ "reason": "属实", "class_code": "08011" })).await;
    answer.refused(409, "finding-judged");

    // A day later the same, and somebody judged it before the rest came.
    let tomorrow = |points: &[tracks::Point]| -> Vec<_> {
        points.iter().map(|it| tracks::Point { at: it.at + 86_400, taken: it.taken + 86_400_000, ..it.clone() }).collect()
    };
    scene.house.clock.advance(chrono::Duration::days(1));
    scene.come(tomorrow(&others)).await;
    scene.come(tomorrow(&told)).await;
    let found = scene.operator.get("/api/v1/findings?state=waiting&rule=dark").await.fine().items();
    let id = found[0]["id"].as_str().unwrap().to_owned();
    scene
        .operator
        .post(&format!("/api/v1/findings/{id}/actions/uphold"), json!({ "reason": "与调度记录核对属实" }))
        .await
        .refused(422, "field-required");
    let body = json!({ "reason": "与调度记录核对属实", "class_code": "08011" });
    scene.operator.post(&format!("/api/v1/findings/{id}/actions/uphold"), body).await.fine();
    scene.come(tomorrow(&all[gap])).await;
    let after = scene.operator.get(&format!("/api/v1/findings/{id}")).await;
    assert_eq!((&after.fine().body["outdated"], &after.body["numbers"]), (&json!(true), &found[0]["numbers"]));
}

#[tokio::test]
async fn an_upheld_finding_is_one_lead_with_its_evidence() {
    let scene = Scene::set().await;
    scene.come(points(&dishonest(), TRUCK)).await;
    let found = scene.operator.get("/api/v1/findings?rule=wrong_destination").await.fine().items();
    let id = found[0]["id"].as_str().unwrap();
    let path = format!("/api/v1/findings/{id}");
    let shown = scene.operator.get(&path).await;
    assert!(shown.fine().body["track"].as_array().unwrap().len() > 20);
    assert!(shown.body["places"].as_array().unwrap().iter().any(|place| place["name"] == "河滩"));
    assert_eq!(shown.body["provisional"], true, "slag-a is an inferred table");
    let picture = scene.operator.get(&format!("{path}/picture")).await;
    assert!(picture.fine().text.starts_with("<svg") && picture.text.contains("河滩") && picture.text.contains("模拟数据"));
    assert!(!picture.text.contains("<script"));
    let file = scene.operator.get("/api/v1/findings/export?q=f0000").await;
    assert_eq!(file.fine().text.lines().count(), 6, "{}", file.text);
    assert_eq!(scene.operator.get("/api/v1/findings/export?q=x").await.fine().text.lines().count(), 1);

    scene.stranger.get("/api/v1/findings").await.refused(403, "forbidden");
    let uphold = format!("{path}/actions/uphold");
    scene.operator.post(&uphold, json!({ "reason": " " })).await.refused(422, "field-required");
    scene.operator.post(&uphold, json!({ "reason": "属实", "class_code": "99999" })).await.refused(422, "class-unknown");
    let upheld = scene.operator.post(&uphold, json!({ "reason": "与监控核对，确在河滩倾倒" })).await;
    assert_eq!(upheld.fine().body["state"], "filed");
    scene.operator.post(&uphold, json!({ "reason": "再来一次" })).await.refused(409, "finding-judged");
    scene.room.file_upheld().await.map_err(|error| error.problem().clone()).expect("nothing to file");
    assert_eq!(scene.house.count("select count(*) from docket").await, 1);
    let lead = scene.operator.get(&format!("/api/v1/leads/{}", upheld.text_of("lead_id"))).await;
    assert!(lead.fine().text.contains("浙F00001") && lead.text.contains("未在核准场所倾倒"), "{}", lead.text);
    let photo = lead.body["photos"][0].as_str().or(lead.body["photos"][0]["file"].as_str()).or(lead.body["photos"][0]["id"].as_str());
    let photo = scene.operator.get(&format!("/api/v1/files/{}", photo.unwrap_or_else(|| panic!("no photo: {}", lead.text)))).await;
    assert_eq!(photo.fine().headers["content-type"], "image/png");

    let other = scene.operator.get("/api/v1/findings?rule=lid_open").await.fine().items();
    let dismiss = format!("/api/v1/findings/{}/actions/dismiss", other[0]["id"].as_str().unwrap());
    assert_eq!(scene.operator.post(&dismiss, json!({ "reason": "厢盖传感器故障" })).await.fine().body["state"], "dismissed");
    let standing = scene.administrator.get("/api/v1/finding-rules").await;
    let of = |rule: &str| standing.fine().body["rules"].as_array().unwrap().iter().find(|it| it["rule"] == rule).unwrap().clone();
    assert_eq!((&of("wrong_destination")["precision"], &of("lid_open")["precision"]), (&json!(1.0), &json!(0.0)));
    assert_eq!(of("unwashed")["waiting"], 1);
    // Judged, they stay as they were however often the day is judged.
    scene.come(points(&dishonest(), TRUCK)).await;
    assert_eq!(scene.house.count("select count(*) from finding where state in ('filed', 'dismissed') and not outdated").await, 2);
}
