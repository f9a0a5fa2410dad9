//! Phrases: drafted by one, published by another, filled from the document and its docket, counted.

use axum::http::Method;
use identity::Caller;
use serde_json::{Value, json};

use crate::house::{House, REGION, caller, house, sample};

async fn ask(house: &House, who: &Caller, method: Method, path: &str, version: Option<i64>, body: Option<Value>) -> crate::house::Said {
    house.call(Some(who.clone()), method, path, version, body).await
}

async fn found(house: &House, who: &Caller, query: &str) -> Vec<String> {
    let said = ask(house, who, Method::GET, &format!("/api/v1/phrases?{query}"), None, None).await.fine().body;
    said["items"].as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phrase_is_published_by_another_and_filled_for_the_document_it_goes_into() {
    let house = house().await;
    let (officer, other, reviewer) = (caller("officer", REGION), caller("officer", REGION), caller("legal_reviewer", REGION));
    let text = json!({ "kind": "D15", "field": "reasons", "title": "初次违法", "text": "{当事人称呼}在{地点}首次违法，依据{处罚依据}从轻，限{改正期限}前改正。" });
    let write = |own: bool| json!({ "phrase": text, "own": own });
    let mut wrong = write(false);
    wrong["phrase"]["field"] = json!("weather");
    ask(&house, &officer, Method::POST, "/api/v1/phrases", None, Some(wrong)).await.refused(422, "phrase-invalid");
    let drafted = ask(&house, &officer, Method::POST, "/api/v1/phrases", None, Some(write(false))).await.fine().body;
    assert_eq!((&drafted["state"], &drafted["may_publish"]), (&json!("draft"), &json!(false)));
    let path = format!("/api/v1/phrases/{}", drafted["id"].as_str().unwrap());
    assert_eq!(found(&house, &other, "state=published").await, Vec::<String>::new());
    ask(&house, &officer, Method::POST, &format!("{path}/actions/publish"), None, None).await.refused(403, "phrase-not-yours");
    ask(&house, &reviewer, Method::POST, &format!("{path}/actions/publish"), Some(9), None).await.refused(412, "version-conflict");
    ask(&house, &reviewer, Method::POST, &format!("{path}/actions/publish"), Some(1), None).await.fine();
    ask(&house, &officer, Method::PUT, &path, None, Some(text.clone())).await.refused(403, "phrase-published");
    // Changed by whoever publishes, it is a draft of his, and another publishes it.
    let changed = ask(&house, &reviewer, Method::PUT, &path, None, Some(text.clone())).await.fine().body;
    assert_eq!(changed["state"], "draft");
    ask(&house, &reviewer, Method::POST, &format!("{path}/actions/publish"), None, None).await.refused(403, "phrase-not-yours");
    let second = caller("legal_reviewer", REGION);
    ask(&house, &second, Method::POST, &format!("{path}/actions/publish"), None, None).await.fine();
    // Who wrote one does not publish it, even if he publishes.
    let own_hand = ask(&house, &reviewer, Method::POST, "/api/v1/phrases", None, Some(write(false))).await.fine().text("id");
    ask(&house, &reviewer, Method::POST, &format!("/api/v1/phrases/{own_hand}/actions/publish"), None, None)
        .await
        .refused(403, "phrase-not-yours");

    // Found for its kind and field, by words; of other kinds not.
    assert_eq!(found(&house, &other, "kind=D15&field=reasons&state=published&q=%E4%BB%8E%E8%BD%BB").await, ["初次违法"]);
    assert_eq!(found(&house, &other, "kind=D16&field=reasons&state=published").await, Vec::<String>::new());
    assert_eq!(found(&house, &other, "q=%25").await, Vec::<String>::new());

    // Filled from the document first, from the docket where it is silent; what nobody knows stays open, and is not issued.
    let mut data = sample("D15");
    data["basis"] = json!("《试办条例》第一条");
    let take = json!({ "docket": house.sheaf, "data": data });
    let taken = ask(&house, &other, Method::POST, &format!("{path}/uses"), None, Some(take)).await.fine().body;
    assert_eq!(taken["text"], "你单位在模拟路8号首次违法，依据《试办条例》第一条从轻，限〔待填：改正期限〕前改正。");
    assert_eq!(taken["open"], json!(["改正期限"]));
    data["reasons"] = json!([taken["text"]]);
    let document = house.draft("D15", data).await;
    let refused = house.issue(&document).await.refused(422, "document-incomplete");
    assert!(refused.body.to_string().contains("〔待填：……〕"), "{}", refused.body);
    let nowhere = json!({ "docket": uuid::Uuid::nil() });
    ask(&house, &other, Method::POST, &format!("{path}/uses"), None, Some(nowhere)).await.refused(404, "docket-not-found");
    let listed = ask(&house, &other, Method::GET, "/api/v1/phrases?state=published", None, None).await.fine().body;
    assert_eq!((&listed["items"][0]["used"], &listed["organ"]), (&json!(1), &json!(true)));

    // One's own are for nobody else, and at once.
    let own = ask(&house, &officer, Method::POST, "/api/v1/phrases", None, Some(write(true))).await.fine().body;
    assert_eq!((&own["state"], &own["state_label"]), (&json!("published"), &json!("本人")));
    assert_eq!((found(&house, &officer, "own=true").await.len(), found(&house, &other, "own=true").await.len()), (1, 0));
    let own = format!("/api/v1/phrases/{}", own["id"].as_str().unwrap());
    ask(&house, &other, Method::POST, &format!("{own}/actions/withdraw"), None, None).await.refused(404, "phrase-not-found");
    ask(&house, &officer, Method::POST, &format!("{own}/actions/withdraw"), None, None).await.fine();
    ask(&house, &reviewer, Method::POST, &format!("{path}/actions/withdraw"), None, None).await.fine();
    assert_eq!(found(&house, &officer, "state=published").await, Vec::<String>::new());
    let told: Vec<String> = sqlx::query_scalar("select action from identity_change where action like 'phrase%' order by 1")
        .fetch_all(&house.test.owner_pool)
        .await
        .unwrap();
    assert_eq!(
        told,
        ["phrase-published", "phrase-published", "phrase-withdrawn", "phrase-withdrawn"],
        "the change is told; of one's own nothing is"
    );
}
