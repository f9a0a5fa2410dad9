//! SQL of the backlog. Every count walks a partial index and stops at a hundred thousand.

use chrono::{DateTime, Utc};
use sqlx::PgPool;

use super::Backlog;

pub(super) async fn backlog(pool: &PgPool, now: DateTime<Utc>) -> sqlx::Result<Backlog> {
    sqlx::query_as(
        "SELECT (SELECT count(*) FROM (SELECT FROM outbox WHERE delivered_at IS NULL LIMIT 100000) AS w) AS events,
                coalesce((SELECT extract(epoch FROM greatest($1 - at, interval '0'))::float8 FROM outbox WHERE delivered_at IS NULL
                          ORDER BY id LIMIT 1), 0) AS behind_seconds,
                (SELECT count(*) FROM (SELECT FROM outbox_failure WHERE given_up_at IS NULL LIMIT 100000) AS f) AS events_failing,
                (SELECT count(*) FROM (SELECT FROM outbox_failure WHERE given_up_at IS NOT NULL LIMIT 100000) AS g) AS events_given_up,
                (SELECT count(*) FROM (SELECT FROM webhook_delivery WHERE state = 'waiting' LIMIT 100000) AS d) AS deliveries,
                (SELECT count(*) FROM (SELECT FROM webhook_delivery WHERE state = 'waiting' AND attempts > 0 AND last_error IS NOT NULL
                                       LIMIT 100000) AS r) AS deliveries_failing,
                (SELECT count(*) FROM (SELECT FROM webhook_delivery WHERE state = 'dead' LIMIT 100000) AS x) AS deliveries_dead",
    )
    .bind(now)
    .fetch_one(pool)
    .await
}
