//! Settle a difference (处理对账差异): a person says what it is and what was done about it.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{not_found, store};
use crate::{Payments, receipt::settle::reason, rights};

/// What it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DaySettlement {
    reason: String,
}

/// Settles a row that does not match.
///
/// # Errors
/// `day-file-not-found`, `difference-not-open`, `field-required`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/payment-days/{id}/rows/{ordinal}/actions/settle", tag = "payments", operation_id = "settle_payment_difference",
    params(("id" = Uuid, Path, description = "The day's id"), ("ordinal" = i32, Path, description = "The row")), request_body = DaySettlement,
    responses((status = 204, description = "Settled")))]
pub(crate) async fn settle(
    State(room): State<Payments>,
    allowed: Allowed<rights::SettlePayments>,
    Path((id, ordinal)): Path<(Uuid, i32)>,
    Json(wanted): Json<DaySettlement>,
) -> Answer<StatusCode> {
    room.require_ground(&allowed.scope())?;
    let why = reason(&wanted.reason)?;
    let mut transaction = room.database().pool().begin().await?;
    store::by_id(&mut *transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    if !store::settle(&mut transaction, id, ordinal, &why, allowed.caller.person.uuid(), room.clock().now()).await? {
        return Err(Problem::conflict("difference-not-open", "这一行没有差异，或者已经处理").into());
    }
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
