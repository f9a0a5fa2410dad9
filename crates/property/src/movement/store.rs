//! The SQL of movements.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, PgConnection, PgExecutor};
use uuid::Uuid;

/// A row of `property_movement`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct MovementRow {
    pub item: Uuid,
    pub ordinal: i32,
    pub kind: String,
    pub at: DateTime<Utc>,
    pub from_place: Option<Uuid>,
    pub to_place: Option<Uuid>,
    pub hander: Option<Uuid>,
    pub hander_words: Option<String>,
    pub receiver: Option<Uuid>,
    pub receiver_words: Option<String>,
    pub subject: Option<Uuid>,
    pub proof: Option<String>,
    pub reason: String,
    pub article: String,
    pub document: Option<String>,
    pub files: Vec<String>,
    pub until: Option<NaiveDate>,
    pub amount_fen: Option<i64>,
    pub noted_by: Uuid,
}

pub(crate) async fn insert(connection: &mut PgConnection, row: &MovementRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into property_movement (item, ordinal, kind, at, from_place, to_place, hander, hander_words, receiver, receiver_words, subject,
            proof, reason, article, document, files, until, amount_fen, noted_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
    )
    .bind(row.item)
    .bind(row.ordinal)
    .bind(&row.kind)
    .bind(row.at)
    .bind(row.from_place)
    .bind(row.to_place)
    .bind(row.hander)
    .bind(&row.hander_words)
    .bind(row.receiver)
    .bind(&row.receiver_words)
    .bind(row.subject)
    .bind(&row.proof)
    .bind(&row.reason)
    .bind(&row.article)
    .bind(&row.document)
    .bind(&row.files)
    .bind(row.until)
    .bind(row.amount_fen)
    .bind(row.noted_by)
    .execute(connection)
    .await
    .map(drop)
}

/// The chain of an item, in its order.
pub(crate) async fn of(executor: impl PgExecutor<'_>, item: Uuid) -> sqlx::Result<Vec<MovementRow>> {
    sqlx::query_as("select * from property_movement where item = $1 order by ordinal").bind(item).fetch_all(executor).await
}

/// One line of the chain.
pub(crate) async fn one(connection: &mut PgConnection, item: Uuid, ordinal: i32) -> sqlx::Result<Option<MovementRow>> {
    sqlx::query_as("select * from property_movement where item = $1 and ordinal = $2")
        .bind(item)
        .bind(ordinal)
        .fetch_optional(connection)
        .await
}

/// Keeps that somebody looked at who fetched an item.
pub(crate) async fn keep_reveal(
    connection: &mut PgConnection,
    (item, ordinal): (Uuid, i32),
    person: Uuid,
    at: DateTime<Utc>,
    reason: &str,
) -> sqlx::Result<()> {
    sqlx::query("insert into property_reveal (item, ordinal, person, at, reason) values ($1, $2, $3, $4, $5)")
        .bind(item)
        .bind(ordinal)
        .bind(person)
        .bind(at)
        .bind(reason)
        .execute(connection)
        .await
        .map(drop)
}
