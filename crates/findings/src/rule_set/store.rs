//! SQL of the rule sets.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, types::Json};
use uuid::Uuid;

use super::RuleSet;

/// A rule set as it is kept.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Kept {
    pub version: i32,
    pub rules: Json<RuleSet>,
    pub note: String,
    pub drafted_by: Option<Uuid>,
    pub drafted_at: DateTime<Utc>,
    pub published_by: Option<Uuid>,
    pub published_at: Option<DateTime<Utc>>,
    pub in_force_on: Option<NaiveDate>,
    pub revision: i64,
}

/// Puts the rules that are shipped down as the first version, which holds from the beginning.
pub(crate) async fn seed(pool: &PgPool, region: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "insert into finding_rule_set (region, version, rules, note, drafted_at, published_at, in_force_on)
         values ($1, 1, $2, '随程序提供，参数待本地核定', $3, $3, '1970-01-01') on conflict do nothing",
    )
    .bind(region)
    .bind(Json(RuleSet::shipped()))
    .bind(now)
    .execute(pool)
    .await?;
    Ok(())
}

/// The rule set that a day is judged by.
pub(crate) async fn in_force(pool: &PgPool, region: &str, day: NaiveDate) -> sqlx::Result<(i32, RuleSet)> {
    let (version, rules): (i32, Json<RuleSet>) =
        sqlx::query_as("select version, rules from finding_rule_set where region = $1 and in_force_on <= $2 order by version desc limit 1")
            .bind(region)
            .bind(day)
            .fetch_one(pool)
            .await?;
    Ok((version, rules.0))
}

/// The newest versions, the draft first.
pub(crate) async fn all(pool: &PgPool, region: &str, most: i64) -> sqlx::Result<Vec<Kept>> {
    sqlx::query_as("select * from finding_rule_set where region = $1 order by version desc limit $2")
        .bind(region)
        .bind(most)
        .fetch_all(pool)
        .await
}

/// The draft; locked where the transaction asks.
pub(crate) async fn draft(connection: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Option<Kept>> {
    sqlx::query_as("select * from finding_rule_set where region = $1 and published_at is null for update")
        .bind(region)
        .fetch_optional(connection)
        .await
}

/// Writes the draft; its revision. Who wrote first keeps the number.
pub(crate) async fn save(
    connection: &mut PgConnection,
    region: &str,
    rules: &RuleSet,
    note: &str,
    (by, now): (Uuid, DateTime<Utc>),
) -> sqlx::Result<i64> {
    let changed: Option<i64> = sqlx::query_scalar(
        "update finding_rule_set set rules = $2, note = $3, drafted_by = $4, drafted_at = $5, revision = revision + 1
         where region = $1 and published_at is null returning revision",
    )
    .bind(region)
    .bind(Json(rules))
    .bind(note)
    .bind(by)
    .bind(now)
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(revision) = changed {
        return Ok(revision);
    }
    sqlx::query_scalar(
        "insert into finding_rule_set (region, version, rules, note, drafted_by, drafted_at)
         select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 from finding_rule_set where region = $1 returning revision",
    )
    .bind(region)
    .bind(Json(rules))
    .bind(note)
    .bind(by)
    .bind(now)
    .fetch_one(connection)
    .await
}

/// Publishes the draft; it holds from a day on.
pub(crate) async fn publish(
    connection: &mut PgConnection,
    region: &str,
    (by, now): (Uuid, DateTime<Utc>),
    day: NaiveDate,
) -> sqlx::Result<()> {
    sqlx::query(
        "update finding_rule_set set published_by = $2, published_at = $3, in_force_on = $4, revision = revision + 1
         where region = $1 and published_at is null",
    )
    .bind(region)
    .bind(by)
    .bind(now)
    .bind(day)
    .execute(connection)
    .await?;
    Ok(())
}
