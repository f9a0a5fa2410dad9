//! The SQL of marks.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// A row of `evidence_mark`.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct MarkRow {
    pub id: Uuid,
    pub item: Uuid,
    pub from_ms: i64,
    pub until_ms: Option<i64>,
    pub words: String,
    pub made_by: Uuid,
    pub made_at: DateTime<Utc>,
}

/// Adds a mark unless the item has `most`; says whether it did.
pub(crate) async fn insert(connection: &mut PgConnection, row: &MarkRow, most: i64) -> sqlx::Result<bool> {
    sqlx::query(
        "INSERT INTO evidence_mark (id, item, from_ms, until_ms, words, made_by, made_at)
         SELECT $1, $2, $3, $4, $5, $6, $7 WHERE (SELECT count(*) FROM evidence_mark WHERE item = $2) < $8",
    )
    .bind(row.id)
    .bind(row.item)
    .bind(row.from_ms)
    .bind(row.until_ms)
    .bind(&row.words)
    .bind(row.made_by)
    .bind(row.made_at)
    .bind(most)
    .execute(connection)
    .await
    .map(|done| done.rows_affected() == 1)
}

/// The marks of these items, in the order of the recording.
pub(crate) async fn of(connection: &mut PgConnection, items: &[Uuid]) -> sqlx::Result<Vec<MarkRow>> {
    sqlx::query_as("SELECT * FROM evidence_mark WHERE item = ANY ($1) ORDER BY item, from_ms, made_at")
        .bind(items)
        .fetch_all(connection)
        .await
}
