//! A receipt as pages show it.

use chrono::{DateTime, Utc};
use http_api::Answer;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Heard, SuspenseReason, store::ReceiptRow};
use crate::Payments;

/// Money that came (收款).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaymentReceipt {
    pub id: Uuid,
    pub number: String,
    pub transaction_no: String,
    pub order_no: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bill: Option<Uuid>,
    pub fen: i64,
    pub fine_fen: i64,
    pub surcharge_fen: i64,
    pub suspense_fen: i64,
    pub refunded_fen: i64,
    /// Why something of it is, or was, in suspense.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_label: Option<&'static str>,
    /// What the case said against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
    pub heard_label: &'static str,
    pub paid_at: DateTime<Utc>,
    pub got_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settlement: Option<String>,
    pub simulated: bool,
}

pub(crate) async fn all(room: &Payments, rows: Vec<ReceiptRow>) -> Answer<Vec<PaymentReceipt>> {
    let names = room.identity().names_of(&rows.iter().filter_map(|row| row.settled_by).collect::<Vec<_>>()).await?;
    let view = |row: ReceiptRow| PaymentReceipt {
        why_label: row.why.as_deref().and_then(|why| why.parse().ok()).map(SuspenseReason::label),
        heard_label: row.heard.parse().map_or("", Heard::label),
        settled_by: row.settled_by.and_then(|id| names.get(&id).cloned()),
        id: row.id,
        number: row.number,
        transaction_no: row.transaction_no,
        order_no: row.order_no,
        bill: row.bill,
        fen: row.fen,
        fine_fen: row.fine_fen,
        surcharge_fen: row.surcharge_fen,
        suspense_fen: row.suspense_fen,
        refunded_fen: row.refunded_fen,
        said: row.said,
        paid_at: row.paid_at,
        got_at: row.got_at,
        settled_at: row.settled_at,
        settlement: row.settlement,
        simulated: row.simulated,
    };
    Ok(rows.into_iter().map(view).collect())
}
