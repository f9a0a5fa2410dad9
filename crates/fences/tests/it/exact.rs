//! The index says what each fence says by itself; a metre is a geodesic's.

use fences::{Fences, Plane, Shape};
use geo::{Coord, Distance, Geodesic, Intersects, LineString, MultiPolygon, Point, Polygon};
use proptest::prelude::*;

/// A corner near Haining, and degrees of about 4 km.
const CORNER: (f64, f64) = (120.6, 30.4);
const WIDTH: f64 = 0.04;

fn coordinate() -> impl Strategy<Value = Coord<f64>> {
    // On a lattice of 1/64, so that vertices and points meet exactly.
    (0_u8..=64, 0_u8..=64).prop_map(|(x, y)| Coord { x: CORNER.0 + WIDTH * f64::from(x) / 64.0, y: CORNER.1 + WIDTH * f64::from(y) / 64.0 })
}

fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        proptest::collection::vec(coordinate(), 3..8)
            .prop_map(|ring| Shape::Area(MultiPolygon(vec![Polygon::new(LineString(ring), vec![])]))),
        (proptest::collection::vec(coordinate(), 1..6), 0.0_f64..400.0)
            .prop_map(|(line, half_width_m)| Shape::Corridor { line: LineString(line), half_width_m }),
    ]
}

proptest! {
    #[test]
    fn the_index_says_what_each_fence_says(
        shapes in proptest::collection::vec(shape(), 0..12),
        points in proptest::collection::vec((coordinate(), -0.4_f64..0.4, prop::bool::ANY), 1..40),
    ) {
        let index = Fences::build(shapes.clone()).expect("finite");
        let mut found = Vec::new();
        for (point, off, exactly) in points {
            let point = if exactly { point } else { Coord { x: point.x + off * WIDTH, y: point.y - off * WIDTH / 3.0 } };
            index.at(point.x, point.y, &mut found);
            let alone: Vec<u32> = (0_u32..).zip(&shapes).filter(|(_, shape)| shape.holds(point.x, point.y)).map(|(at, _)| at).collect();
            prop_assert_eq!(&found, &alone, "at {:?}", point);
        }
    }

    #[test]
    fn a_simple_area_is_the_polygon_of_exact_geometry(a in coordinate(), b in coordinate(), c in coordinate(), point in coordinate()) {
        let polygon = Polygon::new(LineString(vec![a, b, c, a]), vec![]);
        let exact = polygon.intersects(&Point::from(point));
        prop_assert_eq!(Shape::Area(MultiPolygon(vec![polygon])).holds(point.x, point.y), exact);
    }

    #[test]
    fn a_metre_is_a_metre_of_the_geodesic(lon in -180.0_f64..179.0, lat in -60.0_f64..60.0, bearing in 0.0_f64..360.0, metres in 1.0_f64..5_000.0) {
        let plane = Plane::at(Coord { x: lon, y: lat });
        let (sine, cosine) = bearing.to_radians().sin_cos();
        let reach = plane.degrees(metres);
        let there = Coord { x: lon + reach.x * sine, y: lat + reach.y * cosine };
        let geodesic = Geodesic.distance(Point::new(lon, lat), Point::from(there));
        let error = (plane.distance(there) - geodesic).abs();
        prop_assert!(error <= metres / 2_000.0, "{error} m of {metres} m at {lat}");
    }
}

#[test]
fn widths_of_roads_are_right_to_a_centimetre() {
    // East to west, where the plane errs most, at the latitude of Haining.
    let plane = Plane::at(Coord { x: 120.68, y: 30.51 });
    for (east, north) in [(50.0, 0.0), (0.0, 50.0), (35.0, 35.0), (100.0, 100.0)] {
        let there = Coord { x: 120.68 + plane.degrees(east).x, y: 30.51 + plane.degrees(north).y };
        let geodesic = Geodesic.distance(Point::new(120.68, 30.51), Point::from(there));
        assert!((plane.distance(there) - geodesic).abs() < 0.01, "{east} {north}");
    }
}

#[test]
fn what_is_no_number_is_refused_and_nothing_holds_nothing() {
    let bad = Shape::Corridor { line: LineString(vec![Coord { x: 120.0, y: 30.0 }]), half_width_m: -1.0 };
    assert!(Fences::build(vec![bad]).is_err());
    let bad = Shape::Corridor { line: LineString(vec![Coord { x: f64::NAN, y: 30.0 }]), half_width_m: 1.0 };
    assert!(Fences::build(vec![bad]).is_err());
    let (index, mut found) = (Fences::build(vec![]).expect("nothing"), vec![7]);
    index.at(120.0, 30.0, &mut found);
    assert!(found.is_empty() && index.is_empty());
}
