//! List the days that were reconciled, and the rows of one (对账结果).

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, Json, Page, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Kind, not_found,
    store::{self, FileRow},
};
use crate::{Payments, rights};

/// Rows of a day that are shown: those that do not match come first.
const ROWS: i64 = 2_000;

/// A day (对账日).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaymentDay {
    id: Uuid,
    day: NaiveDate,
    digest: String,
    /// All of them: matched, missing here, missing there and different.
    rows: i32,
    matched: i64,
    missing_here: i64,
    missing_there: i64,
    different: i64,
    /// Differences that nobody settled.
    open: i64,
    imported_by: String,
    imported_at: DateTime<Utc>,
}

/// A row of a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaymentDayRow {
    ordinal: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
    kind_label: &'static str,
    transaction_no: String,
    order_no: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    there_fen: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    here_fen: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settled_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settled_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

pub(super) async fn view(room: &Payments, rows: Vec<FileRow>) -> Answer<Vec<PaymentDay>> {
    let names = room.identity().names_of(&rows.iter().map(|row| row.imported_by).collect::<Vec<_>>()).await?;
    let one = |row: FileRow| PaymentDay {
        imported_by: names.get(&row.imported_by).cloned().unwrap_or_default(),
        id: row.id,
        day: row.day,
        digest: row.digest,
        rows: row.rows,
        matched: row.matched,
        missing_here: row.missing_here,
        missing_there: row.missing_there,
        different: row.different,
        open: row.open,
        imported_at: row.imported_at,
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Lists the days, the newest first.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/payment-days", tag = "payments", operation_id = "list_payment_days",
    responses((status = 200, body = Page<PaymentDay>, description = "Days")))]
pub(crate) async fn list(State(room): State<Payments>, allowed: Allowed<rights::SeePayments>) -> Answer<Json<Page<PaymentDay>>> {
    room.require_ground(&allowed.scope())?;
    let rows = store::list(room.database().pool(), room.home_region()).await?;
    Ok(Json(Page { items: view(&room, rows).await?, next_cursor: None }))
}

/// Reads the rows of a day: first those that do not match.
///
/// # Errors
/// `day-file-not-found`, `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/payment-days/{id}/rows", tag = "payments", operation_id = "read_payment_day",
    params(("id" = Uuid, Path, description = "The day's id")), responses((status = 200, body = Page<PaymentDayRow>, description = "Rows")))]
pub(crate) async fn rows(
    State(room): State<Payments>,
    allowed: Allowed<rights::SeePayments>,
    Path(id): Path<Uuid>,
) -> Answer<Json<Page<PaymentDayRow>>> {
    room.require_ground(&allowed.scope())?;
    let pool = room.database().pool();
    store::by_id(pool, room.home_region(), id).await?.ok_or_else(not_found)?;
    let rows = store::rows(pool, id, ROWS).await?;
    let names = room.identity().names_of(&rows.iter().filter_map(|row| row.settled_by).collect::<Vec<_>>()).await?;
    let items = rows.into_iter().map(|row| {
        let kind: Option<Kind> = row.kind.parse().ok();
        PaymentDayRow {
            kind_label: kind.map_or("", Kind::label),
            kind,
            ordinal: row.ordinal,
            transaction_no: row.transaction_no,
            order_no: row.order_no,
            there_fen: row.there_fen,
            here_fen: row.here_fen,
            settled_by: row.settled_by.and_then(|id| names.get(&id).cloned()),
            settled_at: row.settled_at,
            reason: row.reason,
        }
    });
    Ok(Json(Page { items: items.collect(), next_cursor: None }))
}
