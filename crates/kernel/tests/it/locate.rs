//! The grid index against exact geometry that asks every grid.

use geo::{Coord, Intersects, LineString, MultiPolygon, Point, Polygon, polygon};
use kernel::{
    locate::{BuildError, GridIndex},
    position::Position,
    region::RegionCode,
};
use proptest::prelude::*;

fn code(number: usize) -> RegionCode {
    RegionCode::parse(&format!("330482001{number:06}")).unwrap()
}

fn at(lon: f64, lat: f64) -> Position {
    Position::new(lon, lat).unwrap()
}

/// The smallest code of the grids that hold the point, border included.
fn exactly(grids: &[(RegionCode, MultiPolygon<f64>)], position: Position) -> Option<&RegionCode> {
    let point = Point::new(position.lon, position.lat);
    grids.iter().filter(|(_, shape)| shape.intersects(&point)).map(|(code, _)| code).min()
}

/// Numbers that look random and are the same in each run.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Coordinates on a fine lattice of exact binary fractions, so that the middle of two of them is exactly between them.
fn snapped(value: f64) -> f64 {
    (value * 4_194_304.0).round() / 4_194_304.0
}

/// `side` × `side` irregular grids that tile a square with shared, crooked borders.
fn crooked(side: usize, noise: &mut Noise) -> Vec<(RegionCode, MultiPolygon<f64>)> {
    let step = 0.01;
    let corner: Vec<Coord<f64>> = (0..(side + 1) * (side + 1))
        .map(|at| Coord {
            x: snapped(120.9 + step * ((at % (side + 1)) as f64 + 0.3 * noise.next() - 0.15)),
            y: snapped(30.6 + step * ((at / (side + 1)) as f64 + 0.3 * noise.next() - 0.15)),
        })
        .collect();
    let mut bent = |a: Coord<f64>, b: Coord<f64>| -> Vec<Coord<f64>> {
        let points = 7 + (noise.next() * 17.0) as usize;
        (0..points)
            .map(|number| {
                let along = number as f64 / points as f64;
                let off = 0.3 * (noise.next() - 0.5) * along.min(1.0 - along);
                Coord {
                    x: snapped(a.x + (b.x - a.x) * along - (b.y - a.y) * off),
                    y: snapped(a.y + (b.y - a.y) * along + (b.x - a.x) * off),
                }
            })
            .chain([b])
            .collect()
    };
    let place = |column: usize, row: usize| corner[row * (side + 1) + column];
    let level: Vec<_> = (0..side * (side + 1)).map(|at| bent(place(at % side, at / side), place(at % side + 1, at / side))).collect();
    let upright: Vec<_> = (0..side * (side + 1))
        .map(|at| bent(place(at % (side + 1), at / (side + 1)), place(at % (side + 1), at / (side + 1) + 1)))
        .collect();
    (0..side * side)
        .map(|at| {
            let (column, row) = (at % side, at / side);
            let backwards = |line: &Vec<Coord<f64>>| line.iter().rev().copied().collect::<Vec<_>>();
            let mut ring = level[row * side + column].clone();
            ring.extend(&upright[row * (side + 1) + column + 1]);
            ring.extend(backwards(&level[(row + 1) * side + column]));
            ring.extend(backwards(&upright[row * (side + 1) + column]));
            ring.dedup();
            // The numbers of neighbours are mixed, so that the smallest code is not always the one to the south-west.
            (code(at * 7919 % 999_983), Polygon::new(LineString(ring), vec![]).into())
        })
        .collect()
}

#[test]
fn a_crooked_tiling_is_found_exactly_inside_outside_on_borders_and_corners() {
    let mut noise = Noise(20_261_122);
    let grids = crooked(6, &mut noise);
    let index = GridIndex::build(grids.clone()).unwrap();
    assert_eq!(index.len(), 36);
    let mut positions: Vec<Position> = (0..6000).map(|_| at(120.89 + 0.08 * noise.next(), 30.59 + 0.08 * noise.next())).collect();
    for (_, shape) in &grids {
        for line in shape.0[0].exterior().lines() {
            positions.push(at(line.start.x, line.start.y));
            positions.push(at((line.start.x + line.end.x) / 2.0, (line.start.y + line.end.y) / 2.0));
            // Not exactly on the border, but as near as a number can be.
            positions.push(at(line.start.x + line.dx() * noise.next(), line.start.y + line.dy() * noise.next()));
            positions.push(at(line.start.x.next_up(), line.start.y));
            positions.push(at(line.start.x, line.start.y.next_down()));
        }
    }
    let mut outside = 0;
    for position in positions {
        let found = index.locate(position);
        assert_eq!(found, exactly(&grids, position), "{position:?}");
        outside += usize::from(found.is_none());
    }
    assert!(outside > 1000, "{outside}");
}

#[test]
fn holes_parts_overlaps_and_order_do_not_matter() {
    let outer = polygon![(x: 120.0, y: 30.0), (x: 120.4, y: 30.0), (x: 120.4, y: 30.4), (x: 120.0, y: 30.4)];
    let hole = LineString::from(vec![(120.1, 30.1), (120.3, 30.1), (120.3, 30.3), (120.1, 30.3)]);
    let ring = Polygon::new(outer.exterior().clone(), vec![hole]);
    let island = polygon![(x: 120.2, y: 30.15), (x: 120.25, y: 30.2), (x: 120.2, y: 30.25), (x: 120.15, y: 30.2)];
    let far = polygon![(x: 120.5, y: 30.0), (x: 120.6, y: 30.0), (x: 120.55, y: 30.1)];
    let grids: Vec<(RegionCode, MultiPolygon<f64>)> = vec![
        (code(9), MultiPolygon(vec![ring, far])),
        (code(3), island.into()),
        (code(5), polygon![(x: 119.95, y: 30.35), (x: 120.05, y: 30.35), (x: 120.05, y: 30.45), (x: 119.95, y: 30.45)].into()),
    ];
    let index = GridIndex::build(grids.clone()).unwrap();
    let mut noise = Noise(7);
    for _ in 0..20_000 {
        let position = at(119.9 + 0.8 * noise.next(), 29.95 + 0.55 * noise.next());
        assert_eq!(index.locate(position), exactly(&grids, position), "{position:?}");
    }
    assert_eq!(index.locate(at(120.2, 30.2)), Some(&code(3)));
    assert_eq!(index.locate(at(120.12, 30.12)), None, "in the hole");
    assert_eq!(index.locate(at(120.1, 30.2)), Some(&code(9)), "on the border of the hole");
    assert_eq!(index.locate(at(120.02, 30.38)), Some(&code(5)), "the smaller code where two overlap");
}

#[test]
fn no_grids_and_broken_grids() {
    let none = GridIndex::build(Vec::<(RegionCode, Polygon)>::new()).unwrap();
    assert_eq!((none.locate(at(120.0, 30.0)), none.is_empty()), (None, true));
    assert!(none.nearest(at(120.0, 30.0), 1e6).is_none());
    let broken = polygon![(x: 120.0, y: f64::NAN), (x: 120.1, y: 30.0), (x: 120.0, y: 30.1)];
    assert_eq!(GridIndex::build([(code(1), broken)]).unwrap_err(), BuildError::NotFinite(code(1)));
    let flat = polygon![(x: 120.0, y: 30.0), (x: 120.1, y: 30.0), (x: 120.0, y: 30.0)];
    let line = GridIndex::build([(code(1), flat)]).unwrap();
    assert_eq!(line.locate(at(120.05, 30.0)), Some(&code(1)));
    assert_eq!(line.locate(Position { lon: f64::NAN, lat: f64::INFINITY }), None);
}

#[test]
fn the_nearest_grid_is_the_one_that_asking_all_borders_gives() {
    let mut noise = Noise(99);
    let grids = crooked(6, &mut noise);
    let index = GridIndex::build(grids.clone()).unwrap();
    for _ in 0..300 {
        let position = at(120.85 + 0.16 * noise.next(), 30.55 + 0.16 * noise.next());
        let found = index.nearest(position, 3000.0);
        if index.locate(position).is_some() {
            assert_eq!(found.unwrap().distance_m, 0.0);
            continue;
        }
        let scale = (111_195.08 * position.lat.to_radians().cos(), 111_195.08);
        let distance = |shape: &MultiPolygon<f64>| {
            let lines = shape.0[0].exterior().lines();
            lines
                .map(|line| {
                    let place = |c: Coord<f64>| ((c.x - position.lon) * scale.0, (c.y - position.lat) * scale.1);
                    let (a, b) = (place(line.start), place(line.end));
                    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
                    let along = (-(a.0 * dx + a.1 * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
                    (a.0 + along * dx).hypot(a.1 + along * dy)
                })
                .fold(f64::INFINITY, f64::min)
        };
        let least = grids.iter().map(|(_, shape)| distance(shape)).fold(f64::INFINITY, f64::min);
        match found {
            Some(nearest) => assert!((nearest.distance_m - least).abs() < 1e-6, "{nearest:?} {least}"),
            None => assert!(least > 3000.0, "{least}"),
        }
    }
}

proptest! {
    #[test]
    fn any_star_is_found_exactly(
        radii in proptest::collection::vec(1u8..16, 3..40),
        points in proptest::collection::vec((0u8..64, 0u8..64), 200),
    ) {
        // Coordinates on a coarse lattice, so that points on edges and vertices are common and rays run through vertices.
        let corners = radii.iter().enumerate().map(|(at, radius)| {
            let angle = at as f64 / radii.len() as f64 * std::f64::consts::TAU;
            (120.0 + (f64::from(*radius) * angle.cos()).round() / 32.0, 30.0 + (f64::from(*radius) * angle.sin()).round() / 32.0)
        });
        let shape = Polygon::new(LineString::from(corners.collect::<Vec<_>>()), vec![]);
        prop_assume!(geo::Validation::is_valid(&shape));
        let grids = vec![(code(1), MultiPolygon::from(shape))];
        let index = GridIndex::build(grids.clone()).unwrap();
        for (x, y) in points {
            let position = at(119.0 + f64::from(x) / 32.0, 29.0 + f64::from(y) / 32.0);
            prop_assert_eq!(index.locate(position), exactly(&grids, position), "{:?}", position);
        }
    }
}
