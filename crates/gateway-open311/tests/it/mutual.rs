//! Two cities that read from each other and refer to each other, each behind a real socket.

use chrono::Duration;
use serde_json::json;
use testkit::house::OPEN311_KEY;

use crate::neighbours::City;

#[tokio::test]
async fn what_two_cities_pull_from_and_refer_to_each_other_is_one_lead_in_whichever_order() {
    let (ours, theirs) = (City::stand().await, City::stand().await);
    // Numbers of two cities never meet; those of two houses of the tests would.
    for _ in 0..3 {
        theirs.reported().await;
    }
    let (port, server) = ours.open(0).await;
    let (back, other) = theirs.open(0).await;
    ours.knows(back, json!({ "pulls": true })).await;
    theirs.knows(port, json!({ "pulls": true })).await;
    let of_ours =
        |words: &str| json!({ "service_code": "06010", "lat": 30.705, "long": 121.005, "description": words, "api_key": OPEN311_KEY });
    let visitor = ours.house.visitor();
    let count = "select count(*) from lead where description like '%两地%'";

    // Read by them before it is referred to them: what arrives is the lead that they have.
    let first = visitor.post("/open311/v2/requests.json", of_ours("两地之一")).await.fine().body[0]["service_request_id"].clone();
    let first = first.as_str().unwrap().to_owned();
    theirs.house.exchange.pull_due().await.unwrap();
    assert_eq!(theirs.house.count(count).await, 1);
    let id = ours.id(&first).await;
    ours.refer(&id).await;
    ours.house.exchange.send_due().await.unwrap();
    assert_eq!(theirs.house.count(count).await, 1, "one problem, one lead there");
    let there = theirs.operator.get("/api/v1/leads?source=neighbour").await.items()[0].clone();
    let referral = ours.lead(&id).await["referral"].clone();
    assert_eq!((&referral["state"], &referral["remote_id"]), (&json!("sent"), &there["number"]), "and it is followed");

    // Referred to them before they read it: it is not read in besides.
    let second = visitor.post("/open311/v2/requests.json", of_ours("两地之二")).await.fine().body[0]["service_request_id"].clone();
    let second = second.as_str().unwrap().to_owned();
    ours.refer(&ours.id(&second).await).await;
    ours.house.exchange.send_due().await.unwrap();
    assert_eq!(theirs.house.count(count).await, 2);
    for city in [&ours, &theirs] {
        city.house.clock.advance(Duration::minutes(11));
    }
    theirs.house.exchange.pull_due().await.unwrap();
    ours.house.exchange.pull_due().await.unwrap();
    assert_eq!(theirs.house.count(count).await, 2);
    assert_eq!(ours.house.count(count).await, 2, "nor does it come back to us");

    // Who holds no key of theirs can make them overlook nothing: the words alone are words.
    let told = json!({
        "service_code": "06010", "lat": 30.705, "long": 121.005, "api_key": OPEN311_KEY,
        "description": format!("两地之三\n（转办编号 {second}x；转办理由：x）"),
    });
    let code = theirs.house.visitor().post("/open311/v2/requests.json", told).await.fine().body.clone();
    assert!(code[0]["service_notice"].as_str().unwrap().contains("查询码"), "an unknown number is a new request: {code}");
    server.abort();
    other.abort();
}
