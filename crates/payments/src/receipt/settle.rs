//! Say what money in suspense is for (待查款入账): a person books it to a bill, with a reason.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{personal::redact, problem::Problem};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    book::{apply, day, effect},
    journal::{self, Account, Move},
    not_found, store,
    view::{self, PaymentReceipt},
};
use crate::{Payments, bill, refund, rights};

/// What it is for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SuspenseSettlement {
    /// The code of the bill.
    code: String,
    /// Why: what showed it.
    reason: String,
}

/// A reason that people write: there, not too long, without numbers of persons.
pub(crate) fn reason(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 500 || text.contains('\0') {
        return Err(Problem::invalid("field-required", "请填写理由，不超过 500 字").field("reason", "请填写理由，不超过 500 字"));
    }
    Ok(redact(text).into_owned())
}

/// Books money in suspense to a bill that still waits for money.
///
/// # Errors
/// `receipt-not-found`, `nothing-in-suspense`, `refund-open`, `bill-not-found`, `suspense-fits-not` with what stands against it, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/payment-receipts/{id}/actions/settle", tag = "payments", operation_id = "settle_payment_receipt",
    params(("id" = Uuid, Path, description = "The receipt")), request_body = SuspenseSettlement,
    responses((status = 200, body = PaymentReceipt, description = "The receipt")))]
pub(crate) async fn settle(
    State(room): State<Payments>,
    allowed: Allowed<rights::SettlePayments>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<SuspenseSettlement>,
) -> Answer<Json<PaymentReceipt>> {
    room.require_ground(&allowed.scope())?;
    let why = reason(&wanted.reason)?;
    let code = bill::code::read(&wanted.code).ok_or_else(bill::not_found)?;
    let (now, person) = (room.clock().now(), allowed.caller.person.uuid());
    let mut transaction = room.database().pool().begin().await?;
    let bill = bill::store::by_code(&mut *transaction, &code).await?.ok_or_else(bill::not_found)?;
    // The case first, then the bill, then the receipt: as everybody does.
    let _held = room.hold(&mut transaction, &bill.key()).await?;
    let mut bill = bill::store::locked(&mut transaction, bill.id).await?.ok_or_else(bill::not_found)?;
    let receipt = store::locked(&mut transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    if receipt.suspense_fen == 0 {
        return Err(Problem::conflict("nothing-in-suspense", "这笔收款没有待查的金额").into());
    }
    if receipt.bill.is_some_and(|of| of != bill.id) && receipt.fine_fen + receipt.surcharge_fen > 0 {
        return Err(Problem::conflict("suspense-fits-not", "这笔收款的一部分已经入账到另一份缴款通知，余额只能退款").into());
    }
    if refund::store::is_open(&mut *transaction, id).await? {
        return Err(Problem::conflict("refund-open", "这笔收款正在办理退款").into());
    }
    let of = (receipt.suspense_fen, (receipt.suspense_fen, 0));
    let effect = effect(&room, &mut transaction, &mut bill, of, (day(receipt.paid_at), &receipt.number)).await?;
    if effect.fine + effect.surcharge == 0 {
        let because = effect.said.unwrap_or_else(|| effect.why.map_or("", super::SuspenseReason::label).to_owned());
        return Err(Problem::conflict("suspense-fits-not", format!("不能入账：{because}")).into());
    }
    store::settle(&mut transaction, id, bill.id, (effect.fine, effect.surcharge), (person, &why), now).await?;
    let moved = |to, fen| Move { from: Account::Suspense, to, fen, what: "settle" };
    let moves = [moved(Account::Fine, effect.fine), moved(Account::Surcharge, effect.surcharge)];
    journal::write(&mut transaction, id, &moves, Some(person), now).await?;
    apply(&mut transaction, &bill, &effect, now).await?;
    let line = json!({ "receipt": receipt.number, "fine_fen": effect.fine, "surcharge_fen": effect.surcharge, "reason": why });
    room.note(&mut transaction, &bill.key(), Some(&allowed.caller), "fine-received", line).await?;
    let row = store::by_id(&mut *transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    transaction.commit().await?;
    Ok(Json(view::all(&room, vec![row]).await?.remove(0)))
}
