//! Read and replace whether people on duty may share where they are (值班位置设置).

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{Sharing, store};
use crate::{
    Leads, rights,
    settings::{require_ground, touches_home, trace},
};

/// Whether people on duty may share where they are.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DutyPositionSettings {
    /// They may, each for his own turn. Off until the city turns it on; turned off, every place is forgotten.
    sharing: bool,
    /// For so many hours the last place is kept, 1 to 24.
    hours: i16,
}

fn shown(of: Sharing) -> DutyPositionSettings {
    DutyPositionSettings { sharing: of.on, hours: of.hours }
}

fn traced(of: Sharing) -> Value {
    json!({ "sharing": of.on, "hours": of.hours })
}

/// Shows whether people on duty may share where they are.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/duty-position-settings", tag = "settings", operation_id = "show_duty_position_settings",
    responses((status = 200, body = DutyPositionSettings, description = "The settings")))]
pub(crate) async fn show(State(leads): State<Leads>, allowed: Allowed<rights::Read>) -> Answer<Json<DutyPositionSettings>> {
    if !touches_home(&leads, &allowed.scope()) {
        return Ok(Json(shown(Sharing::default())));
    }
    Ok(Json(shown(store::sharing(leads.database().pool(), leads.home_region()).await?)))
}

/// Replaces whether people on duty may share where they are.
///
/// # Errors
/// `duty-position-settings-invalid`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/duty-position-settings", tag = "settings", operation_id = "replace_duty_position_settings",
    request_body = DutyPositionSettings, responses((status = 200, body = DutyPositionSettings, description = "The settings")))]
pub(crate) async fn replace(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Json(wanted): Json<DutyPositionSettings>,
) -> Answer<Json<DutyPositionSettings>> {
    let region = leads.home_region();
    require_ground(&allowed.scope(), region)?;
    if !(1..=24).contains(&wanted.hours) {
        let detail = "应为 1 至 24 小时";
        return Err(Problem::invalid("duty-position-settings-invalid", detail).field("hours", detail).into());
    }
    let new = Sharing { on: wanted.sharing, hours: wanted.hours };
    let mut transaction = leads.database().pool().begin().await?;
    store::lock_setting(&mut transaction).await?;
    let old = store::sharing(&mut *transaction, region).await?;
    store::set_sharing(&mut transaction, region, new).await?;
    if !new.on {
        store::forget_all(&mut transaction, region).await?;
    }
    if old != new {
        trace::leave(&leads, &mut transaction, &allowed.caller, "duty-position-settings-changed", region, (traced(old), traced(new)))
            .await?;
    }
    transaction.commit().await?;
    leads.settings_cache().forget();
    Ok(Json(shown(new)))
}
