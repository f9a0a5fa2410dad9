//! Listing components: by class and words, or around a point.

use std::collections::HashMap;

use axum::extract::State;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::{position::Position, problem::Problem};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::store::{self, Filter, Row};
use crate::{handle::Catalogue, place::LonLat, rights::ReadCatalogue};

const PAGE: usize = 50;
const WIDEST_M: f64 = 5_000.0;

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Longitude of the point around which to look, WGS-84.
    lon: Option<f64>,
    /// Latitude of that point.
    lat: Option<f64>,
    /// How far, in metres; 100 without it, 5,000 at most.
    radius_m: Option<f64>,
    /// The class, five digits.
    class: Option<String>,
    /// A part of the name, or the beginning of the code.
    q: Option<String>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// A component.
#[derive(Debug, Serialize, ToSchema)]
pub struct Component {
    /// 17 digits.
    code: String,
    /// Its class, five digits.
    class_code: String,
    /// Its name.
    name: String,
    /// Where it stands, WGS-84.
    position: LonLat,
    /// Its unit grid.
    grid_code: String,
    /// 完好, 破损, 丢失, 废弃 or 移除.
    state: String,
    /// The 18 attributes of the standard, under its own names.
    #[schema(value_type = Object)]
    attributes: Value,
    /// Metres from the point asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_m: Option<f64>,
    /// Made by the simulator.
    simulated: bool,
}

impl Component {
    fn new(row: Row, distance_m: Option<f64>) -> Self {
        Self {
            code: row.code,
            class_code: row.class_code,
            name: row.name,
            position: LonLat { lon: row.lon, lat: row.lat },
            grid_code: row.grid_code,
            state: row.state,
            attributes: row.attributes,
            distance_m,
            simulated: row.simulated,
        }
    }
}

/// 部件：按类别与名称，或某点周围由近及远（此时只有一页）。
#[utoipa::path(get, path = "/api/v1/components", tag = "catalogue", params(Wanted),
    responses((status = 200, body = Page<Component>)), extensions(("x-right" = json!("catalogue.read"))))]
pub(crate) async fn list(
    State(catalogue): State<Catalogue>,
    allowed: Allowed<ReadCatalogue>,
    Query(wanted): Query<Wanted>,
) -> Answer<Json<Page<Component>>> {
    let invalid = |field: &'static str, detail: &str| Problem::invalid("query-invalid", "查询参数不符合要求").field(field, detail);
    let regions = allowed.scope().regions;
    // A NUL is the one character that PostgreSQL's text cannot hold.
    let clean = |text: &Option<String>| text.clone().filter(|t| !t.is_empty()).map(|t| t.replace('\0', ""));
    let (class, words) = (clean(&wanted.class), clean(&wanted.q));
    let filter = Filter { class: class.as_deref(), words: words.as_deref(), ..Filter::default() };
    let (Some(lon), Some(lat)) = (wanted.lon, wanted.lat) else {
        if wanted.lon.is_some() || wanted.lat.is_some() {
            return Err(invalid("lat", "经度与纬度应同时给出").into());
        }
        let after: Option<String> = match &wanted.cursor {
            Some(cursor) => Some(database::keyset::decode(cursor).map_err(|_| invalid("cursor", "翻页标记无效，请重新查询"))?),
            None => None,
        };
        let after = after.map(|code| code.replace('\0', ""));
        let filter = Filter { after: after.as_deref(), ..filter };
        let rows = store::list_in_scope(catalogue.pool(), &regions, &filter, PAGE as i64 + 1).await?;
        let (rows, next_cursor) = database::keyset::page(rows, PAGE, |row| row.code.clone());
        return Ok(Json(Page { items: rows.into_iter().map(|row| Component::new(row, None)).collect(), next_cursor }));
    };
    let radius = wanted.radius_m.unwrap_or(100.0);
    if !(radius > 0.0 && radius <= WIDEST_M) {
        return Err(invalid("radius_m", "半径为 1 至 5000 米").into());
    }
    let position = Position::new(lon, lat).map_err(|error| invalid("lon", &error.to_string()))?;
    let near = catalogue.nearest_components(position, radius, class.as_deref());
    let codes: Vec<String> = near.iter().map(|n| n.code.clone()).collect();
    let filter = Filter { codes: Some(&codes), ..filter };
    let rows = store::list_in_scope(catalogue.pool(), &regions, &filter, codes.len() as i64).await?;
    let mut rows: HashMap<String, Row> = rows.into_iter().map(|row| (row.code.clone(), row)).collect();
    let items = near
        .into_iter()
        .filter_map(|n| rows.remove(&n.code).map(|row| Component::new(row, Some((n.distance_m * 10.0).round() / 10.0))))
        .take(PAGE)
        .collect();
    Ok(Json(Page { items, next_cursor: None }))
}
