//! Take a report of indicators out as a file (导出考核指标).

use axum::{extract::State, response::Response};
use http_api::{Answer, Query};
use identity::Allowed;
use kernel::problem::Problem;
use leads::{ExportFormat, SmallTable};
use serde::Deserialize;
use utoipa::IntoParams;

use super::report::{self, IndicatorFigure, IndicatorReport, IndicatorSubject, Wanted};
use crate::{Assessment, rights};

/// The form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FileForm {
    /// `csv`, `xlsx` or `jsonl`.
    #[serde(default)]
    #[param(inline)]
    format: ExportFormat,
}

/// Exports the report of a period: a row a subject, with numerator and denominator of each rate, and the rule in the last line.
///
/// # Errors
/// `period-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/indicators/export", tag = "indicators", operation_id = "export_indicators", params(FileForm, Wanted),
    responses((status = 200, description = "The file", content((Vec<u8> = "text/csv"), (Vec<u8> = "application/x-ndjson"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub(crate) async fn export(
    State(room): State<Assessment>,
    allowed: Allowed<rights::ExportIndicators>,
    Query(form): Query<FileForm>,
    Query(wanted): Query<Wanted>,
) -> Answer<Response> {
    // Whoever may export but sees less than he may export takes out what he sees.
    let scope =
        allowed.caller.scope::<rights::SeeIndicators>().ok_or_else(|| Problem::forbidden("forbidden", "您没有查看考核指标的权限"))?;
    let report = report::report(&room, &scope, &wanted).await?;
    room.leads().download(table(&report, &wanted), form.format, allowed.caller.person).await
}

fn table(report: &IndicatorReport, wanted: &Wanted) -> SmallTable {
    let mut head = vec!["对象代码".to_owned(), "对象".to_owned()];
    for column in &report.indicators {
        head.push(column.name.clone());
        if let Some(denominator) = &column.denominator {
            head.push(format!("{}（分子：{}）", column.name, column.numerator));
            head.push(format!("{}（分母：{denominator}）", column.name));
        }
    }
    head.extend(["综合得分".to_owned(), "等级".to_owned()]);
    let width = head.len();
    let note = |words: String| {
        let mut cells = vec![String::new(); width];
        cells[1] = words;
        cells
    };
    let mut rows: Vec<Vec<String>> = report.subjects.iter().chain([&report.total]).map(row).collect();
    rows.push(note(format!("统计时段 {} 至 {}，以 {} 的情况为准", report.from, report.to, report.as_of)));
    rows.push(note(report.rule.to_owned()));
    if report.cut {
        rows.push(note("对象过多，其余未导出，请缩小区域后再次导出".to_owned()));
    }
    SmallTable { what: "indicators", head, rows, filter: wanted.told() }
}

fn row(subject: &IndicatorSubject) -> Vec<String> {
    let mut cells = vec![subject.code.clone(), subject.name.clone()];
    for IndicatorFigure { numerator, denominator, value } in &subject.figures {
        match denominator {
            Some(denominator) => {
                cells.push(value.map_or_else(|| "—".to_owned(), |value| format!("{:.2}%", value * 100.0)));
                cells.push(numerator.to_string());
                cells.push(denominator.to_string());
            }
            None => cells.push(numerator.to_string()),
        }
    }
    cells.push(subject.score.map_or_else(|| "—".to_owned(), |score| format!("{score:.1}")));
    cells.push(subject.grade.clone().unwrap_or_else(|| "—".to_owned()));
    cells
}
