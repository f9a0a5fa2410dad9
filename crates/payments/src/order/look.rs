//! Ask the provider about orders that nobody told of (主动查单), go on with refunds, and let go what fell with its decision.

use std::time::Duration;

use chrono::TimeDelta;
use http_api::Answer;

use super::store;
use crate::{
    Payments,
    bill::{self, BillState},
    provider::OrderState,
    receipt::{self, Heard, book::book},
    refund,
};

/// How often it is looked.
const LOOK: Duration = Duration::from_secs(20);
/// An order is asked about this long after it was made or asked about.
const PATIENCE: TimeDelta = TimeDelta::seconds(60);
/// A bill is compared with its case this often.
const BILLS: TimeDelta = TimeDelta::minutes(10);
/// What one look takes on at most; the rest is the next look's.
const BATCH: i64 = 100;

impl Payments {
    /// Looks for as long as it is let.
    pub async fn work(&self) {
        loop {
            if let Err(error) = self.look().await {
                tracing::warn!(code = error.problem().code, "payments could not be looked at; tried again shortly");
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// One look. Answers how many receipts it brought.
    ///
    /// # Errors
    /// The database's; what was booked before stays booked.
    pub async fn look(&self) -> Answer<usize> {
        receipt::callback::forget(self).await?;
        let now = self.clock().now();
        for row in bill::store::to_look_at(self.database().pool(), self.home_region(), now - BILLS, BATCH).await? {
            let mut transaction = self.database().pool().begin().await?;
            let _held = self.hold(&mut transaction, &row.key()).await?;
            let Some(mut row) = bill::store::locked(&mut transaction, row.id).await? else { continue };
            if matches!(row.state(), BillState::Open | BillState::Partly) {
                bill::standing(self, &mut transaction, &mut row, now).await?;
            }
            bill::store::looked(&mut transaction, row.id, now).await?;
            transaction.commit().await?;
        }
        refund::send::go_on(self, BATCH).await?;
        let Some(provider) = self.provider() else { return Ok(0) };
        let mut brought = 0;
        for order in store::to_look_at(self.database().pool(), provider.code(), now - PATIENCE, now, BATCH).await? {
            match provider.read(&order.no).await {
                Ok(OrderState::Paid(paid)) => {
                    let mut transaction = self.database().pool().begin().await?;
                    match book(self, &mut transaction, &paid, Heard::Asked).await {
                        Ok(_) => {
                            transaction.commit().await?;
                            brought += 1;
                        }
                        // One that cannot be booked does not hold up the others.
                        Err(error) => tracing::error!(order = order.no, code = error.problem().code, "a paid order could not be booked"),
                    }
                }
                Ok(OrderState::Waiting) if order.expires_at + TimeDelta::minutes(10) > now => {}
                // Who paid in the last second is still told of for ten minutes.
                Ok(OrderState::Waiting | OrderState::Over) if order.expires_at < now => {
                    store::over(self.database().pool(), &order.no).await?
                }
                Ok(_) => {}
                Err(error) => tracing::warn!(order = order.no, %error, "the provider gave no answer about an order"),
            }
        }
        Ok(brought)
    }
}
