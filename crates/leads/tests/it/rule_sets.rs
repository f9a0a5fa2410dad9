//! Dispatch rules as sets: drafted, tried on what was filed, published, given back.

use axum::http::Method;
use serde_json::{Value, json};
use testkit::house::{Client, in_the_east, in_the_west};

use crate::scene::{CLASS, Scene};

const RULES: &str = "/api/v1/dispatch-rules";
const SETS: &str = "/api/v1/dispatch-rule-sets";
const DRAFT: &str = "/api/v1/dispatch-draft";
const WHAT_IFS: &str = "/api/v1/dispatch-what-ifs";

/// A lead that is filed, and dispatched where a rule fits.
async fn filed(scene: &Scene, position: Value, class: &str) -> String {
    let photo = scene.house.photo().await;
    let body = json!({ "description": "看这里", "position": position, "class_code": class, "photos": [photo] });
    let id = scene.operator.post("/api/v1/leads", body).await.text_of("id");
    scene.operator.act(&id, "accept", json!({})).await.fine();
    scene.shift_leader.act(&id, "file", json!({ "standard": "属实" })).await.fine();
    scene.house.clock.advance(chrono::Duration::seconds(1));
    id
}

async fn draft(client: &Client) -> Value {
    client.get(DRAFT).await.fine().body.clone()
}

/// Leads behind a figure of a replay.
async fn behind(client: &Client, what_if: &str, query: &str) -> Vec<String> {
    let answer = client.get(&format!("{WHAT_IFS}/{what_if}/leads?{query}")).await;
    answer.fine().items().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_draft_decides_nothing_until_it_is_published_and_the_lead_names_the_set_that_decided() {
    let scene = Scene::set().await;
    let units = scene.house.units;
    let night = json!({ "priority": 50, "class_prefix": "06", "region_prefix": "330482901", "unit_id": units.east, "note": "试点" });
    scene.administrator.post(RULES, night).await.fine();
    let first = filed(&scene, in_the_west(), CLASS).await;
    let lead = scene.lead(&first).await;
    assert_eq!((&lead["unit"]["name"], &lead["dispatched_by"]["rule_set"]), (&json!("西街道中队"), &json!(1)), "{lead}");
    assert_eq!(scene.dispatcher.get(RULES).await.fine().items().len(), 2, "what is in force");

    let standing = draft(&scene.shift_leader).await;
    let changes = standing["changes"].as_array().unwrap();
    assert_eq!((changes.len(), &changes[0]["after"]["note"]), (1, &json!("试点")));
    let seen = standing["revision"].as_i64().unwrap();
    scene.administrator.call(Method::POST, SETS, Some(seen - 1), Some(json!({ "note": "试点" }))).await.refused(412, "draft-changed");
    scene.administrator.post(SETS, json!({ "note": " " })).await.refused(422, "note-invalid");
    scene.operator.post(SETS, json!({ "note": "试点" })).await.refused(403, "forbidden");
    let published = scene.administrator.call(Method::POST, SETS, Some(seen), Some(json!({ "note": "试点" }))).await;
    assert_eq!((published.status.as_u16(), &published.body["in_force"]), (201, &json!(2)), "{}", published.text);
    scene.administrator.post(SETS, json!({ "note": "再来" })).await.refused(409, "draft-unchanged");

    let second = filed(&scene, in_the_west(), CLASS).await;
    let lead = scene.lead(&second).await;
    assert_eq!((&lead["unit"]["name"], &lead["dispatched_by"]["rule_set"]), (&json!("东街道中队"), &json!(2)), "{lead}");
    let history = scene.operator.get(&format!("/api/v1/leads/{second}/history")).await.items();
    let line = history.iter().find(|line| line["action"] == "dispatch").unwrap();
    assert!(line["summary"].as_str().unwrap().contains("第 2 版派遣规则"), "{line}");

    // Back to the first set: a third one, and the draft follows since nobody had edited it.
    let back = scene.shift_leader.post(&format!("{SETS}/1/actions/restore"), json!({ "note": "试点结束" })).await;
    assert_eq!((&back.fine().body["in_force"], back.body["changes"].as_array().unwrap().len()), (&json!(3), 0));
    scene.shift_leader.post(&format!("{SETS}/1/actions/restore"), json!({ "note": "再来" })).await.refused(409, "rule-set-same");
    scene.shift_leader.post(&format!("{SETS}/9/actions/restore"), json!({ "note": "再来" })).await.refused(404, "rule-set-not-found");
    let third = filed(&scene, in_the_west(), CLASS).await;
    assert_eq!(scene.lead(&third).await["unit"]["name"], "西街道中队");
    let sets = scene.operator.get(SETS).await.fine().items();
    let told: Vec<_> = sets.iter().map(|set| (set["number"].as_i64(), set["rules"].as_i64(), set["restored_from"].as_i64())).collect();
    assert_eq!(told, [(Some(3), Some(2), Some(1)), (Some(2), Some(3), None), (Some(1), Some(2), None)]);
    let second = scene.operator.get(&format!("{SETS}/2")).await.fine().body.clone();
    assert_eq!((second["changes"].as_array().unwrap().len(), &second["note"]), (1, &json!("试点")));

    // A draft with edits survives a going back, and can be given up.
    let rule = draft(&scene.administrator).await["items"][0].clone();
    let path = format!("{RULES}/{}", rule["id"].as_str().unwrap());
    scene.administrator.call(Method::DELETE, &path, None, None).await.fine();
    scene.administrator.post(&format!("{SETS}/2/actions/restore"), json!({ "note": "又试点" })).await.fine();
    assert_eq!(draft(&scene.administrator).await["changes"].as_array().unwrap().len(), 2, "one gone, and the pilot's rule missing");
    let given_up = scene.administrator.post(&format!("{DRAFT}/actions/discard"), json!({})).await;
    assert_eq!((given_up.fine().body["changes"].as_array().unwrap().len(), given_up.body["items"].as_array().unwrap().len()), (0, 3));
    scene.administrator.post(&format!("{DRAFT}/actions/discard"), json!({})).await.refused(409, "draft-unchanged");
    let kinds = scene.administrator.get("/api/v1/settings-history?kind=dispatch-rule").await.fine().items();
    let actions: Vec<&str> = kinds.iter().map(|line| line["action"].as_str().unwrap()).collect();
    for action in ["dispatch-rules-published", "dispatch-rules-restored", "dispatch-draft-discarded"] {
        assert!(actions.contains(&action), "{actions:?}");
    }
}

#[tokio::test]
async fn a_replay_counts_moves_bounces_and_leads_without_a_rule_and_opens_them() {
    let scene = Scene::set().await;
    let units = scene.house.units;
    let moved = filed(&scene, in_the_west(), CLASS).await;
    let bounced = filed(&scene, in_the_west(), CLASS).await;
    scene.unit_leader.act(&bounced, "send-back", json!({ "reason": "不属本单位" })).await.fine();
    scene.dispatcher.act(&bounced, "dispatch", json!({ "unit": units.east })).await.fine();
    let stays = filed(&scene, in_the_west(), "01001").await;
    let unruled = filed(&scene, in_the_east(), CLASS).await;

    // Streets of the west go to the east, and the east's own rule is dropped.
    scene.administrator.post(WHAT_IFS, json!({})).await.refused(409, "draft-unchanged");
    let pilot = json!({ "priority": 50, "class_prefix": "06", "region_prefix": "330482901", "unit_id": units.east, "note": "试点" });
    scene.administrator.post(RULES, pilot).await.fine();
    let east =
        draft(&scene.administrator).await["items"].as_array().unwrap().iter().find(|rule| rule["region_prefix"] == "330482902").cloned();
    let path = format!("{RULES}/{}", east.unwrap()["id"].as_str().unwrap());
    scene.administrator.call(Method::DELETE, &path, None, None).await.fine();

    let asked = scene.shift_leader.post(WHAT_IFS, json!({})).await;
    assert_eq!((asked.status.as_u16(), &asked.body["state"]), (202, &json!("waiting")), "{}", asked.text);
    scene.administrator.post(WHAT_IFS, json!({})).await.refused(409, "what-if-running");
    assert!(scene.house.leads.replay_what_if().await.unwrap());
    assert!(!scene.house.leads.replay_what_if().await.unwrap());
    let id = asked.text_of("id");
    let done = scene.shift_leader.get(&format!("{WHAT_IFS}/{id}")).await.fine().body.clone();
    let report = &done["report"];
    assert_eq!((&done["state"], &done["current"], &done["done"], &done["total"]), (&json!("done"), &json!(true), &json!(4), &json!(4)));
    let figures = ["leads", "moved", "back_by_present", "back_by_draft", "unruled_present", "unruled_draft"]
        .map(|name| report[name].as_i64().unwrap());
    assert_eq!(figures, [4, 3, 1, 0, 0, 1], "{report}");
    assert!(report["estimate"].is_null(), "too little is known: {report}");
    let way = &report["moves"][0];
    assert_eq!((&way["from_name"], &way["to_name"], &way["leads"]), (&json!("西街道中队"), &json!("东街道中队"), &json!(2)));
    assert_eq!((&way["groups"][0]["category"], way["groups"][0]["name"].is_string()), (&json!("06"), true));

    let client = &scene.shift_leader;
    assert_eq!(behind(client, &id, "").await, [unruled.clone(), bounced.clone(), moved.clone()]);
    let (west, east) = (units.west, units.east);
    assert_eq!(behind(client, &id, &format!("from={west}&to={east}")).await, [bounced.clone(), moved.clone()]);
    assert_eq!(behind(client, &id, &format!("from={east}&to=none")).await, std::slice::from_ref(&unruled));
    assert_eq!(behind(client, &id, "figure=sent-back-by-present").await, std::slice::from_ref(&bounced));
    assert_eq!(behind(client, &id, "figure=without-rule").await, [unruled]);
    let first = client.get(&format!("{WHAT_IFS}/{id}/leads?limit=1")).await;
    let cursor = first.fine().text_of("next_cursor");
    assert_eq!(behind(client, &id, &format!("cursor={cursor}")).await, [bounced, moved.clone()]);
    client.get(&format!("{WHAT_IFS}/{id}/leads?from=none")).await.refused(422, "query-invalid");
    client.get(&format!("{WHAT_IFS}/{id}/leads?cursor=made-up")).await.refused(422, "cursor-invalid");
    scene.operator.get(&format!("{WHAT_IFS}/{id}/leads")).await.refused(403, "forbidden");
    let elsewhere = scene.house.signed_in("administrator91").await;
    elsewhere.get(&format!("{WHAT_IFS}/{id}")).await.refused(403, "scope-exceeded");

    // It changed no lead, and is told to be old once the draft was edited.
    assert_eq!(scene.lead(&moved).await["unit"]["name"], "西街道中队");
    assert_eq!(scene.lead(&stays).await["unit"]["name"], "西街道中队");
    scene.administrator.post(RULES, json!({ "priority": 70, "unit_id": units.west })).await.fine();
    assert_eq!(draft(client).await["what_if"]["current"], false);
}

#[tokio::test]
async fn a_replay_can_be_cancelled_and_one_that_was_cut_off_begins_anew() {
    let scene = Scene::set().await;
    filed(&scene, in_the_west(), CLASS).await;
    scene.administrator.post(RULES, json!({ "priority": 1, "unit_id": scene.house.units.east })).await.fine();
    let id = scene.administrator.post(WHAT_IFS, json!({})).await.fine().text_of("id");
    let cancelled = scene.administrator.post(&format!("{WHAT_IFS}/{id}/actions/cancel"), json!({})).await;
    assert_eq!(cancelled.fine().body["state"], "cancelled");
    scene.administrator.post(&format!("{WHAT_IFS}/{id}/actions/cancel"), json!({})).await.refused(409, "what-if-over");
    assert!(!scene.house.leads.replay_what_if().await.unwrap());

    scene.house.clock.advance(chrono::Duration::seconds(1));
    let id = scene.administrator.post(WHAT_IFS, json!({})).await.fine().text_of("id");
    // As a program leaves it that was killed in the middle.
    let left = "update dispatch_what_if set state = 'running', done = 1 where id = $1::uuid";
    sqlx::query(left).bind(&id).execute(&scene.house.test.owner_pool).await.unwrap();
    sqlx::query("insert into dispatch_what_if_lead select $1::uuid, id, null, null, false, false from lead limit 1")
        .bind(&id)
        .execute(&scene.house.test.owner_pool)
        .await
        .unwrap();
    assert!(scene.house.leads.replay_what_if().await.unwrap());
    let done = scene.administrator.get(&format!("{WHAT_IFS}/{id}")).await.fine().body.clone();
    assert_eq!((&done["state"], &done["report"]["moved"]), (&json!("done"), &json!(1)), "{done}");
    assert_eq!(behind(&scene.administrator, &id, "").await.len(), 1);
}

#[tokio::test]
async fn a_set_is_not_published_by_who_does_not_cover_it_nor_for_a_unit_that_is_no_more() {
    let scene = Scene::set().await;
    let units = scene.house.units;
    scene.house.person("west_admin", units.west, &["administrator"], &["330482901"]).await;
    let west = scene.house.signed_in("west_admin").await;
    let rule = |township: &str, unit| json!({ "priority": 5, "region_prefix": township, "unit_id": unit });
    west.post(RULES, rule("330482901", units.west)).await.fine();
    scene.administrator.post(RULES, rule("330482902", units.east)).await.fine();
    west.post(SETS, json!({ "note": "x" })).await.refused(403, "scope-exceeded");
    scene.administrator.post(SETS, json!({ "note": "x" })).await.fine();
    west.post(RULES, rule("330482901", units.east)).await.fine();
    west.post(SETS, json!({ "note": "本街道的规则自己发布" })).await.fine();

    let squad = json!({ "parent_id": units.bureau, "name": "临时中队", "kind": "squad", "region": "330482901" });
    let squad = scene.administrator.post("/api/v1/organisations", squad).await.fine().body.clone();
    scene.administrator.post(RULES, rule("330482901", serde_json::from_value(squad["id"].clone()).unwrap())).await.fine();
    let path = format!("/api/v1/organisations/{}", squad["id"].as_str().unwrap());
    scene.administrator.call(Method::PATCH, &path, squad["version"].as_i64(), Some(json!({ "active": false }))).await.fine();
    let refused = scene.administrator.post(SETS, json!({ "note": "x" })).await;
    assert!(refused.refused(409, "rule-unit-inactive").text.contains("临时中队"));
}
