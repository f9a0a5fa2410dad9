//! Items: added once, numbered without a gap, seen by those who see the case, counted over, excluded.

use serde_json::json;

use crate::desk::Desk;

const VIDEO: &[u8] = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom and then the street";

#[tokio::test]
async fn what_arrived_becomes_evidence_once_with_its_hash_and_a_line_in_the_ledger() {
    let desk = Desk::open().await;
    let upload = desk.sent(VIDEO).await;
    let first = desk.officer.post(&desk.path(), desk.wanted(&upload)).await;
    assert_eq!(first.fine().body["ordinal"], 1);
    assert_eq!(first.text_of("digest"), format!("sha256:{}", files::FileId::of(VIDEO)));
    // The answer was lost; the same again is the same.
    assert_eq!(desk.officer.post(&desk.path(), desk.wanted(&upload)).await.fine().body, first.body);
    let second = desk.added(b"another recording").await;
    let shown = desk.leader.get(&desk.path()).await;
    let items = shown.fine().body["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!((&items[0]["kind_label"], &items[0]["media_type"]), (&json!("视听资料"), &json!("video/mp4")));
    assert_eq!(items[0]["obtained_by"].as_array().unwrap().len(), 2);
    assert_eq!(items[1]["id"], second.as_str());
    assert_eq!(items[1]["ordinal"], 2);
    assert_eq!(shown.body["may_add"], false);
    assert_eq!(desk.ledger().await, ["opened", "evidence-added", "evidence-added"]);
    // Many at once: each its number, none twice.
    let mut uploads = Vec::new();
    for byte in 0..6_u8 {
        uploads.push(desk.sent(&[b'x', byte]).await);
    }
    let path = desk.path();
    let adding = uploads.iter().map(|upload| desk.officer.post(&path, desk.wanted(upload)));
    let mut ordinals: Vec<i64> =
        futures::future::join_all(adding).await.iter().map(|it| it.fine().body["ordinal"].as_i64().unwrap()).collect();
    ordinals.sort_unstable();
    assert_eq!(ordinals, [3, 4, 5, 6, 7, 8]);
}

#[tokio::test]
async fn the_law_and_the_form_are_minded() {
    let desk = Desk::open().await;
    let upload = desk.sent(VIDEO).await;
    let with = |change: serde_json::Value| {
        let mut wanted = desk.wanted(&upload);
        wanted.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        wanted
    };
    let alone = desk.officer.post(&desk.path(), with(json!({ "obtained_by": [desk.officers[0]] }))).await;
    assert_eq!(alone.refused(422, "evidence-officers").body["citation"], "行政处罚法第四十二条第一款");
    desk.officer.post(&desk.path(), with(json!({ "form": "copy" }))).await.refused(422, "field-required");
    desk.officer.post(&desk.path(), with(json!({ "title": " " }))).await.refused(422, "field-required");
    let tomorrow = kernel::clock::Clock::now(&*desk.house.clock) + chrono::Duration::days(1);
    desk.officer.post(&desk.path(), with(json!({ "obtained_at": tomorrow }))).await.refused(422, "evidence-later");
    // Somebody else's upload is none of one's own.
    desk.foreign.post(&desk.path(), desk.wanted(&upload)).await.refused(404, "case-not-found");
    desk.officer.post(&desk.path(), with(json!({ "upload": uuid::Uuid::nil() }))).await.refused(404, "upload-not-found");
    desk.archive();
    desk.officer.post(&desk.path(), desk.wanted(&upload)).await.refused(403, "case-not-handled");
    assert_eq!(desk.ledger().await, ["opened"]);
}

#[tokio::test]
async fn who_does_not_see_the_case_sees_nothing_of_it() {
    let desk = Desk::open().await;
    let item = desk.added(VIDEO).await;
    desk.foreign.get(&desk.path()).await.refused(404, "case-not-found");
    for path in ["content", "actions/count_over", "actions/exclude", "actions/hand_over", "marks"] {
        let path = format!("/api/v1/evidence/{item}/{path}");
        let body = json!({ "reason": "x", "seen": 1, "holder": desk.officers[1], "from_ms": 1, "words": "x" });
        let answer = match path.rsplit('/').next().unwrap() {
            "content" => desk.foreign.get(&path).await,
            "exclude" => desk.foreign.post(&path, json!({ "reason": "x" })).await,
            "hand_over" => desk.foreign.post(&path, json!({ "reason": "x", "seen": 1, "holder": desk.officers[1] })).await,
            "marks" => desk.foreign.post(&path, json!({ "from_ms": 1, "words": "x" })).await,
            _ => desk.foreign.post(&path, body).await,
        };
        answer.refused(404, "evidence-not-found");
    }
    let seen = desk.leader.get(&format!("/api/v1/evidence/{item}/content")).await;
    assert_eq!(seen.fine().headers["content-type"], "video/mp4");
    assert_eq!(seen.headers["cache-control"], "private, no-cache");
    assert_eq!(seen.text.len(), VIDEO.len());
}

#[tokio::test]
async fn counting_over_finds_what_was_altered_behind_our_back() {
    let desk = Desk::open().await;
    let item = desk.added(VIDEO).await;
    let path = format!("/api/v1/evidence/{item}/actions/count_over");
    assert_eq!(desk.leader.post(&path, json!({})).await.fine().body["unaltered"], true);
    let hash = files::FileId::of(VIDEO);
    let place = desk.house.folder.path().join("files").join(&hash.as_str()[..2]).join(&hash.as_str()[2..4]).join(hash.as_str());
    let mut bytes = std::fs::read(&place).unwrap();
    bytes[30] ^= 1;
    std::fs::write(&place, bytes).unwrap();
    let counted = desk.leader.post(&path, json!({})).await;
    assert_eq!(counted.fine().body["unaltered"], false);
    assert_ne!(counted.body["counted"], counted.body["digest"]);
}

#[tokio::test]
async fn what_is_excluded_stays_to_be_seen_with_its_reason() {
    let desk = Desk::open().await;
    let item = desk.added(VIDEO).await;
    let path = format!("/api/v1/evidence/{item}/actions/exclude");
    desk.leader.post(&path, json!({ "reason": "" })).await.refused(422, "field-required");
    desk.leader.post(&path, json!({ "reason": "拍摄地点不是公开场所" })).await.fine();
    desk.leader.post(&path, json!({ "reason": "再一次" })).await.refused(409, "evidence-excluded");
    let shown = desk.leader.get(&desk.path()).await;
    assert_eq!(shown.body["items"][0]["excluded"]["reason"], "拍摄地点不是公开场所");
    let fact = json!({ "seen": 0, "facts": [{ "words": "占道经营", "proofs": [item] }] });
    let refused = desk.officer.put(&format!("{}/matrix", desk.path()), fact).await;
    assert_eq!(refused.refused(422, "proof-excluded").body["citation"], "行政处罚法第四十六条第三款");
}
