//! Where all vehicles are, or were at an instant (车辆位置).

use std::collections::HashMap;

use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use http_api::{Answer, Json, Query};
use identity::Allowed;
use jt808::VendorTable;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    VehiclePoint, load,
    state::{DARK_AFTER, VehicleState, state},
    view,
};
use crate::{Vehicles, rights, terminal::store};

/// Vehicles of one answer.
pub(super) const MOST: usize = 20_000;
/// A vehicle that was last seen longer before an instant stands nowhere then.
const BACK: TimeDelta = TimeDelta::minutes(15);

/// Which instant is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// An instant in the past; the newest positions without.
    at: Option<DateTime<Utc>>,
    /// Only vehicles whose newest position changed since an answer whose `next` this is.
    since: Option<i64>,
}

/// A vehicle and where it is (车辆位置).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VehiclePosition {
    id: i64,
    plate: String,
    colour: i16,
    /// Connected to this program now.
    connected: bool,
    /// What it is doing; at an instant: what it was doing.
    state: VehicleState,
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
    /// To ask with as `since` next time; none for an instant. Smaller than the `since` that was asked with: the database is another one,
    /// and everything has to be asked for again.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<i64>,
    /// A vehicle of which nothing came for so many seconds is dark; between two answers it goes dark by itself.
    dark_after: i64,
}

/// Where every vehicle is; at an instant: where it was last seen in the quarter of an hour before.
///
/// With `since` only those that moved: what a live map asks for every few seconds.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/vehicles", tag = "vehicles", operation_id = "list_vehicle_positions", params(Ask),
    responses((status = 200, body = VehiclePositions, description = "All vehicles")))]
pub(crate) async fn now(
    State(vehicles): State<Vehicles>,
    allowed: Allowed<rights::SeeVehicles>,
    Query(ask): Query<Ask>,
) -> Answer<Json<VehiclePositions>> {
    let at = ask.at.unwrap_or_else(|| vehicles.clock().now());
    let dark_after = DARK_AFTER.num_seconds();
    if ask.at.is_some() && ask.since.is_some() {
        return Err(Problem::invalid("query-invalid", "某一时刻（at）与变动（since）只能查一样").into());
    }
    if !allowed.scope().covers_region(vehicles.home_region()) {
        return Ok(Json(VehiclePositions { items: Vec::new(), cut: false, at, next: None, dark_after }));
    }
    let (points, next) = match ask.at {
        Some(at) => (vehicles.tracks().as_of(at, BACK).await?, None),
        None => {
            let changed = vehicles.tracks().changed(ask.since.unwrap_or(-1)).await?;
            (changed.points, Some(changed.next))
        }
    };
    let (pool, region) = (vehicles.database().pool(), vehicles.home_region());
    let mut terminals = match ask.since {
        Some(_) => store::some(pool, region, &points.iter().map(|point| point.vehicle).collect::<Vec<_>>()).await?,
        None => store::all(pool, region, MOST as i64 + 1).await?,
    };
    let cut = terminals.len() > MOST;
    terminals.truncate(MOST);
    let terminals: HashMap<i64, store::Kept> = terminals.into_iter().map(|kept| (kept.id, kept)).collect();
    let tables: HashMap<&str, VendorTable> = VendorTable::codes().filter_map(|code| Some((code, VendorTable::built_in(code)?))).collect();
    let items = points.iter().filter_map(|point| {
        let kept = terminals.get(&point.vehicle)?;
        let table = tables.get(kept.vendor.as_str());
        // In the past nothing had gone dark: what was older is not in the answer. By the arrival of what came late it would have.
        let now = if ask.at.is_some() { DateTime::from_timestamp_millis(point.taken).unwrap_or(at) } else { at };
        let state = state(point, load(point, table), now);
        let connected = vehicles.sessions().has(kept.id);
        Some(VehiclePosition { id: kept.id, plate: kept.plate.clone(), colour: kept.colour, connected, state, point: view(point, table) })
    });
    Ok(Json(VehiclePositions { items: items.collect(), cut, at, next, dark_after }))
}
