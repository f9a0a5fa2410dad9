//! `bihuan verify` says whose key it checked the roots against, and refuses a stranger's.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::program::{Installation, binary};

/// Status, words and errors of `bihuan verify` over a folder of roots.
fn verify(data: &Path, roots: &Path, more: &[&str]) -> (i32, String) {
    let output = binary().args(["verify", "--data"]).arg(data).arg("--roots").arg(roots).args(more).output().unwrap();
    let words = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap(), words)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roots_are_believed_by_the_own_key_or_a_given_one_and_else_it_is_said() {
    let installation = Installation::new();
    let server = installation.serve();
    let report = server.visitor().post("/api/v1/public/reports", json!({ "description": "路灯不亮" })).await;
    assert_eq!(report.status, 201, "{}", report.text);
    assert!(server.stop());
    // The root is written at the next start.
    let server = installation.serve();
    let (data, roots) = (installation.data(), installation.data().join("roots"));
    let first = roots.join("root-00000001.json");
    for _ in 0..100 {
        if first.exists() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let root: Value = serde_json::from_slice(&fs::read(&first).unwrap()).unwrap();
    let public = root["public_key"].as_str().unwrap();
    let key = data.join("keys/root.key");
    let own = fs::read(&key).unwrap();

    let (status, words) = verify(&data, &roots, &[]);
    assert!(status == 0 && words.contains("本系统的签名密钥"), "{status} {words}");
    // Another key at home: whoever signed these roots, it was not this installation.
    fs::write(&key, [7; 32]).unwrap();
    let (status, words) = verify(&data, &roots, &[]);
    assert!(status == 1 && words.contains("另一把密钥"), "{status} {words}");
    let (status, words) = verify(&data, &roots, &["--public-key", public]);
    assert!(status == 0 && words.contains("给出的公钥"), "{status} {words}");
    let stranger = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    assert_eq!(verify(&data, &roots, &["--public-key", stranger]).0, 1);
    assert_eq!(verify(&data, &roots, &["--public-key", stranger, "--public-key", public]).0, 0, "a lost key and the one after it");
    assert!(verify(&data, &roots, &["--public-key", "3f"]).1.contains("64 位"));
    // No key at all: whole, but nobody vouches for it.
    fs::remove_file(&key).unwrap();
    let (status, words) = verify(&data, &roots, &[]);
    assert!(status == 3 && words.contains("自带的公钥") && words.contains("✓"), "{status} {words}");
    let (status, words) = verify(&data, &roots, &["--json"]);
    let said: Value = serde_json::from_str(words.trim()).unwrap_or_else(|error| panic!("{error}: {words}"));
    assert_eq!((status, &said["signatures"], &said["roots"], &said["findings"]), (3, &json!("carried-key"), &json!(1), &json!([])));
    assert!(!key.exists(), "verify makes no key");
    fs::write(&key, own).unwrap();
    assert!(server.stop());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_is_believed_by_a_key_and_never_when_a_letter_was_changed() {
    let installation = Installation::new();
    let server = installation.serve();
    let visitor = server.visitor();
    let report = visitor.post("/api/v1/public/reports", json!({ "description": "路灯不亮" })).await;
    let code = report.body["tracking_code"].as_str().unwrap().to_owned();
    let receipt = visitor.get(&format!("/api/v1/public/reports/{code}/receipt")).await;
    let key = visitor.get("/api/v1/public/receipt-key").await.body["public_key"].as_str().unwrap().to_owned();
    // The server is gone: a receipt stands for itself.
    assert!(server.stop());
    let file = installation.data().join("receipt.json");
    fs::write(&file, &receipt.text).unwrap();
    let check = |data: &Path, more: &[&str]| {
        let output = binary().args(["verify", "--data"]).arg(data).arg("receipt").arg(&file).args(more).output().unwrap();
        let words = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        (output.status.code().unwrap(), words)
    };
    let (data, elsewhere) = (installation.data(), installation.data().join("nowhere"));
    let (status, words) = check(data.as_path(), &[]);
    assert!(status == 0 && words.contains("本系统的签名密钥"), "{status} {words}");
    let (status, words) = check(elsewhere.as_path(), &["--key", &key]);
    assert!(status == 0 && words.contains("给出的公钥"), "{status} {words}");
    let (status, words) = check(elsewhere.as_path(), &[]);
    assert!(status == 3 && words.contains("自带的公钥"), "{status} {words}");
    assert!(!elsewhere.exists(), "verify makes nothing");
    let stranger = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    let (status, words) = check(elsewhere.as_path(), &["--key", stranger]);
    assert!(status == 1 && words.contains("另一把密钥"), "{status} {words}");
    fs::write(&file, receipt.text.replace("待受理", "已结案")).unwrap();
    let (status, words) = check(elsewhere.as_path(), &["--key", &key]);
    assert!(status == 1 && words.contains("改动过"), "{status} {words}");
}
