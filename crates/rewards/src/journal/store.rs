//! SQL of the journal.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgPool};
use uuid::Uuid;

use super::{Account, Balances, Line};

/// Adds a line; the database moves its fen between the balances. Whoever writes has locked the programme.
pub(crate) async fn write(connection: &mut PgConnection, programme: Uuid, line: &Line, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "insert into reward_entry (programme, award, at, what, from_account, to_account, fen, person) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(programme)
    .bind(line.award)
    .bind(now)
    .bind(line.what.code())
    .bind(line.from.code())
    .bind(line.to.code())
    .bind(line.fen)
    .bind(line.person)
    .execute(connection)
    .await
    .map(drop)
}

/// What lies in each account.
pub(crate) async fn balances(connection: &mut PgConnection, programme: Uuid) -> sqlx::Result<Balances> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("select account, fen from reward_balance where programme = $1").bind(programme).fetch_all(connection).await?;
    Ok(read(rows))
}

/// The same as the journal says it: what came into each account less what left it.
pub(super) async fn summed(connection: &mut PgConnection, programme: Uuid) -> sqlx::Result<Balances> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "select account, sum(fen)::bigint from (
            select to_account as account, fen from reward_entry where programme = $1
            union all select from_account, -fen from reward_entry where programme = $1) as moved
         group by account",
    )
    .bind(programme)
    .fetch_all(connection)
    .await?;
    Ok(read(rows))
}

fn read(rows: Vec<(String, i64)>) -> Balances {
    Balances(rows.into_iter().filter_map(|(code, fen)| Some((code.parse::<Account>().ok()?, fen))).collect())
}

pub(super) async fn programmes(connection: &mut PgConnection) -> sqlx::Result<Vec<(Uuid, String)>> {
    sqlx::query_as("select id, name from reward_programme order by id").fetch_all(connection).await
}

/// What the awards of a programme say should lie in the accounts.
#[derive(Debug, FromRow)]
pub(super) struct Sums {
    pub reserved: i64,
    pub granted: i64,
    pub paid: i64,
    pub recover: i64,
}

pub(super) async fn sums_of_awards(connection: &mut PgConnection, programme: Uuid) -> sqlx::Result<Sums> {
    sqlx::query_as(
        "select coalesce(sum(fen) filter (where state = 'reserved'), 0)::bigint as reserved,
            coalesce(sum(fen) filter (where state in ('granted', 'claimed')), 0)::bigint as granted,
            coalesce(sum(fen) filter (where state = 'paid'), 0)::bigint as paid,
            coalesce(sum(fen) filter (where state = 'taken-back' and paid_at is not null), 0)::bigint as recover
         from reward_award where programme = $1",
    )
    .bind(programme)
    .fetch_one(connection)
    .await
}

/// Awards whose last line does not lead to the account of their state, or moved another amount than theirs.
pub(super) async fn led_wrong(connection: &mut PgConnection, programme: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from reward_award a left join lateral (
            select e.to_account, (select bool_or(o.fen <> a.fen) from reward_entry o where o.award = a.id) as other
            from reward_entry e where e.award = a.id order by e.id desc limit 1) l on true
         where a.programme = $1 and (coalesce(l.other, false) or coalesce(l.to_account, 'none') <> case
            when a.state = 'reserved' then 'reserved' when a.state in ('granted', 'claimed') then 'granted' when a.state = 'paid' then 'paid'
            when a.state = 'taken-back' and a.paid_at is not null then 'recover'
            when a.state = 'refused' and a.reason <> 'person' then 'none' else 'budget' end)",
    )
    .bind(programme)
    .fetch_one(connection)
    .await
}

/// A line of the journal with the number of its report.
#[derive(Debug, FromRow)]
pub(super) struct EntryRow {
    pub id: i64,
    pub at: DateTime<Utc>,
    pub what: String,
    pub from_account: String,
    pub to_account: String,
    pub fen: i64,
    pub person: Option<Uuid>,
    pub number: Option<String>,
}

/// Lines before one, the newest first.
pub(super) async fn lines(pool: &PgPool, programme: Uuid, before: Option<i64>, most: i64) -> sqlx::Result<Vec<EntryRow>> {
    sqlx::query_as(
        "select e.id, e.at, e.what, e.from_account, e.to_account, e.fen, e.person, a.number
         from reward_entry e left join reward_award a on a.id = e.award
         where e.programme = $1 and ($2::bigint is null or e.id < $2) order by e.id desc limit $3",
    )
    .bind(programme)
    .bind(before)
    .bind(most)
    .fetch_all(pool)
    .await
}
