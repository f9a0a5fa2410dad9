//! SQL of payouts.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgPool};
use uuid::Uuid;

/// A payout with how far it is.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct PayoutRow {
    pub id: Uuid,
    pub programme: Uuid,
    pub number: String,
    pub awards: i64,
    pub fen: i64,
    pub made_by: Uuid,
    pub made_at: DateTime<Utc>,
    pub paid: i64,
    pub waiting: i64,
}

const SELECT: &str = "select p.id, p.programme, p.number, p.awards, p.fen, p.made_by, p.made_at, n.paid, n.waiting from reward_payout p
    cross join lateral (select count(*) filter (where a.paid_at is not null) as paid, count(*) filter (where a.state = 'claimed') as waiting
        from reward_award a where a.payout = p.id) n where p.region = $1";

pub(crate) async fn insert(
    connection: &mut PgConnection,
    region: &str,
    (id, programme, number): (Uuid, Uuid, &str),
    by: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into reward_payout (id, region, programme, number, awards, fen, made_by, made_at) values ($1, $2, $3, $4, 0, 0, $5, $6)",
    )
    .bind(id)
    .bind(region)
    .bind(programme)
    .bind(number)
    .bind(by)
    .bind(now)
    .execute(connection)
    .await
    .map(drop)
}

pub(crate) async fn set_sums(connection: &mut PgConnection, id: Uuid, awards: i64, fen: i64) -> sqlx::Result<()> {
    sqlx::query("update reward_payout set awards = $2, fen = $3 where id = $1")
        .bind(id)
        .bind(awards)
        .bind(fen)
        .execute(connection)
        .await
        .map(drop)
}

pub(crate) async fn list(pool: &PgPool, region: &str, most: i64) -> sqlx::Result<Vec<PayoutRow>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("{SELECT} order by p.id desc limit $2"))).bind(region).bind(most).fetch_all(pool).await
}

pub(crate) async fn one(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<PayoutRow>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("{SELECT} and p.id = $2"))).bind(region).bind(id).fetch_optional(connection).await
}

/// Notes that somebody took the file out.
pub(crate) async fn read_by(connection: &mut PgConnection, id: Uuid, by: Uuid, plain: bool, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("insert into reward_payout_read (payout, person, at, plain) values ($1, $2, $3, $4)")
        .bind(id)
        .bind(by)
        .bind(now)
        .bind(plain)
        .execute(connection)
        .await
        .map(drop)
}
