//! Listing and reading statutes.

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json, Page, Path, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::store::{self, StatuteArticle, StatuteItem};
use crate::{Matters, ReadLaw};

const PAGE: usize = 100;

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// A part of the title.
    q: Option<String>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// A statute with its text.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatuteText {
    /// What it is.
    statute: StatuteItem,
    /// Its articles, in order.
    articles: Vec<StatuteArticle>,
}

/// Lists statutes by title and date.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/statutes", tag = "law", operation_id = "list_statutes", params(Wanted),
    responses((status = 200, body = Page<StatuteItem>)), extensions(("x-right" = json!("law.read"))))]
pub(crate) async fn list(
    State(room): State<Matters>,
    _allowed: Allowed<ReadLaw>,
    Query(wanted): Query<Wanted>,
) -> Answer<Json<Page<StatuteItem>>> {
    let after: Option<(String, NaiveDate)> = wanted.cursor.as_deref().map(cursor).transpose()?;
    let words = wanted.q.unwrap_or_default();
    let rows = store::list(room.pool(), words.trim(), after.as_ref(), PAGE as i64 + 1).await?;
    let (items, next_cursor) = database::keyset::page(rows, PAGE, |row| (row.title.clone(), row.dated));
    Ok(Json(Page { items, next_cursor }))
}

/// Where a page ended.
pub(super) fn cursor<K: serde::de::DeserializeOwned>(text: &str) -> Result<K, Problem> {
    let invalid = || Problem::invalid("query-invalid", "查询参数不符合要求").field("cursor", "翻页标记无效，请重新查询");
    database::keyset::decode(text).map_err(|_| invalid())
}

/// Reads a statute whole.
///
/// # Errors
/// `statute-unknown`.
#[utoipa::path(get, path = "/api/v1/statutes/{id}", tag = "law", operation_id = "read_statute",
    params(("id" = Uuid, Path, description = "The statute")),
    responses((status = 200, body = StatuteText)), extensions(("x-right" = json!("law.read"))))]
pub(crate) async fn read(State(room): State<Matters>, _allowed: Allowed<ReadLaw>, Path(id): Path<Uuid>) -> Answer<Json<StatuteText>> {
    let found = store::read(room.pool(), id).await?;
    let (statute, articles) = found.ok_or_else(|| Problem::not_found("statute-unknown", "没有这部法规，可能尚未导入"))?;
    Ok(Json(StatuteText { statute, articles }))
}
