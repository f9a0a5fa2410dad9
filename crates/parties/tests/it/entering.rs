//! The door: guessing, locks, stolen and idle sessions, codes taken back, and nothing of anybody else inside.

use axum::http::Method;
use chrono::TimeDelta;
use serde_json::json;
use testkit::house::Client;

use crate::scene::{Browser, NAME, NUMBER, Scene, TELEPHONE};

const PAGE: &str = "/api/v1/public/my-case";

fn browser(scene: &Scene) -> Browser {
    Browser { client: Client::new(scene.desk.clone()), cookie: None }
}

#[tokio::test]
async fn a_code_that_there_is_and_one_that_there_is_not_cannot_be_told_apart() {
    let scene = Scene::new().await;
    let case = scene.open(NAME, NUMBER, TELEPHONE).await;
    scene.stranger.post(&format!("/api/v1/cases/{case}/parties/1/code"), json!({})).await.refused(403, "case-not-handled");
    scene.head.post(&format!("/api/v1/cases/{case}/parties/1/code"), json!({})).await.refused(403, "forbidden");
    scene.officer.post(&format!("/api/v1/cases/{case}/parties/2/code"), json!({})).await.refused(404, "party-not-found");
    let code = scene.code(&case).await;
    let mut thief = browser(&scene);
    // Each part wrong by itself, and a code that there is not: the same words, and after five the same lock for both.
    let wrong = [(code.as_str(), "01000X", "0002"), (code.as_str(), "010001", "0001"), ("0000-0000-0000", "01000X", "0001")];
    let mut said = Vec::new();
    for (code, number, telephone) in wrong {
        said.push(thief.enter(code, number, telephone).await.refused(403, "party-entry-refused").text.clone());
    }
    assert!(said.iter().all(|it| *it == said[0]), "{said:?}");
    for _ in 0..3 {
        thief.enter(&code, "000000", "0000").await.refused(403, "party-entry-refused");
    }
    for _ in 0..4 {
        thief.enter("0000-0000-0000", "000000", "0000").await.refused(403, "party-entry-refused");
    }
    let there = thief.enter(&code, "01000X", "0001").await.refused(429, "party-entry-locked").text.clone();
    let not_there = thief.enter("0000-0000-0000", "01000X", "0001").await.refused(429, "party-entry-locked").text.clone();
    assert_eq!(there, not_there);
    assert!(thief.cookie.is_none());
    // The lock ends; the next failure makes it longer; who is he gets in and starts anew.
    scene.later(TimeDelta::seconds(61));
    thief.enter(&code, "000000", "0000").await.refused(403, "party-entry-refused");
    scene.later(TimeDelta::seconds(61));
    thief.enter(&code, "01000X", "0001").await.refused(429, "party-entry-locked");
    scene.later(TimeDelta::seconds(61));
    let mut party = browser(&scene);
    // As it is typed from paper: wide digits, spaces, a small x.
    let wide: String = code.replace('-', " ").chars().map(|c| c.to_digit(10).map_or(c, |n| char::from_u32(0xff10 + n).unwrap())).collect();
    party.enter(&wide, "01000x", "0001").await.fine();
    assert_eq!(party.case().await["matter"], "擅自占用城市道路堆放物料");
    // Everything that was tried is written down, and nobody's address, code or number is in it.
    let rows: Vec<String> =
        sqlx::query_scalar("select row_to_json(a)::text from party_attempt a").fetch_all(&scene.house.test.owner_pool).await.unwrap();
    assert_eq!(rows.len(), 15);
    assert_eq!(rows.iter().filter(|row| row.contains("\"locked\"")).count(), 3);
    assert!(rows.iter().all(|row| !row.contains("01000X") && !row.contains("10.0.") && !row.contains(&code)), "{rows:?}");
    let kept: Vec<Vec<u8>> = sqlx::query_scalar("select hash from party_code").fetch_all(&scene.house.test.owner_pool).await.unwrap();
    assert!(kept.iter().all(|hash| hash.len() == 32));
    assert!(!scene.ledger(&case).await.contains(&code), "the code is in the ledger");
}

#[tokio::test]
async fn one_address_does_not_guess_on() {
    let scene = Scene::new().await;
    let mut client = Client::new(scene.desk.clone());
    client.address = Some([10, 99, 0, 1]);
    let mut thief = Browser { client, cookie: None };
    for n in 0..10 {
        thief.enter(&format!("0000-0000-000{n}"), "000000", "0000").await.refused(403, "party-entry-refused");
    }
    thief.enter("0000-0000-0010", "000000", "0000").await.refused(429, "too-many-requests");
}

#[tokio::test]
async fn a_session_is_of_one_case_and_ends() {
    let scene = Scene::new().await;
    let case = scene.open(NAME, NUMBER, TELEPHONE).await;
    let other = scene.open("测试当事人乙", "330482198001010011", "13900000002").await;
    scene.noticed(&case, 300).await;
    scene.noticed(&other, 300).await;
    let mut party = scene.inside(&case, "01000X", "0001").await;
    // Nobody without a session, and no officer's session, is inside; another site cannot write in the party's name.
    browser(&scene).get(PAGE).await.refused(403, "party-session-missing");
    scene.officer.get(PAGE).await.refused(403, "party-session-missing");
    let made_up = Browser { cookie: Some("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".into()), ..browser(&scene) };
    made_up.get(PAGE).await.refused(403, "party-session-missing");
    let request = axum::http::Request::builder().method(Method::DELETE).uri(format!("{PAGE}/agreement"));
    let request =
        request.header("sec-fetch-site", "cross-site").header("cookie", format!("bihuan_party={}", party.cookie.clone().unwrap()));
    party.client.send(request.body(axum::body::Body::empty()).unwrap()).await.refused(403, "cross-site-refused");
    // A party's session opens nothing of the desk.
    for path in [format!("/api/v1/cases/{case}"), format!("/api/v1/cases/{case}/party-desk"), format!("/api/v1/cases/{case}/evidence")] {
        assert_eq!(party.get(&path).await.status, 401, "{path}");
    }
    // Nothing of who reported, of the other party, of what officers wrote for themselves.
    let shown = party.case().await.to_string();
    for secret in ["线索人", "测试当事人乙", "询问笔录", NAME, NUMBER, TELEPHONE] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    // The other's document by its id, his own draft-less id, tricks with the path, a file by its hash.
    let theirs = scene.issued(&other, "D03").await;
    let unserved = scene.issued(&case, "D15").await;
    let inner = scene.issued(&case, "D13").await;
    for id in [theirs, unserved, inner, uuid::Uuid::new_v4()] {
        party.get(&format!("{PAGE}/documents/{id}")).await.refused(404, "document-not-found");
    }
    for path in ["documents/..%2f..%2fcases", "documents/%00", "documents/1"] {
        let answer = party.get(&format!("{PAGE}/{path}")).await;
        assert!(answer.status.is_client_error(), "{path} {}", answer.status);
    }
    let stolen = scene.house.photo().await;
    party.submit("evidence", json!({ "files": [stolen] })).await.refused(422, "file-not-found");
    let theirs = scene.inside(&other, "010011", "0002").await.file(9).await;
    party.submit("evidence", json!({ "files": [theirs] })).await.refused(422, "file-not-found");
    party.submit("evidence", json!({ "files": ["../../etc/passwd"] })).await.refused(422, "file-not-found");
    scene.officer.get(&format!("/api/v1/cases/{case}/party-files/{stolen}")).await.refused(404, "file-not-found");
    // Idle for half an hour, it is over; leaving ends it; a code taken back ends it; a new code ends the old one.
    scene.later(TimeDelta::minutes(29));
    party.get(PAGE).await.fine();
    scene.later(TimeDelta::minutes(31));
    party.get(PAGE).await.refused(403, "party-session-missing");
    let again = scene.inside(&case, "01000X", "0001").await;
    let kept = again.clone();
    again.delete("/api/v1/public/party-session").await.fine();
    kept.get(PAGE).await.refused(403, "party-session-missing");
    let first = scene.code(&case).await;
    party.enter(&first, "01000X", "0001").await.fine();
    let second = scene.code(&case).await;
    party.get(PAGE).await.refused(403, "party-session-missing");
    party.enter(&first, "01000X", "0001").await.refused(403, "party-entry-refused");
    party.enter(&second, "01000X", "0001").await.fine();
    scene.officer.call(Method::DELETE, &format!("/api/v1/cases/{case}/parties/1/code"), None, None).await.fine();
    party.get(PAGE).await.refused(403, "party-session-missing");
    scene.officer.call(Method::DELETE, &format!("/api/v1/cases/{case}/parties/1/code"), None, None).await.refused(409, "party-code-none");
    // However busy, four hours are the longest.
    let busy = scene.inside(&case, "01000X", "0001").await;
    for _ in 0..9 {
        scene.later(TimeDelta::minutes(26));
        busy.get(PAGE).await.fine();
    }
    scene.later(TimeDelta::minutes(26));
    busy.get(PAGE).await.refused(403, "party-session-missing");
}
