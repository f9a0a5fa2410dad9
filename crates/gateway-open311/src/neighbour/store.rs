//! SQL of neighbours.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgPool, types::Json};

use super::ServicePair;

/// A neighbour as it is set and as it stands.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Neighbour {
    pub region: String,
    pub code: String,
    pub name: String,
    pub ground: String,
    pub url: String,
    pub jurisdiction: Option<String>,
    pub api_key: Option<Vec<u8>>,
    pub services: Json<Vec<ServicePair>>,
    pub fallback_service: Option<String>,
    pub active: bool,
    pub pulls: bool,
    pub poll_minutes: i32,
    pub version: i64,
    pub pulled_to: Option<DateTime<Utc>>,
    pub pulled_at: Option<DateTime<Utc>>,
    pub taken: i64,
    pub passed_over: i64,
    pub error: Option<String>,
}

/// More neighbours no city has.
pub(super) const MOST: i64 = 100;

pub(super) async fn all(pool: &PgPool, region: &str) -> sqlx::Result<Vec<Neighbour>> {
    sqlx::query_as("select * from neighbour where region = $1 order by name, code limit $2").bind(region).bind(MOST).fetch_all(pool).await
}

pub(super) async fn any(pool: &PgPool, region: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from neighbour where region = $1 and active)").bind(region).fetch_one(pool).await
}

pub(super) async fn one(pool: &PgPool, region: &str, code: &str) -> sqlx::Result<Option<Neighbour>> {
    sqlx::query_as("select * from neighbour where region = $1 and code = $2").bind(region).bind(code).fetch_optional(pool).await
}

/// A neighbour as it was set, locked until the transaction ends.
pub(super) async fn lock(connection: &mut PgConnection, region: &str, code: &str) -> sqlx::Result<Option<Neighbour>> {
    sqlx::query_as("select * from neighbour where region = $1 and code = $2 for update")
        .bind(region)
        .bind(code)
        .fetch_optional(connection)
        .await
}

/// Writes a neighbour as version `it.version`; false when somebody else wrote that version first. How far it was read stays.
pub(super) async fn save(connection: &mut PgConnection, it: &Neighbour, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into neighbour as n (region, code, name, ground, url, jurisdiction, api_key, services, fallback_service, active, pulls,
            poll_minutes, version, next_pull_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         on conflict (region, code) do update set name = excluded.name, ground = excluded.ground, url = excluded.url,
            jurisdiction = excluded.jurisdiction, api_key = excluded.api_key, services = excluded.services,
            fallback_service = excluded.fallback_service, active = excluded.active, pulls = excluded.pulls,
            poll_minutes = excluded.poll_minutes, version = excluded.version, next_pull_at = excluded.next_pull_at, error = null
         where n.version = excluded.version - 1",
    )
    .bind(&it.region)
    .bind(&it.code)
    .bind(&it.name)
    .bind(&it.ground)
    .bind(&it.url)
    .bind(&it.jurisdiction)
    .bind(&it.api_key)
    .bind(&it.services)
    .bind(&it.fallback_service)
    .bind(it.active)
    .bind(it.pulls)
    .bind(it.poll_minutes)
    .bind(it.version)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a neighbour whose requests are due to be read; the next time is a round later, whatever becomes of this one.
pub(super) async fn claim_pull(pool: &PgPool, region: &str, now: DateTime<Utc>) -> sqlx::Result<Option<Neighbour>> {
    sqlx::query_as(
        "with due as (
            select region, code from neighbour where region = $1 and active and pulls and next_pull_at <= $2
            order by next_pull_at limit 1 for update skip locked)
         update neighbour n set next_pull_at = $2 + make_interval(mins => n.poll_minutes)
         from due where n.region = due.region and n.code = due.code returning n.*",
    )
    .bind(region)
    .bind(now)
    .fetch_optional(pool)
    .await
}

/// What came of reading a stretch.
pub(super) struct Read {
    pub to: DateTime<Utc>,
    pub taken: i64,
    pub passed_over: i64,
    /// There is more to read, at once.
    pub more: bool,
}

pub(super) async fn read_to(pool: &PgPool, it: &Neighbour, now: DateTime<Utc>, read: &Read) -> sqlx::Result<()> {
    sqlx::query(
        "update neighbour set pulled_to = $3, pulled_at = $4, taken = taken + $5, passed_over = passed_over + $6, error = null,
            next_pull_at = case when $7 then $4 else next_pull_at end
         where region = $1 and code = $2 and pulled_to is not distinct from $8",
    )
    .bind(&it.region)
    .bind(&it.code)
    .bind(read.to)
    .bind(now)
    .bind(read.taken)
    .bind(read.passed_over)
    .bind(read.more)
    .bind(it.pulled_to)
    .execute(pool)
    .await
    .map(drop)
}

pub(super) async fn could_not_read(pool: &PgPool, it: &Neighbour, why: &str) -> sqlx::Result<()> {
    sqlx::query("update neighbour set error = $3 where region = $1 and code = $2")
        .bind(&it.region)
        .bind(&it.code)
        .bind(why)
        .execute(pool)
        .await
        .map(drop)
}
