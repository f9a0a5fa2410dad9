//! Change the limits (修改移交时限).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde_json::json;

use super::{Settings, read::SettingsView, store};
use crate::{Referrals, rights, scope::require_ground};

/// Twelve working weeks: what takes longer is not followed by a limit.
const LONGEST: u32 = 60;

/// Changes how long each step may take. It holds for limits that begin from now on.
///
/// # Errors
/// `referral-settings-invalid`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/referral-settings", tag = "referrals", operation_id = "save_referral_settings", request_body = Settings,
    params(("If-Match" = Option<String>, Header, description = "The version that was seen")),
    responses((status = 200, body = SettingsView, description = "The limits")))]
pub(crate) async fn save(
    State(room): State<Referrals>,
    allowed: Allowed<rights::SetReferrals>,
    IfMatch(seen): IfMatch,
    Json(settings): Json<Settings>,
) -> Answer<Json<SettingsView>> {
    let parts = room.parts();
    let region = &parts.home_region;
    require_ground(&allowed.scope(), region)?;
    if let Some((field, _)) = settings.all().into_iter().find(|(_, days)| !(1..=LONGEST).contains(days)) {
        return Err(Problem::invalid("referral-settings-invalid", "移交时限填写有误").field(field, "应为 1 至 60 个工作日").into());
    }
    let mut transaction = parts.database.pool().begin().await?;
    let (version, before) = store::read(&mut transaction, region).await?;
    if seen.is_some_and(|seen| seen != version) || !store::save(&mut transaction, region, version + 1, &settings).await? {
        return Err(Problem::precondition_failed("version-conflict", "移交时限刚被别人改过，请刷新后再改").into());
    }
    let change =
        SettingChange { region, action: "referral-settings-changed", target: region, before: json!(before), after: json!(settings) };
    audit::record(&mut transaction, parts.clock.now(), allowed.caller.person, change).await?;
    transaction.commit().await?;
    Ok(Json(SettingsView { settings, version: version + 1 }))
}
