//! SQL of codes by text message.

use chrono::{DateTime, Duration, Utc};
use sqlx::{FromRow, PgConnection, PgExecutor};
use uuid::Uuid;

use super::{TextCodes, rules::Lately};

/// The setting of a district; the usual one where it made none.
pub(crate) async fn setting(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<TextCodes> {
    let row: Option<(String, i32)> =
        sqlx::query_as("select mode, daily_most from text_code_setting where region = $1").bind(region).fetch_optional(executor).await?;
    Ok(row.map_or_else(TextCodes::default, |(mode, daily_most)| TextCodes {
        mode: mode.parse().unwrap_or(TextCodes::default().mode),
        daily_most,
    }))
}

/// The setting, locked until the transaction ends: whoever sends or sets waits, so that limits hold however many ask at once.
pub(super) async fn lock_setting(connection: &mut PgConnection, region: &str) -> sqlx::Result<TextCodes> {
    let usual = TextCodes::default();
    sqlx::query("insert into text_code_setting (region, mode, daily_most) values ($1, $2, $3) on conflict do nothing")
        .bind(region)
        .bind(usual.mode.code())
        .bind(usual.daily_most)
        .execute(&mut *connection)
        .await?;
    sqlx::query("select from text_code_setting where region = $1 for update").bind(region).execute(&mut *connection).await?;
    setting(connection, region).await
}

pub(super) async fn set(connection: &mut PgConnection, region: &str, setting: TextCodes) -> sqlx::Result<()> {
    sqlx::query("update text_code_setting set mode = $2, daily_most = $3 where region = $1")
        .bind(region)
        .bind(setting.mode.code())
        .bind(setting.daily_most)
        .execute(connection)
        .await
        .map(drop)
}

/// What was sent of late, to a telephone and altogether.
pub(super) async fn lately(
    connection: &mut PgConnection,
    region: &str,
    telephone: &[u8],
    now: DateTime<Utc>,
    apart: Duration,
) -> sqlx::Result<Lately> {
    let row: (i64, i64, i64, i64) = sqlx::query_as(
        "select count(*) filter (where sent_at > $3), count(*) filter (where sent_at > $4), count(*),
            (select count(*) from text_code where region = $1 and sent_at > $5)
         from text_code where region = $1 and telephone = $2 and sent_at > $5",
    )
    .bind(region)
    .bind(telephone)
    .bind(now - apart)
    .bind(now - Duration::hours(1))
    .bind(now - Duration::hours(24))
    .fetch_one(connection)
    .await?;
    Ok(Lately { minute: row.0, hour: row.1, day: row.2, all: row.3 })
}

/// Throws away what no limit looks back at any more.
pub(super) async fn sweep(connection: &mut PgConnection, region: &str, before: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("delete from text_code where region = $1 and sent_at < $2").bind(region).bind(before).execute(connection).await.map(drop)
}

pub(super) async fn insert(
    connection: &mut PgConnection,
    region: &str,
    id: Uuid,
    (telephone, digest): (&[u8], &[u8]),
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query("insert into text_code (id, region, telephone, digest, sent_at) values ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(region)
        .bind(telephone)
        .bind(digest)
        .bind(now)
        .execute(connection)
        .await
        .map(drop)
}

/// A code that was sent.
#[derive(FromRow)]
pub(super) struct CodeRow {
    pub telephone: Vec<u8>,
    pub digest: Vec<u8>,
    pub sent_at: DateTime<Utc>,
    pub tries: i32,
    pub used_for: Option<String>,
}

/// A code, locked until the transaction ends: two guesses at once are two tries.
pub(super) async fn lock(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<CodeRow>> {
    sqlx::query_as("select telephone, digest, sent_at, tries, used_for from text_code where region = $1 and id = $2 for update")
        .bind(region)
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// Counts a try, and notes the report that a right one is used for.
pub(super) async fn tried(connection: &mut PgConnection, region: &str, id: Uuid, used_for: Option<&str>) -> sqlx::Result<()> {
    sqlx::query("update text_code set tries = tries + 1, used_for = coalesce(used_for, $3) where region = $1 and id = $2")
        .bind(region)
        .bind(id)
        .bind(used_for)
        .execute(connection)
        .await
        .map(drop)
}
