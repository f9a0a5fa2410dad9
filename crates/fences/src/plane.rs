//! The plane that touches the ellipsoid at a point, in metres.

use geo::Coord;

/// Semi-major axis and flattening of WGS-84 (NGA.STND.0036, table 3.1).
const AXIS_M: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_223_563;

/// Metres east and north of a point.
#[derive(Debug, Clone, Copy)]
pub struct Plane {
    origin: Coord<f64>,
    /// Metres of a degree east and of a degree north.
    metres: Coord<f64>,
}

impl Plane {
    /// The plane at a point of WGS-84 degrees.
    #[must_use]
    pub fn at(origin: Coord<f64>) -> Self {
        let squared = FLATTENING * (2.0 - FLATTENING);
        let (sine, cosine) = origin.y.to_radians().sin_cos();
        let across = 1.0 - squared * sine * sine;
        let normal = AXIS_M / across.sqrt();
        let degree = std::f64::consts::PI / 180.0;
        let east = degree * normal * cosine.max(1e-9);
        let north = degree * normal * (1.0 - squared) / across;
        Self { origin, metres: Coord { x: east, y: north } }
    }

    /// A point on the plane.
    #[must_use]
    pub fn place(&self, point: Coord<f64>) -> Coord<f64> {
        Coord { x: (point.x - self.origin.x) * self.metres.x, y: (point.y - self.origin.y) * self.metres.y }
    }

    /// Degrees east and north of so many metres.
    #[must_use]
    pub fn degrees(&self, metres: f64) -> Coord<f64> {
        Coord { x: metres / self.metres.x, y: metres / self.metres.y }
    }

    /// Metres from the origin to a point.
    #[must_use]
    pub fn distance(&self, point: Coord<f64>) -> f64 {
        let point = self.place(point);
        point.x.hypot(point.y)
    }

    /// Metres from the origin to the nearest point of a side.
    #[must_use]
    pub fn distance_to_side(&self, a: Coord<f64>, b: Coord<f64>) -> f64 {
        self.squared_to_side(a, b).sqrt()
    }

    pub(crate) fn squared_to_side(&self, a: Coord<f64>, b: Coord<f64>) -> f64 {
        let (a, b) = (self.place(a), self.place(b));
        let run = Coord { x: b.x - a.x, y: b.y - a.y };
        let length = run.x * run.x + run.y * run.y;
        let along = if length > 0.0 { (-(a.x * run.x + a.y * run.y) / length).clamp(0.0, 1.0) } else { 0.0 };
        let near = Coord { x: a.x + along * run.x, y: a.y + along * run.y };
        near.x * near.x + near.y * near.y
    }
}
