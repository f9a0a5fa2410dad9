//! `GET /api/v1/property/balance/export`: the balance of a month as CSV.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use http_api::{Answer, Query};
use identity::Allowed;
use kernel::problem::Problem;

use super::{BalanceCount, of_month, show::BalanceFilter};
use crate::{Property, rights};

/// The mark that tells spreadsheets that a CSV is UTF-8.
const MARK: &str = "\u{feff}";

fn told(counts: &[BalanceCount]) -> String {
    counts.iter().map(|it| format!("{} {}", it.label, it.items)).collect::<Vec<_>>().join("；")
}

/// What a spreadsheet would take for a formula is led by an apostrophe.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// Takes the balance of a month out as CSV.
///
/// # Errors
/// `field-invalid`.
#[utoipa::path(get, path = "/api/v1/property/balance/export", tag = "property", operation_id = "export_property_balance",
    params(BalanceFilter), responses((status = 200, description = "The file", content((Vec<u8> = "text/csv")))))]
pub(crate) async fn export(
    State(room): State<Property>,
    allowed: Allowed<rights::SeeProperty>,
    Query(filter): Query<BalanceFilter>,
) -> Answer<Response> {
    let (month, items) = of_month(&room, &allowed.scope(), filter.month.as_deref()).await?;
    let unwritten = |error: csv::Error| {
        tracing::error!(%error, "a balance could not be written");
        Problem::internal("export-failed", "导出失败，请联系管理员")
    };
    let mut file = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    let head = ["月份", "保管场所", "期初", "入库", "入库明细", "出库", "出库明细", "期末", "在库实有", "是否平衡"];
    file.write_record(head).map_err(unwritten)?;
    for it in &items {
        let numbers = [it.opening, it.came, it.went, it.closing, it.counted].map(|number| number.to_string());
        let [opening, came, went, closing, counted] = numbers;
        let balances = if it.balances { "平衡" } else { "不平衡" }.to_owned();
        let row = [
            month.format("%Y-%m").to_string(),
            plain(&it.place_name),
            opening,
            came,
            told(&it.came_by),
            went,
            told(&it.went_by),
            closing,
            counted,
            balances,
        ];
        file.write_record(row).map_err(unwritten)?;
    }
    let bytes = file.into_inner().map_err(|error| unwritten(error.into_error().into()))?;
    let mut response = bytes.into_response();
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    head.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"property-balance.csv\""));
    Ok(response)
}
