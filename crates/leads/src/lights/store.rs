//! SQL of the warning points.

use sqlx::{PgConnection, PgExecutor};

use super::LightRule;

/// More rules than this no city keeps; the reader is bounded all the same.
const MOST: i64 = 1_000;

pub(crate) async fn rules(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Vec<LightRule>> {
    sqlx::query_as("select * from light_rule where region = $1 order by class_prefix, limit_name limit $2")
        .bind(region)
        .bind(MOST)
        .fetch_all(executor)
        .await
}

/// Locks the rules until the transaction ends: what the history calls "before" is then what was replaced.
pub(super) async fn lock(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query("lock table light_rule in share row exclusive mode").execute(connection).await?;
    Ok(())
}

pub(super) async fn replace(connection: &mut PgConnection, region: &str, rules: &[LightRule]) -> sqlx::Result<()> {
    sqlx::query("delete from light_rule where region = $1").bind(region).execute(&mut *connection).await?;
    sqlx::query(
        "insert into light_rule (region, class_prefix, limit_name, percent, before_minutes)
         select $1, * from unnest($2::text[], $3::text[], $4::int2[], $5::int4[])",
    )
    .bind(region)
    .bind(rules.iter().map(|rule| rule.class_prefix.as_str()).collect::<Vec<_>>())
    .bind(rules.iter().map(|rule| rule.limit_name.as_str()).collect::<Vec<_>>())
    .bind(rules.iter().map(|rule| rule.percent).collect::<Vec<_>>())
    .bind(rules.iter().map(|rule| rule.before_minutes).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}
