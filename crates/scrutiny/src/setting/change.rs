//! Read and change the setting (诚实结案设置).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::store;
use crate::{Scrutiny, rights, suspicion};

/// Suspicions that are gone through at once when the setting changes.
const BATCH: i64 = 500;

/// What is set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScrutinySettings {
    /// Closing is refused while a strong suspicion of the present round is not judged.
    hold_closing: bool,
}

/// The setting as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ScrutinySettingsView {
    /// Closing is refused while a strong suspicion of the present round is not judged.
    hold_closing: bool,
    /// For `If-Match`.
    version: i64,
}

/// Reads the setting.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/scrutiny-settings", tag = "scrutiny", operation_id = "read_scrutiny_settings",
    responses((status = 200, body = ScrutinySettingsView, description = "The setting")))]
pub(crate) async fn read(State(room): State<Scrutiny>, _allowed: Allowed<rights::SeeSuspicions>) -> Answer<Json<ScrutinySettingsView>> {
    let mut connection = room.database().pool().acquire().await?;
    let (hold_closing, version) = store::standing(&mut connection, room.home_region()).await?;
    Ok(Json(ScrutinySettingsView { hold_closing, version }))
}

/// Changes the setting. It holds for suspicions that stand already too.
///
/// # Errors
/// `version-conflict`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/scrutiny-settings", tag = "scrutiny", operation_id = "save_scrutiny_settings",
    request_body = ScrutinySettings, params(("If-Match" = Option<String>, Header, description = "The version that was seen")),
    responses((status = 200, body = ScrutinySettingsView, description = "The setting")))]
pub(crate) async fn save(
    State(room): State<Scrutiny>,
    allowed: Allowed<rights::ConfigureScrutiny>,
    IfMatch(seen): IfMatch,
    Json(wanted): Json<ScrutinySettings>,
) -> Answer<Json<ScrutinySettingsView>> {
    let region = room.home_region();
    let scope = allowed.scope();
    if scope.units.is_some() || !scope.covers_region(region) {
        return Err(Problem::forbidden("scope-exceeded", "诚实结案设置对全区生效，不在您的管辖范围内").into());
    }
    let mut transaction = room.database().pool().begin().await?;
    let (before, version) = store::standing(&mut transaction, region).await?;
    if seen.is_some_and(|seen| seen != version) || !store::set(&mut transaction, region, wanted.hold_closing, version).await? {
        return Err(Problem::precondition_failed("version-conflict", "诚实结案设置刚被别人改过，请刷新后再改").into());
    }
    if before != wanted.hold_closing {
        room.hold_all(&mut transaction, wanted.hold_closing).await?;
    }
    let change = SettingChange {
        region,
        action: "scrutiny-settings-changed",
        target: region,
        before: json!({ "hold_closing": before }),
        after: json!({ "hold_closing": wanted.hold_closing }),
    };
    audit::record(&mut transaction, room.clock().now(), allowed.caller.person, change).await?;
    transaction.commit().await?;
    Ok(Json(ScrutinySettingsView { hold_closing: wanted.hold_closing, version: version + 1 }))
}

impl Scrutiny {
    /// Lets all strong suspicions of the present rounds hold closing back, or none.
    async fn hold_all(&self, connection: &mut PgConnection, hold: bool) -> sqlx::Result<()> {
        let mut after = Uuid::nil();
        loop {
            let found = suspicion::store::strong(connection, self.home_region(), !hold, after, BATCH).await?;
            let Some(last) = found.last() else { return Ok(()) };
            after = last.id;
            let keys: Vec<_> = found.iter().filter_map(suspicion::store::SuspicionRecord::key).collect();
            let now = self.leads().evidence(connection, &keys).await?;
            for record in &found {
                let Some(lead) = now.iter().find(|lead| Some(lead.key.id.uuid()) == record.docket_id) else { continue };
                if hold && lead.open && lead.round_begun == record.round_begun {
                    self.leads().hold_closing(connection, &lead.key, record.id).await?;
                    suspicion::store::set_holds(connection, record.id, true).await?;
                } else if !hold {
                    self.leads().release_closing(connection, &lead.key, record.id).await?;
                    suspicion::store::set_holds(connection, record.id, false).await?;
                }
            }
        }
    }
}
