//! Ask for a refund (申请退款).

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    list::{PaymentRefund, view},
    not_found, store,
};
use crate::{
    Payments, bill,
    receipt::{self, settle::reason},
    rights,
};

/// Why it is given back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRefundRequest {
    /// What shows that it is owed back.
    reason: String,
}

/// Asks that what is in suspense, or what came for a decision that was taken away, is given back. Of a decision that was changed the surplus
/// lies in suspense; of one that was found unlawful and stands there is nothing to give back.
///
/// # Errors
/// `receipt-not-found`, `nothing-to-refund`, `refund-open`.
#[utoipa::path(post, path = "/api/v1/payment-receipts/{id}/refunds", tag = "payments", operation_id = "ask_refund",
    params(("id" = Uuid, Path, description = "The receipt")), request_body = NewRefundRequest,
    responses((status = 201, body = PaymentRefund, description = "The refund")))]
pub(crate) async fn ask(
    State(room): State<Payments>,
    allowed: Allowed<rights::AskRefunds>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewRefundRequest>,
) -> Answer<(StatusCode, Json<PaymentRefund>)> {
    let region = room.home_region();
    let receipt = receipt::store::by_id(room.database().pool(), region, id).await?.ok_or_else(receipt::not_found)?;
    let bill = match receipt.bill {
        Some(bill) => bill::store::by_id(room.database().pool(), bill).await?,
        None => None,
    };
    // Money of a case is seen by who sees the case; money of nobody by who sees the district.
    match &bill {
        Some(bill) => drop(room.cases().seen(&allowed.caller, bill.case_id).await.map_err(|_| receipt::not_found())?),
        None => room.require_ground(&allowed.scope()).map_err(|_| receipt::not_found())?,
    }
    let why = reason(&wanted.reason)?;
    let (now, person) = (room.clock().now(), allowed.caller.person.uuid());
    let mut transaction = room.database().pool().begin().await?;
    let fell = match &bill {
        Some(bill) => {
            let _held = room.hold(&mut transaction, &bill.key()).await?;
            let mut bill = bill::store::locked(&mut transaction, bill.id).await?.ok_or_else(receipt::not_found)?;
            bill::standing(&room, &mut transaction, &mut bill, now).await?;
            bill::fell(&bill)
        }
        None => false,
    };
    let receipt = receipt::store::locked(&mut transaction, region, id).await?.ok_or_else(receipt::not_found)?;
    let fen = if fell { receipt.fen - receipt.refunded_fen } else { receipt.suspense_fen };
    if fen == 0 {
        let why = "这笔收款已经入账，处罚决定没有被撤销或者变更，不能退款";
        return Err(Problem::conflict("nothing-to-refund", why).cured_by("处罚决定依法撤销或者变更以后再退", None).into());
    }
    if store::is_open(&mut *transaction, id).await? {
        return Err(Problem::conflict("refund-open", "这笔收款正在办理退款").into());
    }
    let refund = uuid_at(now);
    store::insert(&mut transaction, refund, region, id, fen, &why, person, now).await?;
    if let Some(bill) = &bill {
        let line = json!({ "receipt": receipt.number, "fen": fen, "reason": why });
        room.note(&mut transaction, &bill.key(), Some(&allowed.caller), "refund-asked", line).await?;
    }
    let row = store::by_id(&mut *transaction, region, refund).await?.ok_or_else(not_found)?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(view(&room, vec![row]).await?.remove(0))))
}
