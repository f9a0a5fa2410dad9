//! The SQL of custody.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// A row of `evidence_custody`.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct CustodyRow {
    pub item: Uuid,
    pub ordinal: i32,
    pub holder: Option<Uuid>,
    pub holder_words: Option<String>,
    pub place: Option<String>,
    pub reason: String,
    pub noted_by: Uuid,
    pub noted_at: DateTime<Utc>,
}

pub(crate) async fn insert(connection: &mut PgConnection, row: &CustodyRow) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO evidence_custody (item, ordinal, holder, holder_words, place, reason, noted_by, noted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(row.item)
    .bind(row.ordinal)
    .bind(row.holder)
    .bind(&row.holder_words)
    .bind(&row.place)
    .bind(&row.reason)
    .bind(row.noted_by)
    .bind(row.noted_at)
    .execute(connection)
    .await
    .map(drop)
}

/// The chains of these items, each in its order.
pub(crate) async fn of(connection: &mut PgConnection, items: &[Uuid]) -> sqlx::Result<Vec<CustodyRow>> {
    sqlx::query_as("SELECT * FROM evidence_custody WHERE item = ANY ($1) ORDER BY item, ordinal").bind(items).fetch_all(connection).await
}

/// The last line of an item.
pub(crate) async fn last(connection: &mut PgConnection, item: Uuid) -> sqlx::Result<Option<CustodyRow>> {
    sqlx::query_as("SELECT * FROM evidence_custody WHERE item = $1 ORDER BY ordinal DESC LIMIT 1")
        .bind(item)
        .fetch_optional(connection)
        .await
}
