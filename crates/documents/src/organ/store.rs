//! SQL of organs.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, PgConnection, PgPool};
use uuid::Uuid;

use super::OrganFacts;

/// Versions that are read: some decades of an office's changes.
const MOST: i64 = 2_000;

/// A version of what an organ says of itself.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct OrganRow {
    pub organisation: Uuid,
    pub version: i32,
    #[sqlx(flatten)]
    pub facts: OrganFacts,
    pub effective_from: NaiveDate,
    pub set_by: Uuid,
    pub set_at: DateTime<Utc>,
}

/// What holds on a day, an organ a row.
pub(crate) async fn in_force(connection: &mut PgConnection, region: &str, day: NaiveDate) -> sqlx::Result<Vec<(Uuid, OrganFacts)>> {
    let rows: Vec<OrganRow> = sqlx::query_as(
        "select distinct on (organisation) * from document_organ where region = $1 and effective_from <= $2
         order by organisation, effective_from desc, version desc limit 500",
    )
    .bind(region)
    .bind(day)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.organisation, row.facts)).collect())
}

/// Every version, an organ after the other, what holds last first.
pub(crate) async fn all(pool: &PgPool, region: &str) -> sqlx::Result<Vec<OrganRow>> {
    sqlx::query_as("select * from document_organ where region = $1 order by organisation, effective_from desc, version desc limit $2")
        .bind(region)
        .bind(MOST)
        .fetch_all(pool)
        .await
}

/// The newest version of an organ.
pub(crate) async fn newest(connection: &mut PgConnection, region: &str, organisation: Uuid) -> sqlx::Result<Option<OrganRow>> {
    sqlx::query_as("select * from document_organ where region = $1 and organisation = $2 order by version desc limit 1")
        .bind(region)
        .bind(organisation)
        .fetch_optional(connection)
        .await
}

/// Whether another organ has, or ever had, this word.
pub(crate) async fn is_word_of_another(connection: &mut PgConnection, region: &str, word: &str, organisation: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from document_organ where region = $1 and word = $2 and organisation <> $3)")
        .bind(region)
        .bind(word)
        .bind(organisation)
        .fetch_one(connection)
        .await
}

/// Adds a version.
pub(crate) async fn insert(connection: &mut PgConnection, region: &str, row: &OrganRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into document_organ (region, organisation, version, name, word, address, postcode, telephone, review_body, review_address,
            court, bank, bank_address, account, effective_from, set_by, set_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
    )
    .bind(region)
    .bind(row.organisation)
    .bind(row.version)
    .bind(&row.facts.name)
    .bind(&row.facts.word)
    .bind(&row.facts.address)
    .bind(&row.facts.postcode)
    .bind(&row.facts.telephone)
    .bind(&row.facts.review_body)
    .bind(&row.facts.review_address)
    .bind(&row.facts.court)
    .bind(&row.facts.bank)
    .bind(&row.facts.bank_address)
    .bind(&row.facts.account)
    .bind(row.effective_from)
    .bind(row.set_by)
    .bind(row.set_at)
    .execute(connection)
    .await
    .map(drop)
}
