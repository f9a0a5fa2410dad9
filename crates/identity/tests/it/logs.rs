//! Nothing secret is ever logged, at any level.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use serde_json::json;

use crate::house::{House, PASSWORD};

#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn passwords_tokens_codes_and_keys_stay_out_of_the_logs() {
    let paper = Paper::default();
    let writer = paper.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    let _logging = tracing::subscriber::set_default(subscriber);

    let house = House::build().await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    let machine = house.person("camera01", house.zhuji, &["machine"]).await;
    let mut browser = house.signed_in("administrator01").await;
    house.visitor().sign_in("administrator01", "wrong-guess-99").await;
    let secret = browser.post("/api/v1/session/totp", json!({})).await.body["secret"].as_str().unwrap().to_owned();
    let key =
        browser.post(&format!("/api/v1/people/{machine}/api-keys"), json!({ "name": "钥" })).await.body["key"].as_str().unwrap().to_owned();
    let mut camera = house.visitor();
    camera.bearer = Some(key.clone());
    camera.post("/look", json!({})).await.fine();
    browser.post("/api/v1/session/password", json!({ "old": PASSWORD, "new": "lantern-boat-7" })).await.fine();
    tracing::info!(identity = ?house.identity, "the handle itself");

    let written = String::from_utf8_lossy(&paper.0.lock().unwrap()).into_owned();
    assert!(written.contains("signed in"), "nothing was logged at all");
    let phc: String = sqlx::query_scalar("SELECT phc FROM credential LIMIT 1").fetch_one(house.test.database.pool()).await.unwrap();
    for secret in [PASSWORD, "wrong-guess-99", "lantern-boat-7", &secret, &key, browser.cookie.as_deref().unwrap(), &phc] {
        assert!(!written.contains(secret), "logged: {secret}");
    }
}
