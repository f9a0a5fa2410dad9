//! Take the list of publications out as a file (导出公开台账): what the list shows, masked as it is published.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use http_api::{Answer, Query};
use identity::Allowed;
use kernel::{clock::shanghai, problem::Problem};

use super::{
    list::{Ask, listed},
    store,
};
use crate::{Publications, rights};

/// Rows of one file; what is beyond is said in its last line.
const MOST: usize = 20_000;

/// Exports publications as CSV.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/publications/export", tag = "publication", operation_id = "export_publications", params(Ask),
    responses((status = 200, description = "The file", content((Vec<u8> = "text/csv")))))]
pub(crate) async fn export(
    State(room): State<Publications>,
    allowed: Allowed<rights::SeePublications>,
    Query(ask): Query<Ask>,
) -> Answer<Response> {
    let wanted = ask.wanted(room.clock().now())?;
    let mut rows = store::list(room.database().pool(), &allowed.scope(), &wanted, MOST as i64 + 1).await?;
    let cut = rows.len() > MOST;
    rows.truncate(MOST);
    let head = ["案件编号", "案由", "状态", "决定书文号", "当事人", "处罚内容", "应办日期", "公示至", "理由", "模拟"];
    let simulated: Vec<bool> = rows.iter().map(|row| row.simulated).collect();
    let views = listed(&room, rows, allowed.caller.person.uuid()).await?;
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for (it, simulated) in views.into_iter().zip(simulated) {
        let day = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&shanghai()).format("%Y-%m-%d").to_string();
        let content = it.content.as_ref();
        lines.push(vec![
            it.case_number.clone().unwrap_or_default(),
            content.map(|content| content.matter.clone()).unwrap_or_default(),
            it.state_label.to_owned(),
            content.map(|content| content.number.clone()).unwrap_or_default(),
            content.map(|content| content.party.clone()).unwrap_or_default(),
            content.map(|content| content.penalty.clone()).unwrap_or_default(),
            it.due_at.map(day).unwrap_or_default(),
            it.max_until.map(|day| day.to_string()).unwrap_or_default(),
            it.reason_words(),
            if simulated { "模拟".to_owned() } else { String::new() },
        ]);
    }
    if cut {
        lines.push(vec![format!("（已达 {MOST} 行上限，其余未导出）")]);
    }
    Ok(csv_file(sheet(&lines)?, "publications.csv"))
}

/// Lines as a sheet that spreadsheets open: with a mark of its encoding, and no cell that they would reckon as a formula.
///
/// # Errors
/// None that a list in memory has.
pub(crate) fn sheet(lines: &[Vec<String>]) -> Result<Vec<u8>, Problem> {
    let broken = |_| Problem::internal("sheet-unwritten", "文件无法生成，请联系管理员");
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer("\u{feff}".as_bytes().to_vec());
    for line in lines {
        let cells = line.iter().map(|cell| match cell.chars().next() {
            Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
            _ => cell.clone(),
        });
        writer.write_record(cells).map_err(broken)?;
    }
    writer.into_inner().map_err(|_| Problem::internal("sheet-unwritten", "文件无法生成，请联系管理员"))
}

/// A file for a spreadsheet, which nobody on the way keeps.
pub(crate) fn csv_file(bytes: Vec<u8>, name: &str) -> Response {
    let mut response = bytes.into_response();
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        head.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
