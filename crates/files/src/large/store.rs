//! The SQL of large files.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// A row of `large_file`.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct LargeRow {
    pub sha256: String,
    pub sm3: Option<String>,
    pub media_type: String,
    pub size: i64,
    pub created_at: DateTime<Utc>,
}

/// Keeps the row; of two that are equal, the first stays, with the SM3 that either counted.
pub(crate) async fn insert(pool: &PgPool, row: &LargeRow, uploader: Option<Uuid>) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO large_file (sha256, sm3, media_type, size, created_at, uploader) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (sha256) DO UPDATE SET sm3 = coalesce(large_file.sm3, excluded.sm3)",
    )
    .bind(&row.sha256)
    .bind(&row.sm3)
    .bind(&row.media_type)
    .bind(row.size)
    .bind(row.created_at)
    .bind(uploader)
    .execute(pool)
    .await
    .map(drop)
}

pub(crate) async fn of(pool: &PgPool, sha256: &str) -> sqlx::Result<Option<LargeRow>> {
    sqlx::query_as("SELECT sha256, sm3, media_type, size, created_at FROM large_file WHERE sha256 = $1")
        .bind(sha256)
        .fetch_optional(pool)
        .await
}

/// The file that an upload of this person became, where it is whole.
pub(crate) async fn of_upload(connection: &mut PgConnection, upload: Uuid, uploader: Uuid) -> sqlx::Result<Option<LargeRow>> {
    sqlx::query_as(
        "SELECT l.sha256, l.sm3, l.media_type, l.size, l.created_at FROM large_file l JOIN upload u ON u.large_sha256 = l.sha256
         WHERE u.id = $1 AND u.uploader = $2",
    )
    .bind(upload)
    .bind(uploader)
    .fetch_optional(connection)
    .await
}

/// How many large uploads of this person are unfinished, and the bytes promised by everybody's.
pub(crate) async fn open_uploads(connection: &mut PgConnection, uploader: Uuid, now: DateTime<Utc>) -> sqlx::Result<(i64, i64)> {
    sqlx::query_as(
        "SELECT count(*) FILTER (WHERE uploader = $1), coalesce(sum(length), 0)::bigint
         FROM upload WHERE large AND large_sha256 IS NULL AND expires_at > $2",
    )
    .bind(uploader)
    .bind(now)
    .fetch_one(connection)
    .await
}

pub(crate) async fn finish_upload(pool: &PgPool, id: Uuid, sha256: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE upload SET large_sha256 = $2 WHERE id = $1").bind(id).bind(sha256).execute(pool).await.map(drop)
}
