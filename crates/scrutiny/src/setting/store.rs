//! SQL of the setting.

use sqlx::PgConnection;

/// Whether strong suspicions hold closing back, with the version of the setting; off and 0 before anything was set.
pub(crate) async fn standing(connection: &mut PgConnection, region: &str) -> sqlx::Result<(bool, i64)> {
    let found: Option<(bool, i64)> = sqlx::query_as("select hold_closing, version from scrutiny_setting where region = $1")
        .bind(region)
        .fetch_optional(connection)
        .await?;
    Ok(found.unwrap_or((false, 0)))
}

/// Whether strong suspicions hold closing back.
pub(crate) async fn holds_closing(connection: &mut PgConnection, region: &str) -> sqlx::Result<bool> {
    Ok(standing(connection, region).await?.0)
}

/// Sets it; false when somebody else did since this version.
pub(crate) async fn set(connection: &mut PgConnection, region: &str, hold: bool, seen: i64) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into scrutiny_setting (region, hold_closing, version) values ($1, $2, $3 + 1)
         on conflict (region) do update set hold_closing = excluded.hold_closing, version = excluded.version
         where scrutiny_setting.version = $3",
    )
    .bind(region)
    .bind(hold)
    .bind(seen)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}
