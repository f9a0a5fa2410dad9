//! Importing a sheet of matters: each row becomes a draft, is there already, or is refused with the reason.

use std::{collections::BTreeSet, io::Write};

use axum::extract::State;
use http_api::{Answer, Json, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

use super::{
    MatterFacts, MatterRow, change,
    columns::COLUMNS,
    parse::parse,
    store::{self, Held, New},
};
use crate::{ManageLaw, Matters, body::Body};

/// Rows of one import.
const MOST: usize = 5_000;
/// Bytes that a workbook may unfold to: its rows are held in memory, and the largest real catalogue needs a tenth.
const LARGEST_UNFOLDED: u64 = 64 << 20;
/// Columns without which a row cannot be read.
const NEEDED: [&str; 6] = ["code", "domain", "name", "law", "penalty_article", "target"];

/// How to import.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct How {
    /// Why the matters change.
    reason: String,
}

/// A row that was refused.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RefusedMatter {
    /// Its place in the file; the first row after the head is 1.
    row: usize,
    /// Its code, as far as there is one.
    code: String,
    /// Why.
    reason: String,
}

/// What became of the rows: imported + present + rejected = rows.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct MatterImport {
    /// Rows of the file.
    rows: usize,
    /// Rows that are drafts now.
    imported: usize,
    /// Rows that say what is published or drafted already.
    present: usize,
    /// Rows that were refused.
    rejected: usize,
    /// Each of those, with why.
    refused: Vec<RefusedMatter>,
}

/// Imports matters as drafts from CSV (UTF-8) or XLSX with the columns of the export; nothing changes until they are published.
///
/// # Errors
/// `csv-malformed`, `workbook-malformed`, `import-empty`, `import-too-large`, `reason-missing`.
#[utoipa::path(post, path = "/api/v1/matters/imports", tag = "law", operation_id = "import_matters", params(How),
    request_body(content((String = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
    responses((status = 200, body = MatterImport)), extensions(("x-right" = json!("law.manage"))))]
pub(crate) async fn import(
    State(room): State<Matters>,
    allowed: Allowed<ManageLaw>,
    Query(how): Query<How>,
    Body(bytes): Body,
) -> Answer<Json<MatterImport>> {
    room.require_whole_county(&allowed.scope())?;
    let reason = change::reason(&how.reason)?;
    let read = tokio::task::spawn_blocking(move || rows(&bytes));
    let rows = read.await.map_err(|_| Problem::internal("internal", "系统内部错误，已记录；请稍后重试"))??;
    let mut transaction = room.pool().begin().await?;
    let held = store::hold(&mut transaction).await?;
    let (report, drafts) = judge(&rows, &held);
    let by = Some(allowed.caller.person.uuid());
    let number = |code: &str| held.highest.get(code).copied().unwrap_or(0) + 1;
    let new: Vec<New<'_>> =
        drafts.iter().map(|(code, facts)| New { code, number: number(code), facts, reason, shipped: false, by }).collect();
    if !new.is_empty() {
        store::add(&mut transaction, &new, room.now()).await?;
        store::changed(&mut transaction).await?;
        let after = json!({ "rows": report.rows, "imported": report.imported, "present": report.present, "rejected": report.rejected });
        change::record(&mut transaction, &room, &allowed, "matters-imported", "", [Value::Null, after]).await?;
    }
    transaction.commit().await?;
    Ok(Json(report))
}

/// What becomes of each row, and the drafts that follow.
fn judge<'a>(rows: &'a [Result<MatterRow, String>], held: &Held) -> (MatterImport, Vec<(&'a str, MatterFacts)>) {
    let mut report = MatterImport { rows: rows.len(), ..MatterImport::default() };
    let (mut drafts, mut seen) = (Vec::new(), BTreeSet::new());
    for (row, read) in (1..).zip(rows) {
        let outcome = read.as_ref().map_err(Clone::clone).and_then(|row| {
            let code = row.code.trim();
            let facts = parse(row).map_err(told)?;
            let known = [held.newest.get(code), held.drafts.get(code)];
            if known.iter().flatten().any(|known| known.facts == facts) {
                return Ok(None);
            }
            if held.drafts.contains_key(code) {
                return Err("该事项已有另一份草稿，请先发布或放弃".to_owned());
            }
            if let Some(fault) = change::reaches_back(held.newest.get(code), &facts) {
                return Err(told(vec![fault]));
            }
            if !seen.insert(code) {
                return Err("文件中有多行使用这个编号".to_owned());
            }
            Ok(Some((code, facts)))
        });
        match outcome {
            Ok(Some(draft)) => {
                report.imported += 1;
                drafts.push(draft);
            }
            Ok(None) => report.present += 1,
            Err(reason) => {
                report.rejected += 1;
                let code = read.as_ref().map(|row| row.code.chars().take(30).collect()).unwrap_or_default();
                report.refused.push(RefusedMatter { row, code, reason });
            }
        }
    }
    (report, drafts)
}

fn told(faults: Vec<super::parse::Fault>) -> String {
    let label = |field: &str| COLUMNS.iter().find(|(name, _)| *name == field).map_or("", |(_, label)| label);
    faults.iter().map(|(field, detail)| format!("{}：{detail}", label(field))).collect::<Vec<_>>().join("；")
}

/// The rows of a sheet; those that do not fit the head are named one by one.
fn rows(bytes: &[u8]) -> Result<Vec<Result<MatterRow, String>>, Problem> {
    if bytes.starts_with(b"PK\x03\x04") {
        return table(&workbook(bytes)?);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Problem::invalid("csv-malformed", "CSV 应为 UTF-8 编码，请另存后再导入"))?;
    table(text.trim_start_matches('\u{feff}'))
}

fn workbook(bytes: &[u8]) -> Result<String, Problem> {
    let unwritable = |_| Problem::internal("internal", "文件暂时无法处理，请稍后重试");
    let (mut from, to) = (tempfile::NamedTempFile::new().map_err(unwritable)?, tempfile::NamedTempFile::new().map_err(unwritable)?);
    from.write_all(bytes).map_err(unwritable)?;
    sheets::to_csv_within(from.path(), to.path(), LARGEST_UNFOLDED).map_err(|error| match error {
        sheets::WorkbookError::TooLarge => {
            let most = LARGEST_UNFOLDED >> 20;
            Problem::too_large("import-too-large", format!("XLSX 文件展开后超过 {most} MB，未导入；请拆分，或只保留事项所在的工作表"))
        }
        other => Problem::invalid("workbook-malformed", other.to_string()),
    })?;
    std::fs::read_to_string(to.path()).map_err(unwritable)
}

fn table(text: &str) -> Result<Vec<Result<MatterRow, String>>, Problem> {
    let malformed = |detail: String| Problem::invalid("csv-malformed", detail);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head = reader.headers().map_err(|_| malformed("表头无法读取".into()))?.clone();
    let mut places = Vec::new();
    for (at, name) in head.iter().enumerate() {
        let name = name.trim();
        let column = COLUMNS.iter().find(|(field, label)| *field == name || *label == name);
        let (field, _) =
            column.ok_or_else(|| malformed(format!("不认识的列“{}”，请使用导出文件的表头", name.chars().take(20).collect::<String>())))?;
        places.push((*field, at));
    }
    if let Some(lacking) = COLUMNS.iter().find(|(field, _)| NEEDED.contains(field) && !places.iter().any(|(there, _)| there == field)) {
        return Err(malformed(format!("缺少“{}”列", lacking.1)));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        if rows.len() >= MOST {
            return Err(Problem::too_large("import-too-large", format!("一次最多导入 {MOST} 行，请分批导入")));
        }
        rows.push(match record {
            Ok(record) if record.len() == head.len() => Ok(MatterRow::from_cells(|field| {
                let (_, at) = places.iter().find(|(name, _)| *name == field)?;
                // What the export put in front of words that look like formulas.
                record.get(*at).map(|cell| cell.trim().strip_prefix('\'').unwrap_or(cell.trim()).to_owned())
            })),
            Ok(_) | Err(_) => Err("列数与表头不符".to_owned()),
        });
    }
    if rows.is_empty() {
        return Err(Problem::invalid("import-empty", "文件中没有任何行"));
    }
    Ok(rows)
}
