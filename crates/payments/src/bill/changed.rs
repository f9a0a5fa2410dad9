//! A decision that a review or a court changed (变更): its bill is for the sum that is left, and what came beyond that waits to be given back.

use chrono::{DateTime, NaiveDate, Utc};
use http_api::Answer;
use serde_json::json;
use sqlx::{Connection, PgConnection};

use super::{
    BillState, account,
    store::{self, BillRow},
};
use crate::{
    FinedCase, Payments,
    receipt::{
        self, SuspenseReason,
        journal::{self, Account, Move},
    },
};

/// Parts of a fine that became smaller: those that are due first are kept.
fn fewer(parts: &[(NaiveDate, i64)], fine_fen: i64) -> Vec<(NaiveDate, i64)> {
    let mut left = fine_fen;
    let kept = parts.iter().map(|(due, fen)| {
        let part = (*fen).min(left);
        left -= part;
        (*due, part)
    });
    kept.filter(|(_, fen)| *fen > 0).collect()
}

/// Takes so much of a bill's receipts for the fine or the extra fine into suspense, the newest first.
async fn release(connection: &mut PgConnection, bill: &BillRow, from: Account, mut fen: i64, now: DateTime<Utc>) -> Answer<()> {
    let receipts = receipt::store::of_bill(&mut *connection, bill.id).await?;
    for receipt in receipts.iter().rev() {
        let there = if from == Account::Fine { receipt.fine_fen } else { receipt.surcharge_fen };
        let sum = there.min(fen);
        if sum == 0 {
            continue;
        }
        let of = if from == Account::Fine { (sum, 0) } else { (0, sum) };
        receipt::store::release(connection, receipt.id, of, SuspenseReason::Changed.code()).await?;
        journal::write(connection, receipt.id, &[Move { from, to: Account::Suspense, fen: sum, what: "change" }], None, now).await?;
        fen -= sum;
    }
    Ok(())
}

/// Follows the case: of a bill whose fine became smaller the sum, the parts and what was paid are brought to what is owed now. The case is held.
///
/// # Errors
/// What is counted wrong; the database's.
pub(super) async fn follow(
    room: &Payments,
    connection: &mut PgConnection,
    bill: &mut BillRow,
    case: &FinedCase,
    now: DateTime<Utc>,
) -> Answer<()> {
    let lives = matches!(bill.state(), BillState::Open | BillState::Partly | BillState::Paid);
    if !case.changed || !lives || case.fine_fen == 0 || case.fine_fen >= bill.fine_fen {
        return Ok(());
    }
    let (was, paid) = (bill.fine_fen, (bill.fine_paid_fen, bill.surcharge_paid_fen));
    let parts: Vec<_> = store::parts(&mut *connection, bill.id).await?.into_iter().map(|it| (it.due_on, it.fen)).collect();
    if !parts.is_empty() {
        store::replace_parts(connection, bill.id, &fewer(&parts, case.fine_fen)).await?;
    }
    bill.fine_fen = case.fine_fen;
    let beyond = (bill.fine_paid_fen - bill.fine_fen).max(0);
    release(connection, bill, Account::Fine, beyond, now).await?;
    bill.fine_paid_fen -= beyond;
    // The extra fine is counted anew, of the fine as it is: it never exceeds it (行政强制法第四十五条第二款).
    let counted = account(connection, bill, case).await?.owed(room.today())?;
    let extra = i64::try_from(counted.surcharge.surcharge_fen).unwrap_or(i64::MAX);
    let beyond = (bill.surcharge_paid_fen - extra).max(0);
    release(connection, bill, Account::Surcharge, beyond, now).await?;
    bill.surcharge_paid_fen -= beyond;
    let owed = account(connection, bill, case).await?.owed(room.today())?.total_fen();
    if owed == 0 && bill.state() != BillState::Paid {
        bill.state = BillState::Paid.code().to_owned();
        perform(room, connection, bill, case).await?;
    }
    store::change(connection, bill, now).await?;
    let back = paid.0 + paid.1 - bill.fine_paid_fen - bill.surcharge_paid_fen;
    let line = json!({ "bill": bill.id, "was_fen": was, "fine_fen": bill.fine_fen, "suspense_fen": back });
    room.note(connection, &bill.key(), None, "fine-changed", line).await
}

/// What was paid before is all that is owed now: the case is paid off with the last receipt. What it says against that leaves it to its officers.
async fn perform(room: &Payments, connection: &mut PgConnection, bill: &BillRow, case: &FinedCase) -> Answer<()> {
    let receipts = receipt::store::of_bill(&mut *connection, bill.id).await?;
    let Some(last) = receipts.last().filter(|_| !case.paid && case.confiscated_fen == 0) else { return Ok(()) };
    let mut inner = connection.begin().await?;
    match room.cases().pay(&mut inner, &bill.key(), &last.number).await? {
        Ok(()) => inner.commit().await?,
        Err(_) => inner.rollback().await?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_that_are_due_first_are_kept() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let parts = [(day(1), 10_000), (day(10), 20_000), (day(20), 30_000)];
        assert_eq!(fewer(&parts, 25_000), [(day(1), 10_000), (day(10), 15_000)]);
        assert_eq!(fewer(&parts, 10_000), [(day(1), 10_000)]);
    }
}
