//! SQL of refunds.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

#[derive(Debug, Clone, FromRow)]
pub(crate) struct RefundRow {
    pub id: Uuid,
    pub receipt: Uuid,
    pub fen: i64,
    pub reason: String,
    pub state: String,
    pub asked_by: Uuid,
    pub asked_at: DateTime<Utc>,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTime<Utc>>,
    pub note: Option<String>,
    pub provider_no: Option<String>,
    pub done_at: Option<DateTime<Utc>>,
    /// The receipt's number and sum.
    pub number: String,
    pub of_fen: i64,
    pub transaction_no: String,
    /// Who took the money: he alone can give it back.
    pub provider: String,
    pub attempt: i16,
}

/// A refund with its receipt's number, sum and transaction.
macro_rules! whole {
    ($tail:literal) => {
        concat!(
            "select f.id, f.receipt, f.fen, f.reason, f.state, f.asked_by, f.asked_at, f.decided_by, f.decided_at, f.note, f.provider_no,
            f.done_at, r.number, r.fen as of_fen, r.transaction_no, r.provider, f.attempt from payment_refund f join payment_receipt r on r.id = f.receipt ",
            $tail
        )
    };
}

pub(crate) async fn is_open(executor: impl PgExecutor<'_>, receipt: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from payment_refund where receipt = $1 and state in ('asked', 'approved', 'failed'))")
        .bind(receipt)
        .fetch_one(executor)
        .await
}

#[expect(clippy::too_many_arguments, reason = "the columns of one row")]
pub(super) async fn insert(
    connection: &mut PgConnection,
    id: Uuid,
    region: &str,
    receipt: Uuid,
    fen: i64,
    reason: &str,
    person: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into payment_refund (id, region, receipt, fen, reason, state, asked_by, asked_at, looked_at)
         values ($1, $2, $3, $4, $5, 'asked', $6, $7, $7)",
    )
    .bind(id)
    .bind(region)
    .bind(receipt)
    .bind(fen)
    .bind(reason)
    .bind(person)
    .bind(now)
    .execute(connection)
    .await
    .map(drop)
}

pub(super) async fn by_id(executor: impl PgExecutor<'_>, region: &str, id: Uuid) -> sqlx::Result<Option<RefundRow>> {
    sqlx::query_as(whole!("where f.region = $1 and f.id = $2")).bind(region).bind(id).fetch_optional(executor).await
}

pub(super) async fn list(pool: &PgPool, region: &str, waiting: bool, before: Option<Uuid>, most: i64) -> sqlx::Result<Vec<RefundRow>> {
    sqlx::query_as(whole!(
        "where f.region = $1 and (not $2 or f.state in ('asked', 'approved', 'failed')) and ($3::uuid is null or f.id < $3) order by f.id desc limit $4"
    ))
    .bind(region).bind(waiting).bind(before).bind(most).fetch_all(pool).await
}

/// Decides what is asked for, or what the provider refused: then it is sent under the next number. `false` where somebody decided before.
pub(super) async fn decide(
    connection: &mut PgConnection,
    id: Uuid,
    (state, note): (&str, Option<&str>),
    person: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update payment_refund set state = $2, note = $3, decided_by = $4, decided_at = $5, refusals = 0,
                attempt = attempt + case when state = 'failed' and $2 = 'approved' then 1 else 0 end
             where id = $1 and state in ('asked', 'failed')",
    )
    .bind(id)
    .bind(state)
    .bind(note)
    .bind(person)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Held until the transaction ends; only one that is approved and not done.
pub(super) async fn lock_approved(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    let found: Option<Uuid> = sqlx::query_scalar("select id from payment_refund where id = $1 and state = 'approved' for update")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

pub(super) async fn done(connection: &mut PgConnection, id: Uuid, provider_no: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update payment_refund set state = 'done', provider_no = $2, done_at = $3 where id = $1")
        .bind(id)
        .bind(provider_no)
        .bind(now)
        .execute(connection)
        .await
        .map(drop)
}

/// What the provider said against it, for people to read.
pub(super) async fn said(executor: impl PgExecutor<'_>, id: Uuid, words: &str) -> sqlx::Result<()> {
    sqlx::query("update payment_refund set note = $2 where id = $1 and state = 'approved'")
        .bind(id)
        .bind(words)
        .execute(executor)
        .await
        .map(drop)
}

/// The provider refused it, in these words: for good, or once more, and after `most` times for good.
pub(super) async fn refused(executor: impl PgExecutor<'_>, id: Uuid, words: &str, last: bool, most: i16) -> sqlx::Result<()> {
    sqlx::query(
        "update payment_refund set note = $2, refusals = refusals + 1,
            state = case when $3 or refusals + 1 >= $4 then 'failed' else state end
         where id = $1 and state = 'approved'",
    )
    .bind(id)
    .bind(words)
    .bind(last)
    .bind(most)
    .execute(executor)
    .await
    .map(drop)
}

/// Approved refunds, those that were not tried for longest first; and they are tried now.
pub(super) async fn to_send(
    pool: &PgPool,
    (region, provider): (&str, &str),
    before: DateTime<Utc>,
    now: DateTime<Utc>,
    most: i64,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "update payment_refund set looked_at = $3 where id in (
            select f.id from payment_refund f join payment_receipt r on r.id = f.receipt
            where f.region = $1 and f.state = 'approved' and f.looked_at < $2 and r.provider = $5
            order by f.looked_at limit $4 for update of f skip locked)
         returning id",
    )
    .bind(region)
    .bind(before)
    .bind(now)
    .bind(most)
    .bind(provider)
    .fetch_all(pool)
    .await
}
