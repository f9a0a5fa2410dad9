//! A vehicle's day (车辆一天的轨迹).

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json, Path, Query};
use identity::Allowed;
use jt808::VendorTable;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    VehicleAlarm, VehiclePoint,
    journey::{self, VehicleJourney},
    view,
};
use crate::{Vehicles, rights, terminal::store};

/// Which day is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// In Beijing time.
    day: NaiveDate,
}

/// A vehicle's day (车辆一天的轨迹).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VehicleDay {
    plate: String,
    /// In the order of their times.
    points: Vec<VehiclePoint>,
    /// There were more than 100,000 points; the last ones are not here.
    cut: bool,
    /// What the day was made of: trips, stops, silences, mileage.
    journey: VehicleJourney,
    /// The alarms that began on this day, as the points told when they came: a point older than the vehicle's newest begins and ends none.
    /// Its own alarms stand at the point.
    alarms: Vec<VehicleAlarm>,
}

/// A vehicle's points of a day, whenever they arrived, and its alarms of the day as far as points came in time.
///
/// # Errors
/// `vehicle-not-found`.
#[utoipa::path(get, path = "/api/v1/vehicles/{id}/track", tag = "vehicles", operation_id = "show_vehicle_track",
    params(("id" = i64, Path, description = "The vehicle's number"), Ask),
    responses((status = 200, body = VehicleDay, description = "The day")))]
pub(crate) async fn day(
    State(vehicles): State<Vehicles>,
    allowed: Allowed<rights::SeeVehicles>,
    Path(id): Path<i64>,
    Query(ask): Query<Ask>,
) -> Answer<Json<VehicleDay>> {
    let region = vehicles.home_region();
    let kept = if allowed.scope().covers_region(region) { store::by_id(vehicles.database().pool(), region, id).await? } else { None };
    let kept = kept.ok_or_else(|| Problem::not_found("vehicle-not-found", "没有这辆车，或不在您的辖区"))?;
    let table = VendorTable::built_in(&kept.vendor);
    let found = vehicles.tracks().day(kept.id, ask.day).await?;
    let alarms = alarms(&vehicles, kept.id, ask.day).await?;
    Ok(Json(VehicleDay {
        plate: kept.plate,
        points: found.points.iter().map(|point| view(point, table.as_ref())).collect(),
        journey: journey::view(&found.points),
        cut: found.cut,
        alarms,
    }))
}

/// The alarms of a vehicle that began on a day.
pub(super) async fn alarms(vehicles: &Vehicles, vehicle: i64, day: NaiveDate) -> sqlx::Result<Vec<VehicleAlarm>> {
    let alarms = vehicles.tracks().alarms(vehicle, day).await?.into_iter().filter_map(|alarm| {
        let kind = jt808::ALARMS.get(usize::try_from(alarm.bit).ok()?)?;
        Some(VehicleAlarm { code: kind.code, label: kind.label, began_at: Some(alarm.began_at), ended_at: alarm.ended_at })
    });
    Ok(alarms.collect())
}
