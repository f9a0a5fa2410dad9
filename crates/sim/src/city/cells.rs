//! The straight cells around the seeds (Voronoi), and their shared borders made irregular.

use std::collections::HashMap;

use super::chance::Chance;
use super::plane::{Point, along, bounds, distance, turn};

/// A border between two cells: drawn once, used by both, so that no gap can open between them.
#[derive(Debug, Clone)]
pub struct Border {
    /// The cell on the left when walking along `points`.
    pub left: usize,
    /// The cell on the right.
    pub right: usize,
    /// The vertex identities of the two ends.
    pub ends: [usize; 2],
    /// The irregular line, ends included.
    pub points: Vec<Point>,
}

/// The borders between all cells of the seeds, reaching well beyond `ring`.
pub fn borders(seeds: &[Point], ring: &[Point], chance: &mut Chance) -> Vec<Border> {
    let [west, south, east, north] = bounds(ring);
    let far = 30_000.0;
    let frame = [[west - far, south - far], [east + far, south - far], [east + far, north + far], [west - far, north + far]];
    let mut vertices: HashMap<(i64, i64), usize> = HashMap::new();
    let mut places: Vec<Point> = Vec::new();
    let mut identify = |p: Point| {
        // Two cells compute a shared corner from different bisectors; a millimetre tells corners apart.
        let key = |dx: i64, dy: i64| ((p[0] * 100.0).round() as i64 + dx, (p[1] * 100.0).round() as i64 + dy);
        for dx in -1..=1 {
            for dy in -1..=1 {
                if let Some(found) = vertices.get(&key(dx, dy)) {
                    return *found;
                }
            }
        }
        places.push(p);
        vertices.insert(key(0, 0), places.len() - 1);
        places.len() - 1
    };

    let mut straight: Vec<(usize, usize, usize, usize)> = Vec::new();
    for (own, seed) in seeds.iter().enumerate() {
        for (from, to, neighbour) in cell(own, *seed, seeds, &frame) {
            let (from, to) = (identify(from), identify(to));
            // Counter-clockwise around its own cell: own lies left. The neighbour's walk is the same line, drawn once.
            if let Some(neighbour) = neighbour
                && own < neighbour
                && from != to
            {
                straight.push((own, neighbour, from, to));
            }
        }
    }
    straight
        .into_iter()
        .map(|(left, right, from, to)| Border {
            left,
            right,
            ends: [from, to],
            points: irregular(places[from], places[to], seeds[left], seeds[right], chance),
        })
        .collect()
}

/// The edges of one cell, counter-clockwise, each with the neighbour behind it.
fn cell(own: usize, seed: Point, seeds: &[Point], frame: &[Point; 4]) -> Vec<(Point, Point, Option<usize>)> {
    let mut edges: Vec<(Point, Point, Option<usize>)> = (0..4).map(|i| (frame[i], frame[(i + 1) % 4], None)).collect();
    let mut others: Vec<usize> = (0..seeds.len()).filter(|i| *i != own).collect();
    others.sort_by(|a, b| distance(seed, seeds[*a]).total_cmp(&distance(seed, seeds[*b])));
    for other in others {
        let reach = edges.iter().map(|e| distance(seed, e.0)).fold(0.0, f64::max);
        if distance(seed, seeds[other]) > 2.0 * reach {
            break;
        }
        edges = cut(&edges, seed, seeds[other], other);
    }
    edges
}

fn cut(edges: &[(Point, Point, Option<usize>)], seed: Point, other: Point, label: usize) -> Vec<(Point, Point, Option<usize>)> {
    let middle = along(seed, other, 0.5);
    let normal = [other[0] - seed[0], other[1] - seed[1]];
    let side = |p: Point| (p[0] - middle[0]) * normal[0] + (p[1] - middle[1]) * normal[1];
    let mut kept = Vec::with_capacity(edges.len() + 1);
    let (mut leaves, mut enters) = (None, None);
    for &(a, b, behind) in edges {
        let (sa, sb) = (side(a), side(b));
        match (sa <= 0.0, sb <= 0.0) {
            (true, true) => kept.push((a, b, behind)),
            (true, false) => {
                let p = along(a, b, sa / (sa - sb));
                kept.push((a, p, behind));
                leaves = Some((p, kept.len()));
            }
            (false, true) => {
                let p = along(a, b, sa / (sa - sb));
                kept.push((p, b, behind));
                enters = Some(p);
            }
            (false, false) => {}
        }
    }
    if let (Some((from, at)), Some(to)) = (leaves, enters) {
        kept.insert(at, (from, to, Some(label)));
    }
    kept
}

/// A line from `a` to `b` that wanders like a lane or a ditch.
///
/// It is the graph of a function over the straight edge and stays well inside the two triangles that the
/// edge forms with its seeds. Those triangles never overlap one another, so no two borders can cross.
fn irregular(a: Point, b: Point, left: Point, right: Point, chance: &mut Chance) -> Vec<Point> {
    let length = distance(a, b);
    let parts = ((length / 170.0).round() as usize).clamp(10, 13);
    let (ux, uy) = ((b[0] - a[0]) / length, (b[1] - a[1]) / length);
    let foot = |p: Point| ((p[0] - a[0]) * ux + (p[1] - a[1]) * uy) / length;
    let height = |p: Point| (turn(a, b, p) / length).abs();
    let room = |p: Point, t: f64| {
        let (f, h) = (foot(p), height(p));
        let rise = if f > 0.0 { t / f } else { f64::MAX };
        let fall = if f < 1.0 { (1.0 - t) / (1.0 - f) } else { f64::MAX };
        0.5 * h * rise.min(fall)
    };
    // Midpoint displacement over a power of two, read at the wanted shares.
    let fine = 16;
    let mut wander = vec![0.0; fine + 1];
    let (mut step, mut scale) = (fine, length.min(900.0) * 0.16);
    while step > 1 {
        for i in (step / 2..fine).step_by(step) {
            wander[i] = (wander[i - step / 2] + wander[i + step / 2]) / 2.0 + chance.between(-scale, scale);
        }
        step /= 2;
        scale *= 0.55;
    }
    let mut points = vec![a];
    for i in 1..parts {
        let t = (i as f64 + chance.between(-0.25, 0.25)) / parts as f64;
        let at = t * fine as f64;
        let low = at.floor() as usize;
        let value = wander[low] + (wander[(low + 1).min(fine)] - wander[low]) * (at - low as f64);
        let value = value.clamp(-room(right, t).min(400.0), room(left, t).min(400.0));
        let p = along(a, b, t);
        points.push([p[0] - uy * value, p[1] + ux * value]);
    }
    points.push(b);
    points
}
