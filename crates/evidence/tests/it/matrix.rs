//! The matrix: of this case's own evidence, and of one hand at a time.

use serde_json::json;

use crate::desk::Desk;

#[tokio::test]
async fn facts_stand_on_evidence_of_the_case() {
    let desk = Desk::open().await;
    let item = desk.added(b"a recording").await;
    let path = format!("{}/matrix", desk.path());
    let facts = json!([{ "words": "当事人占用人行道摆摊", "article": "浙江省城市市容和环境卫生管理条例第十三条", "proofs": [item, item] }]);
    desk.officer.put(&path, json!({ "seen": 0, "facts": facts })).await.fine();
    desk.officer.put(&path, json!({ "seen": 0, "facts": facts })).await.refused(409, "matrix-changed");
    let strange = json!([{ "words": "别案的证据", "proofs": [uuid::Uuid::nil()] }]);
    desk.officer.put(&path, json!({ "seen": 1, "facts": strange })).await.refused(422, "proof-unknown");
    desk.leader.put(&path, json!({ "seen": 1, "facts": [] })).await.refused(403, "forbidden");
    let shown = desk.leader.get(&desk.path()).await;
    let matrix = &shown.body["matrix"];
    assert_eq!(matrix["revision"], 1);
    assert_eq!(matrix["facts"][0]["proofs"], json!([item]));
    assert!(desk.ledger().await.ends_with(&["evidence-matrix-saved".to_owned()]));
}
