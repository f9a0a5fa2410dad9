//! SQL of what the public sees of photos.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use sqlx::PgConnection;

/// Whether a lead's photo is withheld, and whether its place among the photos is one that is public at all; nothing of a photo that the
/// lead has not. A file that stands there twice is public by either place.
pub(crate) async fn photo(connection: &mut PgConnection, key: &KeyOf, file: &str) -> sqlx::Result<Option<(bool, bool)>> {
    let found: (Option<bool>, Option<bool>) = sqlx::query_as(
        "select bool_and(withheld_at is not null), bool_or(role in ('report', 'before', 'after'))
         from lead_photo where region = $1 and lead_id = $2 and file = $3",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(file)
    .fetch_one(connection)
    .await?;
    Ok(found.0.zip(found.1))
}

/// Withholds a photo wherever the lead has it, or gives it back; says whether that changed anything.
pub(crate) async fn withhold(connection: &mut PgConnection, key: &KeyOf, file: &str, since: Option<DateTime<Utc>>) -> sqlx::Result<bool> {
    let changed = sqlx::query(
        "update lead_photo set withheld_at = $4
         where region = $1 and lead_id = $2 and file = $3 and (withheld_at is null) <> ($4::timestamptz is null)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(file)
    .bind(since)
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() > 0)
}
