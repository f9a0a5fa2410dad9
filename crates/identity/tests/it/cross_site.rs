//! Another site's page cannot write in a person's name.

use serde_json::json;

use crate::house::{House, PASSWORD};

#[tokio::test]
async fn writes_from_elsewhere_are_refused_and_reads_are_not() {
    let house = House::build().await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    let mut browser = house.signed_in("operator01").await;
    for headers in [
        vec![("sec-fetch-site", "cross-site".to_owned())],
        vec![("sec-fetch-site", "same-site".to_owned())],
        vec![("origin", "https://evil.test".to_owned())],
        vec![("origin", "null".to_owned())],
    ] {
        browser.headers = headers;
        browser.post("/decide", json!({})).await.refused(403, "cross-site-refused");
        browser.get("/api/v1/session").await.fine();
        // Nor does another site sign its own account in.
        let mut fresh = house.visitor();
        fresh.headers = browser.headers.clone();
        fresh.sign_in("operator01", PASSWORD).await.refused(403, "cross-site-refused");
    }
    browser.headers = vec![("sec-fetch-site", "same-origin".into()), ("origin", "https://desk.test".into())];
    browser.post("/decide", json!({})).await.fine();
}
