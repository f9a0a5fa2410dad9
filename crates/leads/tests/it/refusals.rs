//! What the procedure refuses, it refuses with a reason and where a rule says so with its citation; nothing is half written.

use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn each_step_names_what_is_missing() {
    let scene = Scene::set().await;
    let unplaced = scene.citizen.post("/api/v1/public/reports", json!({ "description": "不知道在哪里的井盖坏了" })).await;
    let found = scene.operator.get(&format!("/api/v1/leads?q={}", unplaced.text_of("number"))).await.items();
    let id = found[0]["id"].as_str().unwrap().to_owned();
    let says = |answer: &testkit::house::Answer, words: &str| {
        answer.refused(409, "action-refused");
        assert!(answer.body["detail"].as_str().unwrap().contains(words), "{}", answer.text);
    };
    says(&scene.operator.act(&id, "accept", json!({ "class_code": "06010" })).await, "单元网格");
    scene.operator.act(&id, "correct", json!({ "position": { "x": 100.0, "y": 30.0 } })).await.refused(422, "outside-the-district");
    scene.operator.act(&id, "correct", json!({})).await.refused(422, "nothing-to-correct");
    scene.operator.act(&id, "correct", json!({ "position": { "x": 121.005, "y": 30.705 }, "reason": "按来电" })).await.fine();
    scene.operator.act(&id, "accept", json!({ "class_code": "99999" })).await.refused(422, "class-unknown");
    scene.operator.act(&id, "accept", json!({ "class_code": "06010" })).await.fine();
    assert_eq!(scene.shift_leader.act(&id, "file", json!({ "standard": "" })).await.status, 422);
    scene.shift_leader.act(&id, "file", json!({ "standard": "占道", "limit_id": "no-such" })).await.refused(422, "limit-unknown");
    scene.shift_leader.act(&id, "file", json!({ "standard": "占道" })).await.fine();
    says(&scene.handler.act(&id, "fix", json!({ "after_photos": [scene.house.photo().await] })).await, "接单");
    scene.handler.act(&id, "take", json!({})).await.fine();
    let after = scene.house.photo().await;
    let photoless = scene.handler.act(&id, "fix", json!({})).await;
    says(&photoless, "处置后的照片");
    assert!(photoless.body["citation"].is_string());
    says(&scene.handler.act(&id, "fix", json!({ "after_photos": [after] })).await, "处置前的照片");
    let never = "0".repeat(64);
    scene.handler.act(&id, "fix", json!({ "after_photos": [never], "before_photos": [after] })).await.refused(422, "photo-missing");
    let many: Vec<&str> = vec![&after; 19];
    scene.handler.act(&id, "fix", json!({ "after_photos": many })).await.refused(422, "too-many-photos");
    let before = scene.house.photo().await;
    scene.handler.act(&id, "fix", json!({ "after_photos": [after], "before_photos": [before] })).await.fine();
    let early = scene.shift_leader.act(&id, "close", json!({ "standard": "已清除" })).await;
    says(&early, "核查通过");
    assert!(early.body["citation"].is_string());
    assert_eq!(
        scene.history(&id).await,
        ["report", "correct", "accept", "file", "dispatch", "take", "fix"],
        "refusals leave nothing behind"
    );
}

#[tokio::test]
async fn nobody_checks_his_own_report() {
    let scene = Scene::set().await;
    let photo = scene.house.photo().await;
    let body = json!({ "description": "路灯不亮两盏", "position": { "x": 121.005, "y": 30.705 }, "class_code": "06010", "photos": [photo], "client_key": "k1" });
    let id = scene.collector.post("/api/v1/leads", body).await.text_of("id");
    scene.operator.act(&id, "accept", json!({})).await.fine();
    scene.shift_leader.act(&id, "file", json!({ "standard": "不亮" })).await.fine();
    scene.handler.act(&id, "take", json!({})).await.fine();
    scene.fix(&id).await.fine();
    scene.operator.act(&id, "request-check", json!({})).await.fine();
    let own = scene.collector.act(&id, "check", json!({ "passed": true })).await;
    assert!(own.refused(409, "action-refused").body["citation"].is_string());
    let offers = scene.collector.get(&format!("/api/v1/leads/{id}")).await.body["offers"].clone();
    let check = offers.as_array().unwrap().iter().find(|offer| offer["verb"] == "check").cloned().unwrap();
    assert_eq!((&check["allowed"], &check["reason"]), (&json!(false), &own.body["detail"]), "the page says what the server says");
    let other = scene.house.signed_in("collector02").await;
    other.act(&id, "check", json!({ "passed": true })).await.fine();
}

#[tokio::test]
async fn a_check_given_to_one_collector_is_no_other_ones() {
    let scene = Scene::set().await;
    let (id, _) = scene.fixed().await;
    let me = scene.collector.get("/api/v1/session").await.body["person"]["id"].clone();
    scene.operator.act(&id, "request-check", json!({ "collector": me })).await.fine();
    let other = scene.house.signed_in("collector02").await;
    assert!(
        other.act(&id, "check", json!({ "passed": true })).await.refused(409, "action-refused").body["detail"]
            .as_str()
            .unwrap()
            .contains("其他人员")
    );
    scene.collector.act(&id, "check", json!({ "passed": true })).await.fine();
}

#[tokio::test]
async fn who_saw_an_old_version_is_told() {
    let scene = Scene::set().await;
    let (id, _) = scene.reported().await;
    let shown = scene.operator.get(&format!("/api/v1/leads/{id}")).await;
    let version = shown.body["version"].as_i64().unwrap();
    assert_eq!(shown.headers["etag"], format!("\"{version}\""));
    scene.operator.act_on(&id, version, "comment", json!({ "text": "看过" })).await.fine();
    scene.operator.act(&id, "reveal", json!({ "reason": "回访" })).await.fine();
    let (one, other) = tokio::join!(
        scene.operator.act_on(&id, version, "accept", json!({})),
        scene.shift_leader.act_on(&id, version, "correct", json!({ "address": "和平路 12 号" })),
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412], "{} {}", one.text, other.text);
    let refused = if one.status == 412 { one } else { other };
    refused.refused(412, "version-conflict");
    scene.dispatcher.act_on(&id, version, "comment", json!({ "text": "旧页面上写的" })).await.refused(412, "version-conflict");
    let request = |tag: &str| {
        axum::http::Request::post(format!("/api/v1/leads/{id}/actions/comment"))
            .header("if-match", tag)
            .header("content-type", "application/json")
            .body(axum::body::Body::from(r#"{"text":"x"}"#))
            .unwrap()
    };
    scene.operator.send(request("abc")).await.refused(422, "if-match-invalid");
    scene.operator.send(request("*")).await.fine();
}

#[tokio::test]
async fn what_only_grows_the_history_refuses_nobody() {
    let scene = Scene::set().await;
    let (id, code) = scene.fixing().await;
    let version = scene.lead(&id).await["version"].as_i64().unwrap();
    scene.operator.act(&id, "comment", json!({ "text": "已电话联系" })).await.fine();
    scene.operator.act(&id, "remind", json!({})).await.fine();
    scene.operator.act(&id, "reveal", json!({ "reason": "回访" })).await.fine();
    scene.house.clock.advance(chrono::Duration::days(30));
    assert_eq!(scene.house.scheduler.tick().await.unwrap().missed, 1);
    assert_eq!(scene.lead(&id).await["version"], version);
    let fixed = scene.handler.act_on(&id, version, "fix", json!({ "after_photos": [scene.house.photo().await] })).await;
    let fixed = fixed.fine().body["version"].as_i64().unwrap();
    assert_eq!(fixed, version + 1, "the page that was open all the time");
    scene.operator.act_on(&id, fixed, "request-check", json!({})).await.fine();
    scene.collector.act(&id, "check", json!({ "passed": true })).await.fine();
    let closed = scene.shift_leader.act(&id, "close", json!({ "standard": "已清除" })).await.body["version"].clone();
    assert_eq!(scene.citizen.post(&format!("/api/v1/public/reports/{code}/rating"), json!({ "stars": 5 })).await.status, 204);
    assert_eq!(scene.lead(&id).await["version"], closed);
    // Each is heard of, with the version that then stands, so that open pages can show it.
    let events: Vec<(String, i64)> = sqlx::query_as(
        "select coalesce(payload ->> 'action', topic), (payload ->> 'version')::int8 from outbox where docket_id = $1::uuid order by id",
    )
    .bind(&id)
    .fetch_all(&scene.house.test.owner_pool)
    .await
    .unwrap();
    let said: Vec<(&str, i64)> = events.iter().map(|(action, version)| (action.as_str(), *version)).collect();
    assert_eq!(
        said[4..9],
        [("take", version), ("comment", version), ("remind", version), ("reveal", version), ("docket.limit-missed", version)]
    );
    assert_eq!((said[9], said.last().unwrap()), (("fix", version + 1), &("rate", closed.as_i64().unwrap())));
}

#[tokio::test]
async fn an_asked_extension_and_a_corrected_class_are_what_people_decide_on() {
    let scene = Scene::set().await;
    let (id, _) = scene.fixing().await;
    let version = scene.lead(&id).await["version"].as_i64().unwrap();
    scene.handler.act_on(&id, version, "request-extension", json!({ "hours": 4, "reason": "等吊车" })).await.fine();
    scene.shift_leader.act_on(&id, version, "suspend", json!({ "reason": "台风" })).await.refused(412, "version-conflict");
    scene.shift_leader.act_on(&id, version + 1, "refuse-extension", json!({ "reason": "吊车已到" })).await.fine();
    scene.operator.act_on(&id, version + 2, "correct", json!({ "address": "和平路 12 号" })).await.fine();
    assert_eq!(scene.lead(&id).await["version"], version + 3);
}

#[tokio::test]
async fn a_comment_sent_twice_is_one_comment() {
    let scene = Scene::set().await;
    let (id, _) = scene.reported().await;
    let send = async |client: &testkit::house::Client, key: &str, verb: &str, body: &str| {
        let request = axum::http::Request::post(format!("/api/v1/leads/{id}/actions/{verb}"))
            .header("idempotency-key", key)
            .header("content-type", "application/json")
            .body(axum::body::Body::from(body.to_owned()))
            .unwrap();
        client.send(request).await.fine();
    };
    for _ in 0..3 {
        send(&scene.operator, "k1", "comment", r#"{"text":"看过"}"#).await;
        send(&scene.operator, "k2", "remind", "{}").await;
    }
    send(&scene.operator, "k3", "comment", r#"{"text":"看过"}"#).await;
    send(&scene.shift_leader, "k1", "comment", r#"{"text":"看过"}"#).await;
    assert_eq!(
        scene.history(&id).await,
        ["report", "comment", "remind", "comment", "comment"],
        "another key, or another person, is another"
    );
    let answer = scene.operator.get(&format!("/api/v1/leads/{id}/history")).await;
    assert!(!answer.text.contains("\"k1\""), "{}", answer.text);
}
