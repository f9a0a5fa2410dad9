//! What is kept with a finding (证据): the track around it, and the places with their shapes as they were.

use fences::Shape;
use jt808::{Lid, Load};
use serde::{Deserialize, Serialize};

use crate::{Fix, Found, Ground, PlaceKind};

/// Seconds of track before and after an episode that are kept with it.
const AROUND_S: i64 = 180;
/// Points that are kept; of more every so many, with the first and the last.
const MOST_POINTS: usize = 400;

/// A point as it is kept: second, longitude, latitude, km/h, load, lid, kilograms.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Spot(pub i64, pub f64, pub f64, pub f64, pub Option<Load>, pub Option<Lid>, pub Option<u32>);

/// A place as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct KeptPlace {
    pub kind: PlaceKind,
    pub name: String,
    /// Rings, or the one line of a corridor.
    pub lines: Vec<Vec<[f64; 2]>>,
    /// Of a corridor, metres to each side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub half_width_m: Option<f64>,
}

/// The track around an episode.
pub(crate) fn track(fixes: &[Fix], found: &Found) -> Vec<Spot> {
    let first = fixes.partition_point(|fix| fix.at < found.from - AROUND_S);
    let last = fixes.partition_point(|fix| fix.at <= found.to + AROUND_S);
    let around = &fixes[first..last];
    let step = around.len().div_ceil(MOST_POINTS).max(1);
    let kept = around.iter().enumerate().filter(|(at, _)| at % step == 0 || at + 1 == around.len()).map(|(_, fix)| fix);
    kept.map(|fix| Spot(fix.at, fix.lon, fix.lat, fix.kmh, fix.load, fix.lid, fix.load_kg)).collect()
}

/// The places of a finding.
pub(crate) fn places(ground: &Ground, found: &Found) -> Vec<KeptPlace> {
    let mut seen = Vec::new();
    let each = found.places.iter().filter(|place| {
        let new = !seen.contains(*place);
        seen.push(**place);
        new
    });
    let line = |line: &geo::LineString<f64>| line.0.iter().map(|at| [at.x, at.y]).collect::<Vec<_>>();
    each.filter_map(|place| ground.place(*place))
        .map(|place| {
            let (lines, half_width_m) = match &place.shape {
                Shape::Area(area) => (area.iter().map(|polygon| line(polygon.exterior())).collect(), None),
                Shape::Corridor { line: middle, half_width_m } => (vec![line(middle)], Some(*half_width_m)),
            };
            KeptPlace { kind: place.kind, name: place.name.clone(), lines, half_width_m }
        })
        .collect()
}
