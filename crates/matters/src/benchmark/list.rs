//! Benchmarks listed, and one of them read.

use axum::{extract::State, response::IntoResponse};
use chrono::{DateTime, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Path, Query, etag};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    BenchmarkState,
    store::{self, Wanted},
    view::BenchmarkVersion,
};
use crate::{Matters, ReadLaw};

/// Rows of a page.
const ROWS: usize = 30;

/// Which benchmarks are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// Of one matter.
    matter: Option<String>,
    /// In one state; all but thrown away ones without it.
    #[param(inline)]
    state: Option<BenchmarkState>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

pub(super) fn unknown() -> Problem {
    Problem::not_found("benchmark-unknown", "没有这份裁量基准")
}

/// Lists versions of benchmarks, the newest first.
///
/// # Errors
/// `cursor-invalid`.
#[utoipa::path(get, path = "/api/v1/benchmarks", tag = "law", operation_id = "list_benchmarks", params(Ask),
    responses((status = 200, body = Page<BenchmarkVersion>)), extensions(("x-right" = json!("law.read"))))]
pub(crate) async fn list(
    State(room): State<Matters>,
    allowed: Allowed<ReadLaw>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<BenchmarkVersion>>> {
    let before = ask.cursor.as_deref().map(keyset::decode::<(DateTime<Utc>, Uuid)>).transpose();
    let before = before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?;
    let matter = ask.matter.as_deref().map(str::trim).filter(|code| !code.is_empty());
    let wanted = Wanted { matter, state: ask.state.map(BenchmarkState::code), before };
    let rows = store::page(room.pool(), &wanted, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| (row.drafted_at, row.id));
    Ok(Json(Page { items: room.benchmarks(rows, allowed.caller.person.uuid()).await?, next_cursor }))
}

/// Reads a version of a benchmark.
///
/// # Errors
/// `benchmark-unknown`.
#[utoipa::path(get, path = "/api/v1/benchmarks/{id}", tag = "law", operation_id = "read_benchmark",
    params(("id" = Uuid, Path, description = "The version")),
    responses((status = 200, body = BenchmarkVersion)), extensions(("x-right" = json!("law.read"))))]
pub(crate) async fn show(State(room): State<Matters>, allowed: Allowed<ReadLaw>, Path(id): Path<Uuid>) -> Answer<impl IntoResponse> {
    let row = store::one(room.pool(), id).await?.ok_or_else(unknown)?;
    let version = row.version;
    let shown = room.benchmarks(vec![row], allowed.caller.person.uuid()).await?.pop().ok_or_else(unknown)?;
    Ok((etag(version), Json(shown)))
}
