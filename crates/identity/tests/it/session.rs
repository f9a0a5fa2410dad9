//! Signing in, staying and leaving.

use chrono::TimeDelta;
use serde_json::json;

use crate::house::{House, PASSWORD};

#[tokio::test]
async fn who_signs_in_is_told_who_he_is_and_gets_a_guarded_cookie() {
    let house = House::build().await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    let mut browser = house.visitor();
    browser.get("/api/v1/session").await.refused(401, "not-signed-in");
    let answer = browser.sign_in(" Operator01 ", PASSWORD).await;
    answer.fine();
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"), "{cookie}");
    assert!(!cookie.contains("Secure"), "{cookie}");
    let session = browser.get("/api/v1/session").await;
    assert_eq!(session.body, answer.body);
    assert_eq!(session.body["person"]["account"], "operator01");
    assert_eq!(session.body["organisation"]["name"], "甲区局");
    assert_eq!(session.body["roles"], json!([{ "code": "operator", "name": "受理员" }]));
    assert_eq!(session.body["regions"], json!(["330681"]));
    assert!(session.body["rights"].as_array().unwrap().contains(&json!("test.decide")));
    assert_eq!(
        (&session.body["demo"], &session.body["must_change_password"], &session.body["totp_enabled"]),
        (&json!(false), &json!(false), &json!(false))
    );
    browser.post("/decide", json!({})).await.fine();
    assert_eq!(house.outcomes("operator01").await, ["success"]);
}

#[tokio::test]
async fn behind_a_trusted_proxy_that_speaks_https_the_cookie_is_secure_and_nobody_else_can_say_so() {
    let house = House::build().await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    for (proxy, said, secure) in [
        ([127, 0, 0, 1], "https", true),
        ([127, 0, 0, 1], "http", false),
        ([127, 0, 0, 1], "https, http", false),
        ([10, 0, 0, 7], "https", false),
    ] {
        let mut browser = house.visitor_where_trusted(proxy);
        browser.headers.push(("x-forwarded-proto", said.to_owned()));
        let answer = browser.sign_in("operator01", PASSWORD).await;
        let cookie = answer.fine().headers["set-cookie"].to_str().unwrap();
        assert_eq!(cookie.contains("Secure"), secure, "{proxy:?} {said}: {cookie}");
        let gone = browser.delete("/api/v1/session").await;
        assert_eq!(gone.headers["set-cookie"].to_str().unwrap().contains("Secure"), secure);
    }
}

#[tokio::test]
async fn unknown_accounts_and_wrong_passwords_get_one_answer() {
    let house = House::build().await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    let mut browser = house.visitor();
    let wrong = browser.sign_in("operator01", "river-lamp-43").await;
    let unknown = browser.sign_in("operator99", "river-lamp-43").await;
    wrong.refused(401, "sign-in-failed");
    assert_eq!(wrong.body, unknown.body);
    assert_eq!(house.outcomes("operator99").await, ["failed"]);
    assert!(browser.cookie.is_none());
}

#[tokio::test]
async fn signing_out_ends_the_session_at_once_for_its_copies_too() {
    let house = House::build().await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    let mut browser = house.signed_in("operator01").await;
    let mut copy = browser.clone();
    copy.get("/api/v1/session").await.fine();
    assert_eq!(browser.delete("/api/v1/session").await.status, 204);
    assert!(browser.cookie.is_none());
    copy.get("/api/v1/session").await.refused(401, "not-signed-in");
    assert_eq!(browser.delete("/api/v1/session").await.status, 204);
}

#[tokio::test]
async fn signing_in_again_makes_a_new_token_and_ends_the_old_one() {
    let house = House::build().await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    let mut browser = house.signed_in("operator01").await;
    let mut old = browser.clone();
    browser.sign_in("operator01", PASSWORD).await.fine();
    assert_ne!(old.cookie, browser.cookie);
    old.get("/api/v1/session").await.refused(401, "not-signed-in");
    browser.get("/api/v1/session").await.fine();
}

#[tokio::test]
async fn two_idle_hours_end_a_session_and_a_request_now_and_then_keeps_it() {
    let house = House::build().await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    let mut busy = house.signed_in("operator01").await;
    let mut idle = house.signed_in("operator01").await;
    house.clock.advance(TimeDelta::minutes(119));
    busy.get("/api/v1/session").await.fine();
    house.clock.advance(TimeDelta::minutes(1));
    idle.get("/api/v1/session").await.refused(401, "not-signed-in");
    busy.get("/api/v1/session").await.fine();
}

#[tokio::test]
async fn twelve_hours_end_the_busiest_session() {
    let house = House::build().await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    let mut browser = house.signed_in("operator01").await;
    for _ in 0..11 {
        house.clock.advance(TimeDelta::hours(1));
        browser.get("/api/v1/session").await.fine();
    }
    house.clock.advance(TimeDelta::minutes(59));
    browser.get("/api/v1/session").await.fine();
    house.clock.advance(TimeDelta::minutes(1));
    browser.get("/api/v1/session").await.refused(401, "not-signed-in");
    house.identity.sweep().await.unwrap();
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM session").fetch_one(house.test.database.pool()).await.unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn changing_the_password_ends_the_other_sessions_and_asks_for_the_old_one() {
    let house = House::build().await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    let mut here = house.signed_in("operator01").await;
    let mut there = house.signed_in("operator01").await;
    let change = |old: &str, new: &str| json!({ "old": old, "new": new });
    here.post("/api/v1/session/password", change("wrong-wrong", "lantern-boat-7")).await.refused(422, "password-wrong");
    let weak = here.post("/api/v1/session/password", change(PASSWORD, "short")).await;
    assert_eq!(weak.refused(422, "password-too-weak").field(), "new");
    here.post("/api/v1/session/password", change(PASSWORD, PASSWORD)).await.refused(422, "password-too-weak");
    assert_eq!(here.post("/api/v1/session/password", change(PASSWORD, "lantern-boat-7")).await.status, 204);
    here.get("/api/v1/session").await.fine();
    there.get("/api/v1/session").await.refused(401, "not-signed-in");
    house.visitor().sign_in("operator01", PASSWORD).await.refused(401, "sign-in-failed");
    house.visitor().sign_in("operator01", "lantern-boat-7").await.fine();
}

#[tokio::test]
async fn only_the_hash_of_a_token_is_kept() {
    let house = House::build().await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    let browser = house.signed_in("operator01").await;
    let token = browser.cookie.unwrap();
    let found: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM session s WHERE s::text LIKE '%' || $1 || '%' OR encode(token_hash, 'escape') LIKE '%' || $1 || '%'",
    )
    .bind(&token)
    .fetch_one(house.test.database.pool())
    .await
    .unwrap();
    assert_eq!(found, 0);
    let app = house.test.database.pool();
    for statement in ["UPDATE sign_in SET outcome = 'failed'", "DELETE FROM sign_in", "DELETE FROM identity_change"] {
        assert!(sqlx::query(sqlx::AssertSqlSafe(statement)).execute(app).await.is_err(), "{statement}");
    }
}
