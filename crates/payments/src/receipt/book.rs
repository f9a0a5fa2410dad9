//! Book money that came (入账): one transaction from the receipt to the case, once for every transaction of the provider.

use chrono::{DateTime, NaiveDate, Utc};
use http_api::Answer;
use kernel::{clock::shanghai, id::uuid_at, problem::Problem};
use serde_json::json;
use sqlx::{Connection, PgConnection};

use super::{
    Heard, SuspenseReason,
    journal::{self, Account, Move},
    store::{self, ReceiptRow},
};
use crate::{
    Payments,
    bill::{self, BillState, store::BillRow},
    order,
    provider::Paid,
};

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Booked {
    /// It is a receipt now.
    Now,
    /// It was one before.
    Before,
}

/// What a sum does to a bill.
pub(super) struct Effect {
    pub fine: i64,
    pub surcharge: i64,
    pub rest: i64,
    pub state: BillState,
    pub why: Option<SuspenseReason>,
    pub said: Option<String>,
}

impl Effect {
    fn nothing(fen: i64, why: SuspenseReason) -> Self {
        Self { fine: 0, surcharge: 0, rest: fen, state: BillState::Open, why: Some(why), said: None }
    }
}

/// The day of an instant in the city.
pub(super) fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&shanghai()).date_naive()
}

/// What `fen`, paid on a day, does to a bill whose case is held: and where it completes the bill, the case is paid off here and now. What
/// the case says against that leaves the case as it was, and the money in suspense.
pub(super) async fn effect(
    room: &Payments,
    connection: &mut PgConnection,
    bill: &mut BillRow,
    (fen, of_order): (i64, (i64, i64)),
    (paid_on, number): (NaiveDate, &str),
) -> Answer<Effect> {
    let now = room.clock().now();
    let case = bill::standing(room, connection, bill, now).await?;
    match bill.state() {
        BillState::Cancelled | BillState::Refunded => return Ok(Effect::nothing(fen, SuspenseReason::BillCancelled)),
        BillState::Paid => return Ok(Effect::nothing(fen, SuspenseReason::Double)),
        BillState::Open | BillState::Partly => {}
    }
    let confiscated = case.confiscated_fen;
    let mut account = bill::account(connection, bill, &case).await?;
    let (fine, surcharge, rest) = account.divide(fen, of_order, paid_on)?;
    if fine + surcharge == 0 {
        return Ok(Effect::nothing(fen, SuspenseReason::Double));
    }
    account.payments.push((paid_on, fine));
    account.fine_paid_fen += fine;
    account.surcharge_paid_fen += surcharge;
    let why = (rest > 0).then_some(SuspenseReason::Double);
    // What is paid on a day is counted to that day, however late it is heard of.
    if account.owed(paid_on)?.total_fen() > 0 {
        return Ok(Effect { fine, surcharge, rest, state: BillState::Partly, why, said: None });
    }
    if confiscated > 0 {
        // The money performs half of such a decision: who handles the case says when the other half is done.
        let said = "罚款已缴清；决定还有没收，案件没有自动记为已履行，由承办人核实没收已经执行后在案件中办理“缴纳罚款”";
        return Ok(Effect { fine, surcharge, rest, state: BillState::Paid, why, said: Some(said.to_owned()) });
    }
    let mut inner = connection.begin().await?;
    match room.cases().pay(&mut inner, &bill.key(), number).await? {
        Ok(()) => {
            inner.commit().await?;
            Ok(Effect { fine, surcharge, rest, state: BillState::Paid, why, said: None })
        }
        Err(problem) => {
            inner.rollback().await?;
            Ok(Effect { said: Some(problem.detail), ..Effect::nothing(fen, SuspenseReason::CaseRefused) })
        }
    }
}

/// Books a transaction of the provider in the caller's transaction.
///
/// # Errors
/// `receipt-differs` where the same transaction was booked with another sum; the database's. Then nothing is kept, and the provider tells
/// again.
pub(crate) async fn book(room: &Payments, connection: &mut PgConnection, paid: &Paid, heard: Heard) -> Answer<Booked> {
    let now = room.clock().now();
    let provider = room.must_provider()?.clone();
    let lock = format!("payments.transaction.{}.{}", provider.code(), paid.transaction_no);
    database::advisory::lock_in_transaction(connection, &lock).await.map_err(|error| {
        tracing::warn!(%error, "a transaction could not be held");
        Problem::unavailable("database-unavailable", "数据库暂时不可用，请稍后重试")
    })?;
    if let Some(there) = store::by_transaction(&mut *connection, provider.code(), &paid.transaction_no).await? {
        if there.fen != paid.fen || there.order_no != paid.order_no {
            tracing::error!(receipt = there.number, "a transaction came again with another sum or order");
            return Err(Problem::conflict("receipt-differs", "同一笔交易再次通知的内容与已入账的不一致").into());
        }
        return Ok(Booked::Before);
    }
    let order = order::store::by_no(&mut *connection, &paid.order_no).await?;
    let bill = match &order {
        Some(order) => bill::store::by_id(&mut *connection, order.bill).await?,
        None => None,
    };
    let region = room.home_region().to_owned();
    let (mut bill, effect, number) = match (order.as_ref(), bill) {
        (Some(order), Some(bill)) => {
            let key = bill.key();
            let _held = room.hold(connection, &key).await?;
            let mut bill = bill::store::locked(connection, bill.id).await?.ok_or_else(bill::not_found)?;
            let number = store::next_number(connection, &region, now).await?;
            let split = (order.fine_fen, order.surcharge_fen);
            let effect = if paid.fen == split.0 + split.1 {
                effect(room, connection, &mut bill, (paid.fen, split), (day(paid.paid_at), &number)).await?
            } else {
                Effect::nothing(paid.fen, SuspenseReason::Amount)
            };
            order::store::paid(connection, &order.no).await?;
            (Some(bill), effect, number)
        }
        _ => (None, Effect::nothing(paid.fen, SuspenseReason::OrderUnknown), store::next_number(connection, &region, now).await?),
    };
    let row = ReceiptRow {
        id: uuid_at(now),
        region,
        number,
        provider: provider.code().to_owned(),
        transaction_no: paid.transaction_no.clone(),
        order_no: paid.order_no.clone(),
        bill: bill.as_ref().map(|bill| bill.id),
        fen: paid.fen,
        fine_fen: effect.fine,
        surcharge_fen: effect.surcharge,
        suspense_fen: effect.rest,
        refunded_fen: 0,
        why: effect.why.map(|why| why.code().to_owned()),
        said: effect.said.clone(),
        heard: heard.code().to_owned(),
        paid_at: paid.paid_at,
        got_at: now,
        settled_by: None,
        settled_at: None,
        settlement: None,
        simulated: provider.is_simulated(),
    };
    store::insert(connection, &row).await?;
    let came = |to, fen| Move { from: Account::Provider, to, fen, what: "receive" };
    let moves = [came(Account::Fine, effect.fine), came(Account::Surcharge, effect.surcharge), came(Account::Suspense, effect.rest)];
    journal::write(connection, row.id, &moves, None, now).await?;
    if let Some(bill) = &mut bill {
        apply(connection, bill, &effect, now).await?;
        let line = json!({
            "receipt": row.number, "fen": row.fen, "fine_fen": effect.fine, "surcharge_fen": effect.surcharge, "suspense_fen": effect.rest,
            "why": row.why, "transaction": row.transaction_no,
        });
        room.note(connection, &bill.key(), None, "fine-received", line).await?;
    }
    Ok(Booked::Now)
}

/// Writes what a sum does to a bill.
pub(super) async fn apply(connection: &mut PgConnection, bill: &BillRow, effect: &Effect, now: DateTime<Utc>) -> sqlx::Result<()> {
    if effect.fine + effect.surcharge == 0 {
        return Ok(());
    }
    let ended = (effect.state == BillState::Paid).then_some(now);
    bill::store::add_paid(connection, bill.id, (effect.fine, effect.surcharge), effect.state, ended).await
}
