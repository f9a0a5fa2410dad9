//! Nobody sees or touches what lies outside his district or his unit, by whatever path.

use serde_json::json;
use testkit::house::in_the_east;

use crate::scene::Scene;

const VERBS: [(&str, &str); 24] = [
    ("request-verify", "{}"),
    ("verify", r#"{"genuine":true}"#),
    ("accept", "{}"),
    ("reject", r#"{"reason":"x"}"#),
    ("merge", r#"{"into":"019a0000-0000-7000-8000-000000000000"}"#),
    ("file", r#"{"standard":"x"}"#),
    ("dispatch", r#"{"unit":"019a0000-0000-7000-8000-000000000000"}"#),
    ("take", "{}"),
    ("unassign", "{}"),
    ("send-back", r#"{"reason":"x"}"#),
    ("request-extension", r#"{"hours":1,"reason":"x"}"#),
    ("grant-extension", r#"{"hours":1}"#),
    ("refuse-extension", r#"{"reason":"x"}"#),
    ("suspend", r#"{"reason":"x"}"#),
    ("resume", "{}"),
    ("fix", "{}"),
    ("request-check", "{}"),
    ("check", r#"{"passed":true}"#),
    ("rework", r#"{"reason":"x"}"#),
    ("close", r#"{"standard":"x"}"#),
    ("void", r#"{"reason":"x"}"#),
    ("correct", r#"{"address":"x"}"#),
    ("remind", "{}"),
    ("comment", r#"{"text":"x"}"#),
];

#[tokio::test]
async fn the_county_next_door_sees_nothing() {
    let scene = Scene::set().await;
    let (id, _) = scene.fixing().await;
    let entries = scene.house.count("select count(*) from ledger_entry").await;
    for account in ["operator91", "shift_leader91", "dispatcher91", "collector91", "unit_leader91", "administrator91"] {
        sees_nothing(&scene, account, &id).await;
    }
    assert_eq!(scene.house.count("select count(*) from ledger_entry").await, entries, "nothing was written");
}

#[tokio::test]
async fn another_township_and_another_unit_see_nothing() {
    let scene = Scene::set().await;
    let (id, _) = scene.fixing().await;
    let entries = scene.house.count("select count(*) from ledger_entry").await;
    for account in ["operator_east", "collector_east", "unit_handler_east", "unit_leader_east"] {
        sees_nothing(&scene, account, &id).await;
    }
    assert_eq!(scene.house.count("select count(*) from ledger_entry").await, entries, "nothing was written");
    // What is theirs they do see.
    scene.citizen.post("/api/v1/public/reports", json!({ "description": "东边的垃圾", "position": in_the_east() })).await.fine();
    let east = scene.house.signed_in("operator_east").await;
    assert_eq!(east.get("/api/v1/leads").await.items().len(), 1);
    assert_eq!(east.get("/api/v1/leads/counts").await.body["open"], 1);
    assert_eq!(scene.house.signed_in("unit_leader_east").await.get("/api/v1/leads").await.items().len(), 0, "it is not the unit's yet");
    // A lead without a place belongs to the county, not to a township.
    scene.citizen.post("/api/v1/public/reports", json!({ "description": "不知道在哪里的垃圾" })).await.fine();
    assert_eq!(east.get("/api/v1/leads").await.items().len(), 1);
    assert_eq!(scene.operator.get("/api/v1/leads").await.items().len(), 3);
}

async fn sees_nothing(scene: &Scene, account: &str, id: &str) {
    let stranger = scene.house.signed_in(account).await;
    let number = scene.lead(id).await["number"].as_str().unwrap().to_owned();
    for query in [
        "",
        "?q=%E5%BB%BA%E7%AD%91",
        "?state=fixing",
        "?region=330482",
        "?class=06",
        "?sort=due",
        "?light=green",
        &format!("?q={number}"),
        &format!("?unit={}", scene.house.units.west),
    ] {
        let answer = stranger.get(&format!("/api/v1/leads{query}")).await;
        assert!(answer.fine().items().is_empty(), "{account} {query}: {}", answer.text);
    }
    assert!(stranger.get("/api/v1/todo").await.items().is_empty(), "{account}");
    let counts = stranger.get("/api/v1/leads/counts").await.body;
    assert_eq!((&counts["open"], &counts["lights"]), (&json!(0), &json!({ "green": 0, "yellow": 0, "red": 0 })), "{account}");
    for tail in ["", "/history", "/suggestions"] {
        stranger.get(&format!("/api/v1/leads/{id}{tail}")).await.refused(404, "lead-not-found");
    }
    let photo = scene.lead(id).await["photos"][0]["id"].as_str().unwrap().to_owned();
    for tail in ["", "/thumbnail"] {
        let path = format!("/api/v1/files/{photo}{tail}");
        stranger.get(&path).await.refused(404, "file-not-found");
        scene.operator.get(&path).await.fine();
        scene.citizen.get(&path).await.refused(401, "not-signed-in");
    }
    for (verb, body) in VERBS.into_iter().chain([("reveal", r#"{"reason":"x"}"#)]) {
        let answer = stranger.act(id, verb, serde_json::from_str(body).unwrap()).await;
        assert!(matches!(answer.status.as_u16(), 403 | 404 | 422), "{account} {verb}: {} {}", answer.status, answer.text);
        assert!(!answer.text.contains("建筑垃圾"), "{account} {verb}: {}", answer.text);
    }
    for format in ["csv", "jsonl"] {
        let export = stranger.get(&format!("/api/v1/leads/export?format={format}")).await;
        assert!(!export.text.contains(&number), "{account} {format}: {}", export.text);
    }
    assert!(!stranger.get("/api/v1/wall").await.text.contains(&number), "{account}");
}

#[tokio::test]
async fn a_stranger_is_not_told_what_merged_leads_are_called() {
    let scene = Scene::set().await;
    let (here, _) = scene.reported().await;
    let body = json!({ "description": "东边的垃圾", "position": in_the_east() });
    scene.citizen.post("/api/v1/public/reports", body).await.fine();
    let east = scene.house.signed_in("operator_east").await;
    let theirs = east.get("/api/v1/leads").await.items()[0]["id"].as_str().unwrap().to_owned();
    let merged = east.act(&theirs, "merge", json!({ "into": here })).await;
    assert_eq!(merged.refused(422, "merge-target-unknown").body["fields"][0]["field"], "into");
    let suggestions = east.get(&format!("/api/v1/leads/{theirs}/suggestions")).await;
    assert!(!suggestions.fine().text.contains(&here));
    // The very same words in another township are not shown either.
    let same = json!({ "description": "和平路口人行道上堆着建筑垃圾", "position": in_the_east() });
    scene.citizen.post("/api/v1/public/reports", same).await.fine();
    let newest = east.get("/api/v1/leads").await.items()[0]["id"].as_str().unwrap().to_owned();
    let suggestions = east.get(&format!("/api/v1/leads/{newest}/suggestions")).await;
    assert!(!suggestions.fine().text.contains(&here), "{}", suggestions.text);
}
