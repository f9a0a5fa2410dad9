//! SQL of remarks.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

use super::RemarkKind;

/// A remark as it is kept.
#[derive(Debug, FromRow)]
pub(in crate::case) struct RemarkRow {
    pub kind: String,
    pub at: DateTime<Utc>,
    pub person: Uuid,
    pub text: String,
}

pub(super) async fn insert(
    connection: &mut PgConnection,
    key: &KeyOf,
    kind: RemarkKind,
    at: DateTime<Utc>,
    person: Uuid,
    text: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into case_remark (region, case_id, ordinal, kind, at, person, text)
         values ($1, $2, coalesce((select max(ordinal) from case_remark where region = $1 and case_id = $2), 0) + 1, $3, $4, $5, $6)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(kind.code())
    .bind(at)
    .bind(person)
    .bind(text)
    .execute(connection)
    .await?;
    Ok(())
}

/// Remembers whether a case lies with its officers because it was sent back.
pub(super) async fn mark(connection: &mut PgConnection, key: &KeyOf, sent_back: bool) -> sqlx::Result<()> {
    sqlx::query("update enforcement_case set sent_back = $3 where region = $1 and id = $2")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(sent_back)
        .execute(connection)
        .await?;
    Ok(())
}

/// The last remarks on a case, newest first.
pub(in crate::case) async fn of(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<RemarkRow>> {
    sqlx::query_as("select kind, at, person, text from case_remark where region = $1 and case_id = $2 order by ordinal desc limit 100")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_all(connection)
        .await
}
