//! Which points lie together. Pure, and linear in the number of points: each looks at the nine squares around it.

use std::collections::{BTreeMap, HashSet};

use kernel::position::Position;

/// A report on the map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Point {
    /// Where.
    pub lon: f64,
    pub lat: f64,
    /// The category, two digits.
    pub category: String,
}

/// Points of one category in a circle.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cluster {
    /// The middle of its points.
    pub lon: f64,
    pub lat: f64,
    pub category: String,
    /// Which points, by their place among those given.
    pub members: Vec<usize>,
}

/// Metres of a degree of latitude.
const METRES: f64 = 111_320.0;

type Squares<'a> = BTreeMap<(&'a str, i64, i64), Vec<usize>>;

/// The square of a point, its side as long as the radius; a degree of longitude is counted as long as in the middle of the points.
fn square(lon: f64, lat: f64, narrowing: f64, metres: f64) -> (i64, i64) {
    ((lat * METRES / metres).floor() as i64, (lon * METRES * narrowing / metres).floor() as i64)
}

fn around<'a>(squares: &Squares<'a>, category: &'a str, (row, column): (i64, i64)) -> Vec<usize> {
    let mut found = Vec::new();
    for dy in -1..=1 {
        for dx in -1..=1 {
            found.extend(squares.get(&(category, row + dy, column + dx)).into_iter().flatten().copied());
        }
    }
    found
}

fn middle(points: &[Point], members: &[usize]) -> (f64, f64) {
    let count = members.len().max(1) as f64;
    let (lon, lat) = members.iter().fold((0.0, 0.0), |(lon, lat), &n| (lon + points[n].lon, lat + points[n].lat));
    (lon / count, lat / count)
}

fn within(points: &[Point], among: &[usize], (lon, lat): (f64, f64), metres: f64) -> Vec<usize> {
    let Ok(centre) = Position::new(lon, lat) else { return Vec::new() };
    let near = |n: &&usize| Position::new(points[**n].lon, points[**n].lat).is_ok_and(|there| centre.distance_m(there) <= metres);
    among.iter().filter(near).copied().collect()
}

/// Circles of `metres` with at least `least` points of a category, the fullest first; each point belongs to one circle at most.
pub(crate) fn clusters(points: &[Point], metres: f64, least: usize) -> Vec<Cluster> {
    let (_, lat) = middle(points, &(0..points.len()).collect::<Vec<_>>());
    let narrowing = lat.to_radians().cos().max(0.01);
    let mut squares = Squares::new();
    for (n, point) in points.iter().enumerate() {
        let (row, column) = square(point.lon, point.lat, narrowing, metres);
        squares.entry((point.category.as_str(), row, column)).or_default().push(n);
    }
    let mut crowded: Vec<(usize, (&str, i64, i64))> =
        squares.keys().map(|&(category, row, column)| (around(&squares, category, (row, column)).len(), (category, row, column))).collect();
    crowded.retain(|(count, _)| *count >= least);
    // The fullest neighbourhoods choose first, in the same order every time.
    crowded.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    let (mut taken, mut found) = (HashSet::new(), Vec::new());
    for (_, key @ (category, row, column)) in crowded {
        let free = |n: &usize| !taken.contains(n);
        let own: Vec<usize> = squares[&key].iter().copied().filter(free).collect();
        if own.is_empty() {
            continue;
        }
        let near: Vec<usize> = around(&squares, category, (row, column)).into_iter().filter(free).collect();
        // One step from the middle of the square's own points to the middle of those around that.
        let first = within(points, &near, middle(points, &own), metres);
        let centre = middle(points, &first);
        let members = within(points, &near, centre, metres);
        if members.len() >= least {
            taken.extend(members.iter().copied());
            found.push(Cluster { lon: centre.0, lat: centre.1, category: category.to_owned(), members });
        }
    }
    found.sort_by_key(|spot| std::cmp::Reverse(spot.members.len()));
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn point(category: &str, north: f64, east: f64) -> Point {
        let narrowing = 30.7_f64.to_radians().cos();
        Point { lon: 121.0 + east / METRES / narrowing, lat: 30.7 + north / METRES, category: category.to_owned() }
    }

    #[test]
    fn like_points_within_the_circle_are_one_spot_also_across_squares() {
        let mut points: Vec<Point> = [(-40.0, -40.0), (-40.0, 40.0), (40.0, -40.0), (40.0, 40.0), (0.0, 0.0), (90.0, 10.0)]
            .into_iter()
            .map(|(north, east)| point("06", north, east))
            .collect();
        points.push(point("01", 0.0, 0.0));
        points.push(point("06", 900.0, 0.0));
        let found = clusters(&points, 200.0, 5);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].members.len(), found[0].category.as_str()), (6, "06"));
        assert!(clusters(&points, 200.0, 7).is_empty() && clusters(&[], 200.0, 5).is_empty());
    }

    proptest! {
        #[test]
        fn every_spot_is_full_enough_close_enough_and_shares_no_point(
            places in proptest::collection::vec((-1_500.0..1_500.0_f64, -1_500.0..1_500.0_f64, 0..2_usize), 0..120), least in 3..8_usize,
        ) {
            let points: Vec<Point> = places.into_iter().map(|(north, east, kind)| point(["01", "06"][kind], north, east)).collect();
            let mut seen = HashSet::new();
            for spot in clusters(&points, 200.0, least) {
                prop_assert!(spot.members.len() >= least);
                for n in spot.members {
                    prop_assert!(seen.insert(n));
                    prop_assert_eq!(&points[n].category, &spot.category);
                    let away = Position::new(spot.lon, spot.lat).unwrap().distance_m(Position::new(points[n].lon, points[n].lat).unwrap());
                    prop_assert!(away <= 200.0);
                }
            }
        }
    }
}
