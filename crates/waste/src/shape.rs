//! Shapes on the ground (范围、路线): a ring and a line in WGS-84 degrees, looked at before they are kept. Pure.

use geo::{Area, BoundingRect, Contains, Coord, Distance, Haversine, Intersects, Line, LineString, Point, Polygon};
use kernel::{position::Position, problem::Problem};

use crate::words::wrong;

/// Points of a ring at most.
const RING: usize = 500;
/// Points of a line at most.
const LINE: usize = 2_000;
/// Metres of a corridor at most: across the county and back.
const LONGEST: f64 = 300_000.0;
/// Square metres of a place, at least and at most: a gate's yard, a valley.
const SMALLEST: f64 = 10.0;
/// The largest.
const LARGEST: f64 = 50_000_000.0;
/// Metres of a degree of latitude, on the sphere that distances are counted on.
const DEGREE: f64 = 111_195.0;

/// A point as it is written: longitude, latitude.
pub(crate) type Spot = [f64; 2];

fn spots(field: &'static str, given: &[Spot]) -> Result<Vec<Coord>, Problem> {
    let spot =
        |it: &Spot| Position::new(it[0], it[1]).map(|at| Coord { x: at.lon, y: at.lat }).map_err(|why| wrong(field, why.to_string()));
    let mut spots = given.iter().map(spot).collect::<Result<Vec<_>, _>>()?;
    spots.dedup();
    Ok(spots)
}

/// The area of a small ring in square metres: degrees stretched to metres at its middle, which is off by less than a hundredth within a county.
fn square_metres(ring: &Polygon) -> f64 {
    let middle = ring.bounding_rect().map_or(0.0, |rect| rect.center().y);
    ring.unsigned_area() * DEGREE * DEGREE * middle.to_radians().cos()
}

/// Whether two sides of the ring that are no neighbours meet.
fn crosses(ring: &[Coord]) -> bool {
    let count = ring.len();
    let side = |at: usize| Line::new(ring[at], ring[(at + 1) % count]);
    (0..count).any(|one| {
        (one + 2..count).any(|other| {
            // The first and the last are neighbours too.
            (one, other) != (0, count - 1) && side(one).intersects(&side(other))
        })
    })
}

/// A ring that bounds a place, without the first point again at its end.
///
/// # Errors
/// Fewer than three points or more than 500, sides that cross, an area that no place has.
pub(crate) fn ring(given: &[Spot]) -> Result<Vec<Spot>, Problem> {
    let field = "area";
    if given.len() > RING + 1 {
        return Err(wrong(field, format!("范围最多 {RING} 个点")));
    }
    let mut ring = spots(field, given)?;
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    if ring.len() < 3 {
        return Err(wrong(field, "请在地图上画出范围，至少三个点"));
    }
    if ring.len() > RING {
        return Err(wrong(field, format!("范围最多 {RING} 个点")));
    }
    if crosses(&ring) {
        return Err(wrong(field, "范围的边界自己交叉了，请重画"));
    }
    let size = square_metres(&polygon(&ring));
    if !(SMALLEST..=LARGEST).contains(&size) {
        return Err(wrong(field, "范围应在 10 平方米至 50 平方公里之间，请核对坐标"));
    }
    Ok(ring.iter().map(|it| [it.x, it.y]).collect())
}

/// A line that a route follows.
///
/// # Errors
/// Fewer than two points or more than 2,000, longer than 300 km.
pub(crate) fn line(given: &[Spot]) -> Result<Vec<Spot>, Problem> {
    let field = "corridor";
    if given.len() > LINE {
        return Err(wrong(field, format!("路线最多 {LINE} 个点")));
    }
    let line = spots(field, given)?;
    if line.len() < 2 {
        return Err(wrong(field, "请在地图上画出运输路线，至少两个点"));
    }
    if metres(&line) > LONGEST {
        return Err(wrong(field, "路线超过 300 公里，请核对坐标"));
    }
    Ok(line.iter().map(|it| [it.x, it.y]).collect())
}

fn metres(line: &[Coord]) -> f64 {
    line.windows(2).map(|pair| Haversine.distance(Point::from(pair[0]), Point::from(pair[1]))).sum()
}

fn polygon(ring: &[Coord]) -> Polygon {
    Polygon::new(LineString::from(ring.to_vec()), Vec::new())
}

/// The length of a line in metres.
pub(crate) fn length(line: &[Spot]) -> f64 {
    metres(&line.iter().map(|it| Coord { x: it[0], y: it[1] }).collect::<Vec<_>>())
}

/// Whether a point lies on a place, or within so many metres of its boundary.
pub(crate) fn near(ring: &[Spot], at: Spot, metres: f64) -> bool {
    let ring: Vec<Coord> = ring.iter().map(|it| Coord { x: it[0], y: it[1] }).collect();
    let point = Point::new(at[0], at[1]);
    if polygon(&ring).contains(&point) {
        return true;
    }
    // Metres on a plane at the point: a place is small.
    let stretch = at[1].to_radians().cos();
    let flat = |it: Coord| Coord { x: (it.x - at[0]) * DEGREE * stretch, y: (it.y - at[1]) * DEGREE };
    let count = ring.len();
    (0..count).any(|one| {
        let (from, to) = (flat(ring[one]), flat(ring[(one + 1) % count]));
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let along = if dx == 0.0 && dy == 0.0 { 0.0 } else { (-(from.x * dx + from.y * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0) };
        (from.x + along * dx).hypot(from.y + along * dy) <= metres
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Spot; 5] = [[121.0, 30.7], [121.002, 30.7], [121.002, 30.702], [121.0, 30.702], [121.0, 30.7]];

    #[test]
    fn a_ring_is_kept_open_and_must_not_cross_itself() {
        assert_eq!(ring(&SQUARE).unwrap().len(), 4);
        let bow: [Spot; 4] = [[121.0, 30.7], [121.002, 30.702], [121.002, 30.7], [121.0, 30.702]];
        assert!(ring(&bow).is_err());
        assert!(ring(&SQUARE[..2]).is_err());
        assert!(ring(&[[121.0, 30.0], [123.0, 30.0], [123.0, 32.0]]).is_err(), "a province is no site");
        assert!(ring(&[[121.0, 30.7], [f64::NAN, 30.7], [121.002, 30.702]]).is_err());
    }

    #[test]
    fn a_gate_stands_at_its_site() {
        let site = ring(&SQUARE).unwrap();
        assert!(near(&site, [121.001, 30.701], 0.0));
        // Ten metres east of the boundary.
        assert!(near(&site, [121.002_104, 30.701], 15.0) && !near(&site, [121.002_104, 30.701], 5.0));
    }

    #[test]
    fn a_line_is_as_long_as_it_is() {
        let metres = length(&line(&[[121.0, 30.7], [121.0, 30.71]]).unwrap());
        assert!((metres - 1_111.95).abs() < 1.0, "{metres}");
        assert!(line(&[[121.0, 30.7], [121.0, 30.7]]).is_err());
    }
}
