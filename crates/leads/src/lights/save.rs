//! Read and replace the warning points (预警设置).

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{LightRule, store};
use crate::{
    Leads,
    lead::Limit,
    rights,
    settings::{require_ground, touches_home, trace},
};

/// More rules nobody keeps in mind.
const MOST: usize = 500;
/// The longest time before the end, in minutes: fifty working days of eight hours.
const LONGEST: i32 = 24_000;

/// One warning point: a share of the limit, or a time before its end.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LightSetting {
    /// The first digits of the class; empty for all. The longest that fits decides.
    #[serde(default)]
    class_prefix: String,
    /// The limit; all of them without. The very limit goes before all.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(inline)]
    limit: Option<Limit>,
    /// Per cent of the limit after which the light is yellow, 1 to 99.
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<i16>,
    /// Or minutes of the limit's own clock before its end, 1 to 24000.
    #[serde(skip_serializing_if = "Option::is_none")]
    before_minutes: Option<i32>,
}

/// All warning points.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LightSettings {
    items: Vec<LightSetting>,
}

fn shown(rules: &[LightRule]) -> LightSettings {
    let items = rules.iter().map(|rule| LightSetting {
        class_prefix: rule.class_prefix.clone(),
        limit: rule.limit_name.parse().ok(),
        percent: rule.percent,
        before_minutes: rule.before_minutes,
    });
    LightSettings { items: items.collect() }
}

/// The rules as the history keeps them.
fn traced(rules: &[LightRule]) -> Value {
    json!({ "lights": shown(rules).items })
}

/// Lists the warning points that differ from the usual 80 per cent.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/light-settings", tag = "settings", operation_id = "list_light_settings",
    responses((status = 200, body = LightSettings, description = "The settings")))]
pub(crate) async fn list(State(leads): State<Leads>, allowed: Allowed<rights::Read>) -> Answer<Json<LightSettings>> {
    if !touches_home(&leads, &allowed.scope()) {
        return Ok(Json(LightSettings { items: Vec::new() }));
    }
    Ok(Json(shown(&store::rules(leads.database().pool(), leads.home_region()).await?)))
}

/// Replaces the warning points. They hold for limits that begin from now on; one that runs keeps its own.
///
/// # Errors
/// `light-settings-invalid`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/light-settings", tag = "settings", operation_id = "replace_light_settings", request_body = LightSettings,
    responses((status = 200, body = LightSettings, description = "The settings")))]
pub(crate) async fn replace(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Json(wanted): Json<LightSettings>,
) -> Answer<Json<LightSettings>> {
    let region = leads.home_region();
    require_ground(&allowed.scope(), region)?;
    let rules = parse(region, wanted)?;
    let mut transaction = leads.database().pool().begin().await?;
    store::lock(&mut transaction).await?;
    let old = store::rules(&mut *transaction, region).await?;
    store::replace(&mut transaction, region, &rules).await?;
    let new = store::rules(&mut *transaction, region).await?;
    if old != new {
        trace::leave(&leads, &mut transaction, &allowed.caller, "light-settings-changed", region, (traced(&old), traced(&new))).await?;
    }
    transaction.commit().await?;
    leads.settings_cache().forget();
    Ok(Json(shown(&new)))
}

fn parse(region: &str, wanted: LightSettings) -> Result<Vec<LightRule>, Problem> {
    let invalid = |detail: String| Problem::invalid("light-settings-invalid", detail.clone()).field("items", detail);
    if wanted.items.len() > MOST {
        return Err(invalid(format!("最多 {MOST} 条预警设置")));
    }
    let mut seen = std::collections::HashSet::new();
    let mut rules = Vec::with_capacity(wanted.items.len());
    for (at, item) in wanted.items.into_iter().enumerate() {
        let at = at + 1;
        let limit_name = item.limit.map_or("", Limit::code).to_owned();
        if item.class_prefix.len() > 5 || !item.class_prefix.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(invalid(format!("第 {at} 条：类别应为编码或其开头几位数字")));
        }
        let fits = match (item.percent, item.before_minutes) {
            (Some(percent), None) => (1..=99).contains(&percent),
            (None, Some(minutes)) => (1..=LONGEST).contains(&minutes),
            _ => false,
        };
        if !fits {
            return Err(invalid(format!("第 {at} 条：填百分比（1 至 99）或到期前分钟数（1 至 {LONGEST}）中的一项")));
        }
        if !seen.insert((item.class_prefix.clone(), limit_name.clone())) {
            return Err(invalid(format!("第 {at} 条：同一类别、同一时限只能有一条")));
        }
        rules.push(LightRule {
            region: region.to_owned(),
            class_prefix: item.class_prefix,
            limit_name,
            percent: item.percent,
            before_minutes: item.before_minutes,
        });
    }
    Ok(rules)
}
