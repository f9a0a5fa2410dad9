//! Permits: applied for, reviewed, granted, changed, ended; numbers without a gap; enterprises see their own.

use chrono::TimeDelta;
use kernel::clock::Clock;
use serde_json::{Value, json};
use waste::Register;

use crate::scene::Scene;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_permit_goes_through_three_hands_and_ends_with_its_last_night() {
    let scene = Scene::new().await;
    let applied = scene.apply(&scene.officer).await;
    let id = applied.fine().body["permit"]["id"].as_str().unwrap().to_owned();
    assert_eq!(applied.body["permit"]["state"], "applied");
    // Twenty working days from Monday 2 November 2026: 30 November.
    assert!(applied.body["permit"]["due_at"].as_str().unwrap().starts_with("2026-11-30"), "{}", applied.body["permit"]["due_at"]);
    // Who applied does not review; who reviews does not decide; who has no post in it does nothing.
    scene.act(&scene.officer, &id, "review", json!({ "text": "x" })).await.refused(409, "action-refused");
    scene.act(&scene.operator, &id, "review", json!({ "text": "x" })).await.refused(403, "forbidden");
    scene.act(&scene.second, &id, "grant", json!({})).await.refused(409, "action-refused");
    scene.act(&scene.second, &id, "review", json!({})).await.refused(422, "field-required");
    // Given back once, completed, reviewed.
    scene.act(&scene.second, &id, "return", json!({ "text": "缺少处置方案" })).await.fine();
    scene.act(&scene.officer, &id, "resubmit", json!({ "content": scene.content() })).await.fine();
    let twice = scene.act(&scene.second, &id, "return", json!({ "text": "还缺一份" })).await;
    assert!(twice.refused(409, "action-refused").text.contains("第三十二条"), "{}", twice.text);
    scene.act(&scene.second, &id, "review", json!({ "text": "材料齐全" })).await.fine();
    // A paper that is over stands against it, and says whose it is.
    let paper = json!({ "owner_kind": "vehicle", "owner": scene.vehicles[0], "kind": "vehicle_licence", "valid_until": "2026-10-31" });
    let paper = scene.officer.post("/api/v1/waste/papers", paper).await.fine().text_of("id");
    let refused = scene.act(&scene.head, &id, "grant", json!({})).await;
    assert!(refused.refused(409, "action-refused").text.contains("浙F00001的行驶证已经过期"), "{}", refused.text);
    scene.officer.post(&format!("/api/v1/waste/papers/{paper}/actions/remove"), json!({})).await.fine();
    let granted = scene.act(&scene.head, &id, "grant", json!({})).await;
    assert_eq!(granted.fine().body["permit"]["number"], "模综执建垃准字〔2026〕第1号");
    assert_eq!(granted.body["permit"]["due_at"], Value::Null);

    // A change is in force from when it is granted, and not before: what held at an instant stays known.
    let before = scene.house.clock.now();
    scene.house.clock.advance(TimeDelta::hours(1));
    let mut wider = scene.content();
    wider["half_width_m"] = json!(80);
    wider["vehicles"] = json!([scene.vehicles[1]]);
    scene.act(&scene.officer, &id, "change", json!({ "content": wider })).await.fine();
    scene.act(&scene.second, &id, "review", json!({ "text": "同意变更" })).await.fine();
    let changed = scene.act(&scene.other_head, &id, "grant", json!({})).await;
    assert_eq!(changed.fine().body["permit"]["number"], "模综执建垃准字〔2026〕第1号", "a change keeps the number");
    let (was, is) = (Register::at(&scene.waste, before).await.unwrap(), Register::at(&scene.waste, scene.house.clock.now()).await.unwrap());
    assert_eq!((was.permits[0].half_width_m, was.permits[0].vehicles.len(), was.permits[0].version), (50.0, 2, 2));
    assert_eq!((is.permits[0].half_width_m, is.permits[0].vehicles.len(), is.permits[0].version), (80.0, 1, 3));

    // Its last night goes on into the next morning, and then it is over, once.
    let last_night = "2026-11-30T18:00:00Z".parse().unwrap();
    assert!(Register::at(&scene.waste, last_night).await.unwrap().permits[0].open_at(last_night), "two in the morning of 1 December");
    scene.house.clock.set("2026-12-01T01:00:00Z".parse().unwrap());
    assert_eq!(scene.waste.expire().await.unwrap(), 0);
    scene.house.clock.set("2026-12-02T01:00:00Z".parse().unwrap());
    assert_eq!(scene.waste.expire().await.unwrap(), 1);
    assert_eq!(scene.waste.expire().await.unwrap(), 0);
    let over = scene.head.get(&format!("/api/v1/waste/permits/{id}")).await;
    assert_eq!((&over.fine().body["permit"]["state"], &over.body["ended_for"]), (&json!("expired"), &json!("有效期届满")));
    scene.act(&scene.head, &id, "revoke", json!({ "text": "x" })).await.refused(409, "action-refused");
    let actions: Vec<String> = sqlx::query_scalar("select action from ledger_entry where docket_id = $1::uuid order by seq")
        .bind(&id)
        .fetch_all(&scene.house.test.owner_pool)
        .await
        .unwrap();
    assert_eq!(actions, ["apply", "return", "resubmit", "review", "grant", "change", "review", "grant", "expire"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_have_no_gap_when_many_are_granted_at_once() {
    let scene = Scene::new().await;
    let mut ids = Vec::new();
    for _ in 0..6 {
        let id = scene.apply(&scene.officer).await.fine().body["permit"]["id"].as_str().unwrap().to_owned();
        scene.act(&scene.second, &id, "review", json!({ "text": "材料齐全" })).await.fine();
        ids.push(id);
    }
    // One is refused between them: a number is given to what is granted alone.
    scene.act(&scene.head, &ids[2], "refuse", json!({ "text": "消纳场容量不足" })).await.fine();
    scene.act(&scene.head, &ids[2], "grant", json!({})).await.refused(409, "action-refused");
    let granted = futures::future::join_all(ids.iter().map(|id| scene.act(&scene.head, id, "grant", json!({})))).await;
    let mut serials: Vec<i64> = sqlx::query_scalar("select serial from waste_permit where serial is not null order by serial")
        .fetch_all(&scene.house.test.owner_pool)
        .await
        .unwrap();
    assert_eq!(granted.iter().filter(|it| it.status.is_success()).count(), 5);
    serials.dedup();
    assert_eq!(serials, [1, 2, 3, 4, 5]);
    let refused = scene.head.get(&format!("/api/v1/waste/permits/{}", ids[2])).await;
    assert_eq!(refused.fine().body["ended_for"], "消纳场容量不足");
    scene.head.get(&format!("/api/v1/waste/permits/{}/print", ids[2])).await.refused(409, "waste-permit-ungranted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_enterprise_sees_and_applies_for_what_is_its_own() {
    let scene = Scene::new().await;
    let id = scene.apply(&scene.enterprise).await.fine().body["permit"]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/waste/permits/{id}");
    scene.apply(&scene.rival).await.refused(404, "waste-place-not-found");
    for (who, sees) in [(&scene.enterprise, 1), (&scene.officer, 1), (&scene.rival, 0), (&scene.stranger, 0)] {
        assert_eq!(who.get("/api/v1/waste/permits").await.items().len(), sees);
        assert_eq!(who.get(&path).await.status.is_success(), sees == 1);
        for list in ["carriers", "vehicles"] {
            assert_eq!(who.get(&format!("/api/v1/waste/{list}")).await.items().is_empty(), sees == 0, "{list}");
        }
    }
    // Where waste comes from and goes is public, its papers and where it is dumped are not.
    scene.place("black_spot", "模拟桥下", crate::scene::square(121.01, 30.703)).await.fine();
    let paper = json!({ "owner_kind": "place", "owner": scene.site, "kind": "building_permit", "number": "模拟-1" });
    scene.officer.post("/api/v1/waste/papers", paper).await.fine();
    let places = scene.enterprise.get("/api/v1/waste/places").await;
    assert_eq!(places.fine().text.matches("black_spot").count(), 0, "{}", places.text);
    assert_eq!(places.items().len(), 2);
    let site = format!("/api/v1/waste/places/{}", scene.site);
    assert!(scene.enterprise.get(&site).await.fine().body["papers"].as_array().unwrap().is_empty());
    assert_eq!(scene.officer.get(&site).await.fine().body["papers"].as_array().unwrap().len(), 1);
    // It keeps no register, reviews nothing, and takes back what it applied for.
    scene.enterprise.post("/api/v1/waste/vehicles", json!({})).await.refused(403, "forbidden");
    scene.act(&scene.enterprise, &id, "review", json!({ "text": "x" })).await.refused(409, "action-refused");
    scene.act(&scene.rival, &id, "withdraw", json!({ "text": "x" })).await.refused(404, "waste-permit-not-found");
    // Nor does the house act for it: what an enterprise applied for is its own to take back.
    let refused = scene.act(&scene.officer, &id, "withdraw", json!({ "text": "x" })).await;
    refused.refused(409, "action-refused");
    // An opinion is the house's until it was decided on.
    scene.act(&scene.second, &id, "review", json!({ "text": "内部意见" })).await.fine();
    assert!(!scene.enterprise.get(&path).await.fine().text.contains("内部意见"));
    assert!(scene.officer.get(&path).await.fine().text.contains("内部意见"));
    let back = scene.act(&scene.enterprise, &id, "withdraw", json!({ "text": "工程延期" })).await;
    assert_eq!(back.fine().body["permit"]["state"], "withdrawn");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_extension_asked_for_in_time_holds_on_until_somebody_decides() {
    let scene = Scene::new().await;
    let long = |until: &str| {
        let mut content = scene.content();
        content["valid_until"] = json!(until);
        content
    };
    let applied = json!({ "site": scene.site, "content": long("2026-12-31") });
    let id = scene.officer.post("/api/v1/waste/permits", applied).await.fine().body["permit"]["id"].as_str().unwrap().to_owned();
    scene.act(&scene.second, &id, "review", json!({ "text": "材料齐全" })).await.fine();
    scene.act(&scene.head, &id, "grant", json!({})).await.fine();
    // Thirty-one days before its end.
    scene.house.clock.set("2026-11-30T02:00:00Z".parse().unwrap());
    scene.act(&scene.officer, &id, "change", json!({ "content": long("2027-03-31") })).await.fine();
    scene.act(&scene.second, &id, "review", json!({ "text": "同意延续" })).await.fine();
    scene.house.clock.set("2027-01-05T02:00:00Z".parse().unwrap());
    assert_eq!(scene.waste.expire().await.unwrap(), 0);
    let held = scene.head.get(&format!("/api/v1/waste/permits/{id}")).await;
    assert_eq!((&held.fine().body["permit"]["state"], &held.body["permit"]["light"]), (&json!("change_reviewed"), &json!("red")));
    assert_eq!(held.body["versions"][1]["extended_until"], "2027-03-31");
    let night = "2027-01-05T12:00:00Z".parse().unwrap();
    assert!(Register::at(&scene.waste, night).await.unwrap().permits[0].open_at(night), "what nobody decided counts as granted");
    let refused = scene.act(&scene.head, &id, "refuse", json!({ "text": "x" })).await;
    assert!(refused.refused(409, "action-refused").text.contains("第五十条"), "{}", refused.text);
    scene.act(&scene.head, &id, "grant", json!({})).await.fine();
    let ends: Vec<String> = sqlx::query_scalar("select state from deadline where docket_id = $1::uuid and state <> 'met' order by name")
        .bind(&id)
        .fetch_all(&scene.house.test.owner_pool)
        .await
        .unwrap();
    assert_eq!(ends, ["missed", "missed"]);
    // One that was asked for too late ends with what is in force.
    scene.house.clock.set("2027-03-20T02:00:00Z".parse().unwrap());
    scene.act(&scene.officer, &id, "change", json!({ "content": long("2027-06-30") })).await.fine();
    scene.house.clock.set("2027-04-02T02:00:00Z".parse().unwrap());
    assert_eq!(scene.waste.expire().await.unwrap(), 1);
    let over = scene.head.get(&format!("/api/v1/waste/permits/{id}")).await;
    assert_eq!((&over.fine().body["permit"]["state"], &over.body["pending"]), (&json!("expired"), &json!(null)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_granted_permit_is_a_page_to_carry() {
    let scene = Scene::new().await;
    let id = scene.granted().await;
    let answer = scene.officer.get(&format!("/api/v1/waste/permits/{id}/print")).await;
    // Without fonts it says so; with them it is a PDF.
    if answer.status == 503 {
        answer.refused(503, "fonts-missing");
    } else {
        assert!(answer.fine().text.starts_with("%PDF-"));
    }
}
