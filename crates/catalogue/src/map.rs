//! The map: its base by configuration, the regions and the offline base as GeoJSON. All of it is public.

use axum::{extract::State, http::HeaderMap, response::Response};
use http_api::{Answer, Json, Query};
use kernel::{problem::Problem, region::RegionLevel};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{handle::Catalogue, settings::MapConfig, snapshot::Snapshot};

/// The kind of base under the map.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BaseKind {
    /// Drawn from what this server holds: `/api/v1/map/base.geojson`.
    #[default]
    Offline,
    /// Tiles by x, y and zoom.
    Xyz,
    /// A WMTS (天地图).
    Wmts,
    /// A PMTiles file.
    Pmtiles,
}

/// The base of the map.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MapBase {
    /// Its kind.
    pub kind: BaseKind,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Edge length of a tile in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tile_size: Option<u16>,
}

/// What a page needs to draw the map.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MapSettings {
    /// West, south, east, north of the regions.
    pub bounds: [f64; 4],
    /// The middle: longitude, latitude.
    pub centre: [f64; 2],
    /// The base.
    pub base: MapBase,
    /// Who provides the base, to be shown.
    pub provider: String,
    /// The map approval number (审图号), to be shown; null without one.
    pub approval_number: Option<String>,
    /// Without an approval number the map is for demonstration only.
    pub demo_only: bool,
}

impl MapSettings {
    pub(crate) fn new(config: &MapConfig, snapshot: &Snapshot) -> Self {
        let bounds = snapshot.bounds;
        let offline = config.kind == BaseKind::Offline;
        Self {
            bounds,
            centre: [(bounds[0] + bounds[2]) / 2.0, (bounds[1] + bounds[3]) / 2.0],
            base: MapBase { kind: config.kind, url: config.url.clone(), tile_size: config.tile_size },
            provider: config.provider.clone().unwrap_or_else(|| {
                if offline { "离线底图（本系统绘制，仅供演示）".to_owned() } else { "未注明底图提供方".to_owned() }
            }),
            approval_number: config.approval_number.clone(),
            demo_only: config.approval_number.is_none(),
        }
    }
}

/// 地图设置：范围、底图、提供方与审图号。
#[utoipa::path(get, path = "/api/v1/map", tag = "map", responses((status = 200, body = MapSettings)), security(()),
    extensions(("x-public" = json!(true))))]
pub(crate) async fn settings(State(catalogue): State<Catalogue>) -> Answer<Json<MapSettings>> {
    Ok(Json(catalogue.map_settings()))
}

/// Which level of regions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OfLevel {
    /// `county`, `township` (default), `community` or `grid`.
    #[param(value_type = Option<String>)]
    level: Option<RegionLevel>,
}

/// 某一级区域的边界（GeoJSON，带 ETag）。
#[utoipa::path(get, path = "/api/v1/map/regions.geojson", tag = "map", params(OfLevel), security(()),
    responses((status = 200, description = "FeatureCollection", content_type = "application/geo+json", body = String),
        (status = 304, description = "Unchanged")),
    extensions(("x-public" = json!(true))))]
pub(crate) async fn regions(State(catalogue): State<Catalogue>, headers: HeaderMap, Query(of): Query<OfLevel>) -> Answer<Response> {
    let snapshot = catalogue.snapshot();
    let prepared =
        snapshot.geometry_of(of.level.unwrap_or(RegionLevel::Township)).ok_or_else(|| Problem::not_found("not-found", "没有这一级区域"))?;
    Ok(prepared.geojson(&headers))
}

/// 离线底图：周边县界、道路与兴趣点（GeoJSON，带 ETag）。
#[utoipa::path(get, path = "/api/v1/map/base.geojson", tag = "map", security(()),
    responses((status = 200, description = "FeatureCollection", content_type = "application/geo+json", body = String),
        (status = 304, description = "Unchanged")),
    extensions(("x-public" = json!(true))))]
pub(crate) async fn base(State(catalogue): State<Catalogue>, headers: HeaderMap) -> Answer<Response> {
    Ok(catalogue.snapshot().base.geojson(&headers))
}
