//! The second factor.

use chrono::TimeDelta;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::house::{Browser, House, PASSWORD, start_of_day};
use kernel::clock::Clock;

struct Phone(totp_rs::Totp);

impl Phone {
    fn with(secret: &Value) -> Phone {
        let secret = Secret::try_from_base32(secret.as_str().unwrap()).unwrap();
        Phone(Builder::new().with_secret(secret).build().unwrap())
    }

    fn code(&self, house: &House) -> String {
        self.0.generate(house.clock.now().timestamp() as u64).to_string()
    }
}

async fn enrolled(house: &House, account: &str) -> (Browser, Phone) {
    let mut browser = house.signed_in(account).await;
    let offer = browser.post("/api/v1/session/totp", json!({})).await;
    let url = offer.fine().body["otpauth_url"].as_str().unwrap().to_owned();
    assert!(url.starts_with(&format!("otpauth://totp/Bihuan:{account}?secret=")), "{url}");
    let phone = Phone::with(&offer.body["secret"]);
    let confirmed = browser.post("/api/v1/session/totp/confirm", json!({ "code": phone.code(house) })).await;
    assert_eq!(confirmed.status, 204, "{}", confirmed.text);
    house.clock.advance(TimeDelta::seconds(30));
    (browser, phone)
}

async fn sign_in(house: &House, account: &str, code: &str) -> crate::house::Answer {
    house.visitor().post("/api/v1/session", json!({ "account": account, "password": PASSWORD, "totp": code })).await
}

#[tokio::test]
async fn a_code_is_asked_for_and_is_good_once() {
    let house = House::build().await;
    house.person("leader01", house.zhuji, &["leader"]).await;
    let (mut browser, phone) = enrolled(&house, "leader01").await;
    assert_eq!(browser.get("/api/v1/session").await.body["totp_enabled"], true);
    house.visitor().sign_in("leader01", PASSWORD).await.refused(401, "totp-required");
    let code = phone.code(&house);
    sign_in(&house, "leader01", &code).await.fine();
    house.clock.advance(TimeDelta::seconds(1));
    sign_in(&house, "leader01", &code).await.refused(401, "sign-in-failed");
    assert_eq!(house.outcomes("leader01").await, ["success", "success", "totp-failed"]);
    house.clock.advance(TimeDelta::seconds(30));
    sign_in(&house, "leader01", &phone.code(&house)).await.fine();
}

#[tokio::test]
async fn an_older_code_is_refused_after_a_newer_one_was_used() {
    let house = House::build().await;
    house.person("leader01", house.zhuji, &["leader"]).await;
    let (_, phone) = enrolled(&house, "leader01").await;
    let older = phone.code(&house);
    house.clock.advance(TimeDelta::seconds(30));
    sign_in(&house, "leader01", &phone.code(&house)).await.fine();
    sign_in(&house, "leader01", &older).await.refused(401, "sign-in-failed");
}

#[tokio::test]
async fn one_step_of_delay_is_borne_and_two_are_not() {
    let house = House::build().await;
    house.person("leader01", house.zhuji, &["leader"]).await;
    let (_, phone) = enrolled(&house, "leader01").await;
    house.clock.set(start_of_day() + TimeDelta::minutes(10));
    let code = phone.code(&house);
    house.clock.advance(TimeDelta::seconds(60));
    sign_in(&house, "leader01", &code).await.refused(401, "sign-in-failed");
    house.clock.advance(TimeDelta::seconds(-30));
    sign_in(&house, "leader01", &code).await.fine();
}

#[tokio::test]
async fn wrong_codes_lock_out_as_wrong_passwords_do_and_asking_anew_does_not_help() {
    let house = House::build().await;
    house.person("leader01", house.zhuji, &["leader"]).await;
    let (_, phone) = enrolled(&house, "leader01").await;
    for _ in 0..5 {
        house.visitor().sign_in("leader01", PASSWORD).await.refused(401, "totp-required");
        sign_in(&house, "leader01", "000000").await.refused(401, "sign-in-failed");
    }
    sign_in(&house, "leader01", &phone.code(&house)).await.refused(401, "locked-out");
}

#[tokio::test]
async fn it_is_not_replaced_silently_and_is_taken_away_with_the_password() {
    let house = House::build().await;
    house.person("leader01", house.zhuji, &["leader"]).await;
    let (mut browser, _) = enrolled(&house, "leader01").await;
    browser.post("/api/v1/session/totp", json!({})).await.refused(409, "totp-already-enabled");
    let delete = |password: &str| Some(json!({ "password": password }));
    browser.send(axum::http::Method::DELETE, "/api/v1/session/totp", None, delete("not-the-password")).await.refused(422, "password-wrong");
    assert_eq!(browser.send(axum::http::Method::DELETE, "/api/v1/session/totp", None, delete(PASSWORD)).await.status, 204);
    house.visitor().sign_in("leader01", PASSWORD).await.fine();
}

#[tokio::test]
async fn an_unconfirmed_secret_asks_for_nothing_and_none_is_kept_in_the_clear() {
    let house = House::build().await;
    house.person("leader01", house.zhuji, &["leader"]).await;
    let mut browser = house.signed_in("leader01").await;
    browser.post("/api/v1/session/totp/confirm", json!({ "code": "123456" })).await.refused(409, "totp-not-requested");
    let offer = browser.post("/api/v1/session/totp", json!({})).await;
    house.visitor().sign_in("leader01", PASSWORD).await.fine();
    let secret = Secret::try_from_base32(offer.body["secret"].as_str().unwrap()).unwrap();
    let sealed: Vec<u8> = sqlx::query_scalar("SELECT sealed FROM totp").fetch_one(house.test.database.pool()).await.unwrap();
    assert!(!sealed.windows(secret.as_bytes().len()).any(|window| window == secret.as_bytes()));
    browser.post("/api/v1/session/totp/confirm", json!({ "code": "000000" })).await.refused(422, "totp-wrong");
}
