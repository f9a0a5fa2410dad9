//! Keeping people.

use serde_json::json;

use crate::house::{House, PASSWORD};

#[tokio::test]
async fn a_disabled_persons_session_ends_at_once_and_he_cannot_come_back() {
    let house = House::build().await;
    let person = house.person("operator01", house.zhuji, &["operator"]).await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    let mut operator = house.signed_in("operator01").await;
    operator.get("/api/v1/session").await.fine();
    let mut administrator = house.signed_in("administrator01").await;
    let disabled = administrator.post(&format!("/api/v1/people/{person}/actions/disable"), json!({})).await;
    assert_eq!(disabled.fine().body["active"], false);
    operator.get("/api/v1/session").await.refused(401, "not-signed-in");
    house.visitor().sign_in("operator01", PASSWORD).await.refused(401, "sign-in-failed");
    assert!(house.identity.caller_of(person).await.unwrap().is_none());
    administrator.post(&format!("/api/v1/people/{person}/actions/enable"), json!({})).await.fine();
    house.visitor().sign_in("operator01", PASSWORD).await.fine();
    operator.get("/api/v1/session").await.refused(401, "not-signed-in");
}

#[tokio::test]
async fn a_change_of_roles_counts_from_the_next_request() {
    let house = House::build().await;
    let person = house.person("operator01", house.zhuji, &["operator"]).await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    let mut operator = house.signed_in("operator01").await;
    operator.post("/decide", json!({})).await.fine();
    let mut administrator = house.signed_in("administrator01").await;
    administrator.patch(&format!("/api/v1/people/{person}"), 1, json!({ "roles": ["collector"] })).await.fine();
    operator.post("/decide", json!({})).await.refused(403, "forbidden");
    operator.post("/look", json!({})).await.fine();
}

#[tokio::test]
async fn a_reset_password_ends_sessions_and_must_be_changed() {
    let house = House::build().await;
    let person = house.person("operator01", house.zhuji, &["operator"]).await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    let mut operator = house.signed_in("operator01").await;
    let mut administrator = house.signed_in("administrator01").await;
    let path = format!("/api/v1/people/{person}/actions/reset-password");
    administrator.post(&path, json!({ "password": "operator01" })).await.refused(422, "password-too-weak");
    administrator.post(&path, json!({ "password": "lantern-boat-7" })).await.fine();
    operator.get("/api/v1/session").await.refused(401, "not-signed-in");
    let again = house.visitor().sign_in("operator01", "lantern-boat-7").await;
    assert_eq!(again.fine().body["must_change_password"], true);
}

#[tokio::test]
async fn faults_are_named_field_by_field_and_accounts_are_unique() {
    let house = House::build().await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    let mut administrator = house.signed_in("administrator01").await;
    let bad = json!({ "account": "受理", "name": "", "organisation_id": uuid::Uuid::nil(), "roles": ["god"], "regions": ["1"] });
    let refused = administrator.post("/api/v1/people", bad).await;
    refused.refused(422, "person-invalid");
    let fields: Vec<&str> = refused.body["fields"].as_array().unwrap().iter().map(|fault| fault["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["account", "name", "roles", "regions", "organisation_id", "password"]);
    let new = json!({ "account": "Operator01", "name": "受理员01", "organisation_id": house.zhuji, "roles": ["operator"], "password": "lantern-boat-7" });
    let made = administrator.post("/api/v1/people", new.clone()).await;
    assert_eq!((made.status.as_u16(), made.body["account"].as_str()), (201, Some("operator01")));
    assert_eq!(made.headers["etag"], "\"1\"");
    assert_eq!(administrator.post("/api/v1/people", new).await.refused(409, "account-taken").field(), "account");
}

#[tokio::test]
async fn a_stale_version_is_refused_and_none_at_all_as_well() {
    let house = House::build().await;
    let person = house.person("operator01", house.zhuji, &["operator"]).await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    let mut administrator = house.signed_in("administrator01").await;
    let path = format!("/api/v1/people/{person}");
    administrator.patch(&path, 1, json!({ "name": "受理员甲" })).await.fine();
    administrator.patch(&path, 1, json!({ "name": "受理员乙" })).await.refused(412, "version-conflict");
    administrator.send(axum::http::Method::PATCH, &path, None, Some(json!({ "name": "丙" }))).await.refused(422, "if-match-missing");
    let disable = format!("{path}/actions/disable");
    administrator.send(axum::http::Method::POST, &disable, Some(1), None).await.refused(412, "version-conflict");
    assert_eq!(administrator.get(&path).await.body["name"], "受理员甲");
}

#[tokio::test]
async fn pages_follow_one_another_without_gap_or_overlap() {
    let house = House::build().await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    for number in 0..7 {
        house.person(&format!("operator{number:02}"), house.squad, &["operator"]).await;
    }
    let mut administrator = house.signed_in("administrator01").await;
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = administrator.get(&format!("/api/v1/people?role=operator&limit=3{cursor}")).await;
        seen.extend(page.items().iter().map(|item| item["account"].as_str().unwrap().to_owned()));
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, (0..7).map(|number| format!("operator{number:02}")).collect::<Vec<_>>());
    assert_eq!(administrator.get("/api/v1/people?q=%25").await.items().len(), 0);
    assert_eq!(administrator.get("/api/v1/people?q=OPERATOR06").await.items().len(), 1);
    let below = administrator.get(&format!("/api/v1/people?organisation={}&limit=200", house.zhuji)).await;
    assert_eq!(below.items().len(), 8);
}

#[tokio::test]
async fn every_change_leaves_a_line_that_names_who_did_it() {
    let house = House::build().await;
    let person = house.person("operator01", house.zhuji, &["operator"]).await;
    let administrator = house.person("administrator01", house.zhuji, &["administrator"]).await;
    let mut browser = house.signed_in("administrator01").await;
    browser.patch(&format!("/api/v1/people/{person}"), 1, json!({ "roles": ["dispatcher"] })).await.fine();
    let (actor, payload): (uuid::Uuid, serde_json::Value) =
        sqlx::query_as("SELECT actor_id, payload FROM identity_change WHERE action = 'person-changed' AND target = $1")
            .bind(person.to_string())
            .fetch_one(house.test.database.pool())
            .await
            .unwrap();
    assert_eq!(actor, administrator.uuid());
    assert_eq!((&payload["from"]["roles"], &payload["to"]["roles"]), (&json!(["operator"]), &json!(["dispatcher"])));
}

#[tokio::test]
async fn an_administrator_undoes_the_link_to_the_provider_and_it_is_written_down() {
    let house = House::build().await;
    let leader = house.person("leader01", house.zhuji, &["leader"]).await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    let link = "INSERT INTO oidc_subject (issuer, subject, person_id, linked_at) VALUES ('https://sso.example', 'someone', $1, now())";
    sqlx::query(link).bind(leader.uuid()).execute(&house.test.owner_pool).await.unwrap();
    let mut before = house.signed_in("leader01").await;
    let mut administrator = house.signed_in("administrator01").await;
    assert_eq!(administrator.get(&format!("/api/v1/people/{leader}")).await.fine().body["provider_linked"], true);
    let done = administrator.post(&format!("/api/v1/people/{leader}/actions/unlink-provider"), json!({})).await;
    assert_eq!(done.fine().body["provider_linked"], false);
    before.get("/api/v1/session").await.refused(401, "not-signed-in");
    let (left, written): (i64, i64) =
        sqlx::query_as("SELECT (SELECT count(*) FROM oidc_subject), (SELECT count(*) FROM identity_change WHERE action = 'oidc-unlinked')")
            .fetch_one(&house.test.owner_pool)
            .await
            .unwrap();
    assert_eq!((left, written), (0, 1));
}
