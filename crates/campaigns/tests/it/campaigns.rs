//! One exposure, every grid: begun over an area, looked at grid by grid, ended by a person.

use chrono::Duration;
use serde_json::{Value, json};
use testkit::house::{Answer, Client, House, in_the_west};

const CLASS: &str = "06010";

async fn begin(client: &Client, area: &str) -> Answer {
    let body = json!({ "name": "建筑垃圾乱堆整治", "class_code": CLASS, "look_for": "路边、空地的建筑垃圾", "area": area, "due_on": "2026-11-10" });
    client.post("/api/v1/campaigns", body).await
}

async fn tasks(client: &Client) -> Vec<Value> {
    client.get("/api/v1/campaign-tasks").await.fine().items()
}

fn path(task: &Value) -> String {
    format!("/api/v1/campaigns/{}/grids/{}/actions/check", task["campaign"].as_str().unwrap(), task["grid"].as_str().unwrap())
}

#[tokio::test]
async fn every_grid_is_looked_at_once_and_what_is_found_is_one_lead() {
    let house = House::build().await;
    let shift_leader = house.signed_in("shift_leader01").await;
    let begun = begin(&shift_leader, "330482").await.fine().body.clone();
    let grids = begun["grids"].as_i64().unwrap();
    assert_eq!(grids, house.count("select count(*) from region where length(code) = 15").await);
    assert_eq!((&begun["checked"], &begun["late"], &begun["area_name"].is_string()), (&json!(0), &json!(false), &true));

    let collector = house.signed_in("collector01").await;
    let waiting = tasks(&collector).await;
    assert_eq!(waiting.len() as i64, grids);
    let east = house.signed_in("collector_east").await;
    let of_east = tasks(&east).await;
    assert!(!of_east.is_empty() && of_east.iter().all(|it| it["grid"].as_str().unwrap().starts_with("330482902")), "{of_east:?}");
    let in_west = waiting.iter().find(|it| it["grid"].as_str().unwrap().starts_with("330482901")).unwrap();
    east.post(&path(in_west), json!({ "found": false })).await.refused(404, "campaign-task-not-found");

    let mut found = json!({ "found": true });
    collector.post(&path(in_west), found.clone()).await.refused(422, "campaign-invalid");
    found["note"] = json!("空地上有一堆建筑垃圾，联系人 13900000001");
    collector.post(&path(in_west), found.clone()).await.refused(422, "campaign-invalid");
    found["position"] = in_the_west();
    collector.post(&path(in_west), found.clone()).await.refused(422, "campaign-invalid");
    found["photos"] = json!(["0".repeat(64)]);
    collector.post(&path(in_west), found.clone()).await.refused(422, "photo-missing");
    found["photos"] = json!([house.photo().await]);
    let check = path(in_west);
    let answers = futures::future::join_all((0..4).map(|_| collector.post(&check, found.clone()))).await;
    let kept: Vec<&Answer> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(kept.len(), 4, "whoever lost the answer hears it again");
    assert!(kept.iter().all(|answer| answer.body == kept[0].body));
    let again = collector.post(&check, json!({ "found": false })).await.fine().body.clone();
    assert_eq!(again, kept[0].body, "what is kept stays");
    assert_eq!(house.count("select count(*) from lead").await, 1, "sent four times at once, it is one lead");
    let lead = kept[0].body["lead_id"].as_str().unwrap();
    let operator = house.signed_in("operator01").await;
    let lead = operator.get(&format!("/api/v1/leads/{lead}")).await.fine().body.clone();
    assert_eq!((&lead["source"], &lead["class"]["code"]), (&json!("patrol"), &json!(CLASS)));
    assert!(!lead.to_string().contains("13900000001"), "numbers are hidden");

    for task in &of_east {
        east.post(&path(task), json!({ "found": false })).await.fine();
    }
    assert!(tasks(&east).await.is_empty());
    let id = begun["id"].as_str().unwrap();
    let now = shift_leader.get(&format!("/api/v1/campaigns/{id}")).await.fine().body.clone();
    assert_eq!((&now["checked"], &now["found"], &now["closed"]), (&json!(of_east.len() + 1), &json!(1), &json!(0)));
    let rows = shift_leader.get(&format!("/api/v1/campaigns/{id}/grids")).await.fine().items();
    assert_eq!(rows.len() as i64, grids);
    let row = rows.iter().find(|row| row["grid"] == in_west["grid"]).unwrap();
    assert_eq!((&row["state"], &row["lead_number"]), (&json!("found"), &kept[0].body["lead_number"]));
}

#[tokio::test]
async fn a_campaign_runs_late_and_ends_with_a_word_and_then_asks_nobody_any_more() {
    let house = House::build().await;
    let shift_leader = house.signed_in("shift_leader01").await;
    let id = begin(&shift_leader, "330482901").await.fine().text_of("id");
    house.clock.advance(Duration::days(30));
    let late = shift_leader.get("/api/v1/campaigns?open=true").await.fine().items();
    assert_eq!((late.len(), &late[0]["late"]), (1, &json!(true)));
    let end = format!("/api/v1/campaigns/{id}/actions/end");
    shift_leader.post(&end, json!({ "note": " " })).await.refused(422, "campaign-invalid");
    house.signed_in("operator01").await.post(&end, json!({ "note": "x" })).await.refused(403, "forbidden");
    let collector = house.signed_in("collector01").await;
    let task = tasks(&collector).await.remove(0);
    shift_leader.post(&end, json!({ "note": "余下网格已由专项行动覆盖" })).await.fine();
    shift_leader.post(&end, json!({ "note": "再一次" })).await.refused(409, "campaign-ended");
    assert!(tasks(&collector).await.is_empty());
    collector.post(&path(&task), json!({ "found": false })).await.refused(404, "campaign-task-not-found");
    assert!(shift_leader.get("/api/v1/campaigns?open=true").await.fine().items().is_empty());
    assert_eq!(shift_leader.get("/api/v1/campaigns?open=false").await.fine().items().len(), 1);
}

#[tokio::test]
async fn who_has_another_ground_begins_and_sees_nothing_there() {
    let house = House::build().await;
    let shift_leader = house.signed_in("shift_leader01").await;
    let id = begin(&shift_leader, "330482901").await.fine().text_of("id");
    let stranger = house.signed_in("shift_leader91").await;
    begin(&stranger, "330482901").await.refused(403, "scope-exceeded");
    assert!(stranger.get("/api/v1/campaigns").await.fine().items().is_empty());
    for path in ["", "/grids"] {
        stranger.get(&format!("/api/v1/campaigns/{id}{path}")).await.refused(404, "campaign-not-found");
    }
    stranger.post(&format!("/api/v1/campaigns/{id}/actions/end"), json!({ "note": "x" })).await.refused(404, "campaign-not-found");
    house.signed_in("operator01").await.get("/api/v1/campaign-tasks").await.refused(403, "forbidden");
    // What cannot be is refused at its field.
    for (field, value) in
        [("name", json!("")), ("class_code", json!("99999")), ("due_on", json!("2020-01-01")), ("area", json!("330482999"))]
    {
        let mut body = json!({ "name": "x", "class_code": CLASS, "look_for": "x", "area": "330482901", "due_on": "2026-11-10" });
        body[field] = value;
        let answer = shift_leader.post("/api/v1/campaigns", body).await;
        answer.refused(422, "campaign-invalid");
        assert!(answer.text.contains(field), "{}", answer.text);
    }
    let missing = json!({ "name": "x", "class_code": CLASS, "look_for": "x", "area": "330482901", "due_on": "2026-11-10", "lead": uuid::Uuid::nil() });
    shift_leader.post("/api/v1/campaigns", missing).await.refused(404, "lead-not-found");
}
