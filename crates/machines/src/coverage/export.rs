//! Take the coverage out as a file (导出覆盖情况).

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use http_api::{Answer, Query};
use identity::Allowed;
use kernel::problem::Problem;

use super::{
    HOURS,
    show::{CoverageOf, CoverageReport, report},
};
use crate::{Machines, rights};

/// Exports the coverage as CSV: a row a grid, a column an hour.
///
/// # Errors
/// `period-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/machine-coverage/export", tag = "machines", operation_id = "export_machine_coverage", params(CoverageOf),
    responses((status = 200, description = "The file", content((Vec<u8> = "text/csv")))))]
pub(crate) async fn export(
    State(machines): State<Machines>,
    allowed: Allowed<rights::SeeSightings>,
    Query(of): Query<CoverageOf>,
) -> Answer<Response> {
    let report = report(&machines, &allowed.scope(), of).await?;
    let name = format!("attachment; filename=\"coverage-{}-{}.csv\"", report.from, report.to);
    let file = file(&report).map_err(|_| Problem::internal("export-failed", "文件没有生成，请重试"))?;
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)], file).into_response())
}

/// A spreadsheet must not take a word for a formula.
fn word(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn file(report: &CoverageReport) -> csv::Result<Vec<u8>> {
    // Spreadsheets take UTF-8 for what it is only behind this mark.
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let mut head = vec![
        "网格代码".to_owned(),
        "网格".to_owned(),
        "固定设备".to_owned(),
        "观察次数".to_owned(),
        "种类数".to_owned(),
        "无观察的钟点数".to_owned(),
    ];
    head.extend((0..HOURS).map(|hour| format!("{hour} 时")));
    writer.write_record(&head)?;
    for grid in &report.grids {
        let row = [grid.devices, grid.looks].map(|it| it.to_string()).into_iter();
        let row = [grid.code.clone(), word(&grid.name)].into_iter().chain(row);
        let mut row: Vec<String> = row.chain([grid.kinds, grid.blind_hours].map(|it| it.to_string())).collect();
        row.extend(grid.hours.iter().map(i64::to_string));
        writer.write_record(&row)?;
    }
    if report.cut {
        let mut row = vec![String::new(); head.len()];
        row[1] = "数据过多，未全部计入，请缩短时段".to_owned();
        writer.write_record(&row)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_formula() {
        for (name, told) in [("=1+1", "'=1+1"), ("-2", "'-2"), ("@a", "'@a"), ("\r=1", "'\r=1"), ("东街 第一网格", "东街 第一网格")]
        {
            assert_eq!(word(name), told);
        }
    }
}
