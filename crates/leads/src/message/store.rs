//! SQL of the messages.

use docket::KeyOf;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// Notes that a lead has been told these words; false when it had been before.
pub(super) async fn note(
    connection: &mut PgConnection,
    key: &KeyOf,
    digest: &[u8],
    at: chrono::DateTime<chrono::Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query("insert into source_message (region, lead_id, digest, at) values ($1, $2, $3, $4) on conflict do nothing")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(digest)
        .bind(at)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether a lead was made of these words, and whether the one that it goes on in is still open.
pub(super) async fn standing(pool: &PgPool, own: &KeyOf, goes_on: &KeyOf, digest: &[u8]) -> sqlx::Result<(bool, bool)> {
    let row: Option<(bool, bool)> = sqlx::query_as(
        "select l.text_digest = $4, d.open from lead l, docket d where l.region = $1 and l.id = $2 and d.region = $1 and d.id = $3",
    )
    .bind(&own.region)
    .bind(own.id.uuid())
    .bind(goes_on.id.uuid())
    .bind(digest)
    .fetch_optional(pool)
    .await?;
    Ok(row.unwrap_or((true, false)))
}

/// Whether these words reached a lead before.
pub(super) async fn is_noted(pool: &PgPool, region: &str, lead: Uuid, digest: &[u8]) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from source_message where region = $1 and lead_id = $2 and digest = $3)")
        .bind(region)
        .bind(lead)
        .bind(digest)
        .fetch_one(pool)
        .await
}
