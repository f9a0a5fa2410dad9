//! SQL of the spool: codes that were handed out for reports that were there already.

use sqlx::PgConnection;
use uuid::Uuid;

/// Lets a lead be followed by another code too.
pub(crate) async fn insert_alias(connection: &mut PgConnection, code: &str, region: &str, lead: Uuid) -> sqlx::Result<()> {
    sqlx::query("insert into tracking_alias (code, region, lead_id) values ($1, $2, $3) on conflict do nothing")
        .bind(code)
        .bind(region)
        .bind(lead)
        .execute(connection)
        .await
        .map(drop)
}
