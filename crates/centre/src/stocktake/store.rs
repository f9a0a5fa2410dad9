//! The SQL of stock-takes.

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, QueryBuilder};
use uuid::Uuid;

use super::Subject;
use crate::scope;

/// A stock-take with its counts.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct TakeRow {
    pub id: Uuid,
    pub subject: String,
    pub state: String,
    pub started_by: Uuid,
    pub started_at: DateTime<Utc>,
    pub finished_by: Option<Uuid>,
    pub finished_at: Option<DateTime<Utc>>,
    pub expected: i64,
    pub found: i64,
    pub unexpected: i64,
    pub unsettled: i64,
}

/// A line.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct LineRow {
    pub code: String,
    pub name: Option<String>,
    pub expected: bool,
    pub found_at: Option<DateTime<Utc>>,
    pub found_by: Option<Uuid>,
    pub settlement: Option<String>,
    pub settled_by: Option<Uuid>,
}

/// Stock-takes on a scope's ground, the newest first; one of them where it is named.
pub(crate) async fn list(
    connection: &mut PgConnection,
    scope: &Scope,
    region: &str,
    id: Option<Uuid>,
    most: i64,
) -> sqlx::Result<Vec<TakeRow>> {
    let mut query = QueryBuilder::new(
        "select s.*, n.expected, n.found, n.unexpected, n.unsettled from centre_stocktake s cross join lateral (
            select count(*) filter (where expected) as expected, count(*) filter (where expected and found_at is not null) as found,
                count(*) filter (where not expected) as unexpected,
                count(*) filter (where settled_at is null and (found_at is null or not expected)) as unsettled
            from centre_stocktake_line l where l.stocktake = s.id) n where s.region = ",
    );
    query.push_bind(region.to_owned());
    scope::push_inside(&mut query, scope, "s.jurisdiction");
    if let Some(id) = id {
        query.push(" and s.id = ").push_bind(id);
    }
    query.push(" order by s.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(connection).await
}

/// Holds a stock-take until the commit and says its state.
pub(crate) async fn hold(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("select state from centre_stocktake where id = $1 for update").bind(id).fetch_optional(connection).await
}

/// Begins a stock-take of what should be on its place on a ground now; `false` where one goes on.
pub(crate) async fn start(
    connection: &mut PgConnection,
    (id, region, jurisdiction): (Uuid, &str, &str),
    subject: Subject,
    by: Uuid,
    at: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into centre_stocktake (id, region, jurisdiction, subject, state, started_by, started_at) values ($1, $2, $3, $4, 'open', $5, $6)
         on conflict (region, jurisdiction, subject) where state = 'open' do nothing",
    )
    .bind(id)
    .bind(region)
    .bind(jurisdiction)
    .bind(subject.code())
    .bind(by)
    .bind(at)
    .execute(&mut *connection)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let lines = match subject {
        Subject::Volumes => {
            "insert into centre_stocktake_line (stocktake, code, name, expected)
             select $1, code, case_number, true from centre_volume where region = $2 and starts_with(jurisdiction, $3) and state in ('shelved', 'missing')"
        }
        Subject::Devices => {
            "insert into centre_stocktake_line (stocktake, code, name, expected)
             select $1, code, name, true from centre_device where region = $2 and starts_with(jurisdiction, $3) and state in ('in', 'fault')"
        }
    };
    sqlx::query(lines).bind(id).bind(region).bind(jurisdiction).execute(connection).await?;
    Ok(true)
}

/// Marks what was expected found; `false` where it was found before or is not expected.
pub(crate) async fn found(connection: &mut PgConnection, take: Uuid, code: &str, by: Uuid, at: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update centre_stocktake_line set found_at = $4, found_by = $3 where stocktake = $1 and code = $2 and expected and found_at is null",
    )
    .bind(take)
    .bind(code)
    .bind(by)
    .bind(at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Adds what should not be here; `false` where the code has a line already, or there are `most` of them.
pub(crate) async fn unexpected(
    connection: &mut PgConnection,
    (take, code): (Uuid, &str),
    by: Uuid,
    at: DateTime<Utc>,
    most: i64,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into centre_stocktake_line (stocktake, code, name, expected, found_at, found_by)
         select $1, $2, coalesce((select case_number from centre_volume where code = $2), (select name from centre_device where code = $2)),
            false, $4, $3
         where (select count(*) from centre_stocktake_line where stocktake = $1 and not expected) < $5
         on conflict (stocktake, code) do nothing",
    )
    .bind(take)
    .bind(code)
    .bind(by)
    .bind(at)
    .bind(most)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The lines, differences first.
pub(crate) async fn lines(connection: &mut PgConnection, take: Uuid) -> sqlx::Result<Vec<LineRow>> {
    sqlx::query_as(
        "select code, name, expected, found_at, found_by, settlement, settled_by from centre_stocktake_line where stocktake = $1
         order by (expected and found_at is not null), expected desc, code limit 20000",
    )
    .bind(take)
    .fetch_all(connection)
    .await
}

/// Ends the scanning: closed at once where nothing differs. A volume that was not found is missing from now on.
pub(crate) async fn finish(connection: &mut PgConnection, take: Uuid, by: Uuid, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "update centre_stocktake s set finished_by = $2, finished_at = $3,
            state = case when n.open = 0 then 'closed' else 'finished' end, closed_at = case when n.open = 0 then $3 end
         from (select count(*) filter (where found_at is null or not expected) as open from centre_stocktake_line where stocktake = $1) n
         where s.id = $1",
    )
    .bind(take)
    .bind(by)
    .bind(at)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "update centre_volume v set state = case when l.found_at is null then 'missing' else 'shelved' end from centre_stocktake_line l
         where l.stocktake = $1 and l.expected and l.code = v.code and v.state in ('shelved', 'missing')",
    )
    .bind(take)
    .execute(connection)
    .await
    .map(drop)
}

/// Whether a code is a difference that is not settled.
pub(crate) async fn differs(connection: &mut PgConnection, take: Uuid, code: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from centre_stocktake_line where stocktake = $1 and code = $2 and settled_at is null
            and (found_at is null or not expected))",
    )
    .bind(take)
    .bind(code)
    .fetch_one(connection)
    .await
}

/// Settles a difference, and closes the stock-take with the last one.
pub(crate) async fn settle(
    connection: &mut PgConnection,
    (take, code): (Uuid, &str),
    words: &str,
    by: Uuid,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query("update centre_stocktake_line set settlement = $3, settled_by = $4, settled_at = $5 where stocktake = $1 and code = $2")
        .bind(take)
        .bind(code)
        .bind(words)
        .bind(by)
        .bind(at)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "update centre_stocktake set state = 'closed', closed_at = $2 where id = $1 and not exists (select from centre_stocktake_line
            where stocktake = $1 and settled_at is null and (found_at is null or not expected))",
    )
    .bind(take)
    .bind(at)
    .execute(connection)
    .await
    .map(drop)
}

/// Whether somebody scanned anything in a stock-take.
pub(crate) async fn scanned(connection: &mut PgConnection, take: Uuid, person: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from centre_stocktake_line where stocktake = $1 and found_by = $2)")
        .bind(take)
        .bind(person)
        .fetch_one(connection)
        .await
}
