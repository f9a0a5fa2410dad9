//! Nobody gives, or takes from, more than he holds himself.

use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn regions_wider_than_ones_own_are_refused() {
    let house = House::build().await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    let person = house.person("operator01", house.squad, &["operator"]).await;
    let mut administrator = house.signed_in("administrator01").await;
    let path = format!("/api/v1/people/{person}");
    for regions in [json!(["3306"]), json!(["330602"]), json!(["330681004", "33"])] {
        administrator.patch(&path, 1, json!({ "regions": regions })).await.refused(403, "scope-exceeded");
        let new = json!({ "account": "operator09", "name": "受理员09", "organisation_id": house.squad, "roles": ["operator"], "regions": regions, "password": "lantern-boat-7" });
        administrator.post("/api/v1/people", new).await.refused(403, "scope-exceeded");
    }
    let refused = administrator.patch(&path, 1, json!({ "regions": [""] })).await;
    assert_eq!(refused.refused(422, "person-invalid").field(), "regions");
    let moved = administrator.patch(&path, 1, json!({ "organisation_id": house.city })).await;
    assert_eq!(moved.refused(422, "person-invalid").field(), "organisation_id");
    administrator.patch(&path, 1, json!({ "regions": ["330681"] })).await.fine();
}

#[tokio::test]
async fn somebody_who_reaches_further_cannot_be_touched() {
    let house = House::build().await;
    house.person("administrator09", house.city, &["administrator"]).await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    let leader = house.person("leader01", house.zhuji, &["leader"]).await;
    let mut city = house.signed_in("administrator09").await;
    city.patch(&format!("/api/v1/people/{leader}"), 1, json!({ "regions": ["3306"] })).await.fine();
    let mut district = house.signed_in("administrator01").await;
    let password = json!({ "password": "lantern-boat-7" });
    district.post(&format!("/api/v1/people/{leader}/actions/reset-password"), password).await.refused(403, "scope-exceeded");
    district.post(&format!("/api/v1/people/{leader}/actions/disable"), json!({})).await.refused(403, "scope-exceeded");
    district.patch(&format!("/api/v1/people/{leader}"), 2, json!({ "regions": ["330681"] })).await.refused(403, "scope-exceeded");
}

#[tokio::test]
async fn powers_over_others_are_given_only_by_those_who_hold_them() {
    let house = House::build().await;
    house.person("administrator09", house.city, &["administrator"]).await;
    house.person("leader01", house.zhuji, &["leader"]).await;
    let administrator = house.person("administrator01", house.zhuji, &["administrator"]).await;
    let operator = house.person("operator01", house.zhuji, &["operator"]).await;
    let mut city = house.signed_in("administrator09").await;
    // A leader who may keep people, but holds none of the administrator's other powers.
    let rights = json!({ "rights": ["person.see", "person.manage"] });
    city.patch("/api/v1/roles/leader", 1, rights).await.fine();
    let mut leader = house.signed_in("leader01").await;
    leader.patch(&format!("/api/v1/people/{operator}"), 1, json!({ "roles": ["administrator"] })).await.refused(403, "role-exceeded");
    let password = json!({ "password": "lantern-boat-7" });
    leader.post(&format!("/api/v1/people/{administrator}/actions/reset-password"), password).await.refused(403, "role-exceeded");
    leader.patch(&format!("/api/v1/people/{operator}"), 1, json!({ "roles": ["dispatcher"] })).await.fine();
}

#[tokio::test]
async fn nobody_changes_his_own_powers() {
    let house = House::build().await;
    let administrator = house.person("administrator01", house.zhuji, &["administrator"]).await;
    let mut browser = house.signed_in("administrator01").await;
    let path = format!("/api/v1/people/{administrator}");
    browser.patch(&path, 1, json!({ "roles": ["administrator", "operator"] })).await.refused(409, "own-account");
    browser.patch(&path, 1, json!({ "regions": ["330681004"] })).await.refused(409, "own-account");
    browser.post(&format!("{path}/actions/disable"), json!({})).await.refused(409, "own-account");
    browser.post(&format!("{path}/actions/reset-totp"), json!({})).await.refused(409, "own-account");
    browser.post(&format!("{path}/actions/unlink-provider"), json!({})).await.refused(409, "own-account");
    browser.patch(&path, 1, json!({ "name": "系统管理员01" })).await.fine();
}

#[tokio::test]
async fn an_ordinary_person_manages_nothing() {
    let house = House::build().await;
    let person = house.person("operator01", house.zhuji, &["operator"]).await;
    let mut operator = house.signed_in("operator01").await;
    operator.patch(&format!("/api/v1/people/{person}"), 1, json!({ "roles": ["administrator"] })).await.refused(403, "forbidden");
    operator
        .post("/api/v1/organisations", json!({ "name": "新", "kind": "squad", "region": "330681", "parent_id": house.zhuji }))
        .await
        .refused(403, "forbidden");
    operator.get("/api/v1/roles").await.refused(403, "forbidden");
    operator.get("/api/v1/sign-ins").await.refused(403, "forbidden");
    operator.patch("/api/v1/roles/operator", 1, json!({ "rights": ["person.manage"] })).await.refused(403, "forbidden");
}
