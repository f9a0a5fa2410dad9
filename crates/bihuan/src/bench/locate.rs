//! `bihuan bench locate`: points to unit grids among ten thousand irregular ones, on one core, against exact geometry.
//!
//! The grids tile an area with shared, crooked borders. Of the points nine tenths lie anywhere in the area; the last tenth
//! lies outside, on vertices, exactly in the middle of edges, and as near to a border as numbers can be. What the index says
//! of a sample is compared with exact geometry that asks every grid whose box holds the point; one difference fails the bench.

use std::{hint::black_box, time::Instant};

use anyhow::{Context, ensure};
use geo::{BoundingRect, Coord, Intersects, LineString, Point, Polygon, Rect};
use kernel::{locate::GridIndex, position::Position, region::RegionCode};

use super::noise::Noise;

const SIDE: usize = 100;
const POINTS: usize = 2_000_000;
const SAMPLE: usize = 100_000;
const PASSES: usize = 7;
/// Points a second that the product must reach.
const WANTED: f64 = 3_000_000.0;
/// South-west corner and width of a grid, in degrees: about 300 metres.
const CORNER: Coord<f64> = Coord { x: 120.9, y: 30.6 };
const STEP: f64 = 0.003;

/// Runs the bench and prints its figures, as JSON lines where `json` is set.
///
/// # Errors
/// When the index and exact geometry disagree about a single point.
pub fn run(json: bool) -> anyhow::Result<()> {
    let mut noise = Noise(0x9e37_79b9_7f4a_7c15);
    let grids = tiling(&mut noise)?;
    let corners: Vec<usize> = grids.iter().map(|(_, shape)| shape.exterior().0.len() - 1).collect();
    let (fewest, most) = (corners.iter().min().context("no grids")?, corners.iter().max().context("no grids")?);
    ensure!(*fewest >= 30 && *most <= 100, "grids have {fewest} to {most} vertices");
    let points = points(&grids, &mut noise);

    let started = Instant::now();
    let index = GridIndex::build(grids.clone())?;
    let build_s = started.elapsed().as_secs_f64();

    let mut rates: Vec<f64> = (0..PASSES).map(|_| rate(&points, |point| index.locate(point).is_some())).collect();
    rates.sort_by(f64::total_cmp);

    let exact = Exact::new(&grids);
    let sample = &points[..SAMPLE];
    let wrong = sample.iter().filter(|point| index.locate(**point) != exact.locate(**point)).count();
    let outside = points.iter().filter(|point| index.locate(**point).is_none()).count();
    // The measure beside it: the same answer from exact geometry behind boxes alone.
    let exact_rate = rate(&sample[..SAMPLE / 10], |point| exact.locate(point).is_some());

    let figure = |name: &str, value: f64, unit: &str, n: usize| {
        if json {
            println!("{}", serde_json::json!({ "name": format!("locate.{name}"), "value": value, "unit": unit, "n": n }));
        } else {
            println!("{name:<32} {value:>16.3} {unit:<6} (n = {n})");
        }
    };
    figure("points_per_second", rates[PASSES / 2], "1/s", points.len());
    figure("wanted_points_per_second", WANTED, "1/s", points.len());
    figure("slowest_pass_points_per_second", rates[0], "1/s", points.len());
    figure("fastest_pass_points_per_second", rates[PASSES - 1], "1/s", points.len());
    figure("exact_points_per_second", exact_rate, "1/s", SAMPLE / 10);
    figure("differences", wrong as f64, "1", SAMPLE);
    figure("outside_share", outside as f64 / points.len() as f64, "1", points.len());
    figure("build_s", build_s, "s", grids.len());
    figure("memory_mb", index.memory_bytes() as f64 / 1e6, "MB", grids.len());
    figure("vertices", corners.iter().sum::<usize>() as f64, "1", grids.len());
    ensure!(wrong == 0, "{wrong} of {SAMPLE} points differ from exact geometry");
    Ok(())
}

/// Points a second on this thread.
fn rate(points: &[Position], locate: impl Fn(Position) -> bool) -> f64 {
    let started = Instant::now();
    let found = points.iter().filter(|point| locate(**point)).count();
    black_box(found);
    points.len() as f64 / started.elapsed().as_secs_f64()
}

/// Exact geometry that asks every grid whose box holds the point.
struct Exact<'a> {
    grids: Vec<(Rect<f64>, &'a RegionCode, &'a Polygon<f64>)>,
}

impl<'a> Exact<'a> {
    fn new(grids: &'a [(RegionCode, Polygon<f64>)]) -> Self {
        let grids = grids.iter().filter_map(|(code, shape)| Some((shape.bounding_rect()?, code, shape)));
        Self { grids: grids.collect() }
    }

    fn locate(&self, position: Position) -> Option<&'a RegionCode> {
        let point = Point::new(position.lon, position.lat);
        let holding = self.grids.iter().filter(|(bounds, _, shape)| bounds.intersects(&point) && shape.intersects(&point));
        holding.map(|(_, code, _)| *code).min()
    }
}

/// A coordinate on a lattice of exact binary fractions (6 mm), so that the middle of two of them lies exactly between them.
fn snapped(value: f64) -> f64 {
    const FINENESS: f64 = 16_777_216.0;
    (value * FINENESS).round() / FINENESS
}

/// Ten thousand irregular grids of 30 to 100 vertices that tile an area with shared borders.
fn tiling(noise: &mut Noise) -> anyhow::Result<Vec<(RegionCode, Polygon<f64>)>> {
    let corner: Vec<Coord<f64>> = (0..(SIDE + 1) * (SIDE + 1))
        .map(|at| Coord {
            x: snapped(CORNER.x + STEP * ((at % (SIDE + 1)) as f64 + 0.3 * noise.share() - 0.15)),
            y: snapped(CORNER.y + STEP * ((at / (SIDE + 1)) as f64 + 0.3 * noise.share() - 0.15)),
        })
        .collect();
    let place = |column: usize, row: usize| corner[row * (SIDE + 1) + column];
    let level: Vec<_> =
        (0..SIDE * (SIDE + 1)).map(|at| crooked(place(at % SIDE, at / SIDE), place(at % SIDE + 1, at / SIDE), noise)).collect();
    let upright: Vec<_> = (0..SIDE * (SIDE + 1))
        .map(|at| (at % (SIDE + 1), at / (SIDE + 1)))
        .map(|(column, row)| crooked(place(column, row), place(column, row + 1), noise))
        .collect();
    (0..SIDE * SIDE)
        .map(|at| {
            let (column, row) = (at % SIDE, at / SIDE);
            let mut ring = level[row * SIDE + column].clone();
            ring.extend(&upright[row * (SIDE + 1) + column + 1]);
            ring.extend(level[(row + 1) * SIDE + column].iter().rev());
            ring.extend(upright[row * (SIDE + 1) + column].iter().rev());
            ring.dedup();
            // Mixed numbers, so that the smallest code at a border is not always on the same side.
            let code = RegionCode::parse(&format!("330482{:09}", at * 7919 % 999_983))?;
            Ok((code, Polygon::new(LineString(ring), vec![])))
        })
        .collect()
}

/// A border from `a` to `b` that strays from the straight line, least near its ends so that borders never cross.
fn crooked(a: Coord<f64>, b: Coord<f64>, noise: &mut Noise) -> Vec<Coord<f64>> {
    let parts = 8 + noise.below(17);
    let inner = (1..parts).map(|part| {
        let along = part as f64 / parts as f64;
        let off = 0.3 * (noise.share() - 0.5) * along.min(1.0 - along);
        Coord { x: snapped(a.x + (b.x - a.x) * along - (b.y - a.y) * off), y: snapped(a.y + (b.y - a.y) * along + (b.x - a.x) * off) }
    });
    std::iter::once(a).chain(inner.collect::<Vec<_>>()).chain([b]).collect()
}

fn points(grids: &[(RegionCode, Polygon<f64>)], noise: &mut Noise) -> Vec<Position> {
    let width = STEP * SIDE as f64;
    (0..POINTS)
        .map(|_| {
            let anywhere = Coord { x: CORNER.x + width * noise.share(), y: CORNER.y + width * noise.share() };
            let ring = grids[noise.below(grids.len())].1.exterior();
            let side = noise.below(ring.0.len() - 1);
            let (a, b) = (ring.0[side], ring.0[side + 1]);
            let point = match noise.below(50) {
                0 => Coord { x: anywhere.x - width - STEP, y: anywhere.y },
                1 => Coord { x: anywhere.x, y: CORNER.y - 0.2 * STEP - 0.5 * STEP * noise.share() },
                2 => a,
                3 => (a + b) / 2.0,
                4 => a + (b - a) * noise.share(),
                _ => anywhere,
            };
            Position { lon: point.x, lat: point.y }
        })
        .collect()
}
