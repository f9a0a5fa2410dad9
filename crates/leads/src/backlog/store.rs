//! SQL of the backlog.

use chrono::{DateTime, Utc};
use sqlx::PgPool;

use super::{OpenAnswers, OpenByLight};

pub(super) async fn answers(pool: &PgPool) -> sqlx::Result<OpenAnswers> {
    sqlx::query_as(
        "select count(*) filter (where state = 'waiting') as waiting,
            count(*) filter (where state = 'waiting' and error is not null) as failing,
            count(*) filter (where state = 'owed') as owed, count(*) filter (where state = 'dead') as dead
         from (select state, error from answer where state = 'waiting'
               union all select state, error from answer where state in ('owed', 'dead')) as open",
    )
    .fetch_one(pool)
    .await
}

pub(super) async fn open_by_light(pool: &PgPool, now: DateTime<Utc>) -> sqlx::Result<OpenByLight> {
    sqlx::query_as(
        "select count(*) filter (where warn_at > $1) as green, count(*) filter (where warn_at <= $1 and due_at > $1) as yellow,
            count(*) filter (where due_at <= $1) as red, count(*) filter (where due_at is null or warn_at is null) as none
         from docket where kind = 'lead' and open",
    )
    .bind(now)
    .fetch_one(pool)
    .await
}
