//! SQL of how dispatches ended. Each count walks the newest lines of one index, up to [`MOST`].

use chrono::{DateTime, Utc};
use docket::KeyOf;
use sqlx::PgConnection;
use uuid::Uuid;

/// The newest dispatches that are counted: what was long ago is how units were, not how they are.
const MOST: i64 = 500;

pub(super) async fn insert(
    connection: &mut PgConnection,
    key: &KeyOf,
    class: &str,
    grid: &str,
    unit: Uuid,
    returned: bool,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into dispatch_outcome (region, lead_id, class_code, township, grid, unit, returned, at)
         values ($1, $2, $3, left($4, 9), $4, $5, $6, $7)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(class)
    .bind(grid)
    .bind(unit)
    .bind(returned)
    .bind(now)
    .execute(connection)
    .await
    .map(drop)
}

/// A unit, what it kept, what came back.
type Counted = Vec<(Uuid, i64, i64)>;

pub(super) async fn of_class(connection: &mut PgConnection, region: &str, class: &str) -> sqlx::Result<Counted> {
    sqlx::query_as(
        "select unit, count(*) filter (where not returned), count(*) filter (where returned)
         from (select unit, returned from dispatch_outcome where region = $1 and class_code = $2 order by at desc limit $3) newest
         group by unit",
    )
    .bind(region)
    .bind(class)
    .bind(MOST)
    .fetch_all(connection)
    .await
}

pub(super) async fn of_township(connection: &mut PgConnection, region: &str, class: &str, township: &str) -> sqlx::Result<Counted> {
    sqlx::query_as(
        "select unit, count(*) filter (where not returned), count(*) filter (where returned)
         from (select unit, returned from dispatch_outcome where region = $1 and class_code = $2 and township = $3
            order by at desc limit $4) newest
         group by unit",
    )
    .bind(region)
    .bind(class)
    .bind(township)
    .bind(MOST)
    .fetch_all(connection)
    .await
}

pub(super) async fn of_grid(connection: &mut PgConnection, region: &str, class: &str, grid: &str) -> sqlx::Result<Counted> {
    sqlx::query_as(
        "select unit, count(*) filter (where not returned), count(*) filter (where returned)
         from (select unit, returned from dispatch_outcome where region = $1 and class_code = $2 and grid = $3
            order by at desc limit $4) newest
         group by unit",
    )
    .bind(region)
    .bind(class)
    .bind(grid)
    .bind(MOST)
    .fetch_all(connection)
    .await
}
