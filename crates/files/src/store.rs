//! The SQL of files and uploads.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::trace::Taken;

/// A row of `file`.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct FileRow {
    pub sha256: String,
    pub media_type: String,
    pub size: i64,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub created_at: DateTime<Utc>,
}

/// A row of `upload`.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct UploadRow {
    pub id: Uuid,
    pub address: String,
    pub length: i64,
    pub name: Option<String>,
    pub uploader: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// The file it became, of whichever size.
    pub sha256: Option<String>,
    /// It is a large file, which a room announced.
    pub large: bool,
}

/// Keeps a file's row, and with it what the picture looks like and what its camera says.
pub(crate) async fn insert_file(
    executor: impl sqlx::PgExecutor<'_>,
    row: &FileRow,
    hash: Option<i64>,
    taken: Option<&Taken>,
    uploader: Option<Uuid>,
) -> sqlx::Result<()> {
    let place = taken.and_then(|taken| taken.position);
    sqlx::query(
        "WITH kept AS (
            INSERT INTO file (sha256, media_type, size, width, height, created_at, uploader, looked)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT (sha256) DO NOTHING),
         traced AS (
            INSERT INTO picture_trace (sha256, taken_at, zoned, lon, lat) SELECT $1, $9, $10, $11, $12
            WHERE $9 IS NOT NULL OR $11 IS NOT NULL ON CONFLICT (sha256) DO NOTHING)
         INSERT INTO picture_hash (sha256, hash) SELECT $1, $8 WHERE $8 IS NOT NULL ON CONFLICT (sha256) DO NOTHING",
    )
    .bind(&row.sha256)
    .bind(&row.media_type)
    .bind(row.size)
    .bind(row.width)
    .bind(row.height)
    .bind(row.created_at)
    .bind(uploader)
    .bind(hash)
    .bind(taken.and_then(|taken| taken.at))
    .bind(taken.is_some_and(|taken| taken.zoned))
    .bind(place.map(|place| place.lon))
    .bind(place.map(|place| place.lat))
    .execute(executor)
    .await
    .map(drop)
}

/// Pictures that were never looked at, with their kinds.
pub(crate) async fn unlooked(pool: &PgPool, most: i64) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as("SELECT sha256, media_type FROM file WHERE looked = 0 AND media_type <> 'application/pdf' ORDER BY sha256 LIMIT $1")
        .bind(most)
        .fetch_all(pool)
        .await
}

/// Notes what looking at an older picture found.
pub(crate) async fn looked(pool: &PgPool, sha256: &str, hash: Option<i64>, taken: Option<&Taken>) -> sqlx::Result<()> {
    let place = taken.and_then(|taken| taken.position);
    sqlx::query(
        "WITH noted AS (UPDATE file SET looked = 1 WHERE sha256 = $1),
         traced AS (
            INSERT INTO picture_trace (sha256, taken_at, zoned, lon, lat) SELECT $1, $3, $4, $5, $6
            WHERE $3 IS NOT NULL OR $5 IS NOT NULL ON CONFLICT (sha256) DO NOTHING)
         INSERT INTO picture_hash (sha256, hash) SELECT $1, $2 WHERE $2 IS NOT NULL ON CONFLICT (sha256) DO NOTHING",
    )
    .bind(sha256)
    .bind(hash)
    .bind(taken.and_then(|taken| taken.at))
    .bind(taken.is_some_and(|taken| taken.zoned))
    .bind(place.map(|place| place.lon))
    .bind(place.map(|place| place.lat))
    .execute(pool)
    .await
    .map(drop)
}

/// A row of `picture_trace`.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct TraceRow {
    pub sha256: String,
    pub taken_at: Option<DateTime<Utc>>,
    pub zoned: bool,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
}

pub(crate) async fn traces(connection: &mut PgConnection, sha256: &[String]) -> sqlx::Result<Vec<TraceRow>> {
    sqlx::query_as("SELECT sha256, taken_at, zoned, lon, lat FROM picture_trace WHERE sha256 = ANY ($1)")
        .bind(sha256)
        .fetch_all(connection)
        .await
}

/// A row of `picture_hash`.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct HashRow {
    pub sha256: String,
    pub hash: i64,
}

pub(crate) async fn picture_hashes(connection: &mut PgConnection, sha256: &[String]) -> sqlx::Result<Vec<HashRow>> {
    sqlx::query_as("SELECT sha256, hash FROM picture_hash WHERE sha256 = ANY ($1)").bind(sha256).fetch_all(connection).await
}

/// Hashes that share a band, or all but one bit of it, and differ in at most `bits` of all.
pub(crate) async fn near_hashes(
    connection: &mut PgConnection,
    hash: i64,
    [first, second, third, fourth]: &[Vec<i64>; 4],
    bits: i64,
    most: i64,
) -> sqlx::Result<Vec<HashRow>> {
    sqlx::query_as(
        "SELECT sha256, hash FROM (
            (SELECT sha256, hash FROM picture_hash WHERE ((hash >> 48) & 65535) = ANY ($2) AND bit_count((hash # $1)::bit(64)) <= $6 LIMIT $7)
            UNION
            (SELECT sha256, hash FROM picture_hash WHERE ((hash >> 32) & 65535) = ANY ($3) AND bit_count((hash # $1)::bit(64)) <= $6 LIMIT $7)
            UNION
            (SELECT sha256, hash FROM picture_hash WHERE ((hash >> 16) & 65535) = ANY ($4) AND bit_count((hash # $1)::bit(64)) <= $6 LIMIT $7)
            UNION
            (SELECT sha256, hash FROM picture_hash WHERE (hash & 65535) = ANY ($5) AND bit_count((hash # $1)::bit(64)) <= $6 LIMIT $7)
         ) AS near",
    )
    .bind(hash)
    .bind(first)
    .bind(second)
    .bind(third)
    .bind(fourth)
    .bind(bits)
    .bind(most)
    .fetch_all(connection)
    .await
}

pub(crate) async fn file(pool: &PgPool, sha256: &str) -> sqlx::Result<Option<FileRow>> {
    sqlx::query_as("SELECT sha256, media_type, size, width, height, created_at FROM file WHERE sha256 = $1")
        .bind(sha256)
        .fetch_optional(pool)
        .await
}

pub(crate) async fn present(pool: &PgPool, sha256: &[String]) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar("SELECT sha256 FROM file WHERE sha256 = ANY ($1)").bind(sha256).fetch_all(pool).await
}

/// How many uploads of this address are unfinished, and the bytes promised by everybody's.
pub(crate) async fn open_uploads(connection: &mut PgConnection, address: &str, now: DateTime<Utc>) -> sqlx::Result<(i64, i64)> {
    sqlx::query_as(
        "SELECT count(*) FILTER (WHERE address = $1), coalesce(sum(length), 0)::bigint
         FROM upload WHERE NOT large AND sha256 IS NULL AND expires_at > $2",
    )
    .bind(address)
    .bind(now)
    .fetch_one(connection)
    .await
}

pub(crate) async fn insert_upload(connection: &mut PgConnection, row: &UploadRow) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO upload (id, address, length, name, uploader, created_at, expires_at, large) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(row.id)
    .bind(&row.address)
    .bind(row.length)
    .bind(&row.name)
    .bind(row.uploader)
    .bind(row.created_at)
    .bind(row.expires_at)
    .bind(row.large)
    .execute(connection)
    .await
    .map(drop)
}

pub(crate) async fn upload(pool: &PgPool, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<Option<UploadRow>> {
    sqlx::query_as(
        "SELECT id, address, length, name, uploader, created_at, expires_at, coalesce(sha256, large_sha256) AS sha256, large
         FROM upload WHERE id = $1 AND expires_at > $2",
    )
    .bind(id)
    .bind(now)
    .fetch_optional(pool)
    .await
}

pub(crate) async fn finish_upload(pool: &PgPool, id: Uuid, sha256: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE upload SET sha256 = $2 WHERE id = $1").bind(id).bind(sha256).execute(pool).await.map(drop)
}

pub(crate) async fn delete_upload(pool: &PgPool, id: Uuid) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM upload WHERE id = $1").bind(id).execute(pool).await.map(drop)
}

/// Forgets what has expired and says how many.
pub(crate) async fn delete_expired_uploads(pool: &PgPool, now: DateTime<Utc>) -> sqlx::Result<u64> {
    sqlx::query("DELETE FROM upload WHERE expires_at <= $1").bind(now).execute(pool).await.map(|done| done.rows_affected())
}

/// Which of these uploads are still known and unfinished.
pub(crate) async fn unfinished(pool: &PgPool, ids: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("SELECT id FROM upload WHERE id = ANY ($1) AND sha256 IS NULL AND large_sha256 IS NULL")
        .bind(ids)
        .fetch_all(pool)
        .await
}
