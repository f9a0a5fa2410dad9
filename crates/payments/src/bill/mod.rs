//! A bill (缴款通知): what a decision makes somebody owe, by a code that anybody may pay.

pub(crate) mod case;
mod changed;
pub(crate) mod code;
pub(crate) mod list;
pub(crate) mod make;
pub(crate) mod owed;
pub(crate) mod parts;
pub(crate) mod store;
pub(crate) mod view;

use chrono::{DateTime, NaiveDate, Utc};
use docket::KeyOf;
use http_api::Answer;
use kernel::{codes, problem::Problem};
use sqlx::PgConnection;

use crate::{FinedCase, Payments};
use owed::Account;
use store::BillRow;

codes! {
    /// How a bill stands (缴款状态).
    BillState {
        /// Nothing came so far (待缴).
        Open = "open", "待缴";
        /// Something came (部分缴纳).
        Partly = "partly", "部分缴纳";
        /// All of it (已缴清).
        Paid = "paid", "已缴清";
        /// Not to be paid any more (已作废).
        Cancelled = "cancelled", "已作废";
        /// What had come was given back (已退款).
        Refunded = "refunded", "已退款";
    }
}

/// Why a bill was cancelled, as people read it.
pub(crate) fn why_label(why: &str) -> &'static str {
    match why {
        "revoked" => "处罚决定已被撤销",
        "changed" => "处罚决定已变更，不再罚款",
        "paid-elsewhere" => "本案已经以其他方式缴清",
        _ => "处罚决定已不再执行",
    }
}

/// There is none, or it is not for this caller to know.
pub(crate) fn not_found() -> Problem {
    Problem::not_found("bill-not-found", "没有这份缴款通知，或者不在您的查看范围内")
}

/// What the case's room says of a bill's case now; a bill that fell with its decision is cancelled on the spot. The case is held.
pub(crate) async fn standing(room: &Payments, connection: &mut PgConnection, bill: &mut BillRow, now: DateTime<Utc>) -> Answer<FinedCase> {
    let mut case = room.cases().fine(connection, &bill.key()).await?;
    let nothing_left = case.changed && case.fine_fen == 0;
    let why = match bill.state() {
        BillState::Open | BillState::Partly if case.revoked => Some("revoked"),
        BillState::Open | BillState::Partly | BillState::Paid if nothing_left => Some("changed"),
        BillState::Open | BillState::Partly if case.paid => Some("paid-elsewhere"),
        BillState::Open | BillState::Partly if !case.stands => Some("no-longer"),
        BillState::Paid if case.revoked => Some("revoked"),
        _ => None,
    };
    if let Some(why) = why {
        store::cancel(connection, bill.id, why, now).await?;
        (bill.state, bill.why) = (BillState::Cancelled.code().to_owned(), Some(why.to_owned()));
    }
    let before = bill.fine_fen;
    changed::follow(room, connection, bill, &case, now).await?;
    if bill.fine_fen != before {
        case = room.cases().fine(connection, &bill.key()).await?;
    }
    Ok(case)
}

/// A decision that was taken away, or that fines nothing any more: what came for it goes back whole.
pub(crate) fn fell(bill: &BillRow) -> bool {
    bill.state() == BillState::Cancelled && matches!(bill.why.as_deref(), Some("revoked" | "changed"))
}

impl Payments {
    /// Hears that a review or a court decided on a case: its bill follows, in the transaction of whoever tells.
    ///
    /// # Errors
    /// The database's.
    pub async fn hear(&self, connection: &mut PgConnection, key: &KeyOf) -> Answer<()> {
        let bills = store::of_case(&mut *connection, &key.region, key.id.uuid()).await?;
        let Some(newest) = bills.first() else { return Ok(()) };
        let _held = self.hold(connection, key).await?;
        let Some(mut bill) = store::locked(connection, newest.id).await? else { return Ok(()) };
        standing(self, connection, &mut bill, self.clock().now()).await?;
        Ok(())
    }
}

/// The account of a bill: parts, payments, pauses.
pub(crate) async fn account(connection: &mut PgConnection, bill: &BillRow, case: &FinedCase) -> sqlx::Result<Account> {
    let parts = store::parts(&mut *connection, bill.id).await?;
    let payments = store::payments(connection, bill.id).await?;
    Ok(Account::of(bill, &parts, payments, case))
}

/// The last day of a bill without parts: the decision's, or that to which payment was put off, also after that ended
/// (行政处罚法第六十六条第二款).
pub(crate) fn due_on(bill: &BillRow, case: &FinedCase) -> NaiveDate {
    case.deferred_until.map_or(bill.due_on, |until| until.max(bill.due_on))
}
