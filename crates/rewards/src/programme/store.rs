//! SQL of programmes and their rules.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, PgConnection, PgPool, types::Json};
use uuid::Uuid;

use super::{Rules, Versions};

/// A programme with the newest version of its rules.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct ProgrammeRow {
    pub id: Uuid,
    pub name: String,
    pub version: i32,
    pub settled_to: NaiveDate,
    pub from_day: NaiveDate,
    pub rules: Json<Rules>,
    pub published_by: Uuid,
    pub published_at: DateTime<Utc>,
}

const SELECT: &str = "select p.id, p.name, p.version, p.settled_to, r.from_day, r.rules, r.published_by, r.published_at
    from reward_programme p join reward_rules r on r.programme = p.id and r.version = p.version";

/// All programmes, the newest first; at most a hundred.
pub(crate) async fn all(pool: &PgPool, region: &str) -> sqlx::Result<Vec<ProgrammeRow>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("{SELECT} where p.region = $1 order by p.id desc limit 100")))
        .bind(region)
        .fetch_all(pool)
        .await
}

/// One programme whose row is locked: whoever decides or pays waits here for the other.
pub(crate) async fn locked(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<ProgrammeRow>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("{SELECT} where p.region = $1 and p.id = $2 for update of p")))
        .bind(region)
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// How many programmes there are.
pub(crate) async fn count(connection: &mut PgConnection, region: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from reward_programme where region = $1").bind(region).fetch_one(connection).await
}

/// Keeps a new programme; false where the name is taken.
pub(crate) async fn insert(
    connection: &mut PgConnection,
    region: &str,
    (id, name): (Uuid, &str),
    settled_to: NaiveDate,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into reward_programme (id, region, name, version, settled_to, created_at) values ($1, $2, $3, 1, $4, $5)
         on conflict (region, name) do nothing",
    )
    .bind(id)
    .bind(region)
    .bind(name)
    .bind(settled_to)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps a version of the rules and makes it the newest.
pub(crate) async fn publish(
    connection: &mut PgConnection,
    id: Uuid,
    version: i32,
    (from_day, rules): (NaiveDate, &Rules),
    by: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into reward_rules (programme, version, from_day, rules, published_by, published_at) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(version)
    .bind(from_day)
    .bind(Json(rules))
    .bind(by)
    .bind(now)
    .execute(&mut *connection)
    .await?;
    sqlx::query("update reward_programme set version = $2 where id = $1").bind(id).bind(version).execute(connection).await.map(drop)
}

/// The rules in force for reports of a day, with their version.
pub(crate) async fn in_force(connection: &mut PgConnection, id: Uuid, day: NaiveDate) -> sqlx::Result<Option<(i32, Json<Rules>)>> {
    sqlx::query_as("select version, rules from reward_rules where programme = $1 and from_day <= $2 order by version desc limit 1")
        .bind(id)
        .bind(day)
        .fetch_optional(connection)
        .await
}

/// Every version of the rules, the newest first. Each was published by a person: there are few.
pub(crate) async fn versions(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Versions> {
    let rows: Vec<(NaiveDate, i32, Json<Rules>)> =
        sqlx::query_as("select from_day, version, rules from reward_rules where programme = $1 order by version desc")
            .bind(id)
            .fetch_all(connection)
            .await?;
    Ok(Versions(rows.into_iter().map(|(from, version, rules)| (from, version, rules.0)).collect()))
}

pub(crate) async fn set_settled(connection: &mut PgConnection, id: Uuid, day: NaiveDate) -> sqlx::Result<()> {
    sqlx::query("update reward_programme set settled_to = $2 where id = $1").bind(id).bind(day).execute(connection).await.map(drop)
}
