//! Three documents at once: drafted in one step, issued in one transaction or not at all, counted with the decisions that were served.

use axum::http::Method;
use serde_json::{Value, json};

use crate::house::{House, REGION, caller, house, sample};

async fn put(house: &House, id: &str, data: Value) {
    house
        .call(Some(caller("officer", REGION)), Method::PUT, &format!("/api/v1/documents/{id}"), None, Some(json!({ "data": data })))
        .await
        .fine();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_goes_with_its_companions_and_where_one_lacks_something_none_is_issued() {
    let house = house().await;
    // What the library says of compliance stands in the draft.
    let phrase = json!({ "phrase": { "kind": "D24", "field": "advice", "title": "自查", "text": "对照{处罚依据}自查。\n专人负责。" } });
    let phrase = house.post("/api/v1/phrases", phrase).await.fine().text("id");
    let publish = format!("/api/v1/phrases/{phrase}/actions/publish");
    house.call(Some(caller("legal_reviewer", REGION)), Method::POST, &publish, None, None).await.fine();

    let actions = format!("/api/v1/dockets/{}/documents/actions", house.sheaf);
    let of = json!({ "decision": "D15" });
    house.post(&format!("{actions}/draft-together"), json!({ "decision": "D16" })).await.refused(422, "document-kind-unknown");
    house.post(&format!("{actions}/issue-together"), of.clone()).await.refused(409, "together-not-drafted");
    let drafted = house.post(&format!("{actions}/draft-together"), of.clone()).await.fine().body;
    let kinds: Vec<&str> = drafted["items"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["D15", "D24", "D25"]);
    let id = |index: usize| drafted["items"][index]["id"].as_str().unwrap().to_owned();
    let advice = house.get(&format!("/api/v1/documents/{}", id(1))).await.fine().body;
    assert_eq!(advice["data"]["advice"], json!(["对照《模拟条例》第十二条自查。", "专人负责。"]));
    // Drafted again, nothing is added.
    house.post(&format!("{actions}/draft-together"), of.clone()).await.fine();
    assert_eq!(house.get(&format!("/api/v1/dockets/{}/documents", house.sheaf)).await.body["items"].as_array().unwrap().len(), 3);

    // The decision is whole, the notice of repair is not: neither is issued, and no number is taken.
    let companion = |kind: &str| {
        let mut data = sample(kind);
        data["decision_number"] = json!("");
        data
    };
    put(&house, &id(0), sample("D15")).await;
    put(&house, &id(1), companion("D24")).await;
    let refused = house.post(&format!("{actions}/issue-together"), of.clone()).await.refused(422, "document-incomplete");
    assert!(refused.body["detail"].as_str().unwrap().starts_with("信用修复告知书"), "{}", refused.body);
    let given: i64 = sqlx::query_scalar("select count(*) from document_number").fetch_one(house.test.database.pool()).await.unwrap();
    assert_eq!(given, 0);
    let figures = "/api/v1/document-together-figures";
    let before = house.get(figures).await.fine().body;
    assert_eq!((&before["served"], &before["together"], &before["percent"]), (&json!(1), &json!(0), &json!(0.0)));

    put(&house, &id(2), companion("D25")).await;
    let issued = house.post(&format!("{actions}/issue-together"), of).await.fine().body;
    let numbers: Vec<&str> = issued["items"].as_array().unwrap().iter().map(|it| it["number"].as_str().unwrap()).collect();
    assert_eq!(numbers, ["模综执罚决字〔2026〕第1号", "模综执合建字〔2026〕第1号", "模综执信修告字〔2026〕第1号"]);
    for index in [1, 2] {
        let said = house.get(&format!("/api/v1/documents/{}", id(index))).await.fine().body;
        assert_eq!(said["data"]["decision_number"], numbers[0]);
    }
    // A receipt of service begins with all three, and the next one without them.
    let begin = format!("/api/v1/dockets/{}/documents/E01/actions/begin", house.sheaf);
    let receipt = house.post(&begin, json!({})).await.fine().body;
    assert_eq!(
        receipt["data"]["documents"].as_array().unwrap().iter().map(|it| it["number"].as_str().unwrap()).collect::<Vec<_>>(),
        numbers
    );
    house.draft("E01", sample("E01")).await;
    assert_eq!(house.post(&begin, json!({})).await.fine().body["data"]["documents"], json!([]));

    // The share: this decision with both, another docket's with none.
    house.open_sheaf("T000002").await;
    let after = house.get(figures).await.fine().body;
    assert_eq!((&after["served"], &after["together"], &after["percent"]), (&json!(2), &json!(1), &json!(50.0)));
    let rows =
        |said: &Value| said["rows"].as_array().unwrap().iter().map(|it| it["number"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(rows(&house.get(&format!("{figures}?only=lacking")).await.fine().body), ["T000002"]);
    assert_eq!(rows(&house.get(&format!("{figures}?only=together")).await.fine().body), ["T000001"]);
    house.get(&format!("{figures}?from=2026-11-02&until=2026-11-01")).await.refused(422, "query-invalid");
    house.get(&format!("{figures}?only=some")).await.refused(422, "query-invalid");

    // The editing copy says what the decision says, and that it is not the original.
    let copy = house.get(&format!("/api/v1/documents/{}/docx", id(0))).await.fine();
    assert!(copy.kind.contains("wordprocessingml"));
    let said = crate::templates::word_text(&copy.bytes);
    assert!(said.contains("不是文书原件") && said.contains(numbers[0]) && said.contains("模拟县人民法院"), "{said}");
}
