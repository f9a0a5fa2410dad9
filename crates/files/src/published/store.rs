//! SQL of public copies.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgPool};
use uuid::Uuid;

/// A row of `published_copy`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct CopyRow {
    pub sha256: String,
    pub version: i32,
    pub made_at: Option<DateTime<Utc>>,
    pub whole: Option<String>,
}

/// A row of `published_area`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct AreaRow {
    pub origin: String,
    pub left_edge: i32,
    pub top_edge: i32,
    pub width: i32,
    pub height: i32,
    pub confidence: Option<f32>,
    pub marked_by: Option<Uuid>,
    pub marked_at: DateTime<Utc>,
}

pub(crate) async fn copies(pool: &PgPool, sha256: &[String]) -> sqlx::Result<Vec<CopyRow>> {
    sqlx::query_as("SELECT sha256, version, made_at, whole FROM published_copy WHERE sha256 = ANY ($1)").bind(sha256).fetch_all(pool).await
}

pub(crate) async fn copy(pool: &PgPool, sha256: &str) -> sqlx::Result<Option<CopyRow>> {
    sqlx::query_as("SELECT sha256, version, made_at, whole FROM published_copy WHERE sha256 = $1").bind(sha256).fetch_optional(pool).await
}

/// Takes a row of the first version, if there is none.
pub(crate) async fn begin(pool: &PgPool, sha256: &str) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO published_copy (sha256, version) VALUES ($1, 1) ON CONFLICT (sha256) DO NOTHING")
        .bind(sha256)
        .execute(pool)
        .await
        .map(drop)
}

/// What is covered, in the order it was found or marked.
pub(crate) async fn areas(connection: &mut PgConnection, sha256: &str) -> sqlx::Result<Vec<AreaRow>> {
    sqlx::query_as(
        "SELECT origin, left_edge, top_edge, width, height, confidence, marked_by, marked_at
         FROM published_area WHERE sha256 = $1 ORDER BY ordinal",
    )
    .bind(sha256)
    .fetch_all(connection)
    .await
}

/// Notes a copy as made, unless an area was marked while it was; says whether it was noted. What was found before is forgotten for what was
/// found now.
pub(crate) async fn made(connection: &mut PgConnection, row: &CopyRow, found: &[AreaRow]) -> sqlx::Result<bool> {
    let noted = sqlx::query("UPDATE published_copy SET made_at = $3, whole = $4 WHERE sha256 = $1 AND version = $2")
        .bind(&row.sha256)
        .bind(row.version)
        .bind(row.made_at)
        .bind(&row.whole)
        .execute(&mut *connection)
        .await?;
    if noted.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("DELETE FROM published_area WHERE sha256 = $1 AND origin <> 'hand'").bind(&row.sha256).execute(&mut *connection).await?;
    add(connection, &row.sha256, found).await?;
    Ok(true)
}

/// The next version is to be made; the row is locked until the caller commits.
pub(crate) async fn renew(connection: &mut PgConnection, sha256: &str) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO published_copy (sha256, version) VALUES ($1, 1)
         ON CONFLICT (sha256) DO UPDATE SET version = published_copy.version + 1, made_at = NULL, whole = NULL",
    )
    .bind(sha256)
    .execute(connection)
    .await
    .map(drop)
}

/// The next version is to be made, unless another program has begun it already.
pub(crate) async fn renew_if(pool: &PgPool, sha256: &str, version: i32) -> sqlx::Result<()> {
    sqlx::query("UPDATE published_copy SET version = version + 1, made_at = NULL, whole = NULL WHERE sha256 = $1 AND version = $2")
        .bind(sha256)
        .bind(version)
        .execute(pool)
        .await
        .map(drop)
}

/// Adds areas after those that are there.
pub(crate) async fn add(connection: &mut PgConnection, sha256: &str, areas: &[AreaRow]) -> sqlx::Result<()> {
    let column = |of: fn(&AreaRow) -> i32| areas.iter().map(of).collect::<Vec<i32>>();
    sqlx::query(
        "INSERT INTO published_area (sha256, ordinal, origin, left_edge, top_edge, width, height, confidence, marked_by, marked_at)
         SELECT $1, coalesce((SELECT max(ordinal) FROM published_area WHERE sha256 = $1), 0) + n,
                origin, left_edge, top_edge, width, height, confidence, marked_by, marked_at
         FROM unnest($2::text[], $3::integer[], $4::integer[], $5::integer[], $6::integer[], $7::real[], $8::uuid[], $9::timestamptz[])
              WITH ORDINALITY AS t(origin, left_edge, top_edge, width, height, confidence, marked_by, marked_at, n)",
    )
    .bind(sha256)
    .bind(areas.iter().map(|area| area.origin.as_str()).collect::<Vec<_>>())
    .bind(column(|area| area.left_edge))
    .bind(column(|area| area.top_edge))
    .bind(column(|area| area.width))
    .bind(column(|area| area.height))
    .bind(areas.iter().map(|area| area.confidence).collect::<Vec<_>>())
    .bind(areas.iter().map(|area| area.marked_by).collect::<Vec<_>>())
    .bind(areas.iter().map(|area| area.marked_at).collect::<Vec<_>>())
    .execute(connection)
    .await
    .map(drop)
}
