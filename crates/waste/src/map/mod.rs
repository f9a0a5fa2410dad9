//! `GET /api/v1/waste/map`: places and the routes of permits in force, for the map.

mod store;

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Waste,
    place::{list::WastePlace, store as places},
    rights,
    shape::Spot,
};

/// Places of one map at most.
const PLACES: usize = 2_000;
/// Routes of one map at most.
const ROUTES: usize = 500;

/// The route of a permit in force (核准路线).
#[derive(Debug, Serialize, ToSchema, sqlx::FromRow)]
pub(crate) struct WasteRoute {
    permit: Uuid,
    number: String,
    site_name: String,
    carrier_name: String,
    #[schema(value_type = Vec<Vec<f64>>)]
    corridor: sqlx::types::Json<Vec<Spot>>,
    /// In metres.
    half_width_m: i32,
}

/// What lies on the map (建筑垃圾一张图).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WasteMap {
    places: Vec<WastePlace>,
    routes: Vec<WasteRoute>,
    /// There are more than 2,000 places or 500 routes; the oldest are not here.
    cut: bool,
}

/// Shows what lies on the caller's ground.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/waste/map", tag = "waste", operation_id = "show_waste_map",
    responses((status = 200, body = WasteMap, description = "Places and routes")))]
pub(crate) async fn map(State(room): State<Waste>, allowed: Allowed<rights::SeeWaste>) -> Answer<Json<WasteMap>> {
    let scope = allowed.scope();
    let mut connection = room.database().pool().acquire().await?;
    let wanted = places::Wanted { most: PLACES as i64 + 1, ..places::Wanted::default() };
    let mut found = places::list(&mut connection, &scope, room.home(), &wanted).await?;
    let mut routes = store::routes(&mut connection, &scope, room.home(), room.today(), ROUTES as i64 + 1).await?;
    let cut = found.len() > PLACES || routes.len() > ROUTES;
    found.truncate(PLACES);
    routes.truncate(ROUTES);
    Ok(Json(WasteMap { places: found.into_iter().filter_map(|row| WastePlace::of(row, &scope)).collect(), routes, cut }))
}
