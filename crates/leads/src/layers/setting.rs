//! Read and replace how levels respond (分层响应设置).

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{Layers, Shares, store};
use crate::{
    Leads, rights,
    settings::{require_ground, touches_home, trace},
};

/// What each level has of the disposal limit, in percent; together a hundred.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LayerShares {
    /// Townships (镇街), 1 to 98.
    township: u8,
    /// The county (县), 1 to 98.
    county: u8,
    /// The city (市), 1 to 98.
    city: u8,
}

/// How levels respond.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LayerSettings {
    /// What ran out at one level is raised to the next by itself. Off until the city turns it on.
    automatic: bool,
    /// How the levels share the disposal limit; without, each takes along what is left of it.
    shares: Option<LayerShares>,
}

fn shown(layers: Layers) -> LayerSettings {
    let share = |Shares { township, county, city }| LayerShares { township, county, city };
    LayerSettings { automatic: layers.automatic, shares: layers.shares.map(share) }
}

/// The setting as the history keeps it.
fn traced(layers: Layers) -> Value {
    let share = |percent: fn(Shares) -> u8| layers.shares.map(percent);
    json!({
        "raise_automatically": layers.automatic, "share_township": share(|it| it.township), "share_county": share(|it| it.county),
        "share_city": share(|it| it.city),
    })
}

/// Shows how levels respond.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/layer-settings", tag = "settings", operation_id = "show_layer_settings",
    responses((status = 200, body = LayerSettings, description = "The settings")))]
pub(crate) async fn show(State(leads): State<Leads>, allowed: Allowed<rights::Read>) -> Answer<Json<LayerSettings>> {
    if !touches_home(&leads, &allowed.scope()) {
        return Ok(Json(shown(Layers::default())));
    }
    Ok(Json(shown(store::read(leads.database().pool(), leads.home_region()).await?)))
}

/// Replaces how levels respond. It holds for limits that begin from now on.
///
/// # Errors
/// `layer-settings-invalid`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/layer-settings", tag = "settings", operation_id = "replace_layer_settings",
    request_body = LayerSettings, responses((status = 200, body = LayerSettings, description = "The settings")))]
pub(crate) async fn replace(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Json(wanted): Json<LayerSettings>,
) -> Answer<Json<LayerSettings>> {
    let region = leads.home_region();
    require_ground(&allowed.scope(), region)?;
    let fits = |it: &LayerShares| {
        let all = [it.township, it.county, it.city];
        all.iter().all(|percent| (1..=98).contains(percent)) && all.iter().map(|percent| u32::from(*percent)).sum::<u32>() == 100
    };
    if !wanted.shares.as_ref().is_none_or(fits) {
        let detail = "三级份额各为 1 至 98，合计应为 100";
        return Err(Problem::invalid("layer-settings-invalid", detail).field("shares", detail).into());
    }
    let share = |LayerShares { township, county, city }| Shares { township, county, city };
    let new = Layers { automatic: wanted.automatic, shares: wanted.shares.map(share) };
    let mut transaction = leads.database().pool().begin().await?;
    store::lock(&mut transaction).await?;
    let old = store::read(&mut *transaction, region).await?;
    store::replace(&mut transaction, region, &new).await?;
    if old != new {
        trace::leave(&leads, &mut transaction, &allowed.caller, "layer-settings-changed", region, (traced(old), traced(new))).await?;
    }
    transaction.commit().await?;
    leads.settings_cache().forget();
    Ok(Json(shown(new)))
}
