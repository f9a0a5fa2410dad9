//! Keeping the tree of organisations.

use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn the_tree_is_listed_from_the_root_down_and_grows() {
    let house = House::build().await;
    house.person("administrator09", house.city, &["administrator"]).await;
    let mut city = house.signed_in("administrator09").await;
    let new = json!({ "parent_id": house.yuecheng, "name": "乙区一中队", "kind": "squad", "region": "330602001", "sort": 1 });
    let made = city.post("/api/v1/organisations", new.clone()).await;
    assert_eq!((made.status.as_u16(), &made.body["version"], &made.body["active"]), (201, &json!(1), &json!(true)));
    city.post("/api/v1/organisations", new).await.refused(409, "organisation-exists");
    let list = city.get("/api/v1/organisations").await;
    let names: Vec<&str> = list.items().iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert_eq!(names[0], "市局");
    assert_eq!(names.len(), 5);
    let position = |name: &str| names.iter().position(|each| *each == name).unwrap();
    assert!(position("乙区局") < position("乙区一中队"));
}

#[tokio::test]
async fn a_unit_does_not_become_its_own_ancestor() {
    let house = House::build().await;
    house.person("administrator09", house.city, &["administrator"]).await;
    let mut city = house.signed_in("administrator09").await;
    let path = format!("/api/v1/organisations/{}", house.zhuji);
    for parent in [house.squad, house.zhuji] {
        city.patch(&path, 1, json!({ "parent_id": parent })).await.refused(409, "organisation-cycle");
    }
    city.patch(&path, 1, json!({ "name": "甲区综合执法局", "sort": 3 })).await.fine();
    city.patch(&path, 1, json!({ "name": "又改" })).await.refused(412, "version-conflict");
}

#[tokio::test]
async fn a_district_cannot_grow_beyond_itself() {
    let house = House::build().await;
    house.person("administrator01", house.zhuji, &["administrator"]).await;
    let mut district = house.signed_in("administrator01").await;
    let new = |parent: serde_json::Value, region: &str| json!({ "parent_id": parent, "name": "新中队", "kind": "squad", "region": region });
    district.post("/api/v1/organisations", new(json!(house.zhuji), "330602")).await.refused(403, "scope-exceeded");
    district.post("/api/v1/organisations", new(json!(house.yuecheng), "330681")).await.refused(422, "organisation-invalid");
    district.post("/api/v1/organisations", new(json!(null), "330681")).await.refused(403, "scope-exceeded");
    assert_eq!(
        district.post("/api/v1/organisations", new(json!(house.zhuji), "3306810")).await.refused(422, "organisation-invalid").field(),
        "region"
    );
    district.post("/api/v1/organisations", new(json!(house.zhuji), "330681005")).await.fine();
    let squad = format!("/api/v1/organisations/{}", house.squad);
    district.patch(&squad, 1, json!({ "region": "3306" })).await.refused(403, "scope-exceeded");
    district.patch(&squad, 1, json!({ "parent_id": house.city })).await.refused(422, "organisation-invalid");
}

#[tokio::test]
async fn moving_a_unit_moves_what_its_leaders_reach() {
    let house = House::build().await;
    house.person("administrator09", house.city, &["administrator"]).await;
    house.person("unit_handler01", house.zhuji, &["unit_handler"]).await;
    let mut handler = house.signed_in("unit_handler01").await;
    assert!(handler.post("/look", json!({})).await.text.contains(&house.squad.to_string()));
    let mut city = house.signed_in("administrator09").await;
    city.patch(&format!("/api/v1/organisations/{}", house.squad), 1, json!({ "parent_id": house.yuecheng })).await.fine();
    assert!(!handler.post("/look", json!({})).await.text.contains(&house.squad.to_string()));
}
