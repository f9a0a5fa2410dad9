//! SQL of numbers.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Count;

/// The next serial of a count, whose row this transaction now holds.
pub(super) async fn next(connection: &mut PgConnection, count: Count<'_>, year: i32) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "insert into document_counter as c (region, organ_word, kind, year, last) values ($1, $2, $3, $4, 1)
         on conflict (region, organ_word, kind, year) do update set last = c.last + 1 returning last",
    )
    .bind(count.region)
    .bind(count.organ_word)
    .bind(count.kind)
    .bind(year)
    .fetch_one(connection)
    .await
}

/// Writes a number into the register.
pub(super) async fn register(
    connection: &mut PgConnection,
    count: Count<'_>,
    year: i32,
    serial: i64,
    number: &str,
    document: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into document_number (region, organ_word, kind, year, serial, number, document_id, given_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(count.region)
    .bind(count.organ_word)
    .bind(count.kind)
    .bind(year)
    .bind(serial)
    .bind(number)
    .bind(document)
    .bind(now)
    .execute(connection)
    .await
    .map(drop)
}
