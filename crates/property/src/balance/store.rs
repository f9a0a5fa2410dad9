//! The SQL of balances.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

/// The movements of one kind over a place: the sum before, and what came and went in the time asked for.
#[derive(Debug, FromRow)]
pub(crate) struct CountRow {
    pub place: Uuid,
    pub kind: String,
    pub before: i64,
    pub came: i64,
    pub went: i64,
}

/// Everything after this is read as of one moment.
pub(crate) async fn at_one_moment(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query("set transaction isolation level repeatable read, read only").execute(connection).await.map(drop)
}

/// What moved into and out of these places.
pub(crate) async fn movements(
    connection: &mut PgConnection,
    places: &[Uuid],
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> sqlx::Result<Vec<CountRow>> {
    sqlx::query_as(
        "select place, kind, coalesce(sum(change) filter (where at < $2), 0)::bigint as before,
            count(*) filter (where at >= $2 and change > 0) as came, count(*) filter (where at >= $2 and change < 0) as went
         from (select to_place as place, kind, at, 1 as change from property_movement where to_place = any($1) and at < $3
            union all select from_place, kind, at, -1 from property_movement where from_place = any($1) and at < $3) m
         group by place, kind order by place, kind",
    )
    .bind(places)
    .bind(from)
    .bind(to)
    .fetch_all(connection)
    .await
}

/// How many items their last movement before `to` left in each of these places.
pub(crate) async fn counted(connection: &mut PgConnection, places: &[Uuid], to: DateTime<Utc>) -> sqlx::Result<Vec<(Uuid, i64)>> {
    sqlx::query_as(
        "select to_place, count(*) from (select distinct on (item) item, to_place from property_movement where at < $2
            order by item, ordinal desc) last where to_place = any($1) group by to_place",
    )
    .bind(places)
    .bind(to)
    .fetch_all(connection)
    .await
}
