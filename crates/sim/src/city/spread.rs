//! Where the unit grids lie: seeds spread over the county, closer together where people live.

use super::chance::Chance;
use super::plane::{Point, bounds, contains, distance};

/// A town: where it lies and how strongly it draws people.
#[derive(Debug, Clone, Copy)]
pub struct Town {
    /// Its centre on the plane.
    pub centre: Point,
    /// How far its density reaches, in metres.
    pub reach: f64,
    /// Its density over open country.
    pub weight: f64,
}

/// The eight towns: one large in the middle of the county, the others well apart from one another.
pub fn towns(ring: &[Point], centre: Point, count: usize, chance: &mut Chance) -> Vec<Town> {
    let samples = scatter(ring, 1_500, chance);
    let mut towns = vec![Town { centre, reach: 2_600.0, weight: 9.0 }];
    while towns.len() < count {
        // The farthest of all samples would lie on the border; half the distance to the border counts against it.
        let best = samples.iter().copied().max_by(|a, b| {
            let merit = |p: Point| {
                let apart = towns.iter().map(|t| distance(t.centre, p)).fold(f64::MAX, f64::min);
                let edge = ring.iter().map(|q| distance(*q, p)).fold(f64::MAX, f64::min);
                apart.min(edge * 3.0)
            };
            merit(*a).total_cmp(&merit(*b))
        });
        let Some(place) = best else { break };
        towns.push(Town { centre: place, reach: chance.between(1_100.0, 1_700.0), weight: chance.between(3.0, 6.0) });
    }
    towns
}

/// `count` seeds, relaxed until each is the centre of its own share of the people.
pub fn seeds(ring: &[Point], towns: &[Town], count: usize, chance: &mut Chance) -> Vec<Point> {
    let density = |p: Point| 1.0 + towns.iter().map(|t| t.weight * (-(distance(t.centre, p) / t.reach).powi(2)).exp()).sum::<f64>();
    let samples: Vec<(Point, f64)> = scatter(ring, 9_000, chance).into_iter().map(|p| (p, density(p))).collect();
    let mut seeds = Vec::with_capacity(count);
    while seeds.len() < count {
        let (place, weight) = samples[chance.below(samples.len())];
        if chance.unit() * 12.0 < weight && !seeds.contains(&place) {
            seeds.push(place);
        }
    }
    for _ in 0..14 {
        let mut sums = vec![(0.0, 0.0, 0.0); count];
        for (p, weight) in &samples {
            let (x, y, w) = &mut sums[nearest(&seeds, *p)];
            (*x, *y, *w) = (*x + p[0] * weight, *y + p[1] * weight, *w + weight);
        }
        for (seed, (x, y, w)) in seeds.iter_mut().zip(sums) {
            let centre = [x / w, y / w];
            if w > 0.0 && contains(ring, centre) {
                *seed = centre;
            }
        }
    }
    seeds
}

/// The index of the point nearest to `p`.
pub fn nearest(points: &[Point], p: Point) -> usize {
    let square = |q: &Point| (q[0] - p[0]).powi(2) + (q[1] - p[1]).powi(2);
    let mut best = (0, f64::MAX);
    for (index, q) in points.iter().enumerate() {
        let far = square(q);
        if far < best.1 {
            best = (index, far);
        }
    }
    best.0
}

fn scatter(ring: &[Point], count: usize, chance: &mut Chance) -> Vec<Point> {
    let [west, south, east, north] = bounds(ring);
    let mut found = Vec::with_capacity(count);
    while found.len() < count {
        let p = [chance.between(west, east), chance.between(south, north)];
        if contains(ring, p) {
            found.push(p);
        }
    }
    found
}
