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
    assert_eq!(confirmed.fine().body["recovery_codes"].as_array().map(Vec::len), Some(10), "{}", confirmed.text);
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

fn codes(answer: &crate::house::Answer) -> Vec<String> {
    answer.fine().body["recovery_codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_recovery_code_stands_in_for_the_phone_once_and_new_ones_end_the_old() {
    let house = House::build().await;
    house.person("leader01", house.zhuji, &["leader"]).await;
    house.person("leader02", house.zhuji, &["leader"]).await;
    let (mut browser, phone) = enrolled(&house, "leader01").await;
    let (mut other, _) = enrolled(&house, "leader02").await;
    let renew = "/api/v1/session/totp/recovery-codes";
    browser.post(renew, json!({ "password": "not-the-password" })).await.refused(422, "password-wrong");
    let old = codes(&browser.post(renew, json!({ "password": PASSWORD })).await);
    let others = codes(&other.post(renew, json!({ "password": PASSWORD })).await);
    sign_in(&house, "leader01", &others[0]).await.refused(401, "sign-in-failed");
    sign_in(&house, "leader01", &old[0].to_uppercase().replace('-', " ")).await.fine();
    sign_in(&house, "leader01", &old[0]).await.refused(401, "sign-in-failed");
    let new = codes(&browser.post(renew, json!({ "password": PASSWORD })).await);
    sign_in(&house, "leader01", &old[1]).await.refused(401, "sign-in-failed");
    sign_in(&house, "leader01", &new[1]).await.fine();
    sign_in(&house, "leader01", &phone.code(&house)).await.fine();
    // Only hashes are kept, each use is written down, and without the second factor there are no codes.
    let pool = house.test.database.pool();
    let hash = <sha2::Sha256 as sha2::Digest>::digest(new[2].replace('-', "")).to_vec();
    let kept: bool =
        sqlx::query_scalar("SELECT EXISTS (SELECT FROM totp_recovery WHERE code_hash = $1)").bind(hash).fetch_one(pool).await.unwrap();
    assert!(kept);
    let used: Vec<Value> = sqlx::query_scalar("SELECT payload FROM identity_change WHERE action = 'recovery-code-used' ORDER BY at, id")
        .fetch_all(pool)
        .await
        .unwrap();
    assert_eq!(used, [json!({ "left": 9 }), json!({ "left": 9 })]);
    let gone = Some(json!({ "password": PASSWORD }));
    assert_eq!(browser.send(axum::http::Method::DELETE, "/api/v1/session/totp", None, gone).await.status, 204);
    browser.post(renew, json!({ "password": PASSWORD })).await.refused(409, "totp-not-enabled");
}

#[tokio::test]
async fn an_administrator_takes_a_lost_second_factor_away_and_it_is_written_down() {
    let house = House::build().await;
    let leader = house.person("leader01", house.zhuji, &["leader"]).await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    let (mut before, _) = enrolled(&house, "leader01").await;
    let reset = format!("/api/v1/people/{leader}/actions/reset-totp");
    house.signed_in("operator01").await.post(&reset, json!({})).await.refused(403, "forbidden");
    let mut administrator = house.signed_in("administrator01").await;
    let done = administrator.post(&reset, json!({})).await;
    assert_eq!(done.fine().body["totp_enabled"], false);
    before.get("/api/v1/session").await.refused(401, "not-signed-in");
    house.visitor().sign_in("leader01", PASSWORD).await.fine();
    let pool = house.test.database.pool();
    let written: i64 = sqlx::query_scalar("SELECT count(*) FROM identity_change WHERE action = 'totp-reset' AND target = $1")
        .bind(leader.to_string())
        .fetch_one(pool)
        .await
        .unwrap();
    assert_eq!(written, 1);
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM totp_recovery").fetch_one(pool).await.unwrap();
    assert_eq!(left, 0);
}
