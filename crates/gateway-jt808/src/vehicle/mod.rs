//! Vehicles and where they are and were (车辆位置与轨迹).

pub(crate) mod card;
pub(crate) mod counts;
pub(crate) mod day;
mod journey;
pub(crate) mod now;
mod state;

use chrono::{DateTime, Utc};
use jt808::{Fix, Load, PositionRef, VendorTable};
use serde::Serialize;
use tracks::{Flags, Point};
use utoipa::ToSchema;

/// An alarm that is raised (报警).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VehicleAlarm {
    /// For programs.
    code: &'static str,
    /// For people.
    label: &'static str,
    /// When it began, by the terminal's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    began_at: Option<DateTime<Utc>>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<DateTime<Utc>>,
}

/// A point of a vehicle (轨迹点).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VehiclePoint {
    /// When, by the terminal's clock; when it arrived where that was no date.
    at: DateTime<Utc>,
    /// When it arrived.
    taken_at: DateTime<Utc>,
    /// WGS-84; none where the terminal's coordinates are no place on Earth.
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    /// WGS-84.
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    /// In km/h.
    speed: f64,
    /// In degrees, clockwise from north.
    direction: u16,
    /// In metres.
    altitude: u16,
    /// The position is a fix of satellites; one that is none is no evidence.
    fixed: bool,
    /// The ignition is on.
    ignition: bool,
    /// `open` or `closed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    lid: Option<String>,
    /// `flat` or `raised`.
    #[serde(skip_serializing_if = "Option::is_none")]
    tipper: Option<String>,
    /// `empty`, `half` or `full`.
    #[serde(skip_serializing_if = "Option::is_none")]
    load: Option<String>,
    /// In kilograms.
    #[serde(skip_serializing_if = "Option::is_none")]
    load_kg: Option<u32>,
    /// Something in the vendor's table that lid, tipper, load and weight were read by was inferred (待核对): no evidence before it is checked.
    provisional: bool,
    /// On the odometer, in km.
    #[serde(skip_serializing_if = "Option::is_none")]
    mileage: Option<f64>,
    /// The alarms that were raised then.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alarms: Vec<VehicleAlarm>,
    /// It was kept by the terminal where there was no network.
    backlog: bool,
    /// The terminal's time was none.
    undated: bool,
    /// The terminal was not registered.
    visitor: bool,
    /// Made by the city simulator.
    simulated: bool,
}

/// A point as its terminal sent it, as far as vendors' tables read it.
fn position(point: &Point) -> PositionRef<'_> {
    let fix = Fix { status: point.status, ..Fix::default() };
    // The digits of a time that was none stand in front.
    let items = if point.flags.has(Flags::UNDATED) { point.items.get(6..).unwrap_or_default() } else { &point.items[..] };
    PositionRef { fix, items }
}

/// On the odometer, in km (item 0x01, in 0.1 km).
fn mileage(point: &Point) -> Option<f64> {
    let bytes = position(point).items().find_map(|(id, bytes)| (id == 0x01).then(|| <[u8; 4]>::try_from(bytes).ok()).flatten());
    bytes.map(|bytes| f64::from(u32::from_be_bytes(bytes)) / 10.0)
}

/// How a vehicle is loaded, by the table of its vendor.
fn load(point: &Point, vendor: Option<&VendorTable>) -> Option<Load> {
    vendor?.body(&position(point)).load
}

/// A point as people read it, by the table of its vehicle's vendor.
fn view(point: &Point, vendor: Option<&VendorTable>) -> VehiclePoint {
    let position = position(point);
    let fix = position.fix;
    let body = vendor.map(|vendor| vendor.body(&position)).unwrap_or_default();
    let place = point.place();
    VehiclePoint {
        at: point.instant(),
        taken_at: DateTime::from_timestamp_millis(point.taken).unwrap_or_default(),
        lon: place.map(|place| place.0),
        lat: place.map(|place| place.1),
        speed: f64::from(point.speed) / 10.0,
        direction: point.direction,
        altitude: point.altitude,
        fixed: fix.fixed(),
        ignition: fix.ignition(),
        lid: code(body.lid),
        tipper: code(body.tipper),
        load: code(body.load),
        load_kg: body.load_kg,
        provisional: vendor.is_some_and(|vendor| vendor.provisional),
        mileage: mileage(point),
        alarms: jt808::raised(point.alarms)
            .map(|alarm| VehicleAlarm { code: alarm.code, label: alarm.label, began_at: None, ended_at: None })
            .collect(),
        backlog: point.flags.has(Flags::BACKLOG),
        undated: point.flags.has(Flags::UNDATED),
        visitor: point.flags.has(Flags::VISITOR),
        simulated: point.flags.has(Flags::SIMULATED),
    }
}

fn code(value: Option<impl Serialize>) -> Option<String> {
    serde_json::to_value(value?).ok()?.as_str().map(str::to_owned)
}
