//! Where all vehicles are, or were at an instant (车辆位置).

use std::collections::HashMap;

use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use http_api::{Answer, Json, Query};
use identity::Allowed;
use jt808::VendorTable;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{VehiclePoint, view};
use crate::{Vehicles, rights, terminal::store};

/// Vehicles of one answer.
const MOST: usize = 20_000;
/// A vehicle that was last seen longer before an instant stands nowhere then.
const BACK: TimeDelta = TimeDelta::minutes(15);

/// Which instant is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// An instant in the past; the newest positions without.
    at: Option<DateTime<Utc>>,
}

/// A vehicle and where it is (车辆位置).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VehiclePosition {
    id: i64,
    plate: String,
    colour: i16,
    /// Connected to this program now.
    connected: bool,
    /// Where.
    point: VehiclePoint,
}

/// All vehicles (全部车辆).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VehiclePositions {
    items: Vec<VehiclePosition>,
    /// There are more than 20,000 terminals; the last ones entered are not here.
    cut: bool,
    /// Newest positions follow what arrives within seconds.
    at: DateTime<Utc>,
}

/// Where every vehicle is; at an instant: where it was last seen in the quarter of an hour before.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/vehicles", tag = "vehicles", operation_id = "list_vehicle_positions", params(Ask),
    responses((status = 200, body = VehiclePositions, description = "All vehicles")))]
pub(crate) async fn now(
    State(vehicles): State<Vehicles>,
    allowed: Allowed<rights::SeeVehicles>,
    Query(ask): Query<Ask>,
) -> Answer<Json<VehiclePositions>> {
    let at = ask.at.unwrap_or_else(|| vehicles.clock().now());
    if !allowed.scope().covers_region(vehicles.home_region()) {
        return Ok(Json(VehiclePositions { items: Vec::new(), cut: false, at }));
    }
    let points = match ask.at {
        Some(at) => vehicles.tracks().as_of(at, BACK).await?,
        None => vehicles.tracks().newest(None).await?,
    };
    let mut terminals = store::all(vehicles.database().pool(), vehicles.home_region(), MOST as i64 + 1).await?;
    let cut = terminals.len() > MOST;
    terminals.truncate(MOST);
    let terminals: HashMap<i64, store::Kept> = terminals.into_iter().map(|kept| (kept.id, kept)).collect();
    let tables: HashMap<&str, VendorTable> = VendorTable::codes().filter_map(|code| Some((code, VendorTable::built_in(code)?))).collect();
    let items = points.iter().filter_map(|point| {
        let kept = terminals.get(&point.vehicle)?;
        let point = view(point, tables.get(kept.vendor.as_str()));
        let connected = vehicles.sessions().has(kept.id);
        Some(VehiclePosition { id: kept.id, plate: kept.plate.clone(), colour: kept.colour, connected, point })
    });
    Ok(Json(VehiclePositions { items: items.collect(), cut, at }))
}
