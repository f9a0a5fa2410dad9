//! Sheets of matters in and out.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::{Value, json};

use crate::house::{administrator, encoded, house};

async fn import(house: &crate::house::House, bytes: Vec<u8>) -> crate::house::Answer {
    let request = Request::post(format!("/api/v1/matters/imports?reason={}", encoded("年度更新")));
    house.send(Some(administrator()), request.header(header::CONTENT_TYPE, "text/csv").body(Body::from(bytes)).unwrap()).await
}

fn counts(report: &Value) -> [u64; 4] {
    ["rows", "imported", "present", "rejected"].map(|key| report[key].as_u64().unwrap())
}

#[tokio::test]
async fn what_goes_out_comes_in_again_as_present_in_both_forms() {
    let house = house().await;
    for format in ["csv", "xlsx"] {
        let file = house.get(&format!("/api/v1/matters/export?format={format}")).await;
        assert_eq!(file.status, StatusCode::OK);
        let report = import(&house, file.bytes).await.body;
        assert_eq!(counts(&report), [411, 0, 411, 0], "{format}: {report}");
    }
    let some = house.get(&format!("/api/v1/matters/export?domain={}", encoded("养犬"))).await;
    assert_eq!(String::from_utf8(some.bytes).unwrap().lines().count(), 32);
}

#[tokio::test]
async fn every_row_of_an_import_is_accounted_for() {
    let house = house().await;
    let file = String::from_utf8(house.get("/api/v1/matters/export?q=M00").await.bytes).unwrap();
    let mut lines: Vec<String> = file.lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 10);
    // One changed, one new, that one twice, one faulty, one cut short; the others as they are.
    lines[1] = lines[1].replacen(",50,500,50,500,", ",50,400,50,400,", 1);
    lines.push(lines[2].replacen("M002", "T-1", 1));
    lines.push(lines[2].replacen("M002", "T-1", 1));
    lines[3] = lines[3].replacen("责令限期改正，逾期不改正", "口头说说", 1);
    lines[4] = "M004,,市容环卫".into();
    let report = import(&house, lines.join("\n").into_bytes()).await.body;
    assert_eq!(counts(&report), [11, 2, 6, 3], "{report}");
    let refused = report["refused"].as_array().unwrap();
    assert_eq!(refused.iter().map(|it| it["row"].as_u64().unwrap()).collect::<Vec<_>>(), [3, 4, 11]);
    assert!(refused[0]["reason"].as_str().unwrap().starts_with("前置条件："), "{refused:?}");
    let listed = house.get("/api/v1/matters?drafts=true").await.body;
    assert_eq!((listed["total"].as_u64(), listed["drafts"].as_u64()), (Some(2), Some(2)));
    // The same file again: what is drafted is present, in whichever line.
    assert_eq!(counts(&import(&house, lines.join("\n").into_bytes()).await.body), [11, 0, 9, 2]);
    // A draft that somebody made is not written over.
    let other = lines[1].replacen(",50,400,50,400,", ",50,300,50,300,", 1);
    let again = import(&house, [lines[0].clone(), other].join("\n").into_bytes()).await.body;
    assert_eq!(counts(&again), [1, 0, 0, 1]);
    // Who means every draft says how many he saw.
    let unseen = house.call("POST", "/api/v1/matters/actions/publish", json!({ "all": 1 }).to_string()).await;
    assert_eq!(unseen.body["code"], "draft-changed");
    let published = house.call("POST", "/api/v1/matters/actions/publish", json!({ "all": 2 }).to_string()).await;
    assert_eq!(published.body["codes"], json!(["M001", "T-1"]));
}

#[tokio::test]
async fn a_file_that_is_no_sheet_is_refused_whole() {
    let house = house().await;
    for (bytes, code) in [
        (b"\xff\xfe".to_vec(), "csv-malformed"),
        ("编号,胡写\n1,2\n".as_bytes().to_vec(), "csv-malformed"),
        ("编号,领域\n1,2\n".as_bytes().to_vec(), "csv-malformed"),
        (b"PK\x03\x04 no workbook".to_vec(), "workbook-malformed"),
        ("code,domain,name,law,penalty_article,target\n".as_bytes().to_vec(), "import-empty"),
    ] {
        assert_eq!(import(&house, bytes).await.body["code"], code);
    }
}

#[tokio::test]
async fn a_workbook_that_unfolds_too_far_is_refused_before_it_is_held() {
    let house = house().await;
    // One long text that every row shares: some kilobytes on the wire, 70 MB as a table.
    let rows = vec![vec!["a".repeat(32_000)]; 2_200];
    let refused = import(&house, sheets::small(&["code"], &rows).unwrap()).await;
    assert_eq!((refused.status, refused.body["code"].as_str()), (StatusCode::PAYLOAD_TOO_LARGE, Some("import-too-large")));
}

#[tokio::test]
async fn article_37_a_row_that_would_reach_back_is_refused() {
    let house = house().await;
    let file = String::from_utf8(house.get("/api/v1/matters/export?q=M076").await.bytes).unwrap();
    let mut lines: Vec<String> = file.lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 2);
    // The row that was replaced, made anew without its days.
    lines[1] = lines[1].replace("2026-08-14", "").replace("superseded", "local");
    let report = import(&house, lines.join("\n").into_bytes()).await.body;
    assert_eq!(counts(&report), [1, 0, 0, 1], "{report}");
    assert!(report["refused"][0]["reason"].as_str().unwrap().starts_with("生效日期："), "{report}");
}
