//! SQL of what stands beside awards: barred telephones, and the secrets that claims are proved with.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

pub(crate) async fn barred_count(pool: &PgPool, region: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from reward_barred where region = $1").bind(region).fetch_one(pool).await
}

/// Bars telephones; says how many were not barred before.
pub(crate) async fn bar(
    connection: &mut PgConnection,
    region: &str,
    telephones: &[Vec<u8>],
    by: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    sqlx::query(
        "insert into reward_barred (region, telephone, added_by, added_at) select $1, t, $3, $4 from unnest($2::bytea[]) as t
         on conflict do nothing",
    )
    .bind(region)
    .bind(telephones)
    .bind(by)
    .bind(now)
    .execute(connection)
    .await
    .map(|done| done.rows_affected())
}

/// Bars telephones no more; says how many were barred.
pub(crate) async fn release(connection: &mut PgConnection, region: &str, telephones: &[Vec<u8>]) -> sqlx::Result<u64> {
    sqlx::query("delete from reward_barred where region = $1 and telephone = any($2)")
        .bind(region)
        .bind(telephones)
        .execute(connection)
        .await
        .map(|done| done.rows_affected())
}

/// Keeps the digest of a report's secret; false where one is kept already.
pub(crate) async fn keep_secret(pool: &PgPool, region: &str, lead: Uuid, digest: &[u8], now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query("insert into reward_secret (region, lead_id, digest, set_at) values ($1, $2, $3, $4) on conflict do nothing")
        .bind(region)
        .bind(lead)
        .bind(digest)
        .bind(now)
        .execute(pool)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn secret(pool: &PgPool, region: &str, lead: Uuid) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar("select digest from reward_secret where region = $1 and lead_id = $2")
        .bind(region)
        .bind(lead)
        .fetch_optional(pool)
        .await
}

/// The key that the page of a citizen sent a report with; none for a report that came another way. Nobody else has it.
pub(crate) async fn client_key(pool: &PgPool, region: &str, lead: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("select source_key from lead where region = $1 and id = $2 and source = 'portal'")
        .bind(region)
        .bind(lead)
        .fetch_optional(pool)
        .await
}
