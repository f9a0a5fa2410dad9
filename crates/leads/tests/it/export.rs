//! Exports: the rows of the list, within the scope, and a line in the audit.

use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn each_form_has_the_rows_of_the_list() {
    let scene = Scene::set().await;
    scene.dispatched().await;
    scene
        .citizen
        .post("/api/v1/public/reports", json!({ "description": "=1+1 公式样的话", "name": "测试甲", "telephone": "13800000001" }))
        .await
        .fine();
    let csv = scene.operator.get("/api/v1/leads/export").await;
    csv.fine();
    assert!(csv.text.starts_with('\u{feff}') && csv.text.contains("\"'=1+1 公式样的话\""), "{}", csv.text);
    assert_eq!(csv.text.lines().count(), 3);
    assert!(!csv.text.contains("13800000001") && !csv.text.contains("测试甲"), "no contact leaves the house");
    assert!(csv.headers["content-disposition"].to_str().unwrap().ends_with(".csv\""));
    let jsonl = scene.operator.get("/api/v1/leads/export?format=jsonl&state=dispatched").await;
    assert_eq!(jsonl.body["state"], "dispatched", "one line: {}", jsonl.text);
    let xlsx = scene.operator.get("/api/v1/leads/export?format=xlsx").await;
    assert!(xlsx.fine().text.starts_with("PK"));
    scene.operator.get("/api/v1/leads/export?format=pdf").await.refused(422, "query-invalid");
    // The audit could not note it down.
    scene.operator.get("/api/v1/leads/export?class=%00").await.refused(422, "query-invalid");
    assert_eq!(scene.house.count("select count(*) from export_audit where phase = 'ended' and rows > 0").await, 3);
}

#[tokio::test]
async fn nobody_exports_what_he_does_not_see() {
    let scene = Scene::set().await;
    scene.reported().await;
    let east = scene.house.signed_in("operator_east").await;
    assert_eq!(east.get("/api/v1/leads/export").await.fine().text.lines().count(), 1, "the head alone");
    assert_eq!(scene.handler.get("/api/v1/leads/export").await.status, 403);
    assert_eq!(scene.citizen.get("/api/v1/leads/export").await.status, 401);
}

#[tokio::test]
async fn the_command_writes_leads_and_ledger() {
    let scene = Scene::set().await;
    scene.fixing().await;
    let folder = scene.house.folder.path();
    for (what, format, rows) in [
        (leads::ExportWhat::Leads, leads::ExportFormat::Csv, 1),
        (leads::ExportWhat::Leads, leads::ExportFormat::Xlsx, 1),
        (leads::ExportWhat::Ledger, leads::ExportFormat::Jsonl, 5),
    ] {
        let path = folder.join(format!("{what:?}.{}", format.code()));
        let done = scene.house.leads.export_to(what, format, &path).await.unwrap();
        assert_eq!((done.rows, done.cut), (rows, false), "{what:?}");
        assert!(std::fs::metadata(&path).unwrap().len() > 100);
        assert!(scene.house.leads.export_to(what, format, &path).await.is_err(), "never over a file that is there");
    }
}
