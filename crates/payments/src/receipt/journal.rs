//! The account of every fen (缴款账目): each line from one account to another, lines are only added.

use chrono::{DateTime, Utc};
use kernel::codes;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::store;

codes! {
    /// Where fen lie (账户).
    #[schema(as = PaymentAccount)]
    Account {
        /// Where it comes from (支付渠道).
        Provider = "provider", "支付渠道";
        /// For a fine (罚款).
        Fine = "fine", "罚款";
        /// For an extra fine (加处罚款).
        Surcharge = "surcharge", "加处罚款";
        /// It fits nothing so far (待查款).
        Suspense = "suspense", "待查款";
        /// Given back (退款).
        Refunded = "refunded", "退款";
    }
}

/// A sum that moves.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Move {
    pub from: Account,
    pub to: Account,
    pub fen: i64,
    pub what: &'static str,
}

/// Writes what moved; nothing for sums of nought.
pub(crate) async fn write(
    connection: &mut PgConnection,
    receipt: Uuid,
    moves: &[Move],
    person: Option<Uuid>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    for one in moves.iter().filter(|one| one.fen > 0) {
        store::entry(connection, receipt, one, person, now).await?;
    }
    Ok(())
}

/// Books that are not right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookFault {
    /// Of which receipt or bill, by its number.
    pub number: String,
    /// What is wrong, in Chinese.
    pub fault: String,
}

/// Looks whether the books are right: the lines of every receipt lead to what the receipt says, and what bills say was paid is what their
/// receipts brought. Empty where all is well.
///
/// # Errors
/// The database's.
pub async fn check_books(pool: &PgPool) -> sqlx::Result<Vec<BookFault>> {
    let mut connection = pool.acquire().await?;
    let receipts = store::receipts_led_wrong(&mut connection).await?;
    let bills = store::bills_summed_wrong(&mut connection).await?;
    let receipts = receipts.into_iter().map(|number| BookFault { number, fault: "收款的账目与流水不符".to_owned() });
    let bills = bills.into_iter().map(|number| BookFault { number, fault: "缴款通知的已缴数额与收款不符".to_owned() });
    Ok(receipts.chain(bills).collect())
}
