//! List money that came, or only what is in suspense (收款、待查款).

use axum::extract::State;
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    store,
    view::{self, PaymentReceipt},
};
use crate::{Payments, rights};

/// Rows of a page.
const ROWS: usize = 50;

/// Which receipts are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// Only those with money in suspense.
    suspense: Option<bool>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// Lists receipts of the district, the newest first. Money that fits nothing lies on nobody's ground: only the whole district sees it.
///
/// # Errors
/// `cursor-invalid`, `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/payment-receipts", tag = "payments", operation_id = "list_payment_receipts", params(Ask),
    responses((status = 200, body = Page<PaymentReceipt>, description = "Receipts")))]
pub(crate) async fn list(
    State(room): State<Payments>,
    allowed: Allowed<rights::SeePayments>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<PaymentReceipt>>> {
    room.require_ground(&allowed.scope())?;
    let before = ask.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
    let before = before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?;
    let rows = store::list(room.database().pool(), room.home_region(), ask.suspense == Some(true), before, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    Ok(Json(Page { items: view::all(&room, rows).await?, next_cursor }))
}
