//! The SQL of the outbox's other end.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::Event;

#[derive(sqlx::FromRow)]
struct OutboxRow {
    id: i64,
    region: String,
    docket_id: Uuid,
    seq: i64,
    topic: String,
    payload: Value,
    at: DateTime<Utc>,
}

impl From<OutboxRow> for Event {
    fn from(row: OutboxRow) -> Self {
        Self {
            id: row.id,
            topic: row.topic,
            docket_id: row.docket_id.into(),
            region: row.region,
            seq: row.seq,
            at: row.at,
            payload: row.payload,
        }
    }
}

/// The next events in order. A docket with an event that waits for another try waits with it.
pub(crate) async fn undelivered(connection: &mut PgConnection, now: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<Event>> {
    let rows: Vec<OutboxRow> = sqlx::query_as(
        "SELECT id, region, docket_id, seq, topic, payload, at FROM outbox AS o
         WHERE delivered_at IS NULL
           AND NOT EXISTS (SELECT FROM outbox_failure AS f
                           WHERE f.docket_id = o.docket_id AND f.given_up_at IS NULL AND f.next_at > $1)
         ORDER BY id LIMIT $2 FOR UPDATE OF o SKIP LOCKED",
    )
    .bind(now)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(Event::from).collect())
}

/// Events by id, for the bus.
pub(crate) async fn events(pool: &PgPool, ids: &[i64]) -> sqlx::Result<Vec<Event>> {
    let rows: Vec<OutboxRow> =
        sqlx::query_as("SELECT id, region, docket_id, seq, topic, payload, at FROM outbox WHERE id = ANY ($1) ORDER BY id")
            .bind(ids)
            .fetch_all(pool)
            .await?;
    Ok(rows.into_iter().map(Event::from).collect())
}

pub(crate) async fn mark_delivered(connection: &mut PgConnection, ids: &[i64], now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("UPDATE outbox SET delivered_at = $2 WHERE id = ANY ($1)").bind(ids).bind(now).execute(&mut *connection).await?;
    sqlx::query("DELETE FROM outbox_failure WHERE outbox_id = ANY ($1) AND given_up_at IS NULL")
        .bind(ids)
        .execute(connection)
        .await
        .map(drop)
}

/// Writes down that a consumer failed on an event; says how often by now.
pub(crate) async fn record_failure(
    connection: &mut PgConnection,
    event: &Event,
    consumer: &str,
    error: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<i32> {
    sqlx::query_scalar(
        "INSERT INTO outbox_failure (outbox_id, docket_id, consumer, attempts, last_error, at, next_at)
         VALUES ($1, $2, $3, 1, $4, $5, $5)
         ON CONFLICT (outbox_id) DO UPDATE
           SET consumer = excluded.consumer, attempts = outbox_failure.attempts + 1, last_error = excluded.last_error, at = excluded.at
         RETURNING attempts",
    )
    .bind(event.id)
    .bind(event.docket_id.uuid())
    .bind(consumer)
    .bind(error)
    .bind(now)
    .fetch_one(connection)
    .await
}

pub(crate) async fn postpone(connection: &mut PgConnection, outbox_id: i64, next_at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("UPDATE outbox_failure SET next_at = $2 WHERE outbox_id = $1")
        .bind(outbox_id)
        .bind(next_at)
        .execute(connection)
        .await
        .map(drop)
}

pub(crate) async fn give_up(connection: &mut PgConnection, outbox_id: i64, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("UPDATE outbox_failure SET given_up_at = $2 WHERE outbox_id = $1")
        .bind(outbox_id)
        .bind(now)
        .execute(connection)
        .await
        .map(drop)
}

/// Deletes up to `limit` events that were delivered before `before`.
pub(crate) async fn purge(pool: &PgPool, before: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    sqlx::query("DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE delivered_at < $1 LIMIT $2)")
        .bind(before)
        .bind(limit)
        .execute(pool)
        .await
        .map(|done| done.rows_affected())
}
