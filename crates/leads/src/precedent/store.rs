//! SQL of the precedents.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::{MOST, Precedent};

/// Those in force.
pub(crate) async fn active(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Vec<Precedent>> {
    sqlx::query_as("select * from precedent where region = $1 and active order by number desc limit $2")
        .bind(region)
        .bind(MOST)
        .fetch_all(executor)
        .await
}

/// All of them below a number, the newest first.
pub(super) async fn page(
    connection: &mut PgConnection,
    region: &str,
    active: Option<bool>,
    before: Option<i64>,
    most: i64,
) -> sqlx::Result<Vec<Precedent>> {
    sqlx::query_as(
        "select * from precedent where region = $1 and ($2::bool is null or active = $2) and ($3::int8 is null or number < $3)
         order by number desc limit $4",
    )
    .bind(region)
    .bind(active)
    .bind(before)
    .bind(most)
    .fetch_all(connection)
    .await
}

/// Locks recording until the transaction ends, and answers the next number and how many are in force.
pub(super) async fn next_number(connection: &mut PgConnection, region: &str) -> sqlx::Result<(i64, i64)> {
    sqlx::query("lock table precedent in share row exclusive mode").execute(&mut *connection).await?;
    sqlx::query_as("select coalesce(max(number), 0) + 1, count(*) filter (where active) from precedent where region = $1")
        .bind(region)
        .fetch_one(connection)
        .await
}

pub(super) async fn insert(connection: &mut PgConnection, one: &Precedent) -> sqlx::Result<()> {
    sqlx::query(
        "insert into precedent (region, id, number, unit_id, class_prefixes, region_prefix, reason, decided_by, decided_on, recorded_by, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(&one.region)
    .bind(one.id)
    .bind(one.number)
    .bind(one.unit_id)
    .bind(&one.class_prefixes)
    .bind(&one.region_prefix)
    .bind(&one.reason)
    .bind(&one.decided_by)
    .bind(one.decided_on)
    .bind(one.recorded_by)
    .bind(one.recorded_at)
    .execute(connection)
    .await
    .map(drop)
}

/// A precedent as it stands, locked until the transaction ends.
pub(super) async fn lock(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<Precedent>> {
    sqlx::query_as("select * from precedent where region = $1 and id = $2 for update")
        .bind(region)
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// Writes what can be changed of a precedent that is locked.
pub(super) async fn update(connection: &mut PgConnection, one: &Precedent) -> sqlx::Result<()> {
    sqlx::query(
        "update precedent set unit_id = $3, class_prefixes = $4, region_prefix = $5, reason = $6, decided_by = $7, decided_on = $8,
            active = $9, withdrawn_for = $10, version = version + 1
         where region = $1 and id = $2",
    )
    .bind(&one.region)
    .bind(one.id)
    .bind(one.unit_id)
    .bind(&one.class_prefixes)
    .bind(&one.region_prefix)
    .bind(&one.reason)
    .bind(&one.decided_by)
    .bind(one.decided_on)
    .bind(one.active)
    .bind(&one.withdrawn_for)
    .execute(connection)
    .await
    .map(drop)
}

/// So many more dispatches cite it.
pub(crate) async fn count_uses(connection: &mut PgConnection, region: &str, id: Uuid, times: i64, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update precedent set used = used + $4, used_at = $3 where region = $1 and id = $2")
        .bind(region)
        .bind(id)
        .bind(now)
        .bind(times)
        .execute(connection)
        .await
        .map(drop)
}
