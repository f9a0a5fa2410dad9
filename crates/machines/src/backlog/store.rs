//! SQL of the backlog.

use sqlx::PgPool;

pub(super) async fn waiting(pool: &PgPool) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from (select from sighting where state = 'waiting' limit 100000) as waiting").fetch_one(pool).await
}
