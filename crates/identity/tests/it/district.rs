//! An administrator of a district knows only that district.

use serde_json::{Value, json};

use crate::house::House;

fn names(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn lists_search_and_single_reads_stop_at_the_district() {
    let house = House::build().await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    house.person("operator01", house.squad, &["operator"]).await;
    let foreign = house.person("operator02", house.yuecheng, &["operator"]).await;
    let above = house.person("administrator09", house.city, &["administrator"]).await;
    let mut administrator = house.signed_in("administrator01").await;
    let organisations = administrator.get("/api/v1/organisations").await;
    assert_eq!(names(organisations.items()), ["甲区局", "甲区一中队"]);
    let people = administrator.get("/api/v1/people").await;
    assert_eq!(names(people.items()), ["测试administrator01", "测试operator01"]);
    for query in ["q=operator02", "organisation={yuecheng}", "role=operator&q=operator02"] {
        let query = query.replace("{yuecheng}", &house.yuecheng.to_string());
        assert!(administrator.get(&format!("/api/v1/people?{query}")).await.items().is_empty(), "{query}");
    }
    for person in [foreign, above] {
        administrator.get(&format!("/api/v1/people/{person}")).await.refused(404, "person-not-found");
        administrator.patch(&format!("/api/v1/people/{person}"), 1, json!({ "name": "改" })).await.refused(404, "person-not-found");
        for action in ["disable", "enable", "unlock", "reset-totp", "unlink-provider"] {
            administrator.post(&format!("/api/v1/people/{person}/actions/{action}"), json!({})).await.refused(404, "person-not-found");
        }
        let password = json!({ "password": "lantern-boat-7" });
        administrator.post(&format!("/api/v1/people/{person}/actions/reset-password"), password).await.refused(404, "person-not-found");
        administrator.get(&format!("/api/v1/people/{person}/api-keys")).await.refused(404, "person-not-found");
        administrator.post(&format!("/api/v1/people/{person}/api-keys"), json!({ "name": "钥" })).await.refused(404, "person-not-found");
    }
    administrator
        .patch(&format!("/api/v1/organisations/{}", house.yuecheng), 1, json!({ "name": "改" }))
        .await
        .refused(404, "organisation-not-found");
    administrator
        .patch(&format!("/api/v1/organisations/{}", house.city), 1, json!({ "name": "改" }))
        .await
        .refused(404, "organisation-not-found");
}

#[tokio::test]
async fn the_sign_in_audit_stops_at_the_district_too() {
    let house = House::build().await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    house.person("administrator09", house.city, &["administrator"]).await;
    house.person("operator02", house.yuecheng, &["operator"]).await;
    house.signed_in("operator02").await;
    house.visitor().sign_in("nobody01", "not-the-password").await;
    let mut district = house.signed_in("administrator01").await;
    let mut city = house.signed_in("administrator09").await;
    let accounts = |items: &[Value]| items.iter().map(|item| item["account"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(accounts(district.get("/api/v1/sign-ins").await.items()), ["administrator01"]);
    let first = city.get("/api/v1/sign-ins?limit=3").await;
    assert_eq!(first.items().len(), 3);
    let cursor = first.body["next_cursor"].as_str().unwrap();
    let rest = city.get(&format!("/api/v1/sign-ins?limit=3&cursor={cursor}")).await;
    let mut all = [accounts(first.items()), accounts(rest.items())].concat();
    all.sort();
    assert_eq!(all, ["administrator01", "administrator09", "nobody01", "operator02"]);
    city.get("/api/v1/sign-ins?cursor=rubbish").await.refused(422, "cursor-invalid");
}

#[tokio::test]
async fn a_unit_leader_sees_his_own_people_alone() {
    let house = House::build().await;
    house.person("unit_leader01", house.squad, &["unit_leader"]).await;
    house.person("operator01", house.zhuji, &["operator"]).await;
    let mut leader = house.signed_in("unit_leader01").await;
    assert_eq!(names(leader.get("/api/v1/people").await.items()), ["测试unit_leader01"]);
    assert_eq!(names(leader.get("/api/v1/organisations").await.items()), ["甲区一中队"]);
}
