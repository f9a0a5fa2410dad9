//! Read and replace how replies are checked (核验设置).

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use judgement::reply::Code;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::PgExecutor;
use utoipa::ToSchema;

use super::{ReplyCheckMode, ReplyChecking, store};
use crate::{
    Leads, rights,
    settings::{require_ground, touches_home, trace},
};

/// How replies are checked.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReplyCheckSettings {
    /// What is done about findings.
    mode: ReplyCheckMode,
    /// The kinds of findings that hold a reply back where the mode is `hold`.
    holding: Vec<String>,
}

/// The setting of a district; the usual one where it made none.
pub(crate) async fn read(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<ReplyChecking> {
    let Some((mode, holding)) = store::setting(executor, region).await? else { return Ok(ReplyChecking::default()) };
    let mode = mode.parse().unwrap_or(ReplyChecking::default().mode);
    Ok(ReplyChecking { mode, holding: holding.iter().filter_map(|code| Code::of(code)).collect() })
}

fn shown(setting: &ReplyChecking) -> ReplyCheckSettings {
    ReplyCheckSettings { mode: setting.mode, holding: setting.holding.iter().map(|code| code.code().to_owned()).collect() }
}

/// The setting as the history keeps it.
fn traced(setting: &ReplyChecking) -> serde_json::Value {
    let holding: Vec<&str> = setting.holding.iter().map(|code| code.label()).collect();
    json!({ "reply_check": setting.mode.label(), "reply_holding": holding.join("、") })
}

/// Shows how replies are checked.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/reply-check-settings", tag = "settings", operation_id = "show_reply_check_settings",
    responses((status = 200, body = ReplyCheckSettings, description = "The settings")))]
pub(crate) async fn show(State(leads): State<Leads>, allowed: Allowed<rights::Read>) -> Answer<Json<ReplyCheckSettings>> {
    if !touches_home(&leads, &allowed.scope()) {
        return Ok(Json(shown(&ReplyChecking::default())));
    }
    Ok(Json(shown(&read(leads.database().pool(), leads.home_region()).await?)))
}

/// Replaces how replies are checked. What is held already waits for a person all the same.
///
/// # Errors
/// `reply-check-settings-invalid`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/reply-check-settings", tag = "settings", operation_id = "replace_reply_check_settings",
    request_body = ReplyCheckSettings, responses((status = 200, body = ReplyCheckSettings, description = "The settings")))]
pub(crate) async fn replace(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Json(wanted): Json<ReplyCheckSettings>,
) -> Answer<Json<ReplyCheckSettings>> {
    let region = leads.home_region();
    require_ground(&allowed.scope(), region)?;
    let known: Option<Vec<Code>> = wanted.holding.iter().map(|code| Code::of(code)).collect();
    let Some(mut holding) = known.filter(|_| wanted.holding.len() <= Code::ALL.len()) else {
        let detail = "没有这种核验发现";
        return Err(Problem::invalid("reply-check-settings-invalid", detail).field("holding", detail).into());
    };
    if wanted.mode == ReplyCheckMode::Hold && holding.is_empty() {
        let detail = "暂缓发出须至少选一种核验发现";
        return Err(Problem::invalid("reply-check-settings-invalid", detail).field("holding", detail).into());
    }
    holding.sort_unstable();
    holding.dedup();
    let mut transaction = leads.database().pool().begin().await?;
    store::lock_setting(&mut transaction).await?;
    let old = read(&mut *transaction, region).await?;
    let codes: Vec<&str> = holding.iter().map(|code| code.code()).collect();
    store::set_setting(&mut transaction, region, wanted.mode.code(), &codes).await?;
    let new = read(&mut *transaction, region).await?;
    if old != new {
        trace::leave(&leads, &mut transaction, &allowed.caller, "reply-check-settings-changed", region, (traced(&old), traced(&new)))
            .await?;
    }
    transaction.commit().await?;
    leads.settings_cache().forget();
    Ok(Json(shown(&new)))
}
