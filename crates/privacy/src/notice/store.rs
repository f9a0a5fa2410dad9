//! SQL of notices.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgExecutor};
use uuid::Uuid;

use super::PrivacyNotice;

/// Versions of a list; a city publishes a few a year.
const MOST: i64 = 200;

pub(crate) async fn newest(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Option<PrivacyNotice>> {
    sqlx::query_as("select number, text, minors, published_at from privacy_notice where region = $1 order by number desc limit 1")
        .bind(region)
        .fetch_optional(executor)
        .await
}

/// The newest first.
pub(super) async fn all(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Vec<PrivacyNotice>> {
    sqlx::query_as("select number, text, minors, published_at from privacy_notice where region = $1 order by number desc limit $2")
        .bind(region)
        .bind(MOST)
        .fetch_all(executor)
        .await
}

/// A draft.
#[derive(Debug, Clone, FromRow)]
pub(super) struct DraftRow {
    pub text: String,
    pub minors: String,
    pub version: i64,
}

pub(super) async fn draft(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Option<DraftRow>> {
    sqlx::query_as("select text, minors, version from privacy_notice_draft where region = $1").bind(region).fetch_optional(executor).await
}

/// Writes the draft as `version`; false when somebody else wrote that version first.
pub(super) async fn save_draft(
    connection: &mut PgConnection,
    region: &str,
    draft: &DraftRow,
    by: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into privacy_notice_draft as d (region, text, minors, version, changed_by, changed_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (region) do update set text = excluded.text, minors = excluded.minors, version = excluded.version,
            changed_by = excluded.changed_by, changed_at = excluded.changed_at where d.version = excluded.version - 1",
    )
    .bind(region)
    .bind(&draft.text)
    .bind(&draft.minors)
    .bind(draft.version)
    .bind(by)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Publishes a draft as `number`; false when that number was published meanwhile.
pub(super) async fn publish(
    connection: &mut PgConnection,
    region: &str,
    number: i64,
    draft: &DraftRow,
    by: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into privacy_notice (region, number, text, minors, published_by, published_at) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing",
    )
    .bind(region)
    .bind(number)
    .bind(&draft.text)
    .bind(&draft.minors)
    .bind(by)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}
