//! The SQL of regions.

use chrono::NaiveDate;
use serde_json::Value;
use sqlx::{FromRow, PgConnection, PgPool};

/// A region in force.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub(crate) struct Row {
    pub code: String,
    pub name: String,
    pub geometry: Value,
    pub simulated: bool,
}

/// The regions in force, in the order of their codes.
pub(crate) async fn current(pool: &PgPool) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as("SELECT code, name, geometry, simulated FROM region WHERE valid_to IS NULL ORDER BY code COLLATE \"C\"")
        .fetch_all(pool)
        .await
}

/// [`current`], holding off every other import until the transaction ends.
pub(crate) async fn lock_current(connection: &mut PgConnection) -> sqlx::Result<Vec<Row>> {
    sqlx::query("LOCK TABLE region IN SHARE ROW EXCLUSIVE MODE").execute(&mut *connection).await?;
    sqlx::query_as("SELECT code, name, geometry, simulated FROM region WHERE valid_to IS NULL ORDER BY code COLLATE \"C\"")
        .fetch_all(connection)
        .await
}

/// Ends regions on a day. One that began that very day never held and goes.
pub(crate) async fn end(connection: &mut PgConnection, codes: &[String], day: NaiveDate) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM region WHERE code = ANY($1) AND valid_to IS NULL AND valid_from >= $2")
        .bind(codes)
        .bind(day)
        .execute(&mut *connection)
        .await?;
    sqlx::query("UPDATE region SET valid_to = $2 WHERE code = ANY($1) AND valid_to IS NULL")
        .bind(codes)
        .bind(day)
        .execute(connection)
        .await?;
    Ok(())
}

/// Adds regions that hold from a day on.
pub(crate) async fn insert(connection: &mut PgConnection, rows: &[&Row], day: NaiveDate) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO region (code, valid_from, name, geometry, simulated)
         SELECT code, $5, name, geometry, simulated
         FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::bool[]) AS new (code, name, geometry, simulated)",
    )
    .bind(rows.iter().map(|r| r.code.clone()).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.name.clone()).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.geometry.clone()).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.simulated).collect::<Vec<_>>())
    .bind(day)
    .execute(connection)
    .await?;
    Ok(())
}
