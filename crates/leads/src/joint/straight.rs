//! Keep between which units whoever is on the spot calls straight through (一键直呼): no dispatcher decides in between, he hears of it.

use axum::extract::State;
use http_api::{Answer, Json};
use identity::{Allowed, OrganisationTree};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::store;
use crate::{
    Leads, rights,
    settings::{Snapshot, require_ground, touches_home, trace},
};

/// Pairs that a city keeps at most.
const MOST: usize = 500;

/// A pair of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JointPair {
    /// Whose people call, those of the units below it too; everybody's where none is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Uuid>,
    /// Which unit they call.
    pub to: Uuid,
}

/// The pairs.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JointPairs {
    items: Vec<JointPair>,
}

/// Whether somebody of a unit calls another one straight through.
pub(crate) fn goes(settings: &Snapshot, tree: &OrganisationTree, from: Uuid, to: Uuid) -> bool {
    let active = tree.get(to).is_some_and(|unit| unit.active);
    active && settings.straight.iter().any(|pair| pair.to == to && pair.from.is_none_or(|unit| tree.is_within(from, unit)))
}

fn traced(pairs: &[JointPair]) -> Value {
    json!({ "straight": pairs.iter().map(|pair| json!({ "unit": pair.from, "assisting": pair.to })).collect::<Vec<_>>() })
}

/// Lists the pairs.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/joint-pairs", tag = "settings", operation_id = "list_joint_pairs",
    responses((status = 200, body = JointPairs, description = "The pairs")))]
pub(crate) async fn list(State(leads): State<Leads>, allowed: Allowed<rights::Read>) -> Answer<Json<JointPairs>> {
    let home = touches_home(&leads, &allowed.scope());
    let items = if home { store::straight(leads.database().pool(), leads.home_region()).await? } else { Vec::new() };
    Ok(Json(JointPairs { items }))
}

/// Replaces the pairs. A pair that stood before one of its units was switched off may stay.
///
/// # Errors
/// `joint-pairs-invalid`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/joint-pairs", tag = "settings", operation_id = "replace_joint_pairs", request_body = JointPairs,
    responses((status = 200, body = JointPairs, description = "The pairs")))]
pub(crate) async fn replace(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Json(wanted): Json<JointPairs>,
) -> Answer<Json<JointPairs>> {
    let region = leads.home_region();
    require_ground(&allowed.scope(), region)?;
    let organisations = leads.identity().organisations().await?;
    let known = |unit: Uuid| organisations.get(unit).is_some_and(|unit| unit.active);
    let mut transaction = leads.database().pool().begin().await?;
    store::lock_straight(&mut transaction).await?;
    let old = store::straight(&mut *transaction, region).await?;
    let mut seen = std::collections::HashSet::new();
    // What stood before its unit was switched off may stay: it calls nobody, and keeps no other line from being saved.
    let fault = |pair: &JointPair, again: bool| match pair {
        _ if again => Some("与前面的一条重复"),
        pair if pair.from == Some(pair.to) => Some("两边是同一个单位"),
        pair if old.contains(pair) => None,
        pair if !known(pair.to) => Some("被呼单位不存在或已停用"),
        pair if !pair.from.is_none_or(known) => Some("呼叫单位不存在或已停用"),
        _ => None,
    };
    let invalid = |detail: String| Problem::invalid("joint-pairs-invalid", detail.clone()).field("items", detail);
    if wanted.items.len() > MOST {
        return Err(invalid(format!("最多 {MOST} 条")).into());
    }
    for (line, pair) in wanted.items.iter().enumerate() {
        if let Some(why) = fault(pair, !seen.insert(*pair)) {
            return Err(invalid(format!("第 {} 条：{why}", line + 1)).into());
        }
    }
    store::replace_straight(&mut transaction, region, &wanted.items).await?;
    let new = store::straight(&mut *transaction, region).await?;
    if old != new {
        trace::leave(&leads, &mut transaction, &allowed.caller, "joint-pairs-changed", region, (traced(&old), traced(&new))).await?;
    }
    transaction.commit().await?;
    leads.settings_cache().forget();
    Ok(Json(JointPairs { items: new }))
}
