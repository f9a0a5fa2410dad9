//! A bill for whoever has its code (缴款页): no name, no number of a person.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, ClientAddress, Json, Path};
use kernel::problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Payments,
    bill::{self, BillState, code, store::BillRow, view},
    payee, receipt,
};

/// Money that came, for its payer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicFineReceipt {
    number: String,
    fen: i64,
    paid_at: DateTime<Utc>,
    /// It fits nothing so far: a person looks at it, and gives it back.
    in_suspense_fen: i64,
    refunded_fen: i64,
}

/// A bill for whoever has its code.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicFineBill {
    case_number: String,
    matter: String,
    state: BillState,
    state_label: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    fine_fen: i64,
    fine_paid_fen: i64,
    due_on: NaiveDate,
    parts: Vec<view::FineBillPart>,
    owed: view::FineBillOwed,
    payee: view::FinePayee,
    receipts: Vec<PublicFineReceipt>,
    /// It can be paid here.
    can_pay: bool,
    simulated: bool,
}

/// A wrong code and a code of nothing are the same.
pub(super) fn not_found() -> Problem {
    Problem::not_found("bill-not-found", "没有找到，请核对缴款码")
}

/// The bill of a code, as it stands with its case.
pub(super) async fn named(room: &Payments, code: &str) -> Answer<BillRow> {
    let code = code::read(code).ok_or_else(not_found)?;
    Ok(bill::store::by_code(room.database().pool(), &code).await?.ok_or_else(not_found)?)
}

/// Reads a bill by its code.
///
/// # Errors
/// `bill-not-found`, `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/fine-bills/{code}", tag = "public", operation_id = "read_public_fine_bill",
    params(("code" = String, Path, description = "The code")), responses((status = 200, body = PublicFineBill, description = "The bill")))]
pub(crate) async fn show(
    State(room): State<Payments>,
    ClientAddress(address): ClientAddress,
    Path(code): Path<String>,
) -> Answer<Json<PublicFineBill>> {
    room.reads().check(address)?;
    let bill = named(&room, &code).await?;
    let mut transaction = room.database().pool().begin().await?;
    let _held = room.hold(&mut transaction, &bill.key()).await?;
    let mut bill = bill::store::locked(&mut transaction, bill.id).await?.ok_or_else(not_found)?;
    let case = bill::standing(&room, &mut transaction, &mut bill, room.clock().now()).await?;
    let whole = (
        view::owed(&room, &mut transaction, &bill, &case).await?,
        view::parts(&mut transaction, &bill, &case).await?,
        payee::store::of_version(&mut *transaction, &bill.region, bill.payee).await?,
        receipt::store::of_bill(&mut *transaction, bill.id).await?,
    );
    transaction.commit().await?;
    let (owed, parts, payee, receipts) = whole;
    let receipts = receipts.into_iter().map(|row| PublicFineReceipt {
        number: row.number,
        fen: row.fen,
        paid_at: row.paid_at,
        in_suspense_fen: row.suspense_fen,
        refunded_fen: row.refunded_fen,
    });
    Ok(Json(PublicFineBill {
        state: bill.state(),
        state_label: bill.state().label(),
        why: bill.why.as_deref().map(bill::why_label),
        can_pay: room.provider().is_some() && matches!(bill.state(), BillState::Open | BillState::Partly),
        case_number: bill.case_number,
        matter: bill.matter,
        fine_fen: bill.fine_fen,
        fine_paid_fen: bill.fine_paid_fen,
        due_on: bill.due_on,
        parts,
        owed,
        payee: payee.into(),
        receipts: receipts.collect(),
        simulated: bill.simulated,
    }))
}
