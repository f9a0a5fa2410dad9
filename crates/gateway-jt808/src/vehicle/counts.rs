//! How many vehicles are doing what (车辆概况): for the wall.

use std::collections::HashMap;

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use jt808::VendorTable;
use kernel::clock::shanghai;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    load,
    now::MOST,
    state::{VehicleState, state},
};
use crate::{Vehicles, rights, terminal::store};

/// How many vehicles are doing what (车辆概况).
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct VehicleCounts {
    /// That said where they are today, in Beijing time (今日上线).
    today: usize,
    /// Under way now (在途).
    on_road: usize,
    /// Of those under way with a load (重车).
    loaded: usize,
    alarm: usize,
    stopped: usize,
    /// Of today's: nothing came for ten minutes (失联).
    dark: usize,
    /// Some of them are simulated.
    simulated: bool,
    at: DateTime<Utc>,
}

/// Counts vehicles by what their newest points say. A vehicle that raises an alarm counts as under way too, where it drives.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/vehicle-counts", tag = "vehicles", operation_id = "count_vehicles",
    responses((status = 200, body = VehicleCounts, description = "How many")))]
pub(crate) async fn counts(State(vehicles): State<Vehicles>, allowed: Allowed<rights::SeeVehicles>) -> Answer<Json<VehicleCounts>> {
    let now = vehicles.clock().now();
    let mut counts = VehicleCounts { at: now, ..VehicleCounts::default() };
    let region = vehicles.home_region();
    if !allowed.scope().covers_region(region) {
        return Ok(Json(counts));
    }
    let points = vehicles.tracks().changed(-1).await?.points;
    let terminals = store::all(vehicles.database().pool(), region, MOST as i64).await?;
    let vendors: HashMap<i64, String> = terminals.into_iter().map(|kept| (kept.id, kept.vendor)).collect();
    let tables: HashMap<&str, VendorTable> = VendorTable::codes().filter_map(|code| Some((code, VendorTable::built_in(code)?))).collect();
    let day = |at: DateTime<Utc>| at.with_timezone(&shanghai()).date_naive();
    for point in points.iter().filter(|point| day(point.instant()) == day(now)) {
        let Some(vendor) = vendors.get(&point.vehicle) else { continue };
        counts.today += 1;
        counts.simulated |= point.flags.has(tracks::Flags::SIMULATED);
        let doing = |point: &tracks::Point| state(point, load(point, tables.get(vendor.as_str())), now);
        let quiet = tracks::Point { alarms: 0, ..point.clone() };
        match doing(&quiet) {
            VehicleState::Loaded => (counts.on_road, counts.loaded) = (counts.on_road + 1, counts.loaded + 1),
            VehicleState::Moving => counts.on_road += 1,
            VehicleState::Stopped => counts.stopped += 1,
            VehicleState::Dark => counts.dark += 1,
            VehicleState::Alarm => {}
        }
        counts.alarm += usize::from(doing(point) == VehicleState::Alarm);
    }
    Ok(Json(counts))
}
