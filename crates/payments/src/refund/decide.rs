//! Approve a refund that another asked for, or refuse it (审批退款).

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    RefundState,
    list::{PaymentRefund, view},
    not_found, send, store,
};
use crate::{Payments, receipt::settle::reason, rights};

/// What was decided.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefundDecision {
    /// Approve it.
    approve: bool,
    /// Why not, where it is refused.
    note: Option<String>,
}

/// Decides; an approved refund is sent to the provider at once, and again until it is done. One that the provider refused for good is decided
/// on again: approved it goes under a new number, refused it is over.
///
/// # Errors
/// `refund-not-found`, `refund-apart` for who asked for it, `refund-decided`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/payment-refunds/{id}/actions/decide", tag = "payments", operation_id = "decide_refund",
    params(("id" = Uuid, Path, description = "The refund")), request_body = RefundDecision,
    responses((status = 200, body = PaymentRefund, description = "The refund")))]
pub(crate) async fn decide(
    State(room): State<Payments>,
    allowed: Allowed<rights::ApproveRefunds>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<RefundDecision>,
) -> Answer<Json<PaymentRefund>> {
    room.require_ground(&allowed.scope())?;
    let (now, person, region) = (room.clock().now(), allowed.caller.person.uuid(), room.home_region());
    let mut transaction = room.database().pool().begin().await?;
    let row = store::by_id(&mut *transaction, region, id).await?.ok_or_else(not_found)?;
    if row.asked_by == person {
        return Err(Problem::forbidden("refund-apart", "申请退款的人不能审批自己的申请，请由另一人审批").into());
    }
    let note = if wanted.approve { None } else { Some(reason(wanted.note.as_deref().unwrap_or_default())?) };
    let state = if wanted.approve { RefundState::Approved } else { RefundState::Refused };
    if !store::decide(&mut transaction, id, (state.code(), note.as_deref()), person, now).await? {
        return Err(Problem::conflict("refund-decided", "这笔退款已经审批").into());
    }
    transaction.commit().await?;
    if wanted.approve {
        // What does not go through now is tried again: it is approved, and kept.
        send::send(&room, id).await?;
    }
    let row = store::by_id(room.database().pool(), region, id).await?.ok_or_else(not_found)?;
    Ok(Json(view(&room, vec![row]).await?.remove(0)))
}
