//! SQL of the lag: the same two partial indexes that the scheduler walks.

use chrono::{DateTime, Utc};
use sqlx::PgPool;

/// How many limits are past and untold, and since when the oldest.
pub(super) async fn untold(pool: &PgPool, now: DateTime<Utc>) -> sqlx::Result<(i64, Option<DateTime<Utc>>)> {
    sqlx::query_as(
        "select count(*), min(past) from (
            (select due_at as past from deadline where state = 'running' and fired_at is null and due_at <= $1 order by due_at limit 100000)
            union all
            (select warn_at from deadline
             where state = 'running' and warned_at is null and fired_at is null and warn_at <= $1 and due_at > $1
             order by warn_at limit 100000)) as untold",
    )
    .bind(now)
    .fetch_one(pool)
    .await
}
