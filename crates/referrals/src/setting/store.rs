//! SQL of the limits.

use sqlx::{PgConnection, types::Json};

use super::Settings;

/// The limits with their version; as the program brings them, version 0.
pub(crate) async fn read(connection: &mut PgConnection, region: &str) -> sqlx::Result<(i64, Settings)> {
    let row: Option<(i64, Json<Settings>)> = sqlx::query_as("select version, setting from case_referral_setting where region = $1")
        .bind(region)
        .fetch_optional(connection)
        .await?;
    Ok(row.map_or_else(Default::default, |(version, setting)| (version, setting.0)))
}

/// Writes them as `version`; false when somebody else wrote that version first.
pub(super) async fn save(connection: &mut PgConnection, region: &str, version: i64, setting: &Settings) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into case_referral_setting as s (region, setting, version) values ($1, $2, $3)
         on conflict (region) do update set setting = excluded.setting, version = excluded.version where s.version = excluded.version - 1",
    )
    .bind(region)
    .bind(Json(setting))
    .bind(version)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}
