//! A vehicle on one card (车辆卡片): what it is, where it is, what it did today.

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json, Path, Query};
use identity::Allowed;
use jt808::VendorTable;
use kernel::clock::shanghai;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    VehicleAlarm, VehiclePoint, day,
    journey::{self, VehicleJourney},
    load,
    state::{VehicleState, state},
    view,
};
use crate::{Vehicles, rights, terminal::store};

/// Which day is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// In Beijing time; today without.
    day: Option<NaiveDate>,
}

/// A vehicle on one card (车辆卡片).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VehicleCard {
    id: i64,
    plate: String,
    /// Colour of the plate by JT/T 415.
    colour: i16,
    /// The number of its terminal.
    phone: String,
    /// Whose table says what its own items mean.
    vendor: String,
    /// Its terminal was let in without being entered.
    visitor: bool,
    simulated: bool,
    connected: bool,
    /// What it is doing; none before its first point.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<VehicleState>,
    /// Its newest point.
    #[serde(skip_serializing_if = "Option::is_none")]
    point: Option<VehiclePoint>,
    /// The day that the rest is of.
    day: NaiveDate,
    journey: VehicleJourney,
    /// There were more points than are looked at; mileage and stops are of the first 100,000.
    cut: bool,
    /// The alarms that began on the day.
    alarms: Vec<VehicleAlarm>,
}

/// A vehicle: its terminal, its newest point, its mileage, stops and alarms of a day.
///
/// # Errors
/// `vehicle-not-found`.
#[utoipa::path(get, path = "/api/v1/vehicles/{id}", tag = "vehicles", operation_id = "show_vehicle",
    params(("id" = i64, Path, description = "The vehicle's number"), Ask),
    responses((status = 200, body = VehicleCard, description = "The vehicle")))]
pub(crate) async fn card(
    State(vehicles): State<Vehicles>,
    allowed: Allowed<rights::SeeVehicles>,
    Path(id): Path<i64>,
    Query(ask): Query<Ask>,
) -> Answer<Json<VehicleCard>> {
    let region = vehicles.home_region();
    let kept = if allowed.scope().covers_region(region) { store::by_id(vehicles.database().pool(), region, id).await? } else { None };
    let kept = kept.ok_or_else(|| Problem::not_found("vehicle-not-found", "没有这辆车，或不在您的辖区"))?;
    let now = vehicles.clock().now();
    let wanted = ask.day.unwrap_or_else(|| now.with_timezone(&shanghai()).date_naive());
    let table = VendorTable::built_in(&kept.vendor);
    let newest = vehicles.tracks().newest(Some(&[kept.id])).await?.pop();
    let found = vehicles.tracks().day(kept.id, wanted).await?;
    let alarms = day::alarms(&vehicles, kept.id, wanted).await?;
    Ok(Json(VehicleCard {
        connected: vehicles.sessions().has(kept.id),
        id: kept.id,
        plate: kept.plate,
        colour: kept.colour,
        phone: kept.phone,
        vendor: kept.vendor,
        visitor: kept.visitor,
        simulated: kept.simulated,
        state: newest.as_ref().map(|point| state(point, load(point, table.as_ref()), now)),
        point: newest.as_ref().map(|point| view(point, table.as_ref())),
        day: wanted,
        journey: journey::view(&found.points),
        cut: found.cut,
        alarms,
    }))
}
