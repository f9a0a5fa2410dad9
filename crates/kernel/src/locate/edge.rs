//! The exact test: on which side of which edges a point lies.

use geo::{
    Coord, Orientation,
    kernels::{Kernel, RobustKernel},
};

/// An edge of a ring, from its lower end to its upper one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The end with the smaller latitude; of two alike the western one.
    pub low: Coord<f64>,
    /// The other end.
    pub high: Coord<f64>,
}

impl Edge {
    /// The edge between two points; none between equal ones.
    #[must_use]
    pub fn between(a: Coord<f64>, b: Coord<f64>) -> Option<Self> {
        if a == b {
            None
        } else if (a.y, a.x) < (b.y, b.x) {
            Some(Self { low: a, high: b })
        } else {
            Some(Self { low: b, high: a })
        }
    }

    /// Its easternmost coordinate.
    #[must_use]
    pub fn east(&self) -> f64 {
        self.low.x.max(self.high.x)
    }

    /// Its westernmost coordinate.
    #[must_use]
    pub fn west(&self) -> f64 {
        self.low.x.min(self.high.x)
    }
}

/// Whether a shape holds the point `(x, y)`, its border included, judged by those of its edges that touch the latitude `y`
/// and do not lie wholly to the west.
#[must_use]
pub fn holds(edges: &[Edge], x: f64, y: f64) -> bool {
    let mut inside = false;
    for edge in edges {
        if y < edge.low.y || y > edge.high.y || x > edge.east() {
            continue;
        }
        // Half open at the upper end, so that a ray through a vertex crosses one of the two edges that meet there, and a
        // level edge is never crossed.
        let level_with = y < edge.high.y;
        if x < edge.west() {
            inside ^= level_with;
            continue;
        }
        match RobustKernel::orient2d(edge.low, edge.high, Coord { x, y }) {
            Orientation::Collinear => return true,
            Orientation::CounterClockwise => inside ^= level_with,
            Orientation::Clockwise => {}
        }
    }
    inside
}
