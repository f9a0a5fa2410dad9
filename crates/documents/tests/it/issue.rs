//! From draft to register: what is asked for, what is given, who may.

use axum::http::Method;
use documents::signature::{Certificates, Outcome, Signer, verify};
use serde_json::json;

use crate::house::{REGION, caller, house, sample};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_becomes_a_signed_document_with_a_number_and_stays_in_the_register_when_void() {
    let house = house().await;
    // A draft lacks what it lacks, shows itself with 草稿 across it, and has no number.
    let mut data = sample("D15");
    let course = data.as_object_mut().unwrap().remove("course").unwrap();
    let id = house.draft("D15", data.clone()).await;
    let path = format!("/api/v1/documents/{id}");
    let shown = house.get(&path).await.fine().body;
    assert_eq!(shown["missing"].as_array().unwrap().iter().map(|one| one["element"].as_str().unwrap()).collect::<Vec<_>>(), ["notice"]);
    assert!(shown["document"].get("number").is_none());
    let preview = house.get(&format!("{path}/preview")).await.fine();
    assert_eq!(preview.kind, "application/pdf");
    assert!(preview.bytes.starts_with(b"%PDF"));
    house.get(&format!("{path}/preview?paper=strip")).await.refused(422, "paper-unknown");
    house.get(&format!("{path}/file")).await.refused(409, "document-not-issued");
    let refused = house.issue(&id).await.refused(422, "document-incomplete");
    assert!(refused.body.to_string().contains("行政处罚法第四十四条"), "{}", refused.body);
    let given: i64 = sqlx::query_scalar("select count(*) from document_number").fetch_one(house.test.database.pool()).await.unwrap();
    assert_eq!(given, 0, "what is refused takes no number");

    // Made whole, on the version that was seen.
    data["course"] = course;
    let officer = || Some(caller("officer", REGION));
    house.call(officer(), Method::PUT, &path, Some(9), Some(json!({ "data": data }))).await.refused(412, "version-conflict");
    house.call(officer(), Method::PUT, &path, Some(1), Some(json!({ "data": data }))).await.fine();
    let issued = house.issue(&id).await.fine().body;
    assert_eq!((&issued["number"], &issued["state"]), (&json!("模综执罚决字〔2026〕第1号"), &json!("issued")));
    house.issue(&id).await.refused(409, "document-not-draft");
    house.call(officer(), Method::PUT, &path, None, Some(json!({ "data": data }))).await.refused(409, "document-not-draft");

    // The file is what its hash says, and signed by this installation.
    let file = house.get(&format!("{path}/file")).await.fine();
    assert_eq!(files::FileId::of(&file.bytes).as_str(), issued["file"].as_str().unwrap());
    let own = Signer::authority_at(&house.folder.path().join("keys")).unwrap().unwrap();
    let Outcome::Valid(signed) = verify(&file.bytes, &Certificates::of(vec![own])) else { panic!("not valid") };
    assert!(signed.trusted && signed.by.contains("测试"), "{signed:?}");

    // Nothing of the party stands in the tables in clear.
    let row: String =
        sqlx::query_scalar("select string_agg(d::text, '') from document d").fetch_one(house.test.database.pool()).await.unwrap();
    let vault: i64 =
        sqlx::query_scalar("select count(*) from personal where field = 'document'").fetch_one(&house.test.owner_pool).await.unwrap();
    assert!(!row.contains("示范建筑") && vault == 1, "{row}");
    let told: String =
        sqlx::query_scalar("select string_agg(payload::text, '') from ledger_entry").fetch_one(house.test.database.pool()).await.unwrap();
    assert!(told.contains("模综执罚决字〔2026〕第1号") && !told.contains("示范建筑"), "{told}");

    // Void: the number stays used, and the next document has the next.
    house.post(&format!("{path}/actions/void"), json!({ "reason": " " })).await.refused(422, "reason-invalid");
    let void = house.post(&format!("{path}/actions/void"), json!({ "reason": "当事人名称有误，联系 13900000001" })).await.fine().body;
    assert_eq!((&void["state"], &void["number"]), (&json!("void"), &json!("模综执罚决字〔2026〕第1号")));
    assert!(!void.to_string().contains("13900000001"));
    house.post(&format!("{path}/actions/void"), json!({ "reason": "再一次" })).await.refused(409, "document-void");
    let next = house.draft("D15", data).await;
    assert_eq!(house.issue(&next).await.fine().text("number"), "模综执罚决字〔2026〕第2号");
    // A sheet of approval carries no number of its own.
    let sheet = house.draft("A02", sample("A02")).await;
    assert!(house.issue(&sheet).await.fine().body.get("number").is_none());
    let listed = house.get(&format!("/api/v1/dockets/{}/documents", house.sheaf)).await.fine().body;
    assert_eq!(listed["items"].as_array().unwrap().len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn documents_issued_at_the_same_time_count_on_without_a_gap_and_one_that_fails_takes_no_number() {
    let house = house().await;
    let mut ids = Vec::new();
    for index in 0..8 {
        let mut data = sample("D16");
        if index == 3 {
            // No font has it: the paper fails after it had its number.
            data["ground"] = json!("\u{E123}");
        }
        ids.push(house.draft("D16", data).await);
    }
    let answers = futures::future::join_all(ids.iter().map(|id| house.issue(id))).await;
    let mut numbers: Vec<String> = answers.iter().filter(|said| said.status.is_success()).map(|said| said.text("number")).collect();
    numbers.sort();
    assert_eq!(numbers, (1..=7).map(|serial| format!("模综执不罚字〔2026〕第{serial}号")).collect::<Vec<_>>());
    let failed: Vec<_> = answers.iter().filter(|said| !said.status.is_success()).collect();
    assert_eq!((failed.len(), failed[0].body["code"].as_str().unwrap()), (1, "glyphs-missing"));
    // Issued by two at once, it is issued once.
    let one = house.draft("D15", sample("D15")).await;
    let twice = futures::future::join_all([house.issue(&one), house.issue(&one)]).await;
    assert_eq!(twice.iter().filter(|said| said.status.is_success()).count(), 1);
}

#[tokio::test]
async fn who_has_another_ground_or_no_right_sees_nothing() {
    let house = house().await;
    let id = house.draft("D15", sample("D15")).await;
    let (document, docket) = (format!("/api/v1/documents/{id}"), format!("/api/v1/dockets/{}/documents", house.sheaf));
    let draft = json!({ "kind": "D15", "data": sample("D15") });
    let calls = [
        (Method::GET, document.clone(), None, "document-not-found"),
        (Method::GET, format!("{document}/preview"), None, "document-not-found"),
        (Method::GET, format!("{document}/file"), None, "document-not-found"),
        (Method::PUT, document.clone(), Some(json!({ "data": sample("D15") })), "document-not-found"),
        (Method::POST, format!("{document}/actions/issue"), Some(json!({})), "document-not-found"),
        (Method::POST, format!("{document}/actions/void"), Some(json!({ "reason": "x" })), "document-not-found"),
        (Method::GET, docket.clone(), None, "docket-not-found"),
        (Method::POST, docket.clone(), Some(draft.clone()), "docket-not-found"),
    ];
    for (method, path, body, _) in calls {
        let said = house.call(Some(caller("officer", "330483")), method.clone(), &path, None, body.clone()).await;
        assert_eq!(said.status, 404, "{method} {path}: {}", said.body);
        let nobody = house.call(None, method.clone(), &path, None, body.clone()).await;
        assert_eq!(nobody.status, 401, "{method} {path}");
        let collector = house.call(Some(caller("collector", REGION)), method.clone(), &path, None, body).await;
        assert_eq!(collector.status, 403, "{method} {path}");
    }
    house.post(&format!("/api/v1/dockets/{}/documents", uuid::Uuid::nil()), draft).await.refused(404, "docket-not-found");
    house.post(&docket, json!({ "kind": "Z99", "data": {} })).await.refused(422, "document-kind-unknown");
    house.post(&docket, json!({ "kind": "D15", "data": { "nothing": 1 } })).await.refused(422, "document-data-invalid");
    let kinds = house.get("/api/v1/document-kinds").await.fine().body;
    assert_eq!((kinds["items"].as_array().unwrap().len(), kinds.get("lacking")), (85, None));
    assert_eq!(house.get("/api/v1/document-kinds/D14/sample?paper=strip").await.fine().kind, "application/pdf");
    house.get("/api/v1/document-kinds/Z99/sample").await.refused(404, "document-kind-unknown");
    // One of several papers, and none that there is.
    assert_eq!(house.get("/api/v1/document-kinds/C05/sample?part=approval").await.fine().kind, "application/pdf");
    house.get("/api/v1/document-kinds/C05/sample?part=record").await.refused(422, "document-part-unknown");
}
