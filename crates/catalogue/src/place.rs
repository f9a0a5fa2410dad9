//! Where a point lies: grid, community, township, county, from memory in about a microsecond.

use std::sync::Arc;

use axum::extract::State;
use http_api::{Answer, Json, Query};
use kernel::{
    position::{CoordinateSystem, Position},
    problem::Problem,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{handle::Catalogue, rights::ReadCatalogue};

/// A region by code and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NamedRegion {
    /// 6, 9, 12 or 15 digits.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// The regions around one grid, shared by all places in it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Nesting {
    pub grid: NamedRegion,
    pub community: Option<NamedRegion>,
    pub township: Option<NamedRegion>,
    pub county: Option<NamedRegion>,
}

/// A place (地点): a position and the regions around it. Outside every unit grid it has none. Cheap to clone.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    position: Position,
    nesting: Option<Arc<Nesting>>,
}

impl Place {
    pub(crate) fn new(position: Position, nesting: Option<Arc<Nesting>>) -> Self {
        Self { position, nesting }
    }

    /// The position, WGS-84.
    pub fn position(&self) -> Position {
        self.position
    }

    /// The unit grid (单元网格).
    pub fn grid(&self) -> Option<&NamedRegion> {
        self.nesting.as_ref().map(|n| &n.grid)
    }

    /// The unit grid's 15 digits.
    pub fn grid_code(&self) -> Option<&str> {
        self.grid().map(|grid| grid.code.as_str())
    }

    /// The community (社区、村).
    pub fn community(&self) -> Option<&NamedRegion> {
        self.nesting.as_ref()?.community.as_ref()
    }

    /// The township (街道、镇).
    pub fn township(&self) -> Option<&NamedRegion> {
        self.nesting.as_ref()?.township.as_ref()
    }

    /// The county (县级行政区).
    pub fn county(&self) -> Option<&NamedRegion> {
        self.nesting.as_ref()?.county.as_ref()
    }

    /// The place as it goes over the wire.
    pub fn body(&self) -> PlaceBody {
        PlaceBody {
            position: LonLat { lon: self.position.lon, lat: self.position.lat },
            grid: self.grid().cloned(),
            community: self.community().cloned(),
            township: self.township().cloned(),
            county: self.county().cloned(),
        }
    }
}

/// Longitude and latitude, WGS-84.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct LonLat {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

/// A place on the wire.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Place)]
pub struct PlaceBody {
    /// The position, WGS-84.
    pub position: LonLat,
    /// The unit grid (单元网格); absent outside every grid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grid: Option<NamedRegion>,
    /// The community (社区、村).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub community: Option<NamedRegion>,
    /// The township (街道、镇).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub township: Option<NamedRegion>,
    /// The county (县级行政区).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub county: Option<NamedRegion>,
}

/// The point asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Point {
    /// Longitude or easting of the coordinate system.
    x: f64,
    /// Latitude.
    y: f64,
    /// `wgs84` (default), `gcj02`, `bd09` or `cgcs2000`.
    system: Option<String>,
}

impl Point {
    fn position(&self) -> Result<Position, Problem> {
        let refuse = |field: &'static str, detail: String| Problem::invalid("position-invalid", "坐标不符合要求").field(field, detail);
        let system = match &self.system {
            None => CoordinateSystem::Wgs84,
            Some(text) => text.parse().map_err(|_| refuse("system", "坐标系应为 wgs84、gcj02、bd09 或 cgcs2000".to_owned()))?,
        };
        Position::from(system, self.x, self.y).map_err(|error| refuse("x", error.to_string()))
    }
}

/// 坐标所在的单元网格、社区、街镇与区县。
#[utoipa::path(get, path = "/api/v1/places", tag = "catalogue", params(Point),
    responses((status = 200, body = PlaceBody)), extensions(("x-right" = json!("catalogue.read"))))]
pub(crate) async fn of_point(
    State(catalogue): State<Catalogue>,
    _allowed: identity::Allowed<ReadCatalogue>,
    Query(point): Query<Point>,
) -> Answer<Json<PlaceBody>> {
    Ok(Json(catalogue.place(point.position()?).body()))
}
