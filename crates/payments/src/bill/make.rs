//! Make the bill of a case (开具缴款通知).

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::{Allowed, Caller};
use kernel::{id::uuid_at, problem::Problem};
use serde_json::json;
use uuid::Uuid;

use super::{
    BillState, code,
    store::{self, BillRow},
    view::{self, FineBill},
};
use crate::{FinedCase, Payments, payee, rights};

/// Why no bill can be made of a case now, whoever asks.
pub(super) fn against(case: &FinedCase, has_bill: bool, has_payee: bool) -> Option<Problem> {
    let article = "行政处罚法第六十七条第三款";
    if case.fine_fen == 0 || case.due_on.is_none() {
        let why = "还没有送达有罚款的处罚决定";
        return Some(Problem::conflict("bill-too-early", why).citing(article).cured_by("作出处罚决定并送达以后开具", None));
    }
    if !case.stands {
        return Some(Problem::conflict("bill-no-decision", "处罚决定已不再执行，不能开具缴款通知").citing(article));
    }
    if case.paid {
        return Some(Problem::conflict("bill-case-paid", "本案罚款已经缴清"));
    }
    if has_bill {
        return Some(Problem::conflict("bill-there", "本案已有缴款通知"));
    }
    if !has_payee {
        let why = "本机关尚未设置收款账户";
        return Some(Problem::conflict("payee-unset", why).cured_by("由管理员在缴款管理里设置指定银行的收款账户", None));
    }
    None
}

/// Refuses who does not handle the case.
pub(super) fn handled(case: &FinedCase, caller: &Caller) -> Result<(), Problem> {
    if case.officers.contains(&caller.person.uuid()) {
        return Ok(());
    }
    Err(Problem::forbidden("case-not-handled", "只有本案的承办人可以开具缴款通知").citing("行政处罚法第四十二条第一款"))
}

/// Makes the bill of a case whose decision is served and fines: the sum, the extra fine and the last day are the decision's.
///
/// # Errors
/// `case-not-found`, `case-not-handled`, `bill-too-early`, `bill-no-decision`, `bill-case-paid`, `bill-there`, `payee-unset`.
#[utoipa::path(post, path = "/api/v1/cases/{id}/fine-bill", tag = "payments", operation_id = "make_fine_bill",
    params(("id" = Uuid, Path, description = "The case")), responses((status = 201, body = FineBill, description = "The bill")))]
pub(crate) async fn make(
    State(room): State<Payments>,
    allowed: Allowed<rights::MakeBills>,
    Path(id): Path<Uuid>,
) -> Answer<(StatusCode, Json<FineBill>)> {
    let seen = room.cases().seen(&allowed.caller, id).await?;
    handled(&seen, &allowed.caller)?;
    let now = room.clock().now();
    let mut transaction = room.database().pool().begin().await?;
    let locked = room.hold(&mut transaction, &seen.key).await?;
    drop(locked);
    let case = room.cases().fine(&mut transaction, &seen.key).await?;
    let bills = store::of_case(&mut *transaction, &seen.key.region, id).await?;
    let has_bill = bills.iter().any(|bill| !matches!(bill.state(), BillState::Cancelled | BillState::Refunded));
    let payee = payee::store::newest(&mut *transaction, room.home_region()).await?;
    if let Some(problem) = against(&case, has_bill, payee.is_some()) {
        return Err(problem.into());
    }
    let (Some(payee), Some(due_on)) = (payee, case.due_on) else {
        return Err(Problem::internal("internal", "缴款通知无法开具").into());
    };
    let bill = BillRow {
        id: uuid_at(now),
        region: case.key.region.clone(),
        case_id: id,
        case_number: case.number.clone(),
        matter: case.matter.clone(),
        jurisdiction: case.jurisdiction.clone(),
        unit: case.unit,
        code: code::new(),
        payee: payee.version,
        fine_fen: case.fine_fen,
        surcharge_stated: case.surcharge_stated,
        due_on,
        state: BillState::Open.code().to_owned(),
        why: None,
        fine_paid_fen: 0,
        surcharge_paid_fen: 0,
        made_by: allowed.caller.person.uuid(),
        made_at: now,
        simulated: case.simulated || payee.simulated,
    };
    store::insert(&mut transaction, &bill).await?;
    // Put off without parts: the whole is due when that ends.
    if let Some(until) = case.deferred_until.filter(|_| case.deferred) {
        store::replace_parts(&mut transaction, bill.id, &[(until.max(due_on), case.fine_fen)]).await?;
    }
    // The code pays, and says nothing about anybody; yet it stays out of a ledger that many read.
    let line = json!({ "bill": bill.id, "fine_fen": bill.fine_fen, "due_on": bill.due_on });
    room.note(&mut transaction, &case.key, Some(&allowed.caller), "fine-billed", line).await?;
    let made = view::whole(&room, &mut transaction, bill, &case).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(made)))
}
