//! A small table of another room as a file (导出报表), in the forms of the lists and with a line in the same audit.

use std::io::Read;

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::Response,
};
use http_api::Answer;
use kernel::{clock::shanghai, id::PersonId, problem::Problem};
use serde_json::{Value, json};

use super::{
    Format,
    sheet::Sheet,
    sheet_failed, store,
    table::{CSV_MARK, csv_line},
};
use crate::Leads;

/// A table that fits into memory: at most some ten thousand rows.
#[derive(Debug, Clone)]
pub struct SmallTable {
    /// What the audit calls it, and the file's name.
    pub what: &'static str,
    /// The columns.
    pub head: Vec<String>,
    /// The rows, a cell a column.
    pub rows: Vec<Vec<String>>,
    /// What was asked for, as the audit keeps it.
    pub filter: Value,
}

impl SmallTable {
    fn bytes(&self, format: Format) -> Result<Vec<u8>, Problem> {
        Ok(match format {
            Format::Csv => {
                let lines = std::iter::once(&self.head).chain(&self.rows).flat_map(|cells| csv_line(cells));
                CSV_MARK.into_iter().chain(lines).collect()
            }
            Format::Jsonl => {
                let object = |row: &Vec<String>| self.head.iter().cloned().zip(row.iter().map(|cell| json!(cell))).collect();
                self.rows.iter().map(|row| format!("{}\n", Value::Object(object(row)))).collect::<String>().into_bytes()
            }
            Format::Xlsx => {
                let head: Vec<&str> = self.head.iter().map(String::as_str).collect();
                let mut sheet = Sheet::new(&head).map_err(sheet_failed)?;
                for row in &self.rows {
                    sheet.write(row).map_err(sheet_failed)?;
                }
                let mut bytes = Vec::new();
                sheet.finish().map_err(sheet_failed)?.read_to_end(&mut bytes).map_err(|error| sheet_failed(error.into()))?;
                bytes
            }
        })
    }
}

impl Leads {
    /// A small table as an answer to download, noted in the audit of exports.
    ///
    /// # Errors
    /// The database's, or `internal` when the file cannot be made.
    pub async fn download(&self, table: SmallTable, format: Format, person: PersonId) -> Answer<Response> {
        let now = self.clock().now();
        let (what, filter, rows) = (table.what, table.filter.clone(), i64::try_from(table.rows.len()).unwrap_or(i64::MAX));
        let export = kernel::id::uuid_at(now);
        let line = |phase, ended: bool| store::Line {
            export,
            person: Some(person.uuid()),
            what,
            format: format.code(),
            filter: filter.clone(),
            phase,
            rows: ended.then_some(rows),
            cut: ended.then_some(false),
        };
        store::note(self.database().pool(), &line("begun", false), now).await?;
        let bytes = tokio::task::spawn_blocking(move || table.bytes(format))
            .await
            .map_err(|_| Problem::internal("internal", "文件无法生成，系统已记录"))??;
        store::note(self.database().pool(), &line("ended", true), now).await?;
        let mut response = Response::new(Body::from(bytes));
        let head = response.headers_mut();
        head.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
        head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        let at = now.with_timezone(&shanghai()).format("%Y%m%d-%H%M%S");
        if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{what}-{at}.{}\"", format.code())) {
            head.insert(header::CONTENT_DISPOSITION, name);
        }
        Ok(response)
    }
}
