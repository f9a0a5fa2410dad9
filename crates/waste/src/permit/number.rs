//! Numbers of permits (核准文号): gap-free for each organ and year, given in the transaction that grants.

use chrono::{DateTime, Datelike, Utc};
use kernel::clock::shanghai;
use sqlx::PgConnection;

use super::store;

/// A number that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    /// As it is written: 模综执建垃准字〔2026〕第1号.
    pub text: String,
    pub year: i32,
    pub serial: i64,
}

/// Gives the next number, in the caller's transaction. Others of the same organ wait until that ends; taken back, or broken off, the number is
/// given to the next.
///
/// # Errors
/// The database's.
pub(crate) async fn give(connection: &mut PgConnection, region: &str, word: &str, now: DateTime<Utc>) -> sqlx::Result<Number> {
    let year = now.with_timezone(&shanghai()).year();
    let serial = store::next_serial(connection, region, word, year).await?;
    Ok(Number { text: format!("{word}建垃准字〔{year}〕第{serial}号"), year, serial })
}
