//! Whether unknown terminals are let in (来访终端设置).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json};
use identity::{
    Allowed, Scope,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::store::{self, Visitors};
use crate::{Vehicles, rights};

/// The setting of visitors (来访终端设置).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TerminalVisitors {
    /// Terminals that nobody entered are let in, and what they send is marked so.
    visitors: bool,
    /// For `If-Match`.
    version: i64,
}

/// The setting as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TerminalVisitorsInput {
    visitors: bool,
}

/// Shows the setting.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/vehicle-terminal-settings", tag = "vehicles", operation_id = "show_vehicle_terminal_settings",
    responses((status = 200, body = TerminalVisitors, description = "The setting")))]
pub(crate) async fn show(State(vehicles): State<Vehicles>, allowed: Allowed<rights::KeepTerminals>) -> Answer<Json<TerminalVisitors>> {
    require_ground(&allowed.scope(), vehicles.home_region())?;
    let mut connection = vehicles.database().pool().acquire().await?;
    let now = current(&vehicles, store::visitors(&mut connection, vehicles.home_region()).await?);
    Ok(Json(TerminalVisitors { visitors: now.visitors, version: now.version }))
}

/// Lets visitors in, or no more. Those who are there stay; each can be switched off.
///
/// # Errors
/// `version-conflict`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/vehicle-terminal-settings", tag = "vehicles", operation_id = "save_vehicle_terminal_settings",
    request_body = TerminalVisitorsInput, params(("If-Match" = Option<String>, Header, description = "The version that was seen")),
    responses((status = 200, body = TerminalVisitors, description = "The setting")))]
pub(crate) async fn save(
    State(vehicles): State<Vehicles>,
    allowed: Allowed<rights::KeepTerminals>,
    IfMatch(seen): IfMatch,
    Json(input): Json<TerminalVisitorsInput>,
) -> Answer<Json<TerminalVisitors>> {
    let region = vehicles.home_region();
    require_ground(&allowed.scope(), region)?;
    let mut transaction = vehicles.database().pool().begin().await?;
    let before = current(&vehicles, store::visitors(&mut transaction, region).await?);
    let wanted = Visitors { visitors: input.visitors, version: before.version + 1 };
    if seen.is_some_and(|seen| seen != before.version) || !store::save_visitors(&mut transaction, region, wanted).await? {
        return Err(Problem::precondition_failed("version-conflict", "这项设置刚被别人改过，请刷新后再改").into());
    }
    let (before, after) = (json!({ "visitors": before.visitors }), json!({ "visitors": wanted.visitors }));
    let change = SettingChange { region, action: "visitor-terminals-changed", target: region, before, after };
    audit::record(&mut transaction, vehicles.clock().now(), allowed.caller.person, change).await?;
    transaction.commit().await?;
    Ok(Json(TerminalVisitors { visitors: wanted.visitors, version: wanted.version }))
}

fn current(vehicles: &Vehicles, kept: Option<Visitors>) -> Visitors {
    kept.unwrap_or(Visitors { visitors: vehicles.visitors_by_default(), version: 0 })
}

/// Refuses what belongs to the whole district to who has only a part of it.
///
/// # Errors
/// `scope-exceeded`.
pub(crate) fn require_ground(scope: &Scope, ground: &str) -> Result<(), Problem> {
    if scope.covers_region(ground) {
        return Ok(());
    }
    Err(Problem::forbidden("scope-exceeded", "车载终端归全区管理，超出了您的辖区，请由上级办理"))
}
