//! SQL of what is kept about a reporter.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgPool};
use uuid::Uuid;

pub(crate) async fn by_number(pool: &PgPool, region: &str, number: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar("select id from docket where region = $1 and kind = 'lead' and number = $2")
        .bind(region)
        .bind(number)
        .fetch_optional(pool)
        .await
}

/// The reporter of a lead in the vault.
pub(crate) async fn subject(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<Uuid>> {
    let row: Option<Option<Uuid>> = sqlx::query_scalar("select reporter_subject from lead where region = $1 and id = $2")
        .bind(region)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    Ok(row.flatten())
}

/// What another system was told of a lead.
#[derive(Debug, FromRow)]
pub(super) struct AnswerRow {
    pub source: String,
    pub words: String,
    pub state: String,
    pub made_at: DateTime<Utc>,
}

pub(super) async fn answers(connection: &mut PgConnection, region: &str, lead: Uuid) -> sqlx::Result<Vec<AnswerRow>> {
    sqlx::query_as("select source, words, state, made_at from answer where region = $1 and lead_id = $2 order by made_at limit 100")
        .bind(region)
        .bind(lead)
        .fetch_all(connection)
        .await
}

/// A ledger line: when, by which role, what.
#[derive(Debug, FromRow)]
pub(super) struct StepRow {
    pub at: DateTime<Utc>,
    pub role: Option<String>,
    pub action: String,
}

pub(super) async fn steps(connection: &mut PgConnection, region: &str, lead: Uuid) -> sqlx::Result<Vec<StepRow>> {
    sqlx::query_as("select at, role, action from ledger_entry where region = $1 and docket_id = $2 order by seq limit 1000")
        .bind(region)
        .bind(lead)
        .fetch_all(connection)
        .await
}
