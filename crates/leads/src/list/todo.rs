//! What waits for me or my unit (我的待办).

mod store;

use axum::extract::State;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    row::{self, LeadRow},
    search::invalid_cursor,
    store::Cursor,
};
use crate::{Leads, rights};

/// The paging of the to-do list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Paging {
    /// Where the page begins.
    cursor: Option<String>,
    /// Rows of a page, 1 to 200; 50 without.
    limit: Option<i64>,
}

/// Lists what waits for the caller.
///
/// # Errors
/// `cursor-invalid`.
#[utoipa::path(get, path = "/api/v1/todo", tag = "leads", params(Paging), responses((status = 200, body = Page<LeadRow>, description = "One page")))]
pub(crate) async fn todo(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Read>,
    Query(paging): Query<Paging>,
) -> Answer<Json<Page<LeadRow>>> {
    let cursor: Option<Cursor> = paging.cursor.as_deref().map(database::keyset::decode).transpose().map_err(|_| invalid_cursor())?;
    let limit = paging.limit.unwrap_or(50).clamp(1, super::filter::MOST_ROWS);
    let scope = allowed.scope();
    let organisations = leads.identity().organisations().await?;
    let units = organisations.subtree(allowed.caller.organisation.uuid());
    let rows = store::todo(leads.database().pool(), &scope, &units, &allowed.caller.roles, cursor, limit).await?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let (rows, next_cursor) = database::keyset::page(rows, limit, |last| Cursor { due_at: None, id: last.id });
    Ok(Json(Page { items: row::show(&leads, rows).await?, next_cursor }))
}
