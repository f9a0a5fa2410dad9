//! What an organ says of itself: set, not typed; by the day; and never one word for two.

use axum::http::Method;
use serde_json::{Value, json};

use crate::house::{REGION, bare_house, caller, organ_facts, sample};

fn elements(shown: &Value) -> Vec<(String, bool)> {
    let missing = shown["missing"].as_array().unwrap();
    missing.iter().map(|one| (one["element"].as_str().unwrap().to_owned(), one["settled_at"] == "organs")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_says_of_its_organ_what_is_set_on_the_day_it_is_issued() {
    let house = bare_house().await;
    // The tree of units is remembered for some seconds: both are there before anybody looks.
    let (bureau, other) = (house.organisation("模拟局").await, house.organisation("模拟街道办事处").await);
    let id = house.draft("D15", sample("D15")).await;
    let path = format!("/api/v1/documents/{id}");
    // What the draft says of another organ counts for nothing.
    let shown = house.get(&path).await.fine().body;
    assert_eq!(shown["data"]["organ"]["name"], "");
    assert_eq!(elements(&shown), [("review-body".to_owned(), true), ("court".to_owned(), true), ("organ".to_owned(), true)]);
    let refused = house.issue(&id).await.refused(422, "document-incomplete");
    assert!(refused.body.to_string().contains("规则设置 › 机关信息"), "{}", refused.body);

    house
        .call(
            Some(caller("officer", REGION)),
            Method::PUT,
            &format!("/api/v1/document-organs/{bureau}"),
            None,
            Some(json!({ "facts": organ_facts("模综执") })),
        )
        .await
        .refused(403, "forbidden");
    house.set_organ(uuid::Uuid::nil(), organ_facts("模综执")).await.refused(404, "organ-unknown");
    house.set_organ(bureau, json!({ "name": "模拟县综合行政执法局", "word": "模2026" })).await.refused(422, "organ-facts-invalid");
    let set = house.set_organ(bureau, json!({ "name": "模拟县综合行政执法局", "word": "模综执" })).await.fine().body;
    assert_eq!(set["items"][0]["lacks"], json!(["地址", "联系电话", "行政复议机关", "有管辖权的人民法院"]));
    assert_eq!(elements(&house.get(&path).await.fine().body), [("review-body".to_owned(), true), ("court".to_owned(), true)]);
    house.set_organ(bureau, organ_facts("模综执")).await.fine();
    house.set_organ(other, organ_facts("模综执")).await.refused(409, "organ-word-taken");
    let begun = house.post(&format!("/api/v1/dockets/{}/documents/D15/actions/begin", house.sheaf), json!({})).await.fine().body;
    assert_eq!((&begun["data"]["organ"]["postcode"], &begun["data"]["payment"]["bank"]), (&json!("314000"), &json!("模拟银行模拟县支行")));
    assert_eq!(house.issue(&id).await.fine().text("number"), "模综执罚决字〔2026〕第1号");

    // From tomorrow on it bears another word; what was issued keeps what it said, and today's drafts still say today's.
    let tomorrow = json!({ "facts": organ_facts("模城执"), "effective_from": "2026-11-03" });
    let administrator = || Some(caller("administrator", REGION));
    let organ = format!("/api/v1/document-organs/{bureau}");
    house.call(administrator(), Method::PUT, &organ, None, Some(tomorrow)).await.fine();
    let late = json!({ "facts": organ_facts("模城执"), "effective_from": "2026-11-01" });
    house.call(administrator(), Method::PUT, &organ, None, Some(late)).await.refused(422, "organ-too-early");
    let next = house.draft("D15", sample("D15")).await;
    assert_eq!(house.get(&format!("/api/v1/documents/{next}")).await.body["data"]["organ"]["word"], "模综执");
    house.clock.advance(chrono::Duration::days(1));
    assert_eq!(house.issue(&next).await.fine().text("number"), "模城执罚决字〔2026〕第1号");
    assert_eq!(house.get(&path).await.body["data"]["organ"]["word"], "模综执");
    // The word that was given up is still nobody else's.
    house.set_organ(other, organ_facts("模综执")).await.refused(409, "organ-word-taken");
    let organs = house.get("/api/v1/document-organs").await.fine().body;
    let versions = organs["items"][0]["versions"].as_array().unwrap();
    assert_eq!(versions.iter().filter(|it| it["in_force"] == json!(true)).count(), 1);
    assert_eq!((versions.len(), &versions[0]["facts"]["word"]), (3, &json!("模城执")));

    // Two organs, and no unit that lies under one of them: nobody guesses which.
    house.set_organ(other, organ_facts("模街")).await.fine();
    let lost = house.draft("D16", sample("D16")).await;
    house.issue(&lost).await.refused(422, "document-incomplete");

    // The history of settings tells of each; the versions themselves are not for rewriting.
    let told: i64 = sqlx::query_scalar("select count(*) from identity_change where action = 'document-organ-set'")
        .fetch_one(&house.test.owner_pool)
        .await
        .unwrap();
    assert_eq!(told, 4);
    assert!(sqlx::query("update document_organ set word = 'x'").execute(house.test.database.pool()).await.is_err());
}
