//! Take a list out of the house as a file (导出): the rows of the list with the list's filters, scope and masking, nothing more.

mod command;
mod sheet;
mod small;
mod store;
mod table;

use std::io;

use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use bytes::Bytes;
use futures::{StreamExt, stream};
use http_api::{Answer, Query};
use identity::{Allowed, Scope};
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    filter::{Filter, MOST_ROWS},
    row::{self, LeadRow},
    search,
};
use crate::{Leads, rights};

pub use command::{Exported, What};
use sheet::Sheet;
pub use small::SmallTable;
use table::{CSV_HEAD, CSV_MARK};

/// Rows of one export over HTTP.
const MOST_EXPORTED: u64 = 200_000;

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// CSV in UTF-8 with a mark in front, as spreadsheets want it.
    #[default]
    Csv,
    /// An XLSX workbook.
    Xlsx,
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// Its name, and the end of a file's.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Jsonl => "jsonl",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Jsonl => "application/x-ndjson",
        }
    }

    /// What stands before the first row.
    fn head(self) -> Vec<u8> {
        match self {
            Self::Csv => [CSV_MARK.as_slice(), &table::csv_line(&CSV_HEAD)].concat(),
            _ => Vec::new(),
        }
    }

    fn rows(self, rows: &[LeadRow]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(rows.len() * 256);
        for row in rows {
            match self {
                Self::Csv => bytes.extend(table::csv_line(&table::cells(row))),
                Self::Jsonl | Self::Xlsx => {
                    bytes.extend(serde_json::to_vec(row).unwrap_or_default());
                    bytes.push(b'\n');
                }
            }
        }
        bytes
    }

    /// What stands after the last row when there were more.
    fn cut(self) -> Vec<u8> {
        match self {
            Self::Csv => table::csv_line(&[cut_words()]),
            Self::Jsonl | Self::Xlsx => format!("{}\n", json!({ "cut": true, "most": MOST_EXPORTED, "detail": cut_words() })).into_bytes(),
        }
    }
}

fn cut_words() -> String {
    format!("（已达 {MOST_EXPORTED} 行上限，其余未导出，请缩小筛选范围后再次导出）")
}

/// The form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Form {
    /// `csv`, `xlsx` or `jsonl`.
    #[serde(default)]
    #[param(inline)]
    format: Format,
}

/// An export under way.
struct Export {
    leads: Leads,
    scope: Scope,
    filter: Filter,
    format: Format,
    id: Uuid,
    person: Option<Uuid>,
    most: u64,
    rows: u64,
}

/// Where an export stands between two pages.
enum Next {
    Page(Option<String>),
    Over,
}

impl Export {
    /// Begins, with a line in the audit.
    async fn begin(leads: &Leads, scope: Scope, filter: Filter, format: Format, person: Option<Uuid>, most: u64) -> Answer<Self> {
        let filter = Filter { limit: Some(MOST_ROWS), cursor: None, ..filter };
        let id = kernel::id::uuid_at(leads.clock().now());
        let export = Self { leads: leads.clone(), scope, filter, format, id, person, most, rows: 0 };
        export.note("begun", None).await?;
        Ok(export)
    }

    async fn note(&self, phase: &'static str, cut: Option<bool>) -> sqlx::Result<()> {
        let line = store::Line {
            export: self.id,
            person: self.person,
            what: "leads",
            format: self.format.code(),
            filter: told(&self.filter),
            phase,
            rows: cut.map(|_| i64::try_from(self.rows).unwrap_or(i64::MAX)),
            cut,
        };
        store::note(self.leads.database().pool(), &line, self.leads.clock().now()).await
    }

    /// The next rows; after the last, the audit's second line, and whether the list was cut.
    async fn page(&mut self, cursor: Option<String>) -> Answer<(Vec<LeadRow>, Next, bool)> {
        self.filter.cursor = cursor;
        let (records, next) = search::rows(&self.leads, &self.scope, &self.filter).await?;
        let mut rows = row::show(&self.leads, records).await?;
        let left = usize::try_from(self.most - self.rows).unwrap_or(usize::MAX);
        let full = rows.len() > left || (rows.len() == left && next.is_some());
        rows.truncate(left);
        self.rows += rows.len() as u64;
        match next {
            Some(next) if !full => Ok((rows, Next::Page(Some(next)), false)),
            _ => {
                self.note("ended", Some(full)).await?;
                Ok((rows, Next::Over, full))
            }
        }
    }
}

/// The filter as the audit keeps it: what was searched for may be a name and stays out.
fn told(filter: &Filter) -> Value {
    docket::ledger::payload([
        ("searched", json!(filter.q.as_ref().map(|_| true))),
        ("state", json!(filter.state)),
        ("source", json!(filter.source)),
        ("class", json!(filter.class)),
        ("region", json!(filter.region)),
        ("unit", json!(filter.unit)),
        ("from", json!(filter.from)),
        ("to", json!(filter.to)),
        ("light", json!(filter.light.map(|light| format!("{light:?}").to_lowercase()))),
        ("queue", json!(filter.queue.map(|queue| format!("{queue:?}").to_lowercase()))),
    ])
}

/// Exports a list: the list's filters and scope, at most 200,000 rows, said in the last line when there were more.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/leads/export", tag = "leads", operation_id = "export_leads", params(Form, Filter),
    responses((status = 200, description = "The file", content((Vec<u8> = "text/csv"), (Vec<u8> = "application/x-ndjson"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub(crate) async fn export(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Export>,
    Query(form): Query<Form>,
    Query(filter): Query<Filter>,
) -> Answer<Response> {
    let format = form.format;
    // Whoever may export but sees less than he may export takes out what he sees.
    let scope = allowed.caller.scope::<rights::Read>().ok_or_else(|| Problem::forbidden("forbidden", "您没有查看线索的权限"))?;
    let mut export = Export::begin(&leads, scope, filter, format, Some(allowed.caller.person.uuid()), MOST_EXPORTED).await?;
    // The first page is read before the answer begins, so that a faulty filter is a problem and not half a file.
    let (rows, next, cut) = export.page(None).await?;
    let body = if format == Format::Xlsx {
        Body::from_stream(workbook(export, rows, next, cut).await?)
    } else {
        let mut first = format.head();
        first.extend(format.rows(&rows));
        if cut {
            first.extend(format.cut());
        }
        let rest = stream::try_unfold((export, next), |(mut export, next)| async move {
            let Next::Page(cursor) = next else { return Ok(None) };
            let (rows, next, cut) = export.page(cursor).await.map_err(|error| io::Error::other(error.problem().code))?;
            let mut bytes = export.format.rows(&rows);
            if cut {
                bytes.extend(export.format.cut());
            }
            Ok::<_, io::Error>(Some((Bytes::from(bytes), (export, next))))
        });
        Body::from_stream(stream::once(async move { Ok::<_, io::Error>(Bytes::from(first)) }).chain(rest))
    };
    let day = leads.clock().now().with_timezone(&kernel::clock::shanghai()).format("%Y%m%d-%H%M%S");
    let mut response = Response::new(body);
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"leads-{day}.{}\"", format.code())) {
        head.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

/// A workbook is whole only at its end: it is made on the disk and streamed from there.
async fn workbook(mut export: Export, rows: Vec<LeadRow>, next: Next, cut: bool) -> Answer<impl futures::Stream<Item = io::Result<Bytes>>> {
    let mut sheet = Sheet::new(&CSV_HEAD).map_err(sheet_failed)?;
    let (mut rows, mut next, mut cut) = (rows, next, cut);
    loop {
        for row in &rows {
            sheet.write(&table::cells(row)).map_err(sheet_failed)?;
        }
        match next {
            Next::Page(cursor) => (rows, next, cut) = export.page(cursor).await?,
            Next::Over => break,
        }
    }
    if cut {
        sheet.write(&[cut_words()]).map_err(sheet_failed)?;
    }
    let file = tokio::task::spawn_blocking(move || sheet.finish())
        .await
        .map_err(|_| Problem::internal("internal", "文件无法生成，系统已记录"))?
        .map_err(sheet_failed)?;
    let file = tokio::fs::File::from_std(file);
    Ok(stream::try_unfold(file, |mut file| async move {
        use tokio::io::AsyncReadExt;
        let mut buffer = bytes::BytesMut::with_capacity(64 * 1024);
        Ok((file.read_buf(&mut buffer).await? > 0).then(|| (buffer.freeze(), file)))
    }))
}

fn sheet_failed(error: sheet::SheetError) -> Problem {
    tracing::error!(%error, "a workbook could not be written");
    Problem::internal("internal", "文件无法生成，系统已记录；请稍后重试")
}
