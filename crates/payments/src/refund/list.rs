//! List refunds (退款列表).

use axum::extract::State;
use chrono::{DateTime, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    RefundState,
    store::{self, RefundRow},
};
use crate::{Payments, rights};

/// Rows of a page.
const ROWS: usize = 50;

/// Which refunds are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// Only those that wait for approval or for the provider.
    waiting: Option<bool>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// A refund (退款).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaymentRefund {
    id: Uuid,
    receipt: Uuid,
    receipt_number: String,
    fen: i64,
    reason: String,
    state: RefundState,
    state_label: &'static str,
    asked_by: String,
    asked_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_at: Option<DateTime<Utc>>,
    /// Why it was refused, or what the provider said.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider_no: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    done_at: Option<DateTime<Utc>>,
}

pub(super) async fn view(room: &Payments, rows: Vec<RefundRow>) -> Answer<Vec<PaymentRefund>> {
    let people: Vec<Uuid> = rows.iter().flat_map(|row| [Some(row.asked_by), row.decided_by]).flatten().collect();
    let names = room.identity().names_of(&people).await?;
    let named = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let one = |row: RefundRow| {
        let state: RefundState = row.state.parse().unwrap_or(RefundState::Asked);
        PaymentRefund {
            id: row.id,
            receipt: row.receipt,
            receipt_number: row.number,
            fen: row.fen,
            reason: row.reason,
            state,
            state_label: state.label(),
            asked_by: named(row.asked_by),
            asked_at: row.asked_at,
            decided_by: row.decided_by.map(named),
            decided_at: row.decided_at,
            note: row.note,
            provider_no: row.provider_no,
            done_at: row.done_at,
        }
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Lists refunds of the district, the newest first.
///
/// # Errors
/// `cursor-invalid`, `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/payment-refunds", tag = "payments", operation_id = "list_refunds", params(Ask),
    responses((status = 200, body = Page<PaymentRefund>, description = "Refunds")))]
pub(crate) async fn list(
    State(room): State<Payments>,
    allowed: Allowed<rights::SeePayments>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<PaymentRefund>>> {
    room.require_ground(&allowed.scope())?;
    let before = ask.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
    let before = before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?;
    let rows = store::list(room.database().pool(), room.home_region(), ask.waiting == Some(true), before, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    Ok(Json(Page { items: view(&room, rows).await?, next_cursor }))
}
