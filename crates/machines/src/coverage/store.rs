//! SQL of coverage.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::{FromRow, PgConnection, PgPool, QueryBuilder};

/// Looks of one kind at one hour of a day from one place.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Looks {
    /// Where the device stands: a unit grid, or the district of what moves.
    pub jurisdiction: String,
    pub kind: i16,
    /// The city's day.
    pub day: NaiveDate,
    /// Of that day, 0 to 23.
    pub hour: i16,
    /// Where a device that moves was, to four decimals.
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub looks: i64,
}

/// A day's looks of a kind in a grid, as they are kept.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(super) struct Kept {
    pub day: NaiveDate,
    pub grid: String,
    pub kind: i16,
    #[sqlx(json)]
    pub hours: Vec<i64>,
}

/// Up to when events were counted, locked; the first event's time before anything was. `None` where there is nothing, or another program counts.
pub(super) async fn mark(connection: &mut PgConnection, region: &str) -> sqlx::Result<Option<DateTime<Utc>>> {
    sqlx::query(
        "insert into machine_coverage_mark (region, counted_to)
         select $1, min(taken_at) from machine_event where region = $1 having min(taken_at) is not null on conflict do nothing",
    )
    .bind(region)
    .execute(&mut *connection)
    .await?;
    sqlx::query_scalar("select counted_to from machine_coverage_mark where region = $1 for update skip locked")
        .bind(region)
        .fetch_optional(connection)
        .await
}

pub(super) async fn set_mark(connection: &mut PgConnection, region: &str, counted_to: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update machine_coverage_mark set counted_to = $2 where region = $1")
        .bind(region)
        .bind(counted_to)
        .execute(connection)
        .await
        .map(drop)
}

/// The looks of events that were taken in within a time.
pub(super) async fn taken(
    connection: &mut PgConnection,
    region: &str,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<Vec<Looks>> {
    sqlx::query_as(
        "select d.jurisdiction, e.kind, (e.at at time zone 'Asia/Shanghai')::date as day,
            extract(hour from e.at at time zone 'Asia/Shanghai')::int2 as hour,
            case when d.lon is null then round(e.lon::numeric, 4)::float8 end as lon,
            case when d.lon is null then round(e.lat::numeric, 4)::float8 end as lat, count(*) as looks
         from machine_event e join device d on d.region = e.region and d.code = e.device
         where e.region = $1 and e.taken_at >= $2 and e.taken_at < $3 group by 1, 2, 3, 4, 5, 6",
    )
    .bind(region)
    .bind(from)
    .bind(to)
    .fetch_all(connection)
    .await
}

/// What is kept of these days.
pub(super) async fn of_days(connection: &mut PgConnection, region: &str, days: &[NaiveDate]) -> sqlx::Result<Vec<Kept>> {
    sqlx::query_as("select day, grid, kind, hours from machine_coverage where region = $1 and day = any($2)")
        .bind(region)
        .bind(days)
        .fetch_all(connection)
        .await
}

pub(super) async fn keep(connection: &mut PgConnection, region: &str, rows: &[Kept]) -> sqlx::Result<()> {
    sqlx::query(
        "insert into machine_coverage (region, day, grid, kind, hours)
         select $1, * from unnest($2::date[], $3::text[], $4::int2[], $5::jsonb[])
         on conflict (region, day, grid, kind) do update set hours = excluded.hours",
    )
    .bind(region)
    .bind(rows.iter().map(|row| row.day).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.grid.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.kind).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| Value::from(row.hours.clone())).collect::<Vec<_>>())
    .execute(connection)
    .await
    .map(drop)
}

/// What is kept of a time, of one kind where one is asked for; at most so many rows.
pub(super) async fn between(
    pool: &PgPool,
    region: &str,
    (from, to): (NaiveDate, NaiveDate),
    kind: Option<i16>,
    most: i64,
) -> sqlx::Result<Vec<Kept>> {
    let mut query = QueryBuilder::new("select day, grid, kind, hours from machine_coverage where region = ");
    query.push_bind(region.to_owned()).push(" and day >= ").push_bind(from).push(" and day <= ").push_bind(to);
    if let Some(kind) = kind {
        query.push(" and kind = ").push_bind(kind);
    }
    query.push(" order by day desc, grid, kind limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// Devices in use that stand in each grid, and up to when events were counted.
pub(super) async fn devices(pool: &PgPool, region: &str) -> sqlx::Result<Vec<(String, i64)>> {
    sqlx::query_as("select jurisdiction, count(*) from device where region = $1 and active and lon is not null group by 1")
        .bind(region)
        .fetch_all(pool)
        .await
}

pub(super) async fn counted_to(pool: &PgPool, region: &str) -> sqlx::Result<Option<DateTime<Utc>>> {
    sqlx::query_scalar("select counted_to from machine_coverage_mark where region = $1").bind(region).fetch_optional(pool).await
}
