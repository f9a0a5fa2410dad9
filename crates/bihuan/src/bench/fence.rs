//! `bihuan bench fence`: points against 2,000 fences and 2,000 corridors of a county, on one core, against exact geometry.
//!
//! Fences are irregular areas of 60 to 900 metres that lie over one another, corridors are crooked roads of some kilometres, 15 to 60 metres to
//! each side. Of the points most lie on the roads and in the areas, where vehicles are; the rest anywhere, on vertices and in the middle of
//! edges. What the index says of a sample is compared with geometry that asks every fence by itself; one difference fails the bench. A
//! corridor's metre is compared with the geodesic on the ellipsoid.

use std::{hint::black_box, time::Instant};

use anyhow::{Result, ensure};
use fences::{Fences, Plane, Shape};
use geo::{BoundingRect, Coord, Distance, Geodesic, Intersects, LineString, MultiPolygon, Point, Polygon, Rect};

use super::{figure::figure, noise::Noise};

const AREAS: usize = 2_000;
const CORRIDORS: usize = 2_000;
const POINTS: usize = 1_000_000;
const SAMPLE: usize = 20_000;
const PASSES: usize = 7;
/// Points a second that the product must reach.
const WANTED: f64 = 1_000_000.0;
/// South-west corner of the county and its width in degrees: about 38 by 33 kilometres.
const CORNER: Coord<f64> = Coord { x: 120.4, y: 30.3 };
const WIDTH: f64 = 0.3;
/// Metres of a degree of latitude, roughly: for making data.
const DEGREE_M: f64 = 111_000.0;

/// Runs the bench and prints its figures, as JSON lines where `json` is set.
///
/// # Errors
/// When the index and exact geometry disagree about a single point, or a metre is off by more than the crate promises.
pub fn run(json: bool) -> Result<()> {
    let mut noise = Noise(0x9e37_79b9_7f4a_7c15);
    let mut shapes: Vec<Shape> = (0..AREAS).map(|_| area(&mut noise)).collect();
    shapes.extend((0..CORRIDORS).map(|_| corridor(&mut noise)));
    let points = points(&shapes, &mut noise);

    let started = Instant::now();
    let index = Fences::build(shapes.clone())?;
    let build_s = started.elapsed().as_secs_f64();

    let mut rates = Vec::with_capacity(PASSES);
    let (mut found, mut hits) = (Vec::new(), 0_usize);
    for _ in 0..PASSES {
        hits = 0;
        let started = Instant::now();
        for point in &points {
            index.at(point.x, point.y, &mut found);
            hits += black_box(&found).len();
        }
        rates.push(points.len() as f64 / started.elapsed().as_secs_f64());
    }
    rates.sort_by(f64::total_cmp);

    let exact = Exact::new(&shapes);
    let started = Instant::now();
    let sample = &points[..SAMPLE];
    let wrong = sample
        .iter()
        .filter(|point| {
            index.at(point.x, point.y, &mut found);
            found != exact.at(**point)
        })
        .count();
    let exact_rate = SAMPLE as f64 / started.elapsed().as_secs_f64();
    let worst = metre_error(&mut noise);

    let print = |name: &str, value: f64, unit: &str, n: usize| figure(json, &format!("fence.{name}"), value, unit, n);
    print("points_per_second", rates[PASSES / 2], "1/s", points.len());
    print("wanted_points_per_second", WANTED, "1/s", points.len());
    print("slowest_pass_points_per_second", rates[0], "1/s", points.len());
    print("fastest_pass_points_per_second", rates[PASSES - 1], "1/s", points.len());
    print("exact_points_per_second", exact_rate, "1/s", SAMPLE);
    print("differences", wrong as f64, "1", SAMPLE);
    print("fences_a_point", hits as f64 / points.len() as f64, "1", points.len());
    print("worst_error_of_100_m", worst, "m", SAMPLE);
    print("build_s", build_s, "s", shapes.len());
    print("memory_mb", index.memory_bytes() as f64 / 1e6, "MB", shapes.len());
    ensure!(wrong == 0, "{wrong} of {SAMPLE} points differ from exact geometry");
    ensure!(worst < 0.05, "a hundred metres are off by {worst} m");
    Ok(())
}

/// How far a hundred metres on the plane are from a geodesic's hundred, at worst.
fn metre_error(noise: &mut Noise) -> f64 {
    let errors = (0..SAMPLE).map(|_| {
        let from = anywhere(noise);
        let plane = Plane::at(from);
        let (sine, cosine) = (noise.share() * std::f64::consts::TAU).sin_cos();
        let reach = plane.degrees(100.0);
        let to = Coord { x: from.x + reach.x * sine, y: from.y + reach.y * cosine };
        (Geodesic.distance(Point::from(from), Point::from(to)) - 100.0).abs()
    });
    errors.fold(0.0, f64::max)
}

/// Exact geometry that asks every fence whose box holds the point.
struct Exact<'a> {
    shapes: Vec<(Rect<f64>, &'a Shape)>,
}

impl<'a> Exact<'a> {
    fn new(shapes: &'a [Shape]) -> Self {
        // A box around a corridor is that of its line and somewhat more than its width.
        let bounds = |shape: &Shape| match shape {
            Shape::Area(area) => area.bounding_rect(),
            Shape::Corridor { line, half_width_m } => line.bounding_rect().map(|it| {
                let reach = half_width_m / DEGREE_M * 1.5;
                Rect::new((it.min().x - reach, it.min().y - reach), (it.max().x + reach, it.max().y + reach))
            }),
        };
        Self { shapes: shapes.iter().filter_map(|shape| Some((bounds(shape)?, shape))).collect() }
    }

    fn at(&self, point: Coord<f64>) -> Vec<u32> {
        let holds = |bounds: &Rect<f64>, shape: &Shape| {
            bounds.intersects(&point)
                && match shape {
                    // The library's own exact test, not the index's.
                    Shape::Area(area) => area.intersects(&Point::from(point)),
                    Shape::Corridor { .. } => shape.holds(point.x, point.y),
                }
        };
        (0_u32..).zip(&self.shapes).filter(|(_, (bounds, shape))| holds(bounds, shape)).map(|(at, _)| at).collect()
    }
}

fn anywhere(noise: &mut Noise) -> Coord<f64> {
    Coord { x: CORNER.x + WIDTH * noise.share(), y: CORNER.y + WIDTH * noise.share() }
}

/// An irregular area around a point, of 6 to 30 vertices.
fn area(noise: &mut Noise) -> Shape {
    let (middle, size, corners) = (anywhere(noise), (60.0 + 840.0 * noise.share()) / DEGREE_M, 6 + noise.below(25));
    let ring = (0..corners).map(|at| {
        let (sine, cosine) = (at as f64 / corners as f64 * std::f64::consts::TAU).sin_cos();
        let reach = size * (0.4 + 0.6 * noise.share()) / 2.0;
        Coord { x: middle.x + reach * cosine, y: middle.y + reach * sine }
    });
    Shape::Area(MultiPolygon(vec![Polygon::new(LineString(ring.collect()), vec![])]))
}

/// A crooked road of 5 to 40 sides of 100 to 300 metres.
fn corridor(noise: &mut Noise) -> Shape {
    let (mut at, mut heading) = (anywhere(noise), noise.share() * std::f64::consts::TAU);
    let mut line = vec![at];
    for _ in 0..5 + noise.below(36) {
        heading += noise.share() - 0.5;
        let side = (100.0 + 200.0 * noise.share()) / DEGREE_M;
        at = Coord { x: at.x + side * heading.cos(), y: at.y + side * heading.sin() };
        line.push(at);
    }
    Shape::Corridor { line: LineString(line), half_width_m: 15.0 + 45.0 * noise.share() }
}

fn points(shapes: &[Shape], noise: &mut Noise) -> Vec<Coord<f64>> {
    (0..POINTS)
        .map(|_| {
            let vertices: Vec<Coord<f64>> = shapes[noise.below(shapes.len())].coordinates().collect();
            let side = noise.below(vertices.len() - 1);
            let (a, b) = (vertices[side], vertices[side + 1]);
            match noise.below(20) {
                0..=4 => anywhere(noise),
                5 => a,
                6 => (a + b) / 2.0,
                // Beside a side, as a receiver sees it.
                _ => {
                    let along = noise.share();
                    let stray = Coord { x: (noise.share() - 0.5) * 80.0 / DEGREE_M, y: (noise.share() - 0.5) * 80.0 / DEGREE_M };
                    a + (b - a) * along + stray
                }
            }
        })
        .collect()
}
