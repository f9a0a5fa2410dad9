//! A point of a track as rules see it (轨迹点).

use jt808::{Fix as Status, Lid, Load, PositionRef, Tipper, VendorTable};
use tracks::{Flags, Point};

/// Where a vehicle was and what its body was like. Only points with a fix of satellites, a place and a time of their own become one: others
/// are no evidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fix {
    /// By the terminal's clock, in seconds since 1970.
    pub at: i64,
    /// WGS-84, in degrees.
    pub lon: f64,
    /// WGS-84, in degrees.
    pub lat: f64,
    /// In km/h.
    pub kmh: f64,
    /// The ignition is on.
    pub ignition: bool,
    /// How it is loaded, where the terminal tells.
    pub load: Option<Load>,
    /// The lid, where the terminal tells.
    pub lid: Option<Lid>,
    /// The tipping body, where the terminal tells.
    pub tipper: Option<Tipper>,
    /// What it carries in kilograms, where the terminal tells.
    pub load_kg: Option<u32>,
    /// It came late, out of the terminal's memory.
    pub backlog: bool,
}

impl Fix {
    /// Of a stored point, read by the table of its vehicle's vendor.
    #[must_use]
    pub fn of(point: &Point, vendor: Option<&VendorTable>) -> Option<Self> {
        let status = Status { status: point.status, ..Status::default() };
        let (lon, lat) = point.place().filter(|_| status.fixed() && !status.encrypted() && !point.flags.has(Flags::UNDATED))?;
        let body = vendor.map(|table| table.body(&PositionRef { fix: status, items: &point.items })).unwrap_or_default();
        Some(Self {
            at: point.at,
            lon,
            lat,
            kmh: f64::from(point.speed) / 10.0,
            ignition: status.ignition(),
            load: body.load,
            lid: body.lid,
            tipper: body.tipper,
            load_kg: body.load_kg,
            backlog: point.flags.has(Flags::BACKLOG),
        })
    }

    /// Metres to another, on the ellipsoid's plane at this one: as exact as `fences` says.
    #[must_use]
    pub fn metres_to(&self, other: &Self) -> f64 {
        fences::Plane::at(geo::Coord { x: self.lon, y: self.lat }).distance(geo::Coord { x: other.lon, y: other.lat })
    }
}
