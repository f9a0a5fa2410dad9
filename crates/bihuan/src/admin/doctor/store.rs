//! SQL of the doctor: what PostgreSQL says of itself, and of the schema.

use chrono::{DateTime, Utc};
use sqlx::PgPool;

pub(super) async fn version(pool: &PgPool) -> sqlx::Result<i32> {
    sqlx::query_scalar("select current_setting('server_version_num')::int").fetch_one(pool).await
}

pub(super) async fn clock(pool: &PgPool) -> sqlx::Result<DateTime<Utc>> {
    sqlx::query_scalar("select clock_timestamp()").fetch_one(pool).await
}

pub(super) async fn durable(pool: &PgPool) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on' and current_setting('synchronous_commit') <> 'off'",
    )
    .fetch_one(pool)
    .await
}

/// The steps of the schema that were done; none in a database that was never migrated.
pub(super) async fn steps(pool: &PgPool) -> sqlx::Result<Vec<i64>> {
    if !sqlx::query_scalar::<_, bool>("select to_regclass('_sqlx_migrations') is not null").fetch_one(pool).await? {
        return Ok(Vec::new());
    }
    sqlx::query_scalar("select version from _sqlx_migrations where success order by version").fetch_all(pool).await
}

pub(super) async fn may_alter_ledger(pool: &PgPool) -> sqlx::Result<bool> {
    sqlx::query_scalar("select has_table_privilege('ledger_entry', 'update') or has_table_privilege('ledger_entry', 'delete')")
        .fetch_one(pool)
        .await
}

pub(super) async fn invalid_indexes(pool: &PgPool) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar("select indexrelid::regclass::text from pg_index where not indisvalid order by 1").fetch_all(pool).await
}

/// Of the thousand latest dockets those without a row of words.
pub(super) async fn dockets_without_words(pool: &PgPool) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from (select region, id from docket order by id desc limit 1000) as latest
         where not exists (select from docket_words w where w.region = latest.region and w.docket_id = latest.id)",
    )
    .fetch_one(pool)
    .await
}
