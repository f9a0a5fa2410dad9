//! A flat plane in metres around the county, and the few planar computations that the city needs.

/// A place on the plane: metres east and north of the origin.
pub type Point = [f64; 2];

const METRES_PER_DEGREE: f64 = 111_194.926_644_558_73;

/// An equirectangular plane. Over one county its distortion stays under a thousandth, and, unlike a
/// geodesic projection, it keeps straight borders straight.
#[derive(Debug, Clone, Copy)]
pub struct Plane {
    origin: Point,
    east: f64,
}

impl Plane {
    /// The plane with its origin at a WGS-84 longitude and latitude.
    pub fn at(origin: Point) -> Self {
        Self { origin, east: METRES_PER_DEGREE * origin[1].to_radians().cos() }
    }

    /// Longitude and latitude to metres.
    pub fn to_metres(self, p: Point) -> Point {
        [(p[0] - self.origin[0]) * self.east, (p[1] - self.origin[1]) * METRES_PER_DEGREE]
    }

    /// Metres to longitude and latitude, rounded to a centimetre. The rounding depends on the point alone,
    /// so that two areas sharing a vertex still share it afterwards.
    pub fn to_degrees(self, p: Point) -> Point {
        let round = |v: f64| (v * 1e7).round() / 1e7;
        [round(self.origin[0] + p[0] / self.east), round(self.origin[1] + p[1] / METRES_PER_DEGREE)]
    }
}

/// Twice the signed area of the triangle `a b c`; positive when it turns left.
pub fn turn(a: Point, b: Point, c: Point) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// The distance between two points.
pub fn distance(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// The point a share `t` of the way from `a` to `b`.
pub fn along(a: Point, b: Point, t: f64) -> Point {
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
}

/// The signed area of an open ring; positive when counter-clockwise.
pub fn signed_area(ring: &[Point]) -> f64 {
    let Some(&origin) = ring.first() else { return 0.0 };
    ring.windows(2).map(|w| turn(origin, w[0], w[1])).sum::<f64>() / 2.0
}

/// The centre of gravity of an open ring.
pub fn centroid(ring: &[Point]) -> Point {
    let Some(&origin) = ring.first() else { return [0.0, 0.0] };
    let (mut x, mut y, mut total) = (0.0, 0.0, 0.0);
    for pair in ring.windows(2) {
        let area = turn(origin, pair[0], pair[1]);
        x += area * (origin[0] + pair[0][0] + pair[1][0]) / 3.0;
        y += area * (origin[1] + pair[0][1] + pair[1][1]) / 3.0;
        total += area;
    }
    if total == 0.0 { origin } else { [x / total, y / total] }
}

/// Whether a point lies inside an open ring.
pub fn contains(ring: &[Point], p: Point) -> bool {
    let mut inside = false;
    let mut before = match ring.last() {
        Some(&last) => last,
        None => return false,
    };
    for &here in ring {
        if (here[1] > p[1]) != (before[1] > p[1]) && p[0] < (before[0] - here[0]) * (p[1] - here[1]) / (before[1] - here[1]) + here[0] {
            inside = !inside;
        }
        before = here;
    }
    inside
}

/// Where two segments cross: the shares along the first and along the second.
pub fn crossing(a: Point, b: Point, c: Point, d: Point) -> Option<(f64, f64)> {
    let r = [b[0] - a[0], b[1] - a[1]];
    let s = [d[0] - c[0], d[1] - c[1]];
    let cross = r[0] * s[1] - r[1] * s[0];
    if cross == 0.0 {
        return None;
    }
    let q = [c[0] - a[0], c[1] - a[1]];
    let t = (q[0] * s[1] - q[1] * s[0]) / cross;
    let u = (q[0] * r[1] - q[1] * r[0]) / cross;
    ((0.0..1.0).contains(&t) && (0.0..1.0).contains(&u)).then_some((t, u))
}

/// The west, south, east and north bounds of points.
pub fn bounds(points: &[Point]) -> [f64; 4] {
    points.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |b, p| [b[0].min(p[0]), b[1].min(p[1]), b[2].max(p[0]), b[3].max(p[1])])
}
