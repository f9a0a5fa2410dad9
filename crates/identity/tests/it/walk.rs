//! No operation without protection: every one in the document is tried as nobody and as somebody without the right.

use axum::http::Method;
use serde_json::Value;

use crate::house::House;

/// What may be asked without a right: one's own session.
const OWN: &str = "/api/v1/session";
/// The way to the identity provider and back, which nobody has gone yet who is not signed in.
const DOOR: [&str; 4] =
    ["/api/v1/session/oidc", "/api/v1/session/oidc/start", "/api/v1/session/oidc/callback", "/api/v1/session/oidc/totp"];

#[tokio::test]
async fn every_operation_refuses_nobody_and_those_without_the_right() {
    let house = House::build().await;
    house.person("nothing01", house.zhuji, &[]).await;
    let mut nobody = house.visitor();
    let mut without = house.signed_in("nothing01").await;
    let document = serde_json::to_value(identity::routes(house.identity.clone()).to_openapi()).unwrap();
    let mut tried = 0;
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let Ok(verb) = method.to_uppercase().parse::<Method>() else { continue };
            let right = operation["x-right"].as_str();
            assert_eq!(right.is_none(), path.starts_with(OWN), "{method} {path} names no right");
            let address =
                path.replace("{id}", &house.zhuji.to_string()).replace("{key_id}", &house.zhuji.to_string()).replace("{code}", "operator");
            if DOOR.contains(&path.as_str()) || (path == OWN && verb != Method::GET) {
                continue;
            }
            nobody.send(verb.clone(), &address, None, Some(Value::Null)).await.refused(401, "not-signed-in");
            if right.is_some() {
                without.send(verb, &address, None, Some(Value::Null)).await.refused(403, "forbidden");
            }
            tried += 1;
        }
    }
    assert!(tried > 20, "only {tried} operations in the document");
}

#[tokio::test]
async fn every_named_right_exists() {
    let house = House::build().await;
    let known = identity::rights();
    let document = serde_json::to_string(&identity::routes(house.identity.clone()).to_openapi()).unwrap();
    for part in document.split("\"x-right\":\"").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(known.iter().any(|right| right.name == name), "{name}");
    }
}
