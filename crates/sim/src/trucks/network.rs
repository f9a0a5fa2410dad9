//! Where trucks drive (模拟路网): a network of simulated roads, and the quickest ways on it.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, HashSet, VecDeque},
};

use crate::city::{
    City, RoadClass,
    chance::Chance,
    plane::{Plane, Point, along, distance},
};

/// Metres between two crossings of the made network.
const SPACING: f64 = 700.0;
/// Every so many lines of the made network is an arterial.
const ARTERIAL: usize = 4;
/// What may be driven, in km/h: trucks on arterials and elsewhere.
const LIMITS: (f64, f64) = (60.0, 40.0);

/// A stretch of road, one way.
#[derive(Debug, Clone, Copy)]
struct Edge {
    to: usize,
    metres: f64,
    limit: f64,
}

/// A network of simulated roads on a plane.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    plane: Plane,
    nodes: Vec<Point>,
    edges: Vec<Vec<Edge>>,
}

impl Network {
    /// A loose grid of roads within west, south, east, north; the same seed makes the same one.
    pub fn grid([west, south, east, north]: [f64; 4], seed: u64) -> Self {
        let mut chance = Chance::new(seed, "truck roads");
        let plane = Plane::at([f64::midpoint(west, east), f64::midpoint(south, north)]);
        let (from, to) = (plane.to_metres([west, south]), plane.to_metres([east, north]));
        let count = |length: f64| ((length / SPACING) as usize + 1).clamp(3, 60);
        let (columns, rows) = (count(to[0] - from[0]), count(to[1] - from[1]));
        let mut crossings = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                let mut off = || chance.between(-0.17, 0.17) * SPACING;
                crossings.push([from[0] + column as f64 * SPACING + off(), from[1] + row as f64 * SPACING + off()]);
            }
        }
        let mut lines = Vec::new();
        let limit = |at: usize| if at.is_multiple_of(ARTERIAL) { LIMITS.0 } else { LIMITS.1 };
        for row in 0..rows {
            for column in 0..columns {
                let here = row * columns + column;
                if column + 1 < columns {
                    lines.push((vec![crossings[here], crossings[here + 1]], limit(row)));
                }
                // Some streets are missing; along the rows none is, so that every crossing is reached.
                if row + 1 < rows && (column.is_multiple_of(ARTERIAL) || chance.unit() < 0.8) {
                    lines.push((vec![crossings[here], crossings[here + columns]], limit(column)));
                }
            }
        }
        Self::of_lines(plane, &lines)
    }

    /// The larger roads of the demo city: what its map shows.
    pub fn of_city(city: &City) -> Self {
        let first = city.roads.first().and_then(|road| road.line.first()).copied().unwrap_or([121.0, 30.7]);
        let plane = Plane::at(first);
        let lines: Vec<(Vec<Point>, f64)> = city
            .roads
            .iter()
            .filter(|road| road.class != RoadClass::Lane)
            .map(|road| {
                let limit = if road.class == RoadClass::Arterial { LIMITS.0 } else { LIMITS.1 };
                (road.line.iter().map(|place| plane.to_metres(*place)).collect(), limit)
            })
            .collect();
        Self::of_lines(plane, &lines)
    }

    /// Lines that share a vertex meet there. What cannot be reached from most of it is left out.
    fn of_lines(plane: Plane, lines: &[(Vec<Point>, f64)]) -> Self {
        let (mut nodes, mut edges): (Vec<Point>, Vec<Vec<Edge>>) = (Vec::new(), Vec::new());
        let mut known: HashMap<(i64, i64), usize> = HashMap::new();
        for (line, limit) in lines {
            let mut before: Option<usize> = None;
            for place in line {
                // To ten centimetres.
                let key = ((place[0] * 10.0).round() as i64, (place[1] * 10.0).round() as i64);
                let here = *known.entry(key).or_insert_with(|| {
                    nodes.push(*place);
                    edges.push(Vec::new());
                    nodes.len() - 1
                });
                if let Some(before) = before.filter(|before| *before != here) {
                    let metres = distance(nodes[before], nodes[here]);
                    edges[before].push(Edge { to: here, metres, limit: *limit });
                    edges[here].push(Edge { to: before, metres, limit: *limit });
                }
                before = Some(here);
            }
        }
        Self { plane, nodes, edges }.main_part()
    }

    fn main_part(self) -> Self {
        let mut part = vec![usize::MAX; self.nodes.len()];
        let mut sizes = Vec::new();
        for start in 0..self.nodes.len() {
            if part[start] != usize::MAX {
                continue;
            }
            let (mut queue, mut size) = (VecDeque::from([start]), 0);
            part[start] = sizes.len();
            while let Some(node) = queue.pop_front() {
                size += 1;
                for edge in &self.edges[node] {
                    if part[edge.to] == usize::MAX {
                        part[edge.to] = sizes.len();
                        queue.push_back(edge.to);
                    }
                }
            }
            sizes.push(size);
        }
        // The first of the largest: the same on every run.
        let largest = sizes.iter().enumerate().max_by_key(|(at, size)| (**size, Reverse(*at))).map_or(0, |(at, _)| at);
        let kept: Vec<usize> = (0..self.nodes.len()).filter(|node| part[*node] == largest).collect();
        let new: HashMap<usize, usize> = kept.iter().enumerate().map(|(new, old)| (*old, new)).collect();
        let edges = kept
            .iter()
            .map(|old| self.edges[*old].iter().filter_map(|edge| Some(Edge { to: *new.get(&edge.to)?, ..*edge })).collect())
            .collect();
        Self { plane: self.plane, nodes: kept.iter().map(|old| self.nodes[*old]).collect(), edges }
    }

    /// How many crossings there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// A crossing on the plane.
    pub fn node(&self, node: usize) -> Point {
        self.nodes[node]
    }

    /// Longitude and latitude of a place on the plane.
    pub fn degrees(&self, place: Point) -> [f64; 2] {
        self.plane.to_degrees(place)
    }

    /// The quickest way from one crossing to another; stretches in `shunned` count six times.
    pub fn way(&self, from: usize, to: usize, shunned: Option<&HashSet<(usize, usize)>>) -> Vec<usize> {
        let mut best: Vec<u64> = vec![u64::MAX; self.nodes.len()];
        let mut before: Vec<usize> = vec![usize::MAX; self.nodes.len()];
        best[from] = 0;
        let mut queue = BinaryHeap::from([(Reverse(0_u64), from)]);
        while let Some((Reverse(cost), node)) = queue.pop() {
            if node == to {
                break;
            }
            if best[node] < cost {
                continue;
            }
            for edge in &self.edges[node] {
                let shun = shunned.is_some_and(|shunned| shunned.contains(&stretch(node, edge.to)));
                // Tenths of a second as an integer: the queue needs a total order.
                let takes = (edge.metres / edge.limit * 36.0) as u64 + 1;
                let total = cost + if shun { takes * 6 } else { takes };
                if total < best[edge.to] {
                    best[edge.to] = total;
                    before[edge.to] = node;
                    queue.push((Reverse(total), edge.to));
                }
            }
        }
        let mut way = vec![to];
        while let Some(last) = way.last().filter(|last| **last != from) {
            let next = before[*last];
            if next == usize::MAX {
                return vec![from];
            }
            way.push(next);
        }
        way.reverse();
        way
    }

    /// The limit between two neighbouring crossings, in km/h.
    pub fn limit(&self, from: usize, to: usize) -> f64 {
        self.edges[from].iter().find(|edge| edge.to == to).map_or(LIMITS.1, |edge| edge.limit)
    }
}

/// A stretch between two crossings, whichever way it is driven.
pub(crate) fn stretch(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}

/// The place a share of the way from one to another.
pub(crate) fn between(one: Point, other: Point, share: f64) -> Point {
    along(one, other, share.clamp(0.0, 1.0))
}
