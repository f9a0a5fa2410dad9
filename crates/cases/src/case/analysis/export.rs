//! Take a case analysis out as a file (导出案件分析).

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use http_api::{Answer, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Ask,
    list::{AnalysisRow, CaseAnalysis},
};
use crate::{Cases, rights};

/// The form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AskForm {
    /// `csv`, or `xlsx` for a workbook.
    #[serde(default)]
    format: String,
}

const HEAD: [&str; 9] =
    ["对象", "办结案件", "行政处罚", "不予处罚", "被撤销或者变更", "罚款案件", "罚款合计（元）", "罚款中位数（元）", "平均办案天数"];

fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

fn cells(it: &AnalysisRow) -> Vec<String> {
    vec![
        it.label.clone(),
        it.cases.to_string(),
        it.penalties.to_string(),
        it.no_penalties.to_string(),
        it.revoked.to_string(),
        it.fined.to_string(),
        yuan(it.fine_fen),
        it.median_fen.map_or_else(|| "—".to_owned(), yuan),
        if it.cases == 0 { "—".to_owned() } else { format!("{:.1}", it.days) },
    ]
}

fn lines(analysis: &CaseAnalysis) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = analysis.items.iter().chain([&analysis.total]).map(cells).collect();
    if analysis.cut {
        let mut last = vec![String::new(); HEAD.len()];
        "（对象过多，其余未导出）".clone_into(&mut last[0]);
        rows.push(last);
    }
    rows
}

/// A sheet that spreadsheets open, with a mark of its encoding and no cell that they would reckon as a formula.
fn csv(rows: &[Vec<String>]) -> Result<Vec<u8>, Problem> {
    let broken = |_| Problem::internal("sheet-unwritten", "文件无法生成，请联系管理员");
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(HEAD).map_err(broken)?;
    for row in rows {
        let safe = row.iter().map(|cell| match cell.chars().next() {
            Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
            _ => cell.clone(),
        });
        writer.write_record(safe).map_err(broken)?;
    }
    writer.into_inner().map_err(|_| Problem::internal("sheet-unwritten", "文件无法生成，请联系管理员"))
}

/// Exports a case analysis, a row a value, all together in the last.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/case-analysis/export", tag = "cases", operation_id = "export_case_analysis", params(AskForm, Ask),
    responses((status = 200, description = "The file", content((Vec<u8> = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub(crate) async fn export(
    State(room): State<Cases>,
    allowed: Allowed<rights::SeeCases>,
    Query(form): Query<AskForm>,
    Query(ask): Query<Ask>,
) -> Answer<Response> {
    let rows = lines(&room.analysis(&allowed.scope(), &ask).await?);
    let (bytes, kind, name) = match form.format.as_str() {
        "xlsx" => {
            let written = sheets::small(&HEAD, &rows).map_err(|error| {
                tracing::error!(%error, "an analysis could not be written");
                Problem::internal("sheet-unwritten", "文件无法生成，请联系管理员")
            })?;
            (written, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment; filename=\"case-analysis.xlsx\"")
        }
        _ => (csv(&rows)?, "text/csv; charset=utf-8", "attachment; filename=\"case-analysis.csv\""),
    };
    let mut response = bytes.into_response();
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    head.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    Ok(response)
}
