//! Lines as a file for spreadsheets.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use kernel::problem::Problem;

/// Lines as a sheet: with a mark of its encoding, and no cell that a spreadsheet would reckon as a formula.
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

/// A file which nobody on the way keeps.
pub(crate) fn csv_file(bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    head.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"referrals.csv\""));
    response
}
