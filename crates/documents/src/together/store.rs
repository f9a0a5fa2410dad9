//! SQL of what goes with decisions.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgPool};
use uuid::Uuid;

/// A companion that was issued and stands.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Companion {
    pub docket_id: Uuid,
    pub kind: String,
    pub issued_at: DateTime<Utc>,
}

/// The companions of these dockets.
pub(super) async fn companions(pool: &PgPool, region: &str, dockets: &[Uuid], kinds: &[&str]) -> sqlx::Result<Vec<Companion>> {
    sqlx::query_as(
        "select docket_id, kind, issued_at from document
         where region = $1 and docket_id = any($2) and kind = any($3) and state = 'issued' and issued_at is not null",
    )
    .bind(region)
    .bind(dockets)
    .bind(kinds)
    .fetch_all(pool)
    .await
}
