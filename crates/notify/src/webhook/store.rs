//! The SQL of webhooks and their deliveries.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::{PgConnection, PgPool};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Webhook;

/// A webhook that wants events.
#[derive(sqlx::FromRow)]
pub(crate) struct Wanted {
    pub id: Uuid,
    pub topics: Vec<String>,
}

/// One event for one webhook, as it stands in the log (推送记录).
#[derive(Debug, Serialize, ToSchema, sqlx::FromRow)]
pub(crate) struct Delivery {
    /// The id; also in the header `Bihuan-Delivery`.
    pub id: i64,
    /// The event's id.
    pub event_id: i64,
    /// What happened.
    pub topic: String,
    /// The docket.
    pub lead_id: Uuid,
    /// `waiting`, `delivered` or `dead`.
    pub state: String,
    /// Tries so far.
    pub attempts: i32,
    /// When it was queued.
    pub created_at: DateTime<Utc>,
    /// When the next try is due, while it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_at: Option<DateTime<Utc>>,
    /// The last try.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_at: Option<DateTime<Utc>>,
    /// The receiver's status at the last try.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_status: Option<i32>,
    /// What went wrong at the last try.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
}

/// A delivery that this node is to try now.
#[derive(sqlx::FromRow)]
pub(crate) struct Claimed {
    pub id: i64,
    pub webhook_id: Uuid,
    pub url: String,
    pub secret: Vec<u8>,
    pub topic: String,
    pub body: String,
    pub attempts: i32,
    pub give_up_at: DateTime<Utc>,
}

/// A delivery to queue.
pub(crate) struct New {
    pub webhook: Uuid,
    pub outbox: i64,
    pub docket: Uuid,
    pub topic: String,
    pub body: String,
}

pub(crate) async fn list(pool: &PgPool) -> sqlx::Result<Vec<Webhook>> {
    sqlx::query_as(
        "SELECT w.id, w.url, w.topics, w.active, w.created_at, last.last_status, last.last_at,
                (SELECT count(*) FROM webhook_delivery AS d WHERE d.webhook_id = w.id AND d.state = 'waiting') AS waiting,
                (SELECT count(*) FROM webhook_delivery AS d WHERE d.webhook_id = w.id AND d.state = 'dead') AS dead
         FROM webhook AS w
         LEFT JOIN LATERAL (SELECT last_status, last_at FROM webhook_delivery AS d
                            WHERE d.webhook_id = w.id AND d.last_at IS NOT NULL ORDER BY d.id DESC LIMIT 1) AS last ON true
         ORDER BY w.id",
    )
    .fetch_all(pool)
    .await
}

pub(crate) async fn count(connection: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM webhook").fetch_one(connection).await
}

pub(crate) async fn insert(connection: &mut PgConnection, webhook: &Webhook, sealed: &[u8], by: Uuid) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO webhook (id, url, secret, topics, active, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(webhook.id)
        .bind(&webhook.url)
        .bind(sealed)
        .bind(&webhook.topics)
        .bind(webhook.active)
        .bind(webhook.created_at)
        .bind(by)
        .execute(connection)
        .await
        .map(drop)
}

/// A webhook as it was made, locked until the transaction ends.
#[derive(sqlx::FromRow)]
pub(crate) struct Standing {
    pub url: String,
    pub topics: Vec<String>,
    pub active: bool,
}

pub(crate) async fn lock(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Standing>> {
    sqlx::query_as("SELECT url, topics, active FROM webhook WHERE id = $1 FOR UPDATE").bind(id).fetch_optional(connection).await
}

pub(crate) async fn change(connection: &mut PgConnection, id: Uuid, topics: Option<&[String]>, active: Option<bool>) -> sqlx::Result<()> {
    sqlx::query("UPDATE webhook SET topics = coalesce($2, topics), active = coalesce($3, active) WHERE id = $1")
        .bind(id)
        .bind(topics)
        .bind(active)
        .execute(connection)
        .await
        .map(drop)
}

pub(crate) async fn remove(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM webhook WHERE id = $1").bind(id).execute(connection).await.map(drop)
}

pub(crate) async fn exists(pool: &PgPool, id: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT FROM webhook WHERE id = $1)").bind(id).fetch_one(pool).await
}

pub(crate) async fn active(connection: &mut PgConnection) -> sqlx::Result<Vec<Wanted>> {
    sqlx::query_as("SELECT id, topics FROM webhook WHERE active ORDER BY id").fetch_all(connection).await
}

pub(crate) async fn enqueue(
    connection: &mut PgConnection,
    rows: &[New],
    now: DateTime<Utc>,
    give_up_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO webhook_delivery (webhook_id, outbox_id, docket_id, topic, body, created_at, next_at, give_up_at)
         SELECT webhook, outbox, docket, topic, body, $6, $6, $7
         FROM unnest($1::uuid[], $2::int8[], $3::uuid[], $4::text[], $5::text[]) AS t (webhook, outbox, docket, topic, body)
         JOIN webhook AS w ON w.id = webhook
         ON CONFLICT (webhook_id, outbox_id) DO NOTHING",
    )
    .bind(rows.iter().map(|row| row.webhook).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.outbox).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.docket).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.topic.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.body.as_str()).collect::<Vec<_>>())
    .bind(now)
    .bind(give_up_at)
    .execute(connection)
    .await
    .map(drop)
}

/// Takes deliveries that are due, at most one a docket and webhook, the oldest first: until that one is delivered or dead, the next
/// ones of its docket wait. Nobody else takes them until `until`.
pub(crate) async fn claim(pool: &PgPool, now: DateTime<Utc>, until: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<Claimed>> {
    sqlx::query_as(
        "WITH due AS (
            SELECT d.id FROM webhook_delivery AS d JOIN webhook AS w ON w.id = d.webhook_id AND w.active
            WHERE d.state = 'waiting' AND d.next_at <= $1
              AND NOT EXISTS (SELECT FROM webhook_delivery AS e WHERE e.webhook_id = d.webhook_id AND e.docket_id = d.docket_id
                              AND e.state = 'waiting' AND e.id < d.id)
            ORDER BY d.next_at, d.id LIMIT $3 FOR UPDATE OF d SKIP LOCKED)
         UPDATE webhook_delivery AS d SET attempts = d.attempts + 1, next_at = $2, last_at = $1
         FROM due, webhook AS w WHERE d.id = due.id AND w.id = d.webhook_id
         RETURNING d.id, d.webhook_id, w.url, w.secret, d.topic, d.body, d.attempts, d.give_up_at",
    )
    .bind(now)
    .bind(until)
    .bind(limit)
    .fetch_all(pool)
    .await
}

/// Writes down how a try ended.
pub(crate) async fn settle(
    pool: &PgPool,
    id: i64,
    state: &str,
    next_at: DateTime<Utc>,
    status: Option<i32>,
    error: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE webhook_delivery SET state = $2, next_at = $3, last_status = $4, last_error = $5 WHERE id = $1 AND state = 'waiting'",
    )
    .bind(id)
    .bind(state)
    .bind(next_at)
    .bind(status)
    .bind(error)
    .execute(pool)
    .await
    .map(drop)
}

pub(crate) async fn deliveries(
    pool: &PgPool,
    webhook: Uuid,
    state: Option<&str>,
    before: Option<i64>,
    limit: i64,
) -> sqlx::Result<Vec<Delivery>> {
    sqlx::query_as(
        "SELECT id, outbox_id AS event_id, topic, docket_id AS lead_id, state, attempts, created_at,
                CASE WHEN state = 'waiting' THEN next_at END AS next_at, last_at, last_status, last_error
         FROM webhook_delivery
         WHERE webhook_id = $1 AND ($2::text IS NULL OR state = $2) AND ($3::bigint IS NULL OR id < $3)
         ORDER BY id DESC LIMIT $4",
    )
    .bind(webhook)
    .bind(state)
    .bind(before)
    .bind(limit)
    .fetch_all(pool)
    .await
}

/// Where a delivery stands.
pub(crate) async fn state(pool: &PgPool, webhook: Uuid, id: i64) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT state FROM webhook_delivery WHERE webhook_id = $1 AND id = $2")
        .bind(webhook)
        .bind(id)
        .fetch_optional(pool)
        .await
}

/// Gives a dead delivery another life.
pub(crate) async fn revive(pool: &PgPool, webhook: Uuid, id: i64, now: DateTime<Utc>, give_up_at: DateTime<Utc>) -> sqlx::Result<bool> {
    sqlx::query(
        "UPDATE webhook_delivery SET state = 'waiting', attempts = 0, next_at = $3, give_up_at = $4
         WHERE webhook_id = $1 AND id = $2 AND state = 'dead'",
    )
    .bind(webhook)
    .bind(id)
    .bind(now)
    .bind(give_up_at)
    .execute(pool)
    .await
    .map(|done| done.rows_affected() == 1)
}

pub(crate) async fn purge(pool: &PgPool, delivered: DateTime<Utc>, dead: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    sqlx::query(
        "DELETE FROM webhook_delivery WHERE id IN (
            SELECT id FROM webhook_delivery WHERE (state = 'delivered' AND last_at < $1) OR (state = 'dead' AND last_at < $2) LIMIT $3)",
    )
    .bind(delivered)
    .bind(dead)
    .bind(limit)
    .execute(pool)
    .await
    .map(|done| done.rows_affected())
}
