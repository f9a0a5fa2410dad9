//! List requests for repair (信用修复台账).

use axum::extract::State;
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    store::{self, Wanted},
    view::RepairView,
};
use crate::{Publications, rights};

/// Rows of a page.
const ROWS: usize = 50;

/// Which are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// Only what waits.
    #[serde(default)]
    open: bool,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// Lists requests, the newest first.
///
/// # Errors
/// `cursor-invalid`.
#[utoipa::path(get, path = "/api/v1/credit-repairs", tag = "publication", operation_id = "list_repairs", params(Ask),
    responses((status = 200, body = Page<RepairView>, description = "One page")))]
pub(crate) async fn list(
    State(room): State<Publications>,
    allowed: Allowed<rights::SeePublications>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<RepairView>>> {
    let before = ask.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
    let before = before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?;
    let rows = store::list(room.database().pool(), &allowed.scope(), &Wanted { open: ask.open, before }, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.row.id);
    let (rows, cases): (Vec<_>, Vec<_>) = rows.into_iter().map(|it| (it.row, (it.case_id, it.case_number))).unzip();
    let mut items = room.repair_views(rows, allowed.caller.person.uuid()).await?;
    for (item, (id, number)) in items.iter_mut().zip(cases) {
        (item.case_id, item.case_number) = (Some(id), Some(number));
    }
    Ok(Json(Page { items, next_cursor }))
}
