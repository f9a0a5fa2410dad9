//! Send an approved refund to the provider until it is done (执行退款): under one number, so that it is one refund however often it is sent.

use chrono::TimeDelta;
use http_api::Answer;
use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::{
    Payments, bill,
    bill::BillState,
    provider::{NewRefund, RefundState},
    receipt::{
        self,
        journal::{self, Account, Move},
    },
};

/// Tried again after so long.
const PATIENCE: TimeDelta = TimeDelta::minutes(2);
/// What the provider refused so often, a person decides on. A network that is down does not count.
const MOST_REFUSALS: i16 = 30;

/// Sends what is approved and not done.
pub(crate) async fn go_on(room: &Payments, most: i64) -> Answer<()> {
    let now = room.clock().now();
    let Some(provider) = room.provider() else { return Ok(()) };
    let whose = (room.home_region(), provider.code());
    for id in store::to_send(room.database().pool(), whose, now - PATIENCE, now, most).await? {
        send(room, id).await?;
    }
    Ok(())
}

/// Sends one, outside of any transaction, and books what became of it.
pub(super) async fn send(room: &Payments, id: Uuid) -> Answer<()> {
    let pool = room.database().pool();
    let Some(provider) = room.provider() else { return Ok(()) };
    let Some(row) = store::by_id(pool, room.home_region(), id).await?.filter(|row| row.state == "approved") else { return Ok(()) };
    // Another provider's transaction means nothing to this one; it waits until its own is connected again.
    if row.provider != provider.code() {
        return Ok(store::said(pool, id, "这笔款由另一支付渠道收取，接入该渠道后才能退款").await?);
    }
    let no = row.id.simple().to_string();
    let wanted = NewRefund {
        no: if row.attempt == 0 { no } else { format!("{no}-{}", row.attempt) },
        transaction_no: row.transaction_no.clone(),
        fen: row.fen,
        of_fen: row.of_fen,
        reason: "罚款退还".to_owned(),
    };
    match provider.refund(&wanted).await {
        Ok(RefundState::Done(no)) => done(room, id, &no).await,
        Ok(RefundState::Waiting) => Ok(()),
        Ok(RefundState::Failed(words)) => Ok(store::refused(pool, id, &format!("支付渠道未退款：{words}"), false, MOST_REFUSALS).await?),
        Ok(RefundState::Over(words)) => {
            tracing::warn!(refund = %id, "the provider refused a refund for good");
            Ok(store::refused(pool, id, &format!("支付渠道不再办理这笔退款：{words}"), true, MOST_REFUSALS).await?)
        }
        Err(error) => {
            tracing::warn!(refund = %id, %error, "a refund was not taken; tried again shortly");
            Ok(store::said(pool, id, "支付渠道暂时没有应答，稍后自动重试").await?)
        }
    }
}

/// Books a refund that the provider made.
async fn done(room: &Payments, id: Uuid, provider_no: &str) -> Answer<()> {
    let (now, region) = (room.clock().now(), room.home_region());
    let mut transaction = room.database().pool().begin().await?;
    let row = store::by_id(&mut *transaction, region, id).await?.ok_or_else(super::not_found)?;
    let receipt = receipt::store::by_id(&mut *transaction, region, row.receipt).await?.ok_or_else(receipt::not_found)?;
    let bill = match receipt.bill {
        Some(bill) => bill::store::by_id(&mut *transaction, bill).await?,
        None => None,
    };
    if let Some(bill) = &bill {
        drop(room.hold(&mut transaction, &bill.key()).await?);
        bill::store::locked(&mut transaction, bill.id).await?;
    }
    // Two programs may have sent it: the provider made one refund, and it is booked once.
    if !store::lock_approved(&mut transaction, id).await? {
        return Ok(());
    }
    let receipt = receipt::store::locked(&mut transaction, region, row.receipt).await?.ok_or_else(receipt::not_found)?;
    let suspense = receipt.suspense_fen.min(row.fen);
    let surcharge = receipt.surcharge_fen.min(row.fen - suspense);
    let fine = row.fen - suspense - surcharge;
    receipt::store::give_back(&mut transaction, receipt.id, (fine, surcharge, suspense)).await?;
    let back = |from, fen| Move { from, to: Account::Refunded, fen, what: "refund" };
    let moves = [back(Account::Suspense, suspense), back(Account::Surcharge, surcharge), back(Account::Fine, fine)];
    journal::write(&mut transaction, receipt.id, &moves, row.decided_by, now).await?;
    store::done(&mut transaction, id, provider_no, now).await?;
    if let Some(bill) = &bill {
        let gone = bill.fine_paid_fen == fine && bill.surcharge_paid_fen == surcharge && fine > 0;
        let state = if gone { BillState::Refunded } else { bill.state() };
        if fine + surcharge > 0 {
            bill::store::add_paid(&mut transaction, bill.id, (-fine, -surcharge), state, Some(now)).await?;
        }
        let line = json!({ "receipt": receipt.number, "fen": row.fen, "refund": provider_no });
        room.note(&mut transaction, &bill.key(), None, "refund-made", line).await?;
    }
    transaction.commit().await?;
    Ok(())
}
