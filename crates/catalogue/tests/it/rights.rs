//! Nobody reads or changes the catalogue without the right; only the map is public.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::house::{caller, house};

#[tokio::test]
async fn every_operation_asks_for_its_right() {
    let house = house().await;
    let (_, document) = catalogue::routes(house.catalogue.clone()).split_for_parts();
    let document = serde_json::to_value(&document).unwrap();
    let mut walked = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            walked += 1;
            let request = || {
                Request::builder()
                    .method(method.to_uppercase().as_str())
                    .uri(format!("{}?x=121&y=30", path.replace("{code}", "06028")))
                    .header(header::CONTENT_TYPE, "application/json")
                    .body(Body::from(r#"{"code":"06905","name":"名","value":1,"unit":"working_day"}"#))
                    .unwrap()
            };
            let public = operation["x-public"] == true;
            assert_ne!(public, operation["x-right"].is_string(), "{path} names neither a right nor the public");
            let nobody = house.send(None, request()).await.status;
            assert_eq!(nobody == StatusCode::UNAUTHORIZED, !public, "{method} {path}: {nobody}");
            if operation["x-right"] == "catalogue.manage" {
                let operator = house.send(Some(caller(&["operator"], "330482")), request()).await.status;
                assert_eq!(operator, StatusCode::FORBIDDEN, "{method} {path}");
            }
        }
    }
    assert_eq!(walked, 14);
}

#[tokio::test]
async fn a_township_does_not_change_what_belongs_to_the_county() {
    let house = house().await;
    let township = || caller(&["administrator"], "330482901");
    let body = r#"{"code":"06905","name":"名","value":1,"unit":"working_day"}"#;
    for path in ["/api/v1/classes", "/api/v1/classes/06028/limits", "/api/v1/catalogue/imports/roads"] {
        assert_eq!(house.post_as(township(), path, "application/json", body).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}
