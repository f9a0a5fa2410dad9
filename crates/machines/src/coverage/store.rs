//! SQL of coverage.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgPool, QueryBuilder};

/// Looks of one kind at one hour of the day from one place.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Looks {
    /// Where the device stands: a unit grid, or the district of what moves.
    pub jurisdiction: String,
    pub kind: i16,
    /// Of the city's day, 0 to 23.
    pub hour: i16,
    /// Where a device that moves was, to four decimals.
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub looks: i64,
}

/// The looks of a district in a time, of one kind where one is asked for; at most so many groups.
pub(super) async fn looks(
    pool: &PgPool,
    region: &str,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    kind: Option<i16>,
    most: i64,
) -> sqlx::Result<Vec<Looks>> {
    let mut query = QueryBuilder::new(
        "select d.jurisdiction, e.kind, extract(hour from e.at at time zone 'Asia/Shanghai')::int2 as hour,
            case when d.lon is null then round(e.lon::numeric, 4)::float8 end as lon,
            case when d.lon is null then round(e.lat::numeric, 4)::float8 end as lat, count(*) as looks
         from machine_event e join device d on d.region = e.region and d.code = e.device
         where e.region = ",
    );
    query.push_bind(region.to_owned()).push(" and e.at >= ").push_bind(from).push(" and e.at < ").push_bind(to);
    if let Some(kind) = kind {
        query.push(" and e.kind = ").push_bind(kind);
    }
    query.push(" group by 1, 2, 3, 4, 5 limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}
