//! Who on duty is nearest: known only while shared, only on duty, only as a distance, and for hours.

use chrono::Duration;
use serde_json::{Value, json};

use crate::scene::Scene;

async fn me(client: &testkit::house::Client) -> Value {
    client.get("/api/v1/session").await.body["person"]["id"].clone()
}

#[tokio::test]
async fn the_nearest_on_duty_is_told_by_distance_and_nobody_is_told_where_he_is() {
    let scene = Scene::set().await;
    let units = scene.house.units;
    let (id, _) = scene.accepted().await;
    let path = format!("/api/v1/leads/{id}/nearest");
    let settings = "/api/v1/duty-position-settings";
    let here = json!({ "x": 121.006, "y": 30.705, "accuracy": 12.4 });
    assert_eq!(scene.handler.post("/api/v1/duty/position", here.clone()).await.refused(409, "sharing-off").status, 409);
    scene.operator.put(settings, json!({ "sharing": true, "hours": 2 })).await.refused(403, "forbidden");
    scene.administrator.put(settings, json!({ "sharing": true, "hours": 25 })).await.refused(422, "duty-position-settings-invalid");
    scene.administrator.put(settings, json!({ "sharing": true, "hours": 2 })).await.fine();
    scene.handler.post("/api/v1/duty/position", here.clone()).await.refused(409, "not-on-duty");

    // On duty: the west by its unit, one of the east by name.
    let now = kernel::clock::Clock::now(&*scene.house.clock);
    let east = scene.house.signed_in("unit_handler_east").await;
    let turn = |unit: Value, person: Value, hours: i64| json!({ "unit_id": unit, "person_id": person, "from": now, "to": now + Duration::hours(hours) });
    scene.administrator.post("/api/v1/duty", turn(json!(units.west), Value::Null, 8)).await.fine();
    scene.administrator.post("/api/v1/duty", turn(json!(units.east), me(&east).await, 1)).await.fine();
    let listed = scene.dispatcher.get(&path).await.fine().body.clone();
    let names: Vec<&Value> = listed["items"].as_array().unwrap().iter().map(|it| &it["unit"]["name"]).collect();
    assert_eq!(names, [&json!("西街道中队"), &json!("东街道中队")], "without places: whose ground it is first");

    east.post("/api/v1/duty/position", json!({ "x": 121.0052, "y": 30.705 })).await.fine();
    scene.handler.post("/api/v1/duty/position", here.clone()).await.fine();
    let listed = scene.dispatcher.get(&path).await.fine().clone();
    let items = listed.body["items"].as_array().unwrap();
    assert_eq!((&items[0]["unit"]["name"], &items[0]["metres"]), (&json!("东街道中队"), &json!(200)), "{}", listed.text);
    assert_eq!(
        (&items[1]["person"]["id"], &items[1]["accuracy"], &items[1]["age_seconds"]),
        (&me(&scene.handler).await, &json!(13), &json!(0))
    );
    assert!(!listed.text.contains("121.00"), "a distance, never a place: {}", listed.text);
    for other in [&scene.operator, &scene.handler, &scene.collector] {
        other.get(&path).await.refused(403, "forbidden");
    }
    scene.house.signed_in("dispatcher91").await.get(&path).await.refused(404, "lead-not-found");

    // One place a person; stopped, it is gone; over, it is forgotten.
    scene.handler.post("/api/v1/duty/position", here).await.fine();
    assert_eq!(scene.house.count("select count(*) from duty_position").await, 2);
    assert_eq!(scene.handler.call(axum::http::Method::DELETE, "/api/v1/duty/position", None, None).await.status, 204);
    assert_eq!(scene.house.count("select count(*) from duty_position").await, 1);
    scene.house.clock.advance(Duration::minutes(61));
    assert_eq!(scene.house.leads.forget_duty_positions().await.unwrap(), 1, "the turn is over, though two hours are not");
    scene.handler.post("/api/v1/duty/position", json!({ "x": 121.006, "y": 30.705 })).await.fine();
    scene.house.clock.advance(Duration::minutes(121));
    assert!(scene.dispatcher.get(&path).await.fine().body["items"][0]["metres"].is_null(), "older than it is kept");
    assert_eq!(scene.house.leads.forget_duty_positions().await.unwrap(), 1);
    scene.handler.post("/api/v1/duty/position", json!({ "x": 121.006, "y": 30.705 })).await.fine();
    scene.administrator.put(settings, json!({ "sharing": false, "hours": 2 })).await.fine();
    assert_eq!(scene.house.count("select count(*) from duty_position").await, 0, "turned off, all is forgotten");
}

#[tokio::test]
async fn whoever_is_on_the_spot_calls_straight_through_where_the_city_says_so() {
    let scene = Scene::set().await;
    let units = scene.house.units;
    let east = scene.house.signed_in("unit_handler_east").await;
    let pairs = |from: Value| json!({ "items": [{ "from": from, "to": units.east }] });
    scene.handler.put("/api/v1/joint-pairs", pairs(json!(units.west))).await.refused(403, "forbidden");
    scene.administrator.put("/api/v1/joint-pairs", pairs(json!(units.east))).await.refused(422, "joint-pairs-invalid");
    scene.administrator.put("/api/v1/joint-pairs", pairs(json!(units.west))).await.fine();
    assert_eq!(scene.administrator.get("/api/v1/settings-history?kind=joint").await.items().len(), 1);
    let (id, _) = scene.fixing().await;
    let ask = json!({ "unit": units.east, "ask": "请立即到场" });
    let lead = scene.handler.act(&id, "ask-joint", ask.clone()).await.fine().body.clone();
    assert_eq!(lead["joint_tasks"][0]["state"], "waiting", "no dispatcher in between");
    assert_eq!(scene.limit(&id, "assist").await["state"], "running");
    assert_eq!(east.get("/api/v1/todo").await.items().len(), 1);
    assert!(scene.dispatcher.get("/api/v1/todo").await.items().is_empty());
    scene.handler.act(&id, "ask-joint", ask.clone()).await.refused(409, "action-refused");
    // Who is of another unit still asks.
    let (other, _) = scene.fixing().await;
    let lead = scene.collector.act(&other, "ask-joint", ask).await.fine().body.clone();
    assert_eq!(lead["joint_tasks"][0]["state"], "asked");
    // A unit that is switched off is called by nobody, and its pair keeps no other from being saved; a new one is refused with its line.
    let units_of = scene.administrator.get("/api/v1/organisations").await.items();
    let version = units_of.iter().find(|it| it["id"] == json!(units.east)).unwrap()["version"].as_i64();
    let path = format!("/api/v1/organisations/{}", units.east);
    scene.administrator.call(axum::http::Method::PATCH, &path, version, Some(json!({ "active": false }))).await.fine();
    let both = |other: Value| json!({ "items": [{ "from": units.west, "to": units.east }, { "to": other }] });
    scene.administrator.put("/api/v1/joint-pairs", both(json!(units.bureau))).await.fine();
    let refused = scene.administrator.put("/api/v1/joint-pairs", both(json!(units.east))).await;
    assert!(refused.refused(422, "joint-pairs-invalid").text.contains("第 2 条：被呼单位不存在或已停用"), "{}", refused.text);
}
