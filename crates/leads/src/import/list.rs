//! Imports and what became of their rows (导入记录).

use axum::extract::State;
use chrono::{DateTime, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Path, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{ImportState, not_found, store};
use crate::{Leads, list::search::invalid_cursor, rights};

/// An import.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Import {
    id: Uuid,
    /// The file's name.
    file_name: String,
    /// Source code.
    source: String,
    /// Where it stands.
    state: ImportState,
    /// Rows of the file, once counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows_total: Option<i64>,
    /// Rows accounted for: imported + present + rejected.
    rows_done: i64,
    /// Rows that became leads.
    imported: i64,
    /// Rows whose lead was there already.
    present: i64,
    /// Rows that were refused.
    rejected: i64,
    /// Field name → column name.
    #[schema(value_type = std::collections::HashMap<String, String>)]
    mapping: serde_json::Value,
    /// In which characters the file is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    created_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<DateTime<Utc>>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl From<store::ImportRecord> for Import {
    fn from(record: store::ImportRecord) -> Self {
        Self {
            id: record.id,
            file_name: record.file_name,
            source: record.source,
            state: record.state.parse().unwrap_or(ImportState::Failed),
            rows_total: record.rows_total,
            rows_done: record.rows_done,
            imported: record.imported,
            present: record.present,
            rejected: record.rejected,
            mapping: record.mapping,
            encoding: record.encoding,
            created_at: record.created_at,
            ended_at: record.ended_at,
            error: record.error,
        }
    }
}

/// Paging.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Paging {
    /// Where the page begins.
    cursor: Option<String>,
    /// Rows of a page, 1 to 200; 50 without.
    limit: Option<i64>,
}

fn page_size(limit: Option<i64>) -> (i64, usize) {
    let limit = limit.unwrap_or(50).clamp(1, 200);
    (limit + 1, usize::try_from(limit).unwrap_or(50))
}

/// Lists imports, the newest first.
///
/// # Errors
/// `cursor-invalid`, `import-beyond-scope`.
#[utoipa::path(get, path = "/api/v1/imports", tag = "imports", params(Paging), responses((status = 200, body = Page<Import>, description = "One page")))]
pub(crate) async fn list(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Import>,
    Query(paging): Query<Paging>,
) -> Answer<Json<Page<Import>>> {
    super::whole_district(&leads, &allowed.scope())?;
    let before = paging.cursor.as_deref().map(keyset::decode::<Uuid>).transpose().map_err(|_| invalid_cursor())?;
    let (ask, limit) = page_size(paging.limit);
    let rows = store::page(leads.database().pool(), leads.home_region(), before, ask).await?;
    let (rows, next_cursor) = keyset::page(rows, limit, |row| row.id);
    Ok(Json(Page { items: rows.into_iter().map(Import::from).collect(), next_cursor }))
}

/// Shows one import.
///
/// # Errors
/// `import-not-found`, `import-beyond-scope`.
#[utoipa::path(get, path = "/api/v1/imports/{id}", tag = "imports", operation_id = "show_import", params(("id" = Uuid, Path, description = "The import")),
    responses((status = 200, body = Import, description = "The import")))]
pub(crate) async fn show(State(leads): State<Leads>, allowed: Allowed<rights::Import>, Path(id): Path<Uuid>) -> Answer<Json<Import>> {
    super::whole_district(&leads, &allowed.scope())?;
    let record = store::one(leads.database().pool(), leads.home_region(), id).await?.ok_or_else(not_found)?;
    Ok(Json(record.into()))
}

/// Which rows.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// `imported`, `present` or `rejected`; without one, all.
    outcome: Option<String>,
    /// Where the page begins.
    cursor: Option<String>,
    /// Rows of a page, 1 to 200; 50 without.
    limit: Option<i64>,
}

/// What became of a row.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportRow {
    /// Its number in the table; the header is row 1.
    row: i64,
    /// `imported`, `present` or `rejected`.
    outcome: String,
    /// Why it was refused, without any of its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The lead it became, or that was there.
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_id: Option<Uuid>,
}

/// Lists what became of an import's rows.
///
/// # Errors
/// `import-not-found`, `cursor-invalid`, `query-invalid`, `import-beyond-scope`.
#[utoipa::path(get, path = "/api/v1/imports/{id}/rows", tag = "imports", operation_id = "import_rows",
    params(("id" = Uuid, Path, description = "The import"), Wanted), responses((status = 200, body = Page<ImportRow>, description = "One page")))]
pub(crate) async fn rows(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Import>,
    Path(id): Path<Uuid>,
    Query(wanted): Query<Wanted>,
) -> Answer<Json<Page<ImportRow>>> {
    super::whole_district(&leads, &allowed.scope())?;
    let pool = leads.database().pool();
    store::one(pool, leads.home_region(), id).await?.ok_or_else(not_found)?;
    let outcome = wanted.outcome.as_deref().filter(|outcome| !outcome.is_empty());
    if outcome.is_some_and(|outcome| !["imported", "present", "rejected"].contains(&outcome)) {
        return Err(Problem::invalid("query-invalid", "outcome 参数应为 imported、present 或 rejected").into());
    }
    let cursor = wanted.cursor.as_deref().filter(|cursor| !cursor.is_empty());
    let after = cursor.map(keyset::decode::<i64>).transpose().map_err(|_| invalid_cursor())?.unwrap_or(0);
    let (ask, limit) = page_size(wanted.limit);
    let rows = store::rows(pool, id, outcome, after, ask).await?;
    let (rows, next_cursor) = keyset::page(rows, limit, |row| row.row);
    let items = rows.into_iter().map(|row| ImportRow { row: row.row, outcome: row.outcome, reason: row.reason, lead_id: row.lead_id });
    Ok(Json(Page { items: items.collect(), next_cursor }))
}
