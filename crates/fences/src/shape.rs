//! The shape of a fence, and what it says of one point by itself.

use geo::{Coord, LineString, MultiPolygon};
use kernel::locate::{Edge, holds};

use crate::Plane;

/// What a fence encloses, in WGS-84 degrees.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A polygon or several (面); holes are holes, rings need not be closed.
    Area(MultiPolygon<f64>),
    /// Everything so near to a line (路线走廊).
    Corridor {
        /// The line in the middle.
        line: LineString<f64>,
        /// Metres to each side, and around the ends.
        half_width_m: f64,
    },
}

impl Shape {
    /// Whether it holds a point, its border included.
    #[must_use]
    pub fn holds(&self, lon: f64, lat: f64) -> bool {
        let point = Coord { x: lon, y: lat };
        match self {
            Self::Area(area) => holds(&edges(area), lon, lat),
            Self::Corridor { line, half_width_m } => {
                let plane = Plane::at(point);
                sides(line).any(|(a, b)| plane.squared_to_side(a, b) <= half_width_m * half_width_m)
            }
        }
    }

    /// Metres from a point to it, 0 inside; infinite where it is empty.
    #[must_use]
    pub fn distance_m(&self, lon: f64, lat: f64) -> f64 {
        if self.holds(lon, lat) {
            return 0.0;
        }
        let plane = Plane::at(Coord { x: lon, y: lat });
        match self {
            Self::Area(area) => {
                let nearest = edges(area).iter().map(|edge| plane.squared_to_side(edge.low, edge.high)).fold(f64::INFINITY, f64::min);
                nearest.sqrt()
            }
            Self::Corridor { line, half_width_m } => {
                let nearest = sides(line).map(|(a, b)| plane.squared_to_side(a, b)).fold(f64::INFINITY, f64::min);
                (nearest.sqrt() - half_width_m).max(0.0)
            }
        }
    }

    /// Its coordinates.
    pub fn coordinates(&self) -> impl Iterator<Item = Coord<f64>> + '_ {
        let (area, line) = match self {
            Self::Area(area) => (Some(area), None),
            Self::Corridor { line, .. } => (None, Some(line)),
        };
        let rings = area.into_iter().flat_map(|area| area.iter().flat_map(|it| std::iter::once(it.exterior()).chain(it.interiors())));
        rings.chain(line).flat_map(|ring| ring.0.iter().copied())
    }
}

/// The sides of a line, or the one point of a line that has no more.
pub(crate) fn sides(line: &LineString<f64>) -> impl Iterator<Item = (Coord<f64>, Coord<f64>)> + '_ {
    let alone = (line.0.len() == 1).then(|| (line.0[0], line.0[0]));
    line.0.windows(2).map(|pair| (pair[0], pair[1])).chain(alone)
}

/// The edges of all rings, each closed.
pub(crate) fn edges(area: &MultiPolygon<f64>) -> Vec<Edge> {
    let mut edges = Vec::new();
    for ring in area.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors())) {
        let closing = ring.0.last().copied().zip(ring.0.first().copied());
        let sides = ring.0.windows(2).map(|pair| (pair[0], pair[1])).chain(closing);
        edges.extend(sides.filter_map(|(a, b)| Edge::between(a, b)));
    }
    edges
}
