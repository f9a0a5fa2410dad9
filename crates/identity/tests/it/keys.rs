//! Machines come with a key.

use serde_json::json;

use crate::house::{House, PASSWORD};

#[tokio::test]
async fn a_machine_works_with_its_key_until_it_is_taken_away() {
    let house = House::build().await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    let mut administrator = house.signed_in("administrator01").await;
    let new = json!({ "account": "camera01", "name": "视频源01", "organisation_id": house.zhuji, "roles": ["machine"] });
    let machine = administrator.post("/api/v1/people", new).await.fine().body["id"].as_str().unwrap().to_owned();
    let keys = format!("/api/v1/people/{machine}/api-keys");
    let made = administrator.post(&keys, json!({ "name": "路口视频" })).await;
    assert_eq!(made.status, 201);
    let key = made.body["key"].as_str().unwrap().to_owned();
    let list = administrator.get(&keys).await;
    assert_eq!(list.items().len(), 1);
    assert!(!list.text.contains(&key));

    let mut camera = house.visitor();
    camera.bearer = Some(key);
    // A program sends what no browser would: it is not held to the browsers' rule.
    camera.headers = vec![("origin", "http://elsewhere.test".into())];
    camera.post("/look", json!({})).await.fine();
    camera.post("/decide", json!({})).await.refused(403, "forbidden");
    assert!(administrator.get(&keys).await.items()[0]["last_used_at"].is_string());
    let id = made.body["id"].as_str().unwrap();
    assert_eq!(administrator.delete(&format!("{keys}/{id}")).await.status, 204);
    camera.post("/look", json!({})).await.refused(401, "api-key-unknown");
    administrator.delete(&format!("{keys}/{id}")).await.refused(404, "api-key-not-found");
}

#[tokio::test]
async fn people_have_no_keys_and_machines_no_passwords() {
    let house = House::build().await;
    let person = house.person("operator01", house.zhuji, &["operator"]).await;
    let machine = house.person("camera01", house.zhuji, &["machine"]).await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    let mut administrator = house.signed_in("administrator01").await;
    administrator.post(&format!("/api/v1/people/{person}/api-keys"), json!({ "name": "钥" })).await.refused(409, "not-a-machine");
    let password = json!({ "password": "lantern-boat-7" });
    administrator.post(&format!("/api/v1/people/{machine}/actions/reset-password"), password).await.refused(409, "machine-has-no-password");
    let refused = administrator.patch(&format!("/api/v1/people/{machine}"), 1, json!({ "roles": ["operator"] })).await;
    assert_eq!(refused.refused(422, "person-invalid").field(), "roles");
    house.visitor().sign_in("camera01", PASSWORD).await.refused(401, "sign-in-failed");
    let mut disabled = house.visitor();
    disabled.bearer = Some(identity::bootstrap::api_key(&house.identity, machine, "演示").await.unwrap());
    disabled.post("/look", json!({})).await.fine();
    administrator.post(&format!("/api/v1/people/{machine}/actions/disable"), json!({})).await.fine();
    disabled.post("/look", json!({})).await.refused(401, "api-key-unknown");
}
