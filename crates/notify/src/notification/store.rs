//! The SQL of notifications.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::Notice;

pub(crate) async fn insert(
    connection: &mut PgConnection,
    ids: &[Uuid],
    persons: &[Uuid],
    at: DateTime<Utc>,
    title: &str,
    docket: Option<Uuid>,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO notification (id, person, at, title, docket_id)
         SELECT id, person, $3, $4, $5 FROM unnest($1::uuid[], $2::uuid[]) AS t (id, person)",
    )
    .bind(ids)
    .bind(persons)
    .bind(at)
    .bind(title)
    .bind(docket)
    .execute(connection)
    .await
    .map(drop)
}

pub(crate) async fn by_ids(pool: &PgPool, ids: &[Uuid]) -> sqlx::Result<Vec<Notice>> {
    sqlx::query_as(
        "SELECT id, person, at, title, docket_id AS lead_id, read_at IS NOT NULL AS read,
            (SELECT d.kind FROM docket d WHERE d.id = docket_id) AS docket_kind
         FROM notification WHERE id = ANY ($1) ORDER BY id",
    )
    .bind(ids)
    .fetch_all(pool)
    .await
}

pub(crate) async fn of_person(pool: &PgPool, person: Uuid, unread: bool, before: Option<Uuid>, limit: i64) -> sqlx::Result<Vec<Notice>> {
    sqlx::query_as(
        "SELECT id, person, at, title, docket_id AS lead_id, read_at IS NOT NULL AS read,
            (SELECT d.kind FROM docket d WHERE d.id = docket_id) AS docket_kind
         FROM notification
         WHERE person = $1 AND (NOT $2 OR read_at IS NULL) AND ($3::uuid IS NULL OR id < $3)
         ORDER BY id DESC LIMIT $4",
    )
    .bind(person)
    .bind(unread)
    .bind(before)
    .bind(limit)
    .fetch_all(pool)
    .await
}

/// Marks one of a person's notifications; says whether there is such a one.
pub(crate) async fn read(pool: &PgPool, person: Uuid, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<bool> {
    sqlx::query("UPDATE notification SET read_at = coalesce(read_at, $3) WHERE id = $2 AND person = $1")
        .bind(person)
        .bind(id)
        .bind(now)
        .execute(pool)
        .await
        .map(|done| done.rows_affected() == 1)
}

pub(crate) async fn read_all(pool: &PgPool, person: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("UPDATE notification SET read_at = $2 WHERE person = $1 AND read_at IS NULL")
        .bind(person)
        .bind(now)
        .execute(pool)
        .await
        .map(drop)
}

pub(crate) async fn purge(executor: impl PgExecutor<'_>, before: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    sqlx::query("DELETE FROM notification WHERE id IN (SELECT id FROM notification WHERE at < $1 LIMIT $2)")
        .bind(before)
        .bind(limit)
        .execute(executor)
        .await
        .map(|done| done.rows_affected())
}

/// How many notifications are older than a time.
pub(crate) async fn count_before(pool: &PgPool, before: DateTime<Utc>) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM notification WHERE at < $1").bind(before).fetch_one(pool).await
}
