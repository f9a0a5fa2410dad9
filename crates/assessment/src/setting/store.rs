//! SQL of weights and grades.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, types::Json};

use super::IndicatorSettings;

/// What was in force at an instant, with its version; none before anything was set.
pub(crate) async fn in_force(
    connection: &mut PgConnection,
    region: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<Option<(i64, IndicatorSettings)>> {
    let found: Option<(i64, Json<IndicatorSettings>)> =
        sqlx::query_as("select version, content from assessment_setting where region = $1 and at <= $2 order by version desc limit 1")
            .bind(region)
            .bind(at)
            .fetch_optional(connection)
            .await?;
    Ok(found.map(|(version, Json(settings))| (version, settings)))
}

/// What was set last, with its version.
pub(crate) async fn latest(connection: &mut PgConnection, region: &str) -> sqlx::Result<Option<(i64, IndicatorSettings)>> {
    in_force(connection, region, far()).await
}

/// Later than any setting: PostgreSQL's own times end before chrono's.
fn far() -> DateTime<Utc> {
    DateTime::from_timestamp(32_503_680_000, 0).unwrap_or_default()
}

/// Adds a version; false when somebody else added that version first.
pub(crate) async fn add(
    connection: &mut PgConnection,
    region: &str,
    version: i64,
    at: DateTime<Utc>,
    settings: &IndicatorSettings,
) -> sqlx::Result<bool> {
    let done = sqlx::query("insert into assessment_setting (region, version, at, content) values ($1, $2, $3, $4) on conflict do nothing")
        .bind(region)
        .bind(version)
        .bind(at)
        .bind(Json(settings))
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}
