//! Finding articles by their words.

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    read::cursor,
    store::{self, FoundArticle},
};
use crate::{Matters, ReadLaw};

const PAGE: usize = 30;
/// Words that are looked for.
const MOST_WORDS: usize = 8;

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Words that all stand in the article.
    q: String,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// Finds articles in which all words stand, of the newest version of each statute.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/statute-articles", tag = "law", operation_id = "search_articles", params(Wanted),
    responses((status = 200, body = Page<FoundArticle>)), extensions(("x-right" = json!("law.read"))))]
pub(crate) async fn search(
    State(room): State<Matters>,
    _allowed: Allowed<ReadLaw>,
    Query(wanted): Query<Wanted>,
) -> Answer<Json<Page<FoundArticle>>> {
    let words: Vec<String> = wanted.q.split_whitespace().map(str::to_owned).take(MOST_WORDS).collect();
    if words.is_empty() {
        return Err(Problem::invalid("query-invalid", "查询参数不符合要求").field("q", "请输入要查找的词").into());
    }
    let after: Option<(String, NaiveDate, i32)> = wanted.cursor.as_deref().map(cursor).transpose()?;
    let rows = store::search(room.pool(), &words, after.as_ref(), PAGE as i64 + 1).await?;
    let (items, next_cursor) = database::keyset::page(rows, PAGE, |row| (row.title.clone(), row.dated, row.number));
    Ok(Json(Page { items, next_cursor }))
}
