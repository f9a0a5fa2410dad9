//! Read and replace when a code is needed (短信验证设置).

use axum::extract::State;
use http_api::{Answer, ClientAddress, Json};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{TextCodeMode, TextCodes, store};
use crate::{
    Leads, rights,
    settings::{require_ground, trace},
};

/// When a public report needs a code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTextCodeSettings {
    /// When.
    mode: TextCodeMode,
    /// Messages of 24 hours at most, 1 to 100,000.
    daily_most: i32,
}

/// When a public report needs a code, and what sends it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TextCodeSettings {
    /// When.
    mode: TextCodeMode,
    /// Messages of 24 hours at most.
    daily_most: i32,
    /// Where messages go; none where nothing can send them.
    provider: Option<String>,
    /// No message leaves: it is the demo's provider.
    simulated: bool,
}

/// What the public page asks for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicReportSettings {
    /// When a report needs a code by text message.
    text_code: TextCodeMode,
    /// No message leaves: the code is shown on the page.
    simulated: bool,
}

fn shown(leads: &Leads, setting: TextCodes) -> TextCodeSettings {
    let provider = leads.text_messages();
    TextCodeSettings {
        mode: setting.mode,
        daily_most: setting.daily_most,
        provider: provider.map(super::TextMessages::name),
        simulated: provider.is_some_and(super::TextMessages::is_simulated),
    }
}

fn traced(setting: TextCodes) -> serde_json::Value {
    json!({ "text_code": setting.mode.label(), "daily_most": setting.daily_most })
}

/// Shows when a public report needs a code.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/text-code-settings", tag = "settings", operation_id = "show_text_code_settings",
    responses((status = 200, body = TextCodeSettings, description = "The settings")))]
pub(crate) async fn show(State(leads): State<Leads>, allowed: Allowed<rights::Configure>) -> Answer<Json<TextCodeSettings>> {
    require_ground(&allowed.scope(), leads.home_region())?;
    let setting = store::setting(leads.database().pool(), leads.home_region()).await?;
    Ok(Json(shown(&leads, setting)))
}

/// Replaces when a public report needs a code.
///
/// # Errors
/// `text-code-no-provider`, `text-code-settings-invalid`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/text-code-settings", tag = "settings", operation_id = "replace_text_code_settings",
    request_body = NewTextCodeSettings, responses((status = 200, body = TextCodeSettings, description = "The settings")))]
pub(crate) async fn replace(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Json(wanted): Json<NewTextCodeSettings>,
) -> Answer<Json<TextCodeSettings>> {
    let region = leads.home_region();
    require_ground(&allowed.scope(), region)?;
    if !(1..=100_000).contains(&wanted.daily_most) {
        let detail = "每天最多发送的条数应为 1 至 100000";
        return Err(Problem::invalid("text-code-settings-invalid", detail).field("daily_most", detail).into());
    }
    if wanted.mode != TextCodeMode::Off && leads.text_messages().is_none() {
        let detail = "还没有接短信服务商，不能开启：请系统管理员先设置 BIHUAN_SMS_PROVIDER（见运维手册）";
        return Err(Problem::conflict("text-code-no-provider", detail).field("mode", detail).into());
    }
    let new = TextCodes { mode: wanted.mode, daily_most: wanted.daily_most };
    let mut transaction = leads.database().pool().begin().await?;
    let old = store::lock_setting(&mut transaction, region).await?;
    if old != new {
        store::set(&mut transaction, region, new).await?;
        trace::leave(&leads, &mut transaction, &allowed.caller, "text-code-settings-changed", region, (traced(old), traced(new))).await?;
    }
    transaction.commit().await?;
    leads.settings_cache().forget();
    Ok(Json(shown(&leads, new)))
}

/// Shows what the public page must ask for.
///
/// # Errors
/// `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/report-settings", tag = "public", operation_id = "show_public_report_settings",
    responses((status = 200, body = PublicReportSettings, description = "The settings")))]
pub(crate) async fn public(State(leads): State<Leads>, ClientAddress(address): ClientAddress) -> Answer<Json<PublicReportSettings>> {
    leads.follow_rate().check(address)?;
    let provider = leads.text_messages();
    let text_code = if provider.is_some() { leads.settings().await?.text_codes.mode } else { TextCodeMode::Off };
    Ok(Json(PublicReportSettings { text_code, simulated: provider.is_some_and(super::TextMessages::is_simulated) }))
}
