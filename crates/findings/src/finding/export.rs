//! Take the findings out as a file (导出车辆违规发现).

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use http_api::{Answer, Query};
use identity::Allowed;
use kernel::{clock::shanghai, problem::Problem};

use super::{list::Ask, store, view::VehicleFinding};
use crate::{Findings, rights};

/// Rows of a file; more is said in its last line.
const MOST: usize = 10_000;
/// Rows that are read at a time; as often as it goes into [`MOST`].
const PAGE: usize = 500;
/// Columns.
const HEAD: [&str; 16] = [
    "编号",
    "状态",
    "情形",
    "车牌",
    "开始",
    "结束",
    "经度",
    "纬度",
    "网格",
    "判定数值",
    "说明",
    "规则版本",
    "登记版本",
    "核实意见",
    "线索编号",
    "模拟",
];

type Writer = csv::Writer<Vec<u8>>;

/// Exports findings as CSV, with the filters of the list.
///
/// # Errors
/// `query-invalid`, `cursor-invalid`.
#[utoipa::path(get, path = "/api/v1/findings/export", tag = "findings", operation_id = "export_vehicle_findings", params(Ask),
    responses((status = 200, description = "The file", content((Vec<u8> = "text/csv")))))]
pub(crate) async fn export(
    State(room): State<Findings>,
    allowed: Allowed<rights::SeeFindings>,
    Query(ask): Query<Ask>,
) -> Answer<Response> {
    let (mut wanted, mut written, mut cut) = (ask.wanted()?, 0, false);
    let failed = |_| Problem::internal("export-failed", "文件没有生成，请重试");
    let mut writer = begin().map_err(failed)?;
    // A page at a time: no more than one stands in the memory with its names.
    loop {
        let rows = store::list(room.pool(), room.region(), &allowed.scope(), &wanted, PAGE as i64).await?;
        let Some(last) = rows.last() else { break };
        wanted.before = Some((last.began_at, last.id));
        if written >= MOST {
            cut = true;
            break;
        }
        let whole = rows.len() == PAGE;
        written += rows.len();
        write(&mut writer, &room.show(rows).await?).map_err(failed)?;
        if !whole {
            break;
        }
    }
    let file = end(writer, cut).map_err(failed)?;
    let name = "attachment; filename=\"findings.csv\"";
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, name)], file).into_response())
}

/// A spreadsheet must not take a word for a formula.
fn word(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn begin() -> csv::Result<Writer> {
    // Spreadsheets take UTF-8 for what it is only behind this mark.
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(HEAD)?;
    Ok(writer)
}

fn write(writer: &mut Writer, findings: &[VehicleFinding]) -> csv::Result<()> {
    let time = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&shanghai()).format("%Y-%m-%d %H:%M:%S").to_string();
    for it in findings {
        let numbers: Vec<String> = it.numbers.iter().map(|number| format!("{} {} {}", number.label, number.value, number.unit)).collect();
        writer.write_record([
            it.id.to_string(),
            it.state_label.to_owned(),
            it.rule_label.to_owned(),
            word(&it.plate),
            time(it.began_at),
            time(it.ended_at),
            format!("{:.6}", it.lon),
            format!("{:.6}", it.lat),
            word(it.jurisdiction_name.as_deref().unwrap_or_default()),
            numbers.join("；"),
            word(&it.words),
            it.rules_version.to_string(),
            it.terrain_version.clone(),
            word(it.reason.as_deref().unwrap_or_default()),
            it.lead_number.clone().unwrap_or_default(),
            if it.simulated { "模拟".to_owned() } else { String::new() },
        ])?;
    }
    Ok(())
}

fn end(mut writer: Writer, cut: bool) -> csv::Result<Vec<u8>> {
    if cut {
        let mut row = vec![String::new(); HEAD.len()];
        row[10] = format!("超过 {MOST} 条，未全部导出，请缩小范围");
        writer.write_record(&row)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
