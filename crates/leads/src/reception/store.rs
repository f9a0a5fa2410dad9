//! SQL of receptions.

use chrono::{DateTime, NaiveDate, Utc};
use docket::KeyOf;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

/// A reception as it was entered.
#[derive(Debug, Clone, FromRow)]
pub(super) struct ReceptionRow {
    pub round: i32,
    pub received_by: Uuid,
    pub received_at: DateTime<Utc>,
    pub summary: String,
    pub next_on: Option<NaiveDate>,
    pub reply: Option<String>,
    pub entered_by: Uuid,
    pub entered_at: DateTime<Utc>,
}

/// Receptions of a lead that are read, far beyond what one lives through.
const MOST: i64 = 500;

/// Those about a lead, the newest first.
pub(super) async fn of(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<ReceptionRow>> {
    sqlx::query_as(
        "select round, received_by, received_at, summary, next_on, reply, entered_by, entered_at from reception
         where region = $1 and lead_id = $2 order by received_at desc, round desc limit $3",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(MOST)
    .fetch_all(connection)
    .await
}

/// Keeps one, under the lead's lock; nothing where the same person received somebody at the same time.
pub(super) async fn insert(connection: &mut PgConnection, key: &KeyOf, row: &ReceptionRow) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar(
        "insert into reception (region, lead_id, round, received_by, received_at, summary, next_on, reply, entered_by, entered_at)
         select $1, $2, coalesce(max(round), 0) + 1, $3, $4, $5, $6, $7, $8, $9 from reception where region = $1 and lead_id = $2
         on conflict do nothing returning round",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(row.received_by)
    .bind(row.received_at)
    .bind(&row.summary)
    .bind(row.next_on)
    .bind(&row.reply)
    .bind(row.entered_by)
    .bind(row.entered_at)
    .fetch_optional(connection)
    .await
}
