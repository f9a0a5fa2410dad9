//! SQL of counting running limits again.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use sqlx::PgPool;
use uuid::Uuid;

pub(super) async fn calendar_in_force(pool: &PgPool, region: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("select version from calendar_in_force where region = $1").bind(region).fetch_optional(pool).await
}

pub(super) async fn set_calendar(pool: &PgPool, region: &str, version: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "insert into calendar_in_force (region, version, applied_at) values ($1, $2, $3)
         on conflict (region) do update set version = excluded.version, applied_at = excluded.applied_at",
    )
    .bind(region)
    .bind(version)
    .bind(now)
    .execute(pool)
    .await?;
    Ok(())
}

/// The next leads with a running limit after `after`, in the order of their ids.
pub(super) async fn with_running_limits(pool: &PgPool, region: &str, after: Uuid, most: i64) -> sqlx::Result<Vec<KeyOf>> {
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "select distinct docket_id from deadline where region = $1 and state = 'running' and docket_id > $2 order by docket_id limit $3",
    )
    .bind(region)
    .bind(after)
    .bind(most)
    .fetch_all(pool)
    .await?;
    Ok(ids.into_iter().map(|id| KeyOf { region: region.to_owned(), id: id.into() }).collect())
}
