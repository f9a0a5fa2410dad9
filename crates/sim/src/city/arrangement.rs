//! The planar map: county border and cell borders cut into arcs, faces traced, areas dissolved.
//!
//! Every arc is stored once and read from both sides. Gaps and overlaps are therefore impossible by
//! construction, at every level: a grid, a community and a township are sets of faces.

use std::collections::HashMap;

use super::cells::Border;
use super::plane::{Point, along, contains, crossing, distance, signed_area};

const MINIMUM_VERTICES: usize = 32;

/// A line between two nodes. Half-edge `2i` walks arc `i` forwards, `2i + 1` backwards.
#[derive(Debug, Clone)]
pub struct Arc {
    /// The nodes at its ends.
    pub ends: [usize; 2],
    /// Its points, ends included.
    pub points: Vec<Point>,
    cells: [Option<usize>; 2],
}

/// The map of one county, divided into areas `0..areas`.
#[derive(Debug)]
pub struct Arrangement {
    /// All arcs.
    pub arcs: Vec<Arc>,
    next: Vec<usize>,
    area_left_of: Vec<Option<usize>>,
    /// How many areas there are.
    pub areas: usize,
}

impl Arrangement {
    /// Clips the borders to the county `ring` (counter-clockwise) and gives each of `cells` cells one connected area.
    pub fn new(ring: &[Point], borders: &[Border], cells: usize) -> Self {
        let arcs = arcs(ring, borders);
        let next = next(&arcs);
        let area_left_of = areas(&arcs, &next, cells);
        let mut map = Self { arcs, next, area_left_of, areas: cells };
        map.refine();
        map
    }

    /// Halves the longest steps of inner arcs until every area has enough vertices to count as irregular.
    ///
    /// An area at the county's rim may be left with few: its borders were cut off by a straight shore.
    fn refine(&mut self) {
        for area in 0..self.areas {
            let inner: Vec<usize> = (0..self.arcs.len())
                .filter(|arc| matches!(self.sides(*arc), [Some(a), Some(b)] if a != b && (a == area || b == area)))
                .collect();
            let mut vertices = self.outline(|a| a == area).iter().map(Vec::len).sum::<usize>();
            while vertices < MINIMUM_VERTICES {
                let step = |arc: usize, i: usize| distance(self.arcs[arc].points[i], self.arcs[arc].points[i + 1]);
                let longest = inner
                    .iter()
                    .flat_map(|arc| (0..self.arcs[*arc].points.len() - 1).map(|i| (*arc, i)))
                    .max_by(|a, b| step(a.0, a.1).total_cmp(&step(b.0, b.1)));
                let Some((arc, i)) = longest else { break };
                let points = &mut self.arcs[arc].points;
                points.insert(i + 1, along(points[i], points[i + 1], 0.5));
                vertices += 1;
            }
        }
    }

    /// The areas left and right of an arc; `None` is outside the county.
    pub fn sides(&self, arc: usize) -> [Option<usize>; 2] {
        [self.area_left_of[2 * arc], self.area_left_of[2 * arc + 1]]
    }

    /// The open rings around all areas that `group` puts together, the outer one first.
    pub fn outline(&self, group: impl Fn(usize) -> bool) -> Vec<Vec<Point>> {
        let within = |half: usize| self.area_left_of[half].is_some_and(&group);
        let borders = |half: usize| within(half) && !within(half ^ 1);
        let mut seen = vec![false; self.next.len()];
        let mut rings = Vec::new();
        for start in 0..self.next.len() {
            if seen[start] || !borders(start) {
                continue;
            }
            let mut ring = Vec::new();
            let mut half = start;
            loop {
                seen[half] = true;
                let points = &self.arcs[half / 2].points;
                if half.is_multiple_of(2) {
                    ring.extend_from_slice(&points[..points.len() - 1]);
                } else {
                    ring.extend(points[1..].iter().rev());
                }
                half = self.next[half];
                while !borders(half) {
                    half = self.next[half ^ 1];
                }
                if half == start {
                    break;
                }
            }
            rings.push(ring);
        }
        rings.sort_by(|a, b| signed_area(b).abs().total_cmp(&signed_area(a).abs()));
        rings
    }

    /// For each area, its neighbours with the length of the border shared.
    pub fn neighbours(&self) -> Vec<HashMap<usize, f64>> {
        let mut found = vec![HashMap::new(); self.areas];
        for (index, arc) in self.arcs.iter().enumerate() {
            if let [Some(a), Some(b)] = self.sides(index)
                && a != b
            {
                *found[a].entry(b).or_insert(0.0) += length(&arc.points);
                *found[b].entry(a).or_insert(0.0) += length(&arc.points);
            }
        }
        found
    }
}

fn length(points: &[Point]) -> f64 {
    points.windows(2).map(|w| distance(w[0], w[1])).sum()
}

fn arcs(ring: &[Point], borders: &[Border]) -> Vec<Arc> {
    let mut nodes: HashMap<usize, usize> = HashMap::new();
    let mut count = 0;
    let mut fresh = || {
        count += 1;
        count - 1
    };
    // Crossings on the county border: (segment, share along it, node, place).
    let mut on_ring: Vec<(usize, f64, usize, Point)> = Vec::new();
    let mut arcs = Vec::new();
    for border in borders {
        let mut cuts: Vec<(usize, f64, usize, Point)> = Vec::new();
        for (segment, pair) in border.points.windows(2).enumerate() {
            for i in 0..ring.len() {
                let (c, d) = (ring[i], ring[(i + 1) % ring.len()]);
                if c[0].min(d[0]) > pair[0][0].max(pair[1][0]) || c[0].max(d[0]) < pair[0][0].min(pair[1][0]) {
                    continue;
                }
                if let Some((t, u)) = crossing(pair[0], pair[1], c, d) {
                    let (node, place) = (fresh(), along(pair[0], pair[1], t));
                    cuts.push((segment, t, node, place));
                    on_ring.push((i, u, node, place));
                }
            }
        }
        cuts.sort_by(|a, b| (a.0, a.1).partial_cmp(&(b.0, b.1)).unwrap_or(std::cmp::Ordering::Equal));
        let mut corner = |vertex: usize| *nodes.entry(vertex).or_insert_with(&mut fresh);
        let (first, last) = (corner(border.ends[0]), corner(border.ends[1]));
        let mut piece = (first, vec![border.points[0]]);
        let mut finish = |piece: (usize, Vec<Point>), end: usize, place: Point| {
            let (start, mut points) = piece;
            points.push(place);
            // The line's own middle decides: its ends may lie on the county border.
            let probe = along(points[points.len() / 2 - 1], points[points.len() / 2], 0.5);
            if contains(ring, probe) {
                arcs.push(Arc { ends: [start, end], points, cells: [Some(border.left), Some(border.right)] });
            }
        };
        let mut upcoming = cuts.into_iter().peekable();
        for (segment, pair) in border.points.windows(2).enumerate() {
            while let Some((_, _, node, place)) = upcoming.next_if(|c| c.0 == segment) {
                finish(std::mem::replace(&mut piece, (node, vec![place])), node, place);
            }
            if segment + 2 < border.points.len() {
                piece.1.push(pair[1]);
            }
        }
        finish(piece, last, border.points[border.points.len() - 1]);
    }
    on_ring.sort_by(|a, b| (a.0, a.1).partial_cmp(&(b.0, b.1)).unwrap_or(std::cmp::Ordering::Equal));
    for (k, from) in on_ring.iter().enumerate() {
        let to = &on_ring[(k + 1) % on_ring.len()];
        let mut points = vec![from.3];
        let mut i = from.0;
        // A walk that ends on the same segment behind its start goes all the way round.
        let mut first = true;
        while i != to.0 || (first && (to.0, to.1) <= (from.0, from.1)) {
            i = (i + 1) % ring.len();
            points.push(ring[i]);
            first = false;
        }
        points.push(to.3);
        arcs.push(Arc { ends: [from.2, to.2], points, cells: [None, None] });
    }
    arcs
}

/// For each half-edge the one that follows it around the face on its left.
fn next(arcs: &[Arc]) -> Vec<usize> {
    let mut around: HashMap<usize, Vec<(f64, usize)>> = HashMap::new();
    for (index, arc) in arcs.iter().enumerate() {
        let last = arc.points.len() - 1;
        for (half, node, a, b) in
            [(2 * index, arc.ends[0], arc.points[0], arc.points[1]), (2 * index + 1, arc.ends[1], arc.points[last], arc.points[last - 1])]
        {
            around.entry(node).or_default().push(((b[1] - a[1]).atan2(b[0] - a[0]), half));
        }
    }
    let mut next = vec![0; arcs.len() * 2];
    for leaving in around.values_mut() {
        leaving.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (k, (_, half)) in leaving.iter().enumerate() {
            // Arriving by the twin of `half`, the face on the left continues with the next edge clockwise.
            next[half ^ 1] = leaving[(k + leaving.len() - 1) % leaving.len()].1;
        }
    }
    next
}

/// The area left of each half-edge: the largest face of a cell is its area, stray pieces join a neighbour.
fn areas(arcs: &[Arc], next: &[usize], cells: usize) -> Vec<Option<usize>> {
    let mut face_of = vec![usize::MAX; next.len()];
    let mut faces: Vec<(f64, Option<usize>)> = Vec::new();
    for start in 0..next.len() {
        if face_of[start] != usize::MAX {
            continue;
        }
        let (mut ring, mut cell, mut half) = (Vec::new(), None, start);
        while face_of[half] == usize::MAX {
            face_of[half] = faces.len();
            let arc = &arcs[half / 2];
            if half.is_multiple_of(2) {
                ring.extend_from_slice(&arc.points[..arc.points.len() - 1]);
            } else {
                ring.extend(arc.points[1..].iter().rev());
            }
            cell = cell.or(arc.cells[half % 2]);
            half = next[half];
        }
        faces.push((signed_area(&ring), cell));
    }
    let mut area: Vec<Option<usize>> = vec![None; faces.len()];
    for cell in 0..cells {
        let largest = faces.iter().enumerate().filter(|(_, f)| f.0 > 0.0 && f.1 == Some(cell)).max_by(|a, b| a.1.0.total_cmp(&b.1.0));
        if let Some((face, _)) = largest {
            area[face] = Some(cell);
        }
    }
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for (index, arc) in arcs.iter().enumerate() {
            for half in [2 * index, 2 * index + 1] {
                let (face, beyond) = (face_of[half], face_of[half ^ 1]);
                if let (None, true, Some(home)) = (area[face], faces[face].0 > 0.0, area[beyond]) {
                    let shared = length(&arc.points);
                    if best.is_none_or(|b| shared > b.0) {
                        best = Some((shared, face, home));
                    }
                }
            }
        }
        match best {
            Some((_, face, home)) => area[face] = Some(home),
            None => break,
        }
    }
    face_of.iter().map(|face| area[*face]).collect()
}
