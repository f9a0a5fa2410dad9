//! A journey as people read it (一天的行驶).

use chrono::{DateTime, Utc};
use serde::Serialize;
use tracks::{Journey, Point, Thresholds, journey};
use utoipa::ToSchema;

use super::mileage;

/// Where and how long a vehicle stood (停留).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VehicleStop {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    /// WGS-84.
    lon: f64,
    /// WGS-84.
    lat: f64,
}

/// A way from one stop to the next (行程), or a time without points (无信号), or a jump (位置跳变).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VehicleLeg {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    /// How far, in km: along its points on a trip, in a straight line otherwise.
    km: f64,
    /// Where it began, WGS-84.
    lon: f64,
    lat: f64,
    /// Where it ended, WGS-84.
    to_lon: f64,
    to_lat: f64,
}

/// What the journey was made by (判定阈值). No standard fixes these numbers; they are the program's own, and provisional.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JourneyThresholds {
    /// Points within so many metres of where a stop began belong to it.
    stop_metres: f64,
    /// A stop lasts so long at least.
    stop_seconds: i64,
    /// No usable point for so long is a silence.
    silence_seconds: i64,
    /// Quicker than this between two points is a jump.
    jump_kmh: f64,
}

/// What a vehicle's day was made of (一天的行驶), derived from its points each time it is asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VehicleJourney {
    /// Along the points of its trips, in km; over a silence the straight line, over a jump nothing.
    km: f64,
    /// By the odometer, in km, where the terminal says one and it did not go back.
    #[serde(skip_serializing_if = "Option::is_none")]
    odometer_km: Option<f64>,
    moving_seconds: i64,
    stopped_seconds: i64,
    /// The highest speed that the terminal said, in km/h.
    fastest: f64,
    stops: Vec<VehicleStop>,
    trips: Vec<VehicleLeg>,
    silences: Vec<VehicleLeg>,
    /// The first hundred.
    jumps: Vec<VehicleLeg>,
    jump_count: usize,
    thresholds: JourneyThresholds,
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

fn km(metres: f64) -> f64 {
    (metres / 10.0).round() / 100.0
}

fn degree(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

fn leg(from: i64, to: i64, begun: (f64, f64), ended: (f64, f64), metres: f64) -> VehicleLeg {
    let [lon, lat, to_lon, to_lat] = [begun.0, begun.1, ended.0, ended.1].map(degree);
    VehicleLeg { from: at(from), to: at(to), km: km(metres), lon, lat, to_lon, to_lat }
}

/// The journey of points in the order of their times.
pub(super) fn view(points: &[Point]) -> VehicleJourney {
    let thresholds = Thresholds::default();
    let Journey { usable: _, metres, moving_seconds, stopped_seconds, fastest, stops, trips, silences, jumps, jump_count } =
        journey(points, &thresholds);
    let said = |mut points: Box<dyn Iterator<Item = &Point> + '_>| points.find_map(mileage);
    let odometer = said(Box::new(points.iter())).zip(said(Box::new(points.iter().rev())));
    VehicleJourney {
        km: km(metres),
        odometer_km: odometer.filter(|(first, last)| last >= first).map(|(first, last)| ((last - first) * 10.0).round() / 10.0),
        moving_seconds,
        stopped_seconds,
        fastest: f64::from(fastest) / 10.0,
        stops: stops
            .into_iter()
            .map(|it| VehicleStop { from: at(it.from), to: at(it.to), lon: degree(it.place.0), lat: degree(it.place.1) })
            .collect(),
        trips: trips.into_iter().map(|it| leg(it.from, it.to, it.left, it.arrived, it.metres)).collect(),
        silences: silences.into_iter().map(|it| leg(it.from, it.to, it.lost, it.found, it.metres)).collect(),
        jumps: jumps.into_iter().map(|it| leg(it.from, it.to, it.left, it.arrived, it.metres)).collect(),
        jump_count,
        thresholds: JourneyThresholds {
            stop_metres: thresholds.stop_metres,
            stop_seconds: thresholds.stop_seconds,
            silence_seconds: thresholds.silence_seconds,
            jump_kmh: thresholds.most_metres_a_second * 3.6,
        },
    }
}
