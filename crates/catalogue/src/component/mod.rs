//! Components (部件): things of the city with 17-digit codes and the 18 attributes of the standard.

mod import;
mod list;
mod read;
pub(crate) mod store;

use kernel::position::Position;
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) use import::{__path_import, import};
pub(crate) use list::{__path_list, list};

use crate::snapshot::{Snapshot, metres};

/// A component as memory holds it.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    pub code: String,
    pub name: String,
    pub position: Position,
}

/// A component near a place.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NearbyComponent {
    /// 17 digits.
    pub code: String,
    /// Its class, five digits.
    pub class_code: String,
    /// Its name.
    pub name: String,
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// How far away, in metres.
    pub distance_m: f64,
}

/// The most components that are looked at around a place.
const MOST_NEARBY: usize = 500;

/// The components around a position, nearest first.
pub(crate) fn nearest(snapshot: &Snapshot, position: Position, radius_m: f64, class: Option<&str>) -> Vec<NearbyComponent> {
    // The plane of the index stretches with the latitude; a wider circle is read and measured exactly.
    let stretch = 1.35;
    let reach = (radius_m * stretch).powi(2);
    let mut found: Vec<NearbyComponent> = snapshot
        .spots
        .locate_within_distance(metres(position), reach)
        .map(|held| &held.data)
        .filter(|spot| class.is_none_or(|class| &spot.code[6..11] == class))
        .map(|spot| NearbyComponent {
            code: spot.code.clone(),
            class_code: spot.code[6..11].to_owned(),
            name: spot.name.clone(),
            lon: spot.position.lon,
            lat: spot.position.lat,
            distance_m: position.distance_m(spot.position),
        })
        .filter(|near| near.distance_m <= radius_m)
        .collect();
    found.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m).then(a.code.cmp(&b.code)));
    found.truncate(MOST_NEARBY);
    found
}
