//! Imports: every row accounted for, each once, whatever happens in between. All rows are made up.

use std::{fmt::Write, sync::Arc, time::Duration};

use axum::{
    body::Body,
    http::{Request, header},
};
use serde_json::{Value, json};
use testkit::house::{Answer, Client, House};

const BOUNDARY: &str = "bihuan-test-boundary";

/// A multipart form with a file.
fn form(path: &str, file: &[u8], name: &str, words: &[(&str, &str)]) -> Request<Body> {
    let mut body = Vec::new();
    for (field, value) in words {
        body.extend(format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    body.extend(format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").into_bytes());
    body.extend(file);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
    Request::post(path).header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}")).body(Body::from(body)).unwrap()
}

/// A file like the hotline's, with its faults: two spellings of dates, cells over several lines, the same words under another id.
fn orders(rows: usize) -> String {
    let mut text = "id,place,nature,channel,title,text,time,reply,transfers\n".to_owned();
    for row in 0..rows {
        let time = if row % 5 == 0 {
            format!("{:02}/{:02}/2019", row % 12 + 1, row % 28 + 1)
        } else {
            format!("2020-{:02}-{:02}", row % 12 + 1, row % 28 + 1)
        };
        writeln!(
            text,
            "{row},无,投诉,网站,河边路灯,\"第{}盏路灯不亮，\n晚上看不清路\n，\",{time},\"您好，\"\"已\"\"转办。\",{}",
            row / 2,
            row % 7
        )
        .unwrap();
    }
    text
}

async fn house() -> House {
    let house = House::build().await;
    house.leads.keep_imports_in(&house.folder.path().join("imports")).unwrap();
    house
}

fn work(house: &House) -> tokio::task::JoinHandle<()> {
    let leads = house.leads.clone();
    tokio::spawn(async move { leads.work_imports().await })
}

async fn import(client: &Client, file: &[u8], words: &[(&str, &str)]) -> Answer {
    client.send(form("/api/v1/imports", file, "工单.csv", words)).await
}

async fn until(client: &Client, id: &str, reached: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..600 {
        let shown = client.get(&format!("/api/v1/imports/{id}")).await.body;
        if reached(&shown) {
            return shown;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the import did not get there: {}", client.get(&format!("/api/v1/imports/{id}")).await.text)
}

fn sums(shown: &Value) -> [i64; 4] {
    ["imported", "present", "rejected", "rows_done"].map(|name| shown[name].as_i64().unwrap())
}

#[tokio::test]
async fn a_second_run_finds_everything_there() {
    let house = house().await;
    let operator = house.signed_in("operator01").await;
    let worker = work(&house);
    let file = orders(1_100);
    for expected in [[1_100, 0, 0, 1_100], [0, 1_100, 0, 1_100]] {
        let begun = import(&operator, file.as_bytes(), &[("source", "hotline")]).await;
        assert_eq!((begun.status.as_u16(), begun.body["mapping"]["description"].as_str()), (201, Some("text")), "{}", begun.text);
        let done = until(&operator, &begun.text_of("id"), |shown| shown["state"] == "done").await;
        assert_eq!((sums(&done), done["rows_total"].as_i64()), (expected, Some(1_100)));
    }
    assert_eq!(
        house.count("select count(*) from lead where source = 'hotline' and occurred_at < '2020-12-31' and address is null").await,
        1_100
    );
    assert_eq!(house.count("select count(*) from docket where title = '河边路灯'").await, 1_100);
    // The same words under another id are a lead of their own, and proposed as a duplicate.
    assert_eq!(house.count("select count(distinct text_digest) from lead").await, 550);
    let lead = operator.get("/api/v1/leads?limit=1").await.items()[0]["id"].as_str().unwrap().to_owned();
    let proposed = operator.get(&format!("/api/v1/leads/{lead}/suggestions")).await;
    assert_eq!(proposed.body["duplicates"].as_array().unwrap().len(), 1, "{}", proposed.text);
    worker.abort();
}

#[tokio::test]
async fn gbk_broken_rows_contacts_and_positions() {
    let house = house().await;
    let operator = house.signed_in("operator01").await;
    let worker = work(&house);
    let text = "工单编号,诉求内容,诉求人,联系电话,受理时间,经度,纬度\r\n\
        A1,井盖松动,测试甲,138 0000 0001,2026/10/1 8:00,121.005,30.705\r\n\
        A2,井盖松动,,无,2026年10月1日,,\r\n\
        A3,,,,2026-10-01,,\r\n\
        A4,时间不对,,,昨天,,\r\n\
        A5,只有经度,,,2026-10-01,121.0,\r\n\
        A6,列太少\r\n\
        A1,同号,,,2026-10-01,,\r\n\
        A7,\"引号没有闭合,,,2026-10-01,,\r\n\
        A8,在后面,,,2026-10-01,,\r\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let look = operator.send(form("/api/v1/imports/preview", &bytes, "a.csv", &[])).await;
    assert_eq!(
        (look.body["encoding"].as_str(), look.body["suggested_mapping"]["telephone"].as_str()),
        (Some("GB18030"), Some("联系电话")),
        "{}",
        look.text
    );
    assert_eq!(look.body["sample"][0][1], "井盖松动");
    let begun = import(&operator, &bytes, &[("source", "import")]).await;
    let id = begun.text_of("id");
    let done = until(&operator, &id, |shown| shown["state"] == "done").await;
    assert_eq!(sums(&done), [3, 1, 5, 9], "{done}");
    let refused = operator.get(&format!("/api/v1/imports/{id}/rows?outcome=rejected&limit=2")).await;
    assert_eq!(refused.items()[0]["row"], 4);
    assert!(refused.body["next_cursor"].is_string() && !refused.text.contains("A3"), "reasons hold no words of the row: {}", refused.text);
    assert_eq!(house.count("select count(*) from personal where field = 'telephone'").await, 1);
    assert_eq!(house.count("select count(*) from lead where grid is not null").await, 1);
    operator.get(&format!("/api/v1/imports/{id}/rows?outcome=lost")).await.refused(422, "query-invalid");
    worker.abort();
}

#[tokio::test]
async fn a_worker_that_is_cut_off_doubles_nothing() {
    let house = house().await;
    let operator = house.signed_in("operator01").await;
    let begun = import(&operator, orders(3_000).as_bytes(), &[("source", "hotline")]).await;
    let id = begun.text_of("id");
    for step in 1..=4_i64 {
        let worker = work(&house);
        until(&operator, &id, |shown| shown["rows_done"].as_i64() >= Some(step * 500)).await;
        // Somewhere in the middle of the next rows.
        tokio::time::sleep(Duration::from_millis(40)).await;
        worker.abort();
        let _ = worker.await;
    }
    let worker = work(&house);
    let done = until(&operator, &id, |shown| shown["state"] == "done").await;
    assert_eq!(sums(&done), [3_000, 0, 0, 3_000], "rows of this very import are its own, not already present");
    assert_eq!(house.count("select count(*) from lead").await, 3_000);
    assert_eq!(house.count("select count(*) from import_row where outcome = 'imported'").await, 3_000);
    worker.abort();
}

#[tokio::test]
async fn an_import_goes_on_where_its_files_were_restored_to() {
    let house = house().await;
    let operator = house.signed_in("operator01").await;
    let begun = import(&operator, orders(30).as_bytes(), &[("source", "hotline")]).await;
    let (before, after) = (house.folder.path().join("imports"), house.folder.path().join("elsewhere"));
    let leads = house.leads.clone();
    std::fs::rename(&before, &after).unwrap();
    let idle = work(&house);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(operator.get(&format!("/api/v1/imports/{}", begun.text_of("id"))).await.body["state"], "waiting");
    idle.abort();
    std::fs::rename(&after, &before).unwrap();
    // As after a restoring into another folder: the row still names the one it came from.
    sqlx::query("update import_job set folder = 'somewhere-else'").execute(&house.test.owner_pool).await.unwrap();
    let worker = tokio::spawn(async move { leads.work_imports().await });
    until(&operator, &begun.text_of("id"), |shown| shown["state"] == "done").await;
    worker.abort();
}

#[tokio::test]
async fn pause_resume_cancel() {
    let house = house().await;
    let operator = house.signed_in("operator01").await;
    let begun = import(&operator, orders(10).as_bytes(), &[("source", "letters")]).await;
    let at = |verb: &str| format!("/api/v1/imports/{}/actions/{verb}", begun.text_of("id"));
    assert_eq!(operator.post(&at("pause"), json!({})).await.body["state"], "paused");
    let worker = work(&house);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(operator.get(&format!("/api/v1/imports/{}", begun.text_of("id"))).await.body["rows_done"], 0);
    operator.post(&at("resume"), json!({})).await.fine();
    until(&operator, &begun.text_of("id"), |shown| shown["state"] == "done").await;
    operator.post(&at("cancel"), json!({})).await.refused(409, "action-refused");
    operator.post(&at("pause"), json!({})).await.refused(409, "action-refused");
    worker.abort();
}

#[tokio::test]
async fn what_is_no_table_is_refused_and_leaves_nothing() {
    let house = house().await;
    let operator = house.signed_in("operator01").await;
    import(&operator, b"", &[]).await.refused(422, "file-missing");
    import(&operator, b"PK\x03\x04 not a workbook", &[]).await.refused(422, "file-unreadable");
    import(&operator, &[0xD0, 0xCF, 0x11, 0xE0, 0, 0, 0, 0], &[]).await.refused(422, "file-unreadable");
    import(&operator, b"a,b\n1,2\n", &[]).await.refused(422, "mapping-invalid");
    import(&operator, b"text\nx\n", &[("mapping", "{\"text\":\"gone\"}")]).await.refused(422, "mapping-invalid");
    import(&operator, b"text\nx\n", &[("mapping", "[")]).await.refused(422, "mapping-invalid");
    import(&operator, b"text\nx\n", &[("source", "portal")]).await.refused(422, "source-invalid");
    operator.post("/api/v1/imports", json!({})).await.refused(415, "content-type-unsupported");
    let cut = Request::post("/api/v1/imports").header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"));
    operator
        .send(
            cut.body(Body::from(format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nid,te")))
                .unwrap(),
        )
        .await
        .refused(422, "form-broken");
    assert_eq!(std::fs::read_dir(house.folder.path().join("imports")).unwrap().count(), 0);
    for (account, status) in [("unit_handler01", 403), ("operator_east", 403), ("auxiliary01", 403)] {
        let client = house.signed_in(account).await;
        assert_eq!(import(&client, b"text\nx\n", &[]).await.status, status, "{account}");
    }
    assert_eq!(import(&house.visitor(), b"text\nx\n", &[]).await.status, 401);
    assert_eq!(house.count("select count(*) from import_job").await, 0);
}

#[tokio::test]
async fn a_workbook_goes_in_as_well() {
    let house = house().await;
    let operator = house.signed_in("operator01").await;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["编号", "内容", "时间"].into_iter().enumerate() {
        sheet.write_string(0, u16::try_from(column).unwrap(), name).unwrap();
    }
    let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd hh:mm");
    for row in 1..=20_u32 {
        sheet.write_number(row, 0, f64::from(row) + 1_300.0).unwrap();
        sheet.write_string(row, 1, format!("第{row}处积水")).unwrap();
        sheet.write_number_with_format(row, 2, 44_077.5, &date).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let worker = work(&house);
    let begun = import(&operator, &bytes, &[("source", "import")]).await;
    assert_eq!(begun.body["encoding"], "XLSX", "{}", begun.text);
    let done = until(&operator, &begun.text_of("id"), |shown| shown["state"] == "done").await;
    assert_eq!(sums(&done), [20, 0, 0, 20]);
    assert_eq!(house.count("select count(*) from lead where source_key = '1320' and occurred_at = '2020-09-03 12:00+08'").await, 1);
    worker.abort();
}

/// A workbook whose one part beside the sheet is given; deflate packs what repeats about a thousand times smaller.
fn workbook_with(strings: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let parts = [
        (
            "_rels/.rels",
            format!(
                "<Relationships><Relationship Id=\"r1\" Type=\"{relationships}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships><Relationship Id=\"r1\" Type=\"{relationships}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!("<workbook xmlns:r=\"{relationships}\"><sheets><sheet name=\"一\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
        ),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>".to_owned(),
        ),
    ];
    for (name, content) in parts.iter().map(|(name, content)| (*name, content.as_bytes())).chain([("xl/sharedStrings.xml", strings)]) {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn a_workbook_that_would_fill_the_memory_is_refused() {
    let house = house().await;
    let operator = house.signed_in("operator01").await;
    let look = async |bytes: &[u8]| operator.send(form("/api/v1/imports/preview", bytes, "a.xlsx", &[])).await;
    let fine = workbook_with("<sst uniqueCount=\"1\"><si><t>内容</t></si></sst>".as_bytes());
    assert_eq!(look(&fine).await.fine().body["columns"], json!(["内容"]));
    // A megabyte that holds 140 MB, and a few hundred bytes that ask for room for a hundred thousand million strings.
    let large = workbook_with(&b"<si><t>                                  </t></si>".repeat(2_800_000));
    assert!(large.len() < 2_000_000, "{}", large.len());
    let boastful = workbook_with(b"<sst uniqueCount=\"100000000000\"><si><t>a</t></si></sst>");
    for bomb in [large, boastful] {
        let refused = look(&bomb).await;
        refused.refused(422, "file-unreadable");
        assert!(refused.text.contains("解压后过大"), "{}", refused.text);
    }
}

#[tokio::test]
async fn mappings_are_kept_under_their_name() {
    let house = house().await;
    let operator = house.signed_in("operator01").await;
    let mapping = |column: &str| json!({ "name": "月度工单", "source": "hotline", "columns": { "text": column, "key": "号" } });
    let first = operator.post("/api/v1/import-mappings", mapping("内容")).await;
    assert_eq!((first.status.as_u16(), &first.body["columns"]), (201, &json!({ "description": "内容", "external_id": "号" })));
    assert_eq!(operator.post("/api/v1/import-mappings", mapping("正文")).await.body["id"], first.body["id"]);
    assert_eq!(operator.get("/api/v1/import-mappings").await.items()[0]["columns"]["description"], "正文");
    let path = format!("/api/v1/import-mappings/{}", first.text_of("id"));
    operator.call(axum::http::Method::DELETE, &path, None, None).await.fine();
    operator.call(axum::http::Method::DELETE, &path, None, None).await.refused(404, "mapping-not-found");
}

#[tokio::test]
async fn two_workers_are_one() {
    let house = Arc::new(house().await);
    let operator = house.signed_in("operator01").await;
    let workers = [work(&house), work(&house)];
    let begun = import(&operator, orders(1_200).as_bytes(), &[("source", "hotline")]).await;
    let done = until(&operator, &begun.text_of("id"), |shown| shown["state"] == "done").await;
    assert_eq!(sums(&done), [1_200, 0, 0, 1_200]);
    for worker in workers {
        worker.abort();
    }
}
