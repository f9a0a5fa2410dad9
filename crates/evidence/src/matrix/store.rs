//! The SQL of the matrix.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{EvidenceFact, Matrix};

/// A row of `evidence_matrix`.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct HeadRow {
    pub revision: i32,
    pub changed_by: Uuid,
    pub changed_at: DateTime<Utc>,
}

pub(crate) async fn of(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Matrix> {
    let head = sqlx::query_as("SELECT revision, changed_by, changed_at FROM evidence_matrix WHERE region = $1 AND docket = $2")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_optional(&mut *connection)
        .await?;
    let facts: Vec<(String, Option<String>, Vec<Uuid>)> =
        sqlx::query_as("SELECT words, article, proofs FROM evidence_fact WHERE region = $1 AND docket = $2 ORDER BY ordinal")
            .bind(&key.region)
            .bind(key.id.uuid())
            .fetch_all(connection)
            .await?;
    let facts = facts.into_iter().map(|(words, article, proofs)| EvidenceFact { words, article, proofs }).collect();
    Ok(Matrix { head, facts })
}

/// Puts the facts in the place of those that stood, as a new revision.
pub(crate) async fn replace(connection: &mut PgConnection, key: &KeyOf, head: &HeadRow, facts: &[EvidenceFact]) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO evidence_matrix (region, docket, revision, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (region, docket) DO UPDATE SET revision = $3, changed_by = $4, changed_at = $5",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(head.revision)
    .bind(head.changed_by)
    .bind(head.changed_at)
    .execute(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM evidence_fact WHERE region = $1 AND docket = $2")
        .bind(&key.region)
        .bind(key.id.uuid())
        .execute(&mut *connection)
        .await?;
    for (ordinal, fact) in (1_i32..).zip(facts) {
        sqlx::query("INSERT INTO evidence_fact (region, docket, ordinal, words, article, proofs) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(&key.region)
            .bind(key.id.uuid())
            .bind(ordinal)
            .bind(&fact.words)
            .bind(&fact.article)
            .bind(&fact.proofs)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
