//! Custody and marks.

use serde_json::json;

use crate::desk::Desk;

#[tokio::test]
async fn the_chain_grows_a_line_at_a_time() {
    let desk = Desk::open().await;
    let item = desk.added(b"a recording").await;
    let path = format!("/api/v1/evidence/{item}/actions/hand_over");
    let to = |seen: i32| json!({ "holder_words": "涉案物品保管室 3 柜", "place": "办案中心", "reason": "入库保管", "seen": seen });
    desk.officer.post(&path, to(1)).await.fine();
    desk.officer.post(&path, to(1)).await.refused(409, "custody-moved");
    desk.officer.post(&path, json!({ "reason": "谁也不是", "seen": 2 })).await.refused(422, "custody-holder");
    desk.officer.post(&path, json!({ "holder": uuid::Uuid::nil(), "reason": "外人", "seen": 2 })).await.refused(422, "custody-holder");
    desk.officer.post(&path, json!({ "holder": desk.officers[1], "reason": "出库比对", "seen": 2 })).await.fine();
    let shown = desk.leader.get(&desk.path()).await;
    let chain = shown.body["items"][0]["custody"].as_array().unwrap();
    assert_eq!(chain.iter().map(|line| line["reason"].as_str().unwrap()).collect::<Vec<_>>(), ["提交证据", "入库保管", "出库比对"]);
    assert_eq!(chain[1]["holder"], json!(null));
    assert_eq!(chain[2]["holder"]["id"], json!(desk.officers[1]));
    assert_eq!(desk.ledger().await, ["opened", "evidence-added", "evidence-handed-over", "evidence-handed-over"]);
}

#[tokio::test]
async fn a_recording_is_marked_where_to_look() {
    let desk = Desk::open().await;
    let item = desk.added(b"a recording").await;
    let path = format!("/api/v1/evidence/{item}/marks");
    desk.officer.post(&path, json!({ "from_ms": 61_000, "until_ms": 75_000, "words": "当事人承认占道" })).await.fine();
    desk.officer.post(&path, json!({ "from_ms": 5_000, "words": "出示证件" })).await.fine();
    desk.officer.post(&path, json!({ "from_ms": 9_000, "until_ms": 8_000, "words": "倒着" })).await.refused(422, "mark-times");
    desk.leader.post(&path, json!({ "from_ms": 1, "words": "不是承办人" })).await.refused(403, "forbidden");
    let shown = desk.leader.get(&desk.path()).await;
    let marks = shown.body["items"][0]["marks"].as_array().unwrap();
    assert_eq!(marks.iter().map(|mark| mark["words"].as_str().unwrap()).collect::<Vec<_>>(), ["出示证件", "当事人承认占道"]);
}
