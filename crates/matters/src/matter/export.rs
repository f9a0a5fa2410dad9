//! The list of matters as a file (导出): the rows of the filter, in the columns that an import reads.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use http_api::{Answer, Query};
use identity::Allowed;
use kernel::{clock::shanghai, problem::Problem};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    MatterRow,
    columns::COLUMNS,
    list::{MatterFilter, matching},
};
use crate::{Matters, ReadLaw};

/// The form of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum MatterFormat {
    /// CSV in UTF-8 with a mark in front.
    #[default]
    Csv,
    /// A workbook.
    Xlsx,
}

/// The form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Form {
    /// `csv` or `xlsx`.
    #[serde(default)]
    #[param(inline)]
    format: MatterFormat,
}

/// Exports the matters that fit the filter; the file can be imported again.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/matters/export", tag = "law", operation_id = "export_matters", params(Form, MatterFilter),
    responses((status = 200, description = "The file", content((Vec<u8> = "text/csv"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))), extensions(("x-right" = json!("law.read"))))]
pub(crate) async fn export(
    State(room): State<Matters>,
    _allowed: Allowed<ReadLaw>,
    Query(form): Query<Form>,
    Query(filter): Query<MatterFilter>,
) -> Answer<Response> {
    let library = room.library().await?;
    let day = filter.on.unwrap_or_else(|| room.today());
    let rows: Vec<Vec<String>> =
        matching(&library, &filter, day).into_iter().map(|it| MatterRow::of(&it.code, &it.facts).cells()).collect();
    let head: Vec<&str> = COLUMNS.iter().map(|(_, label)| *label).collect();
    let (bytes, kind, end) = match form.format {
        MatterFormat::Csv => (table(&head, &rows)?, "text/csv; charset=utf-8", "csv"),
        MatterFormat::Xlsx => {
            let made = tokio::task::spawn_blocking(move || sheets::small(&head, &rows)).await.map_err(|_| failed())?;
            (made.map_err(|_| failed())?, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
        }
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let at = room.now().with_timezone(&shanghai()).format("%Y%m%d-%H%M%S");
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"matters-{at}.{end}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

fn failed() -> Problem {
    Problem::internal("internal", "文件无法生成，系统已记录")
}

fn table(head: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, Problem> {
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(head).map_err(|_| failed())?;
    for row in rows {
        // A spreadsheet must not take a word for a formula.
        writer
            .write_record(
                row.iter().map(|cell| if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.clone() }),
            )
            .map_err(|_| failed())?;
    }
    writer.into_inner().map_err(|_| failed())
}
