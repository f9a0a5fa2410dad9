//! The SQL of items of evidence.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

/// A row of `evidence_item`.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct ItemRow {
    pub id: Uuid,
    pub region: String,
    pub docket: Uuid,
    pub ordinal: i32,
    pub kind: String,
    pub title: String,
    pub manner: String,
    pub form: String,
    pub original_at: Option<String>,
    pub obtained_at: DateTime<Utc>,
    pub place: Option<String>,
    pub obtained_by: Vec<Uuid>,
    pub note: Option<String>,
    pub file: String,
    pub covers: Option<Uuid>,
    pub added_by: Uuid,
    pub added_at: DateTime<Utc>,
    pub excluded_at: Option<DateTime<Utc>>,
    pub excluded_by: Option<Uuid>,
    pub exclusion: Option<String>,
}

/// What is known of the file behind an item.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct FileRow {
    pub sha256: String,
    pub sm3: Option<String>,
    pub media_type: String,
    pub size: i64,
}

pub(crate) async fn item(executor: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<ItemRow>> {
    sqlx::query_as("SELECT * FROM evidence_item WHERE id = $1").bind(id).fetch_optional(executor).await
}

/// All items of a case, in their order.
pub(crate) async fn of_case(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<ItemRow>> {
    sqlx::query_as("SELECT * FROM evidence_item WHERE region = $1 AND docket = $2 ORDER BY ordinal")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_all(connection)
        .await
}

pub(crate) async fn files(connection: &mut PgConnection, sha256: &[String]) -> sqlx::Result<Vec<FileRow>> {
    sqlx::query_as("SELECT sha256, sm3, media_type, size FROM large_file WHERE sha256 = ANY ($1)").bind(sha256).fetch_all(connection).await
}

pub(crate) async fn last_ordinal(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<i32> {
    sqlx::query_scalar("SELECT coalesce(max(ordinal), 0) FROM evidence_item WHERE region = $1 AND docket = $2")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_one(connection)
        .await
}

pub(crate) async fn insert(connection: &mut PgConnection, row: &ItemRow) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO evidence_item (id, region, docket, ordinal, kind, title, manner, form, original_at, obtained_at, place, obtained_by,
            note, file, covers, added_by, added_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(row.docket)
    .bind(row.ordinal)
    .bind(&row.kind)
    .bind(&row.title)
    .bind(&row.manner)
    .bind(&row.form)
    .bind(&row.original_at)
    .bind(row.obtained_at)
    .bind(&row.place)
    .bind(&row.obtained_by)
    .bind(&row.note)
    .bind(&row.file)
    .bind(row.covers)
    .bind(row.added_by)
    .bind(row.added_at)
    .execute(connection)
    .await
    .map(drop)
}

/// Excludes an item, or says that it was excluded before.
pub(crate) async fn exclude(connection: &mut PgConnection, id: Uuid, by: Uuid, at: DateTime<Utc>, reason: &str) -> sqlx::Result<bool> {
    sqlx::query("UPDATE evidence_item SET excluded_at = $2, excluded_by = $3, exclusion = $4 WHERE id = $1 AND excluded_at IS NULL")
        .bind(id)
        .bind(at)
        .bind(by)
        .bind(reason)
        .execute(connection)
        .await
        .map(|done| done.rows_affected() == 1)
}
