//! A bill as its page shows it.

use chrono::{DateTime, NaiveDate, Utc};
use http_api::Answer;
use law::surcharge::SurchargeStep;
use serde::Serialize;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{BillState, account, due_on, store, store::BillRow, why_label};
use crate::{FinedCase, Payments, payee, receipt};

/// A part of a fine (分期).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FineBillPart {
    pub ordinal: i16,
    pub due_on: NaiveDate,
    pub fen: i64,
    /// Of it, what came.
    pub paid_fen: i64,
}

/// A line of the way to the extra fine (加处罚款逐日推算).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FineBillStep {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub added_fen: i64,
    pub total_fen: i64,
    pub text: String,
}

impl From<SurchargeStep> for FineBillStep {
    fn from(step: SurchargeStep) -> Self {
        let fen = |fen: u64| i64::try_from(fen).unwrap_or(i64::MAX);
        Self { from: step.from, to: step.to, added_fen: fen(step.added_fen), total_fen: fen(step.total_fen), text: step.text }
    }
}

/// What is owed on a day (应缴).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FineBillOwed {
    pub until: NaiveDate,
    /// Of the fine, not paid.
    pub fine_fen: i64,
    /// Of the extra fine, not paid.
    pub surcharge_fen: i64,
    /// The whole.
    pub total_fen: i64,
    /// What is asked for next: up to the next part, with the extra fine.
    pub next_fen: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due_on: Option<NaiveDate>,
    /// Days for which an extra fine was added.
    pub days: u32,
    /// The extra fine has reached the fine (行政处罚法第七十二条第一款第一项).
    pub capped: bool,
    pub steps: Vec<FineBillStep>,
}

/// Where a bill is paid to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FinePayee {
    pub organ: String,
    pub bank: String,
    pub account: String,
    pub simulated: bool,
}

/// A bill (缴款通知).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FineBill {
    pub id: Uuid,
    /// Whoever has it may pay.
    pub code: String,
    pub case_id: Uuid,
    pub case_number: String,
    pub matter: String,
    pub state: BillState,
    pub state_label: &'static str,
    /// Why it was cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'static str>,
    pub fine_fen: i64,
    pub fine_paid_fen: i64,
    pub surcharge_paid_fen: i64,
    pub due_on: NaiveDate,
    /// One where it is not paid in parts.
    pub parts: Vec<FineBillPart>,
    pub owed: FineBillOwed,
    pub payee: FinePayee,
    pub receipts: Vec<receipt::view::PaymentReceipt>,
    pub made_at: DateTime<Utc>,
    pub made_by: String,
    pub simulated: bool,
}

/// What is owed today.
pub(crate) async fn owed(room: &Payments, connection: &mut PgConnection, bill: &BillRow, case: &FinedCase) -> Answer<FineBillOwed> {
    let account = account(connection, bill, case).await?;
    let owed = account.owed(room.today())?;
    let over = !matches!(bill.state(), BillState::Open | BillState::Partly);
    Ok(FineBillOwed {
        until: owed.surcharge.until,
        fine_fen: if over { 0 } else { owed.fine_fen },
        surcharge_fen: if over { 0 } else { owed.surcharge_fen },
        total_fen: if over { 0 } else { owed.total_fen() },
        next_fen: if over { 0 } else { owed.next_fen() },
        next_due_on: owed.next_due_on,
        days: owed.surcharge.days,
        capped: owed.surcharge.capped,
        steps: owed.surcharge.steps.into_iter().map(FineBillStep::from).collect(),
    })
}

/// The parts with what came for each, the oldest first.
pub(crate) async fn parts(connection: &mut PgConnection, bill: &BillRow, case: &FinedCase) -> sqlx::Result<Vec<FineBillPart>> {
    let mut rows = store::parts(connection, bill.id).await?;
    if rows.is_empty() {
        rows.push(store::PartRow { ordinal: 1, due_on: due_on(bill, case), fen: bill.fine_fen });
    }
    let mut left = bill.fine_paid_fen;
    Ok(rows
        .into_iter()
        .map(|part| {
            let paid_fen = left.min(part.fen);
            left -= paid_fen;
            FineBillPart { ordinal: part.ordinal, due_on: part.due_on, fen: part.fen, paid_fen }
        })
        .collect())
}

/// The whole bill.
pub(crate) async fn whole(room: &Payments, connection: &mut PgConnection, bill: BillRow, case: &FinedCase) -> Answer<FineBill> {
    let owed = owed(room, connection, &bill, case).await?;
    let parts = parts(connection, &bill, case).await?;
    let payee = payee::store::of_version(&mut *connection, &bill.region, bill.payee).await?;
    let receipts = receipt::store::of_bill(&mut *connection, bill.id).await?;
    let names = room.identity().names_of(&[bill.made_by]).await?;
    Ok(FineBill {
        state: bill.state(),
        state_label: bill.state().label(),
        why: bill.why.as_deref().map(why_label),
        made_by: names.get(&bill.made_by).cloned().unwrap_or_default(),
        id: bill.id,
        code: bill.code,
        case_id: bill.case_id,
        case_number: bill.case_number,
        matter: bill.matter,
        fine_fen: bill.fine_fen,
        fine_paid_fen: bill.fine_paid_fen,
        surcharge_paid_fen: bill.surcharge_paid_fen,
        due_on: bill.due_on,
        parts,
        owed,
        payee: payee.into(),
        receipts: receipt::view::all(room, receipts).await?,
        made_at: bill.made_at,
        simulated: bill.simulated,
    })
}
