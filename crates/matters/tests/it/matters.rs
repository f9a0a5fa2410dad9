//! Matters: lists, versions in time, drafts and publication.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::{Value, json};

use crate::house::{caller, encoded, house, load};

#[tokio::test]
async fn the_shipped_matters_are_listed_searched_and_paged() {
    let house = house().await;
    let mut codes: Vec<String> = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = house.get(&format!("/api/v1/matters{cursor}")).await.body;
        assert_eq!((page["total"].as_u64(), page["drafts"].as_u64()), (Some(411), Some(0)));
        codes.extend(page["items"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap().to_owned()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("?cursor={next}");
    }
    assert_eq!(codes.len(), 411);
    assert!(codes.is_sorted());
    let one = |query: String| {
        let house = &house;
        async move { house.get(&format!("/api/v1/matters?{query}")).await.body["total"].as_u64().unwrap() }
    };
    assert_eq!(one(format!("domain={}", encoded("养犬"))).await, 31);
    assert_eq!((one("status=superseded".into()).await, one("rank=law".into()).await), (19, 45));
    assert_eq!(one(format!("q={}%20{}", encoded("小广告"), encoded("第20条"))).await, 1);
    // Those of the whole country, the province and the city; none of the cities next door.
    assert_eq!(one("region=330482".into()).await, 218 + 66 + 41);
    assert_eq!(one("target=individual".into()).await, 186 + 38);
    assert_eq!(house.get("/api/v1/matters?cursor=x").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    // A second start adds nothing.
    load(&house.test).await;
    assert_eq!(one(String::new()).await, 411);
}

async fn verdict(house: &crate::house::House, code: &str, act: &str, decision: &str) -> Value {
    house.get(&format!("/api/v1/matters/{code}?act={act}&decision={decision}")).await.body["choice"].clone()
}

#[tokio::test]
async fn a_replaced_row_waits_for_its_new_article() {
    let house = house().await;
    let before = verdict(&house, "M076", "2026-08-14", "2026-08-14").await;
    assert_eq!((before["verdict"].as_str(), before["chosen"].as_i64()), (Some("same"), Some(1)));
    let blocked = verdict(&house, "M076", "2026-08-15", "2026-09-01").await;
    assert_eq!((blocked["verdict"].as_str(), &blocked["chosen"]), (Some("no-law"), &Value::Null));
    let unknown = verdict(&house, "M076", "2026-08-14", "2026-09-01").await;
    assert_eq!((unknown["verdict"].as_str(), unknown["of_act"].as_i64()), (Some("newer-missing"), Some(1)));
    let listed = house.get("/api/v1/matters?q=M076&on=2026-09-01").await.body;
    assert_eq!(listed["items"][0]["in_force"], false);

    // The new article is drafted: nothing changes before it is published.
    let mut row = house.get("/api/v1/matters/M076").await.body["row"].clone();
    for (field, value) in [
        ("law", "模拟法典"),
        ("penalty_article", "第900条"),
        ("status", "local"),
        ("effective_from", "2026-08-15"),
        ("effective_to", ""),
        ("unit_min", "50000"),
        ("unit_max", "500000"),
        ("source", "模拟"),
    ] {
        row[field] = value.into();
    }
    // Without its first day it would hold for acts of before too.
    let mut back = row.clone();
    back["effective_from"] = "".into();
    let refused = house.call("PUT", "/api/v1/matters/M076/draft", json!({ "row": back, "reason": "补录新条文" }).to_string()).await;
    assert_eq!((refused.status, refused.body["fields"][0]["field"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("effective_from")));
    let draft = json!({ "row": row, "reason": "补录新条文" });
    let kept = house.call("PUT", "/api/v1/matters/M076/draft", draft.to_string()).await;
    assert_eq!((kept.status, kept.body["number"].as_i64()), (StatusCode::OK, Some(2)));
    assert_eq!(verdict(&house, "M076", "2026-08-15", "2026-09-01").await["verdict"], "no-law");
    // Another process sees the change as soon as it is there.
    let other = crate::house::House { matters: load(&house.test).await, test: testkit::fresh(&[identity::MIGRATIONS]).await };
    assert_eq!(verdict(&other, "M076", "2026-08-15", "2026-09-01").await["verdict"], "no-law");
    let published = house
        .call("POST", "/api/v1/matters/actions/publish", json!({ "drafts": [{ "code": "M076", "at": kept.body["at"] }] }).to_string())
        .await;
    assert_eq!(published.body["codes"], json!(["M076"]));
    for house in [&house, &other] {
        let later = verdict(house, "M076", "2026-08-15", "2026-09-01").await;
        assert_eq!((later["verdict"].as_str(), later["chosen"].as_i64()), (Some("same"), Some(2)));
    }
    // The act was done before, the decision comes after, and the new law is lighter.
    let lighter = verdict(&house, "M076", "2026-08-14", "2026-09-01").await;
    assert_eq!((lighter["verdict"].as_str(), lighter["chosen"].as_i64()), (Some("newer"), Some(2)));
    assert!(lighter["citation"].as_str().unwrap().contains("第三十七条"));
    let full = house.get("/api/v1/matters/M076").await.body;
    assert_eq!(full["versions"].as_array().unwrap().iter().map(|it| it["number"].as_i64().unwrap()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(full["versions"][0]["reason"], "补录新条文");
    // It stands in the history of settings.
    let told: i64 = sqlx::query_scalar("SELECT count(*) FROM identity_change WHERE action = 'matter-published'")
        .fetch_one(&house.test.owner_pool)
        .await
        .unwrap();
    assert_eq!(told, 1);
}

#[tokio::test]
async fn a_draft_is_checked_field_by_field_and_can_be_thrown_away() {
    let house = house().await;
    let row = house.get("/api/v1/matters/M001").await.body["row"].clone();
    let put = |row: Value, reason: &str| {
        let house = &house;
        let reason = reason.to_owned();
        async move {
            let seen = house.get("/api/v1/matters/M001").await.body["draft"]["at"].clone();
            let body = json!({ "row": row, "reason": reason, "seen": seen });
            house.call("PUT", "/api/v1/matters/M001/draft", body.to_string()).await
        }
    };
    assert_eq!(put(row.clone(), "无").await.body["code"], "matter-unchanged");
    let mut other = row.clone();
    other["ind_max"] = "600".into();
    assert_eq!(put(other.clone(), " ").await.body["code"], "reason-missing");
    let mut wrong = other.clone();
    for (field, value) in
        [("ind_min", "1000"), ("rank", "圣旨"), ("violated_article", "十一"), ("precondition", "随便"), ("effective_to", "明天")]
    {
        wrong[field] = value.into();
    }
    let refused = put(wrong, "测试").await;
    let fields: Vec<&str> = refused.body["fields"].as_array().unwrap().iter().map(|it| it["field"].as_str().unwrap()).collect();
    for field in ["ind_max", "rank", "violated_article", "precondition", "effective_to"] {
        assert!(fields.contains(&field), "{field}: {fields:?}");
    }
    // Article 51 is counted, not believed.
    let mut simple = other.clone();
    (simple["simple_individual"], simple["ind_max"]) = ("是".into(), "600".into());
    assert_eq!(put(simple, "测试").await.body["fields"][0]["field"], "simple_individual");
    assert_eq!(put(other.clone(), "测试").await.body["number"], 2);
    // Kept anew under the same number, thrown away, and the number is not used again.
    assert_eq!(put(other.clone(), "再改").await.body["number"], 2);
    let seen = house.get("/api/v1/matters/M001").await.body["draft"]["at"].as_str().unwrap().to_owned();
    // Another draft stands than was seen: none, or one of another time.
    let unseen = json!({ "row": other, "reason": "盲改" });
    let one = json!({ "drafts": [{ "code": "M001", "at": "2026-01-01T00:00:00Z" }] });
    for (method, path, body) in [
        ("PUT", "/api/v1/matters/M001/draft", unseen.to_string()),
        ("DELETE", "/api/v1/matters/M001/draft", String::new()),
        ("DELETE", "/api/v1/matters/M001/draft?seen=2026-01-01T00:00:00Z", String::new()),
        ("POST", "/api/v1/matters/actions/publish", one.to_string()),
        ("POST", "/api/v1/matters/actions/publish", json!({ "all": 2 }).to_string()),
    ] {
        let refused = house.call(method, path, body).await;
        assert_eq!((refused.status, refused.body["code"].as_str()), (StatusCode::CONFLICT, Some("draft-changed")), "{method} {path}");
    }
    let discard = format!("/api/v1/matters/M001/draft?seen={}", encoded(&seen));
    assert_eq!(house.call("DELETE", &discard, Body::empty()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(house.call("DELETE", &discard, Body::empty()).await.status, StatusCode::NOT_FOUND);
    assert_eq!(put(other, "又改").await.body["number"], 3);
    let all = house.call("POST", "/api/v1/matters/actions/publish", json!({ "reason": "统一发布", "all": 1 }).to_string()).await;
    assert_eq!(all.body["codes"], json!(["M001"]));
    let none = house.call("POST", "/api/v1/matters/actions/publish", json!({}).to_string()).await;
    assert_eq!(none.body["code"], "draft-unknown");
    assert_eq!(house.get("/api/v1/matters/none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_shipped_anew_waits_for_the_draft_that_stands() {
    let house = house().await;
    let edit = async |reason: &str, most: &str| {
        let mut row = house.get("/api/v1/matters/M001").await.body["row"].clone();
        row["ind_max"] = most.into();
        house.call("PUT", "/api/v1/matters/M001/draft", json!({ "row": row, "reason": reason }).to_string()).await.body["at"].clone()
    };
    let at = edit("拟改", "600").await;
    // An older program had shipped something else.
    for statement in [
        "UPDATE matter_version SET facts = jsonb_set(facts, '{note}', '\"旧\"') WHERE number = 1 AND code IN ('M001', 'M002')",
        "UPDATE matter_library SET seeded = 'sha256:old'",
    ] {
        sqlx::query(statement).execute(&house.test.owner_pool).await.unwrap();
    }
    let numbers = async |code: &str| {
        load(&house.test).await;
        let versions = house.get(&format!("/api/v1/matters/{code}")).await.body["versions"].clone();
        versions.as_array().unwrap().iter().map(|it| (it["number"].as_i64().unwrap(), it["shipped"] == true)).collect::<Vec<_>>()
    };
    assert_eq!(numbers("M002").await, [(2, true), (1, true)]);
    assert_eq!(numbers("M001").await, [(1, true)]);
    // Thrown away, the next start brings what waited; behind it a draft has its own number again.
    let discard = format!("/api/v1/matters/M001/draft?seen={}", encoded(at.as_str().unwrap()));
    assert_eq!(house.call("DELETE", &discard, Body::empty()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(numbers("M001").await, [(3, true), (1, true)]);
    let at = edit("再改", "700").await;
    let publication = json!({ "drafts": [{ "code": "M001", "at": at }] });
    assert_eq!(house.call("POST", "/api/v1/matters/actions/publish", publication.to_string()).await.status, StatusCode::OK);
    // What the city published stays on top, whatever ships.
    sqlx::query("UPDATE matter_library SET seeded = 'sha256:old'").execute(&house.test.owner_pool).await.unwrap();
    assert_eq!(numbers("M001").await, [(4, false), (3, true), (1, true)]);
}

#[tokio::test]
async fn conflicts_by_rank_stand_beside_a_matter() {
    let house = house().await;
    let listed = house.get(&format!("/api/v1/matters?q={}", encoded("分类投放"))).await.body;
    let relations = {
        let mut found = Vec::new();
        for item in listed["items"].as_array().unwrap() {
            let code = item["code"].as_str().unwrap();
            let full = house.get(&format!("/api/v1/matters/{code}?act=2026-08-01&decision=2026-08-01")).await.body;
            found.extend(full["relations"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap().to_owned()));
        }
        found
    };
    assert!(relations.iter().any(|kind| kind == "yields" || kind == "prevails"), "{relations:?}");
}

#[tokio::test]
async fn a_description_finds_its_matter_with_the_words_that_decided() {
    let house = house().await;
    let asked = json!({ "text": "水果店把货摆到店外经营", "class_name": "店外经营", "region": "330482901001" });
    let found = house.call("POST", "/api/v1/matters/suggestions", asked.to_string()).await.body;
    let first = found["items"].as_array().unwrap().iter().find(|it| it["code"] == "M008").unwrap();
    assert_eq!(first["words"], json!(["店外经营"]));
    assert!(found["items"].as_array().unwrap().iter().all(|it| !it["law"].as_str().unwrap().starts_with("湖州")));
    let nothing = house.call("POST", "/api/v1/matters/suggestions", json!({ "text": " " }).to_string()).await;
    assert_eq!(nothing.body["code"], "question-invalid");
}

#[tokio::test]
async fn every_operation_asks_for_its_right() {
    let house = house().await;
    let (_, document) = matters::routes(house.matters.clone()).split_for_parts();
    let document = serde_json::to_value(&document).unwrap();
    let mut walked = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            walked += 1;
            let uri = path.replace("{code}", "M001").replace("{id}", "019a0000-0000-7000-8000-000000000000").replace("{action}", "review");
            let request = || {
                Request::builder()
                    .method(method.to_uppercase().as_str())
                    .uri(format!("{uri}?region=330482&q=x&reason=x"))
                    .header(header::CONTENT_TYPE, "application/json")
                    .body(Body::from("{}"))
                    .unwrap()
            };
            assert_eq!(house.send(None, request()).await.status, StatusCode::UNAUTHORIZED, "{method} {path}");
            let right = operation["x-right"].as_str().unwrap();
            let officer = house.send(Some(caller("officer", "330482")), request()).await.status;
            assert_eq!(officer == StatusCode::FORBIDDEN, right != "law.read", "{method} {path}: {officer}");
            if right == "law.manage" && !path.ends_with("empowerments") && !path.ends_with("draft") && !path.ends_with("drafts") {
                let township = house.send(Some(caller("administrator", "330482901")), request()).await;
                assert_eq!(township.body["code"], "scope-exceeded", "{method} {path}");
            }
        }
    }
    assert_eq!(walked, 23);
}
