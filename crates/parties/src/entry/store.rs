//! SQL of entering: locks, attempts, sessions.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

/// How often a code was tried in vain.
#[derive(Debug, Clone, FromRow)]
pub(super) struct LockRow {
    pub failures: i32,
    pub locked_until: Option<DateTime<Utc>>,
}

/// Holds a code, known or not, until the transaction ends: attempts at the same code come one after the other.
pub(super) async fn hold(connection: &mut PgConnection, hash: &[u8], now: DateTime<Utc>) -> sqlx::Result<LockRow> {
    sqlx::query_as(
        "insert into party_lock (hash, failures, last_at) values ($1, 0, $2)
         on conflict (hash) do update set last_at = excluded.last_at returning failures, locked_until",
    )
    .bind(hash)
    .bind(now)
    .fetch_one(connection)
    .await
}

pub(super) async fn note_failure(
    connection: &mut PgConnection,
    hash: &[u8],
    failures: i32,
    until: Option<DateTime<Utc>>,
) -> sqlx::Result<()> {
    sqlx::query("update party_lock set failures = $2, locked_until = $3 where hash = $1")
        .bind(hash)
        .bind(failures)
        .bind(until)
        .execute(connection)
        .await
        .map(drop)
}

pub(super) async fn forget_failures(connection: &mut PgConnection, hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query("delete from party_lock where hash = $1").bind(hash).execute(connection).await.map(drop)
}

/// Forgets what was tried long ago, a bounded number at once.
pub(super) async fn sweep(connection: &mut PgConnection, locks_before: DateTime<Utc>, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "delete from party_lock where hash in (select hash from party_lock where last_at < $1 and (locked_until is null or locked_until < $2)
            order by last_at limit 200 for update skip locked)",
    )
    .bind(locks_before)
    .bind(now)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "delete from party_session where hash in (select hash from party_session where expires_at < $1 limit 200 for update skip locked)",
    )
    .bind(now)
    .execute(connection)
    .await
    .map(drop)
}

pub(super) async fn note_attempt(
    connection: &mut PgConnection,
    at: DateTime<Utc>,
    address: &[u8],
    code: Option<Uuid>,
    outcome: &'static str,
) -> sqlx::Result<()> {
    sqlx::query("insert into party_attempt (at, address, code, outcome) values ($1, $2, $3, $4)")
        .bind(at)
        .bind(address)
        .bind(code)
        .bind(outcome)
        .execute(connection)
        .await
        .map(drop)
}

pub(super) async fn begin(
    connection: &mut PgConnection,
    hash: &[u8],
    code: Uuid,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query("insert into party_session (hash, code, entered_at, seen_at, expires_at) values ($1, $2, $3, $3, $4)")
        .bind(hash)
        .bind(code)
        .bind(now)
        .bind(expires_at)
        .execute(connection)
        .await
        .map(drop)
}

/// A session that still runs, with the case and party of its code.
#[derive(Debug, Clone, FromRow)]
pub(super) struct SessionRow {
    pub region: String,
    pub case_id: Uuid,
    pub party: i16,
    pub code: Uuid,
}

/// The session of a token, seen now; nothing where it ended, lay idle too long, or its code was taken back.
pub(super) async fn session(
    connection: &mut PgConnection,
    hash: &[u8],
    now: DateTime<Utc>,
    idle: DateTime<Utc>,
) -> sqlx::Result<Option<SessionRow>> {
    sqlx::query_as(
        "update party_session s set seen_at = $2 from party_code c
         where s.hash = $1 and c.id = s.code and c.revoked_at is null and s.expires_at > $2 and s.seen_at > $3
         returning c.region, c.case_id, c.party, c.id as code",
    )
    .bind(hash)
    .bind(now)
    .bind(idle)
    .fetch_optional(connection)
    .await
}

pub(super) async fn end(connection: &mut PgConnection, hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query("delete from party_session where hash = $1").bind(hash).execute(connection).await.map(drop)
}

/// When a code last let somebody in.
pub(crate) async fn last_entry(connection: &mut PgConnection, code: Uuid) -> sqlx::Result<Option<DateTime<Utc>>> {
    sqlx::query_scalar("select max(at) from party_attempt where code = $1 and outcome = 'entered'").bind(code).fetch_one(connection).await
}
