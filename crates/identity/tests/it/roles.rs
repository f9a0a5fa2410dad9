//! What roles allow is data, kept by those who keep the whole installation.

use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn every_role_is_listed_with_its_rights() {
    let house = House::build().await;
    house.person("administrator09", house.city, &["administrator"]).await;
    let roles = house.signed_in("administrator09").await.get("/api/v1/roles").await;
    assert_eq!(roles.items().len(), 15);
    let operator = roles.items().iter().find(|role| role["code"] == "operator").unwrap();
    assert_eq!(operator["name"], "受理员");
    assert!(operator["rights"].as_array().unwrap().contains(&json!({ "name": "test.decide", "label": "决定", "decides": true })));
    let auxiliary = roles.items().iter().find(|role| role["code"] == "auxiliary").unwrap();
    assert!(auxiliary["rights"].as_array().unwrap().iter().all(|right| right["decides"] == false));
}

#[tokio::test]
async fn a_district_does_not_change_what_roles_allow_everywhere() {
    let house = House::build().await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    let mut district = house.signed_in("administrator01").await;
    district.patch("/api/v1/roles/operator", 1, json!({ "rights": [] })).await.refused(403, "scope-exceeded");
}

#[tokio::test]
async fn administrators_cannot_saw_off_their_own_branch_and_unknown_rights_are_named() {
    let house = House::build().await;
    house.person("administrator09", house.city, &["administrator"]).await;
    let mut city = house.signed_in("administrator09").await;
    city.patch("/api/v1/roles/administrator", 1, json!({ "rights": ["person.see"] })).await.refused(422, "role-invalid");
    city.patch("/api/v1/roles/operator", 1, json!({ "rights": ["made.up"] })).await.refused(422, "role-invalid");
    city.patch("/api/v1/roles/god", 1, json!({ "rights": [] })).await.refused(404, "role-not-found");
    city.patch("/api/v1/roles/operator", 1, json!({ "rights": ["test.look"] })).await.fine();
    city.patch("/api/v1/roles/operator", 1, json!({ "rights": [] })).await.refused(412, "version-conflict");
}
