//! The SQL of stock-takes.

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, QueryBuilder};
use uuid::Uuid;

use crate::scope;

/// A stock-take with its counts.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct TakeRow {
    pub id: Uuid,
    pub place: Uuid,
    pub place_name: String,
    pub state: String,
    pub started_by: Uuid,
    pub started_at: DateTime<Utc>,
    pub finished_by: Option<Uuid>,
    pub finished_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub expected: i64,
    pub found: i64,
    pub unexpected: i64,
    pub unsettled: i64,
}

/// A line with what its item is.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct LineRow {
    pub code: String,
    pub item: Option<Uuid>,
    pub expected: bool,
    pub found_at: Option<DateTime<Utc>>,
    pub found_by: Option<Uuid>,
    pub settlement: Option<String>,
    pub settled_by: Option<Uuid>,
    pub settled_at: Option<DateTime<Utc>>,
    pub name: Option<String>,
    pub place_name: Option<String>,
    pub case_number: Option<String>,
}

const COUNTED: &str = "select s.*, p.name as place_name, n.expected, n.found, n.unexpected, n.unsettled
    from property_stocktake s join property_place p on p.id = s.place cross join lateral (
        select count(*) filter (where expected) as expected, count(*) filter (where expected and found_at is not null) as found,
            count(*) filter (where not expected) as unexpected,
            count(*) filter (where settled_at is null and (found_at is null or not expected)) as unsettled
        from property_stocktake_line l where l.stocktake = s.id) n where s.region = ";

/// The newest stock-takes on a scope's ground.
pub(crate) async fn list(
    connection: &mut PgConnection,
    scope: &Scope,
    region: &str,
    place: Option<Uuid>,
    most: i64,
) -> sqlx::Result<Vec<TakeRow>> {
    let mut query = QueryBuilder::new(COUNTED);
    query.push_bind(region.to_owned());
    scope::push(&mut query, scope, &["p.jurisdiction"]);
    if let Some(place) = place {
        query.push(" and s.place = ").push_bind(place);
    }
    query.push(" order by s.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(connection).await
}

/// One stock-take on a scope's ground.
pub(crate) async fn one(connection: &mut PgConnection, scope: &Scope, region: &str, id: Uuid) -> sqlx::Result<Option<TakeRow>> {
    let mut query = QueryBuilder::new(COUNTED);
    query.push_bind(region.to_owned()).push(" and s.id = ").push_bind(id);
    scope::push(&mut query, scope, &["p.jurisdiction"]);
    query.build_query_as().fetch_optional(connection).await
}

/// Holds a stock-take until the commit and says its state.
pub(crate) async fn hold(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("select state from property_stocktake where id = $1 for update").bind(id).fetch_optional(connection).await
}

/// Begins a stock-take of what is in the place now; `false` where one goes on.
pub(crate) async fn start(
    connection: &mut PgConnection,
    (id, region): (Uuid, &str),
    place: Uuid,
    by: Uuid,
    at: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into property_stocktake (id, region, place, state, started_by, started_at) values ($1, $2, $3, 'open', $4, $5)
         on conflict (place) where state = 'open' do nothing",
    )
    .bind(id)
    .bind(region)
    .bind(place)
    .bind(by)
    .bind(at)
    .execute(&mut *connection)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(
        "insert into property_stocktake_line (stocktake, code, item, expected) select $1, code, id, true from property_item where place = $2",
    )
    .bind(id)
    .bind(place)
    .execute(connection)
    .await?;
    Ok(true)
}

/// Marks an expected item found: how many lines that changed, 0 where it was found before or is not expected.
pub(crate) async fn found(connection: &mut PgConnection, take: Uuid, code: &str, by: Uuid, at: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update property_stocktake_line set found_at = $4, found_by = $3 where stocktake = $1 and code = $2 and expected and found_at is null",
    )
    .bind(take)
    .bind(code)
    .bind(by)
    .bind(at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Adds something that should not be here; `false` where the code has a line already.
pub(crate) async fn unexpected(
    connection: &mut PgConnection,
    (take, code): (Uuid, &str),
    item: Option<Uuid>,
    by: Uuid,
    at: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into property_stocktake_line (stocktake, code, item, expected, found_at, found_by) values ($1, $2, $3, false, $5, $4)
         on conflict (stocktake, code) do nothing",
    )
    .bind(take)
    .bind(code)
    .bind(item)
    .bind(by)
    .bind(at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// How many lines were added by scanning what should not be there.
pub(crate) async fn strangers(connection: &mut PgConnection, take: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from property_stocktake_line where stocktake = $1 and not expected")
        .bind(take)
        .fetch_one(connection)
        .await
}

/// The lines, differences first.
pub(crate) async fn lines(connection: &mut PgConnection, take: Uuid) -> sqlx::Result<Vec<LineRow>> {
    sqlx::query_as(
        "select l.code, l.item, l.expected, l.found_at, l.found_by, l.settlement, l.settled_by, l.settled_at, i.name,
            p.name as place_name, i.case_number
         from property_stocktake_line l left join property_item i on i.id = l.item left join property_place p on p.id = i.place
         where l.stocktake = $1 order by (l.expected and l.found_at is not null), l.expected desc, l.code",
    )
    .bind(take)
    .fetch_all(connection)
    .await
}

/// Ends the scanning: closed at once where nothing differs.
pub(crate) async fn finish(connection: &mut PgConnection, take: Uuid, by: Uuid, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "update property_stocktake s set finished_by = $2, finished_at = $3,
            state = case when n.open = 0 then 'closed' else 'finished' end, closed_at = case when n.open = 0 then $3 end
         from (select count(*) filter (where found_at is null or not expected) as open from property_stocktake_line where stocktake = $1) n
         where s.id = $1",
    )
    .bind(take)
    .bind(by)
    .bind(at)
    .execute(connection)
    .await
    .map(drop)
}

/// A difference that is to be settled: who found it.
pub(crate) async fn difference(connection: &mut PgConnection, take: Uuid, code: &str) -> sqlx::Result<Option<Option<Uuid>>> {
    sqlx::query_scalar(
        "select found_by from property_stocktake_line where stocktake = $1 and code = $2 and settled_at is null
            and (found_at is null or not expected)",
    )
    .bind(take)
    .bind(code)
    .fetch_optional(connection)
    .await
}

/// Settles a difference, and closes the stock-take with the last one.
pub(crate) async fn settle(
    connection: &mut PgConnection,
    (take, code): (Uuid, &str),
    (words, missing): (&str, bool),
    by: Uuid,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "update property_stocktake_line set settlement = $3, settled_by = $4, settled_at = $5, missing = $6 where stocktake = $1 and code = $2",
    )
    .bind(take)
    .bind(code)
    .bind(words)
    .bind(by)
    .bind(at)
    .bind(missing)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "update property_stocktake set state = 'closed', closed_at = $2 where id = $1 and not exists (select from property_stocktake_line
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
    sqlx::query_scalar("select exists (select from property_stocktake_line where stocktake = $1 and found_by = $2)")
        .bind(take)
        .bind(person)
        .fetch_one(connection)
        .await
}

/// Whether the newest stock-take that expected an item missed it, another person settled that it is missing, and nobody moved it since.
pub(crate) async fn is_lost(connection: &mut PgConnection, item: Uuid) -> sqlx::Result<bool> {
    let newest: Option<bool> = sqlx::query_scalar(
        "select l.found_at is null and l.settled_at is not null and l.missing
            and not exists (select from property_movement m where m.item = l.item and m.at > s.started_at)
         from property_stocktake_line l join property_stocktake s on s.id = l.stocktake
         where l.item = $1 and l.expected order by l.stocktake desc limit 1",
    )
    .bind(item)
    .fetch_optional(connection)
    .await?;
    Ok(newest.unwrap_or(false))
}
