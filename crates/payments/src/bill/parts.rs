//! Divide a fine that was put off into parts (录入分期).

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    BillState,
    make::handled,
    not_found, standing, store,
    view::{self, FineBill},
};
use crate::{Payments, rights};

/// Parts of a fine at most.
const MOST: usize = 36;

/// A part.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewFinePart {
    /// The last day to pay it.
    due_on: NaiveDate,
    fen: i64,
}

/// The parts, in the order of their days; their sum is the fine.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FineParts {
    parts: Vec<NewFinePart>,
}

/// Divides a fine as the decision on deferral says: before its last day, and only what adds up to the fine.
///
/// # Errors
/// `bill-not-found`, `case-not-handled`, `bill-not-deferred`, `bill-over`, `parts-invalid`.
#[utoipa::path(put, path = "/api/v1/fine-bills/{id}/parts", tag = "payments", operation_id = "divide_fine",
    params(("id" = Uuid, Path, description = "The bill")), request_body = FineParts,
    responses((status = 200, body = FineBill, description = "The bill")))]
pub(crate) async fn divide(
    State(room): State<Payments>,
    allowed: Allowed<rights::MakeBills>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<FineParts>,
) -> Answer<Json<FineBill>> {
    let bill = store::by_id(room.database().pool(), id).await?.ok_or_else(not_found)?;
    // Outside the caller's sight the bill is not there either.
    let seen = room.cases().seen(&allowed.caller, bill.case_id).await.map_err(|_| not_found())?;
    handled(&seen, &allowed.caller)?;
    let mut transaction = room.database().pool().begin().await?;
    let _held = room.hold(&mut transaction, &bill.key()).await?;
    let mut bill = store::locked(&mut transaction, id).await?.ok_or_else(not_found)?;
    let case = standing(&room, &mut transaction, &mut bill, room.clock().now()).await?;
    if !matches!(bill.state(), BillState::Open | BillState::Partly) {
        return Err(Problem::conflict("bill-over", "这份缴款通知已经办结").into());
    }
    let article = "行政处罚法第六十六条第二款";
    let Some(until) = case.deferred_until.filter(|_| case.deferred) else {
        let cure = "先由机关负责人批准暂缓或者分期缴纳";
        return Err(Problem::conflict("bill-not-deferred", format!("本案没有批准分期缴纳。{cure}"))
            .citing(article)
            .cured_by(cure, None)
            .into());
    };
    let invalid = |detail: String| Problem::invalid("parts-invalid", detail.clone()).field("parts", detail).citing(article);
    let parts: Vec<(NaiveDate, i64)> = wanted.parts.iter().map(|part| (part.due_on, part.fen)).collect();
    if parts.is_empty() || parts.len() > MOST || parts.iter().any(|part| part.1 <= 0 || part.1 > bill.fine_fen) {
        return Err(invalid(format!("分期为 1 至 {MOST} 期，每期金额应大于零")).into());
    }
    if !parts.is_sorted_by(|one, other| one.0 < other.0) || parts.last().is_some_and(|last| last.0 > until) {
        return Err(invalid(format!("各期日期应由先到后，最后一期不晚于批准的 {until}")).into());
    }
    if parts.first().is_some_and(|first| first.0 < bill.due_on) {
        // Putting off never makes anything due before the decision does.
        return Err(invalid(format!("各期日期不早于处罚决定的缴款期限 {}", bill.due_on)).into());
    }
    let sum: i64 = parts.iter().map(|part| part.1).sum();
    if sum != bill.fine_fen {
        let yuan = |fen: i64| law::surcharge::yuan(u64::try_from(fen).unwrap_or_default());
        return Err(invalid(format!("各期之和 {} 应等于罚款 {}", yuan(sum), yuan(bill.fine_fen))).into());
    }
    store::replace_parts(&mut transaction, id, &parts).await?;
    let line = json!({ "bill": id, "parts": wanted.parts });
    room.note(&mut transaction, &bill.key(), Some(&allowed.caller), "fine-divided", line).await?;
    let shown = view::whole(&room, &mut transaction, bill, &case).await?;
    transaction.commit().await?;
    Ok(Json(shown))
}
