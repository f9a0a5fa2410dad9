//! SQL of orders.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

#[derive(Debug, Clone, FromRow)]
pub(crate) struct OrderRow {
    pub no: String,
    pub bill: Uuid,
    pub provider: String,
    pub fine_fen: i64,
    pub surcharge_fen: i64,
    pub code_url: Option<String>,
    pub state: String,
    pub made_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

pub(crate) async fn by_no(executor: impl PgExecutor<'_>, no: &str) -> sqlx::Result<Option<OrderRow>> {
    sqlx::query_as("select * from payment_order where no = $1").bind(no).fetch_optional(executor).await
}

/// An order that can still be paid for just these sums.
pub(crate) async fn open(
    executor: impl PgExecutor<'_>,
    bill: Uuid,
    (fine, surcharge): (i64, i64),
    from: DateTime<Utc>,
) -> sqlx::Result<Option<OrderRow>> {
    sqlx::query_as(
        "select * from payment_order where bill = $1 and fine_fen = $2 and surcharge_fen = $3 and state = 'offered' and expires_at > $4
         order by made_at desc limit 1",
    )
    .bind(bill)
    .bind(fine)
    .bind(surcharge)
    .bind(from)
    .fetch_optional(executor)
    .await
}

pub(crate) async fn insert(connection: &mut PgConnection, row: &OrderRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into payment_order (no, bill, provider, fine_fen, surcharge_fen, state, made_at, expires_at, looked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $7)",
    )
    .bind(&row.no)
    .bind(row.bill)
    .bind(&row.provider)
    .bind(row.fine_fen)
    .bind(row.surcharge_fen)
    .bind(&row.state)
    .bind(row.made_at)
    .bind(row.expires_at)
    .execute(connection)
    .await
    .map(drop)
}

/// The provider took it: people may pay. One that was paid meanwhile stays so.
pub(crate) async fn offered(executor: impl PgExecutor<'_>, no: &str, code_url: &str) -> sqlx::Result<()> {
    sqlx::query("update payment_order set code_url = $2, state = case when state = 'made' then 'offered' else state end where no = $1")
        .bind(no)
        .bind(code_url)
        .execute(executor)
        .await
        .map(drop)
}

pub(crate) async fn paid(connection: &mut PgConnection, no: &str) -> sqlx::Result<()> {
    sqlx::query("update payment_order set state = 'paid' where no = $1").bind(no).execute(connection).await.map(drop)
}

pub(crate) async fn over(executor: impl PgExecutor<'_>, no: &str) -> sqlx::Result<()> {
    sqlx::query("update payment_order set state = 'over' where no = $1 and state in ('made', 'offered')")
        .bind(no)
        .execute(executor)
        .await
        .map(drop)
}

/// Orders that nobody told anything of, those that were not asked about for longest first; and they are asked about now.
pub(crate) async fn to_look_at(
    pool: &PgPool,
    provider: &str,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
    most: i64,
) -> sqlx::Result<Vec<OrderRow>> {
    sqlx::query_as(
        "update payment_order set looked_at = $2 where no in (
            select no from payment_order where state in ('made', 'offered') and looked_at < $1 and provider = $4 order by looked_at limit $3 for update skip locked)
         returning *",
    )
    .bind(before)
    .bind(now)
    .bind(most)
    .bind(provider)
    .fetch_all(pool)
    .await
}
