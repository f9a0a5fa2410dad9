//! Listing regions.

use axum::extract::State;
use http_api::{Answer, Json, Query};
use identity::Allowed;
use kernel::region::RegionLevel;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{handle::Catalogue, rights::ReadCatalogue};

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only this level; without it all but the unit grids.
    #[param(value_type = Option<String>)]
    level: Option<RegionLevel>,
}

/// A region in the tree.
#[derive(Debug, Serialize, ToSchema)]
pub struct Region {
    /// 6, 9, 12 or 15 digits.
    code: String,
    /// Its name.
    name: String,
    /// `county`, `township`, `community` or `grid`.
    #[schema(value_type = String)]
    level: RegionLevel,
    /// The region around it; a county has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_code: Option<String>,
}

/// Regions in the order of their codes.
#[derive(Debug, Serialize, ToSchema)]
pub struct Regions {
    items: Vec<Region>,
}

/// 区县、街镇与社区；`level=grid` 时列出单元网格。
#[utoipa::path(get, path = "/api/v1/regions", tag = "catalogue", params(Wanted),
    responses((status = 200, body = Regions)), extensions(("x-right" = json!("catalogue.read"))))]
pub(crate) async fn list(
    State(catalogue): State<Catalogue>,
    _allowed: Allowed<ReadCatalogue>,
    Query(wanted): Query<Wanted>,
) -> Answer<Json<Regions>> {
    let snapshot = catalogue.snapshot();
    let items = snapshot
        .regions
        .iter()
        .filter(|r| wanted.level.map_or(r.code.level() != RegionLevel::Grid, |level| r.code.level() == level))
        .map(|r| Region {
            code: r.code.to_string(),
            name: r.name.clone(),
            level: r.code.level(),
            parent_code: r.code.parent().map(|p| p.to_string()),
        })
        .collect();
    Ok(Json(Regions { items }))
}
