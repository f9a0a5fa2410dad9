//! Numbers of documents (文号): gap-free for each organ, kind and year, given when a document is issued and in the transaction that issues it.

mod store;

use chrono::{DateTime, Datelike, Utc};
use kernel::clock::shanghai;
use sqlx::PgConnection;
use uuid::Uuid;

/// Whose count a number is of.
#[derive(Debug, Clone, Copy)]
pub struct Count<'c> {
    /// The district.
    pub region: &'c str,
    /// The word of the organ (机关代字).
    pub organ_word: &'c str,
    /// The kind of document, such as `D15`.
    pub kind: &'c str,
    /// Its word (文书代字).
    pub kind_word: &'c str,
}

/// A number as it is written: 台城执罚决字〔2026〕第1号.
#[must_use]
pub fn text(organ_word: &str, kind_word: &str, year: i32, serial: i64) -> String {
    format!("{organ_word}{kind_word}字〔{year}〕第{serial}号")
}

/// Gives the next number to a document, in the caller's transaction. Others of the same count wait until that ends; taken back, or broken off,
/// the number is given to the next.
///
/// # Errors
/// The database's.
pub async fn give(connection: &mut PgConnection, count: Count<'_>, document: Uuid, now: DateTime<Utc>) -> sqlx::Result<String> {
    let year = now.with_timezone(&shanghai()).year();
    let serial = store::next(connection, count, year).await?;
    let number = text(count.organ_word, count.kind_word, year, serial);
    store::register(connection, count, year, serial, &number, document, now).await?;
    Ok(number)
}
