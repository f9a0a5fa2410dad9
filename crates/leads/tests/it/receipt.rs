//! A citizen's receipt: signed, whole, without anything personal, and believed only as it was signed.

use docket::ledger::RootKey;
use leads::receipt::{NoReceipt, Vouched, read_receipt};
use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn a_citizen_keeps_what_was_reported_and_what_became_of_it() {
    let scene = Scene::set().await;
    let photo = scene.house.photo().await;
    let body = json!({
        "description": "测试张三家门口有垃圾，电话13900000001", "position": { "x": 121.005, "y": 30.705 }, "class_code": "06010", "photos": [photo],
        "name": "测试市民", "telephone": "13900000002",
    });
    let report = scene.citizen.post("/api/v1/public/reports", body).await.fine().body.clone();
    let code = report["tracking_code"].as_str().unwrap();
    let path = format!("/api/v1/public/reports/{code}/receipt");
    let key = scene.citizen.get("/api/v1/public/receipt-key").await.fine().body.clone();
    let published = key["public_key"].as_str().unwrap().to_owned();
    assert_eq!(RootKey::public_at(&scene.house.folder.path().join("keys")).unwrap().unwrap(), published);

    let answer = scene.citizen.get(&path).await;
    assert!(answer.fine().headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let (receipt, vouched) = read_receipt(answer.text.as_bytes(), std::slice::from_ref(&published)).unwrap();
    assert_eq!((vouched, receipt.receipt.kind.as_str(), receipt.receipt.state.as_str()), (Vouched::Trusted, "report", "reported"));
    assert_eq!(receipt.receipt.photos[0].digest, format!("sha256:{photo}"));
    for private in ["13900000001", "13900000002", "测试市民", "张三", code] {
        assert!(!answer.text.contains(private), "{private} is in the receipt");
    }
    let altered = answer.text.replace("\"reports\":1", "\"reports\":9");
    assert_eq!(read_receipt(altered.as_bytes(), std::slice::from_ref(&published)), Err(NoReceipt::Altered));

    // Somebody else reports the same; it is over for both.
    let (other, other_code) = scene.reported().await;
    let id = scene.operator.get(&format!("/api/v1/leads?q={}", report["number"].as_str().unwrap())).await.items()[0]["id"].clone();
    scene.operator.act(&other, "merge", json!({ "into": id, "reason": "同一处" })).await.fine();
    let id = id.as_str().unwrap();
    scene.operator.act(id, "accept", json!({ "class_code": "06010", "standard": "x" })).await.fine();
    scene.shift_leader.act(id, "file", json!({ "standard": "x" })).await.fine();
    scene.handler.act(id, "take", json!({})).await.fine();
    scene.fix(id).await.fine();
    scene.operator.act(id, "request-check", json!({})).await.fine();
    scene.collector.act(id, "check", json!({ "passed": true })).await.fine();
    scene.shift_leader.act(id, "close", json!({ "standard": "x" })).await.fine();
    let (closed, _) = read_receipt(scene.citizen.get(&path).await.fine().text.as_bytes(), std::slice::from_ref(&published)).unwrap();
    let closed = closed.receipt;
    assert_eq!((closed.kind.as_str(), closed.reports, closed.answer.as_deref()), ("closing", 2, Some("已清运")));
    assert!(closed.ended_at.is_some());
    let theirs = scene.citizen.get(&format!("/api/v1/public/reports/{other_code}/receipt")).await;
    let (theirs, _) = read_receipt(theirs.fine().text.as_bytes(), &[published]).unwrap();
    assert_eq!((theirs.receipt.reports, theirs.receipt.merged_into.as_deref()), (2, report["number"].as_str()));
    assert!(theirs.receipt.photos.iter().all(|it| it.digest != format!("sha256:{photo}")), "another reporter's photo is not in it");
    scene.citizen.get("/api/v1/public/reports/0000-0000-0000/receipt").await.refused(404, "report-not-found");
}
