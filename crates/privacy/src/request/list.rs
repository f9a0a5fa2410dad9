//! List the requests (权利请求列表).

use axum::extract::State;
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    Kind, RequestState,
    row::{self, PrivacyRequest},
    store::{self, Wanted},
};
use crate::{Privacy, rights};

/// Rows of a page.
const ROWS: usize = 50;

/// Which requests are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// In one state.
    #[param(inline)]
    state: Option<RequestState>,
    /// Of one kind.
    #[param(inline)]
    kind: Option<Kind>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// Lists requests, the newest first.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`, `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/privacy-requests", tag = "privacy", operation_id = "list_privacy_requests", params(Ask),
    responses((status = 200, body = Page<PrivacyRequest>, description = "One page")))]
pub(crate) async fn list(
    State(room): State<Privacy>,
    allowed: Allowed<rights::SeePrivacy>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<PrivacyRequest>>> {
    room.require_ground(&allowed.scope())?;
    let before = ask.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
    let before = before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?;
    let wanted = Wanted { state: ask.state, kind: ask.kind, before };
    let rows = store::page(room.database().pool(), room.home_region(), &wanted, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    let now = room.clock().now();
    Ok(Json(Page { items: rows.iter().map(|row| row::show(row, now)).collect(), next_cursor }))
}
