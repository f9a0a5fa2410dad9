//! Keep which sources and classes are accepted without an operator (自动受理).

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{IntakeSetting, require_ground, store, touches_home, trace};
use crate::{Leads, lead::Source, rights};

/// One setting.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IntakeItem {
    /// The source.
    source: Source,
    /// The first digits of the class; empty for all. The longest that fits decides.
    #[serde(default)]
    class_prefix: String,
    /// Accepted, filed and dispatched without an operator, where class, place and rule are certain.
    automatic: bool,
}

/// All settings.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IntakeSettings {
    items: Vec<IntakeItem>,
}

async fn standing(leads: &Leads) -> Answer<IntakeSettings> {
    let items = store::intake(leads.database().pool(), leads.home_region()).await?.into_iter().filter_map(|setting| {
        Some(IntakeItem { source: setting.source.parse().ok()?, class_prefix: setting.class_prefix, automatic: setting.automatic })
    });
    Ok(IntakeSettings { items: items.collect() })
}

/// Lists the settings.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/intake-settings", tag = "settings", responses((status = 200, body = IntakeSettings, description = "The settings")))]
pub(crate) async fn list(State(leads): State<Leads>, allowed: Allowed<rights::Read>) -> Answer<Json<IntakeSettings>> {
    if !touches_home(&leads, &allowed.scope()) {
        return Ok(Json(IntakeSettings { items: Vec::new() }));
    }
    Ok(Json(standing(&leads).await?))
}

/// Replaces the settings.
///
/// # Errors
/// `intake-settings-invalid`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/intake-settings", tag = "settings", request_body = IntakeSettings,
    responses((status = 200, body = IntakeSettings, description = "The settings")))]
pub(crate) async fn replace(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Json(wanted): Json<IntakeSettings>,
) -> Answer<Json<IntakeSettings>> {
    require_ground(&allowed.scope(), leads.home_region())?;
    let mut seen = std::collections::HashSet::new();
    let fits = wanted.items.len() <= 1_000
        && wanted.items.iter().all(|item| {
            item.class_prefix.len() <= 17
                && item.class_prefix.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && seen.insert((item.source.clone(), item.class_prefix.clone()))
        });
    if !fits {
        let detail = "每个来源与类别只能有一条设置，类别应为编码或其开头几位";
        return Err(Problem::invalid("intake-settings-invalid", detail).field("items", detail).into());
    }
    let region = leads.home_region();
    let settings: Vec<IntakeSetting> = wanted
        .items
        .into_iter()
        .map(|item| IntakeSetting {
            region: region.to_owned(),
            source: item.source.code().to_owned(),
            class_prefix: item.class_prefix,
            automatic: item.automatic,
        })
        .collect();
    let mut transaction = leads.database().pool().begin().await?;
    store::lock_intake(&mut transaction).await?;
    let old = store::intake(&mut *transaction, region).await?;
    store::replace_intake(&mut transaction, region, &settings).await?;
    let new = store::intake(&mut *transaction, region).await?;
    let sides = (trace::intake(&old), trace::intake(&new));
    if sides.0 != sides.1 {
        trace::leave(&leads, &mut transaction, &allowed.caller, "intake-settings-changed", region, sides).await?;
    }
    transaction.commit().await?;
    leads.settings_cache().forget();
    Ok(Json(standing(&leads).await?))
}
