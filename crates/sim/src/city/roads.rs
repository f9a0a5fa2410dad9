//! Simulated roads: arterials between the towns and streets along the cell borders, lanes inside the cells.

use std::collections::{BinaryHeap, HashMap};

use super::arrangement::Arrangement;
use super::chance::Chance;
use super::plane::{Point, along, centroid, contains, crossing, distance, signed_area};
use super::spread::Town;

/// How important a road is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoadClass {
    /// Between towns (主干道).
    Arterial,
    /// Along the borders of cells (次干道、支路).
    Street,
    /// Inside a cell (街巷).
    Lane,
}

impl RoadClass {
    /// Its word in the GeoJSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Arterial => "arterial",
            Self::Street => "street",
            Self::Lane => "lane",
        }
    }

    /// Half its width in metres: how far from the middle line its furniture stands.
    pub fn half_width(self) -> f64 {
        match self {
            Self::Arterial => 14.0,
            Self::Street => 8.0,
            Self::Lane => 4.0,
        }
    }
}

/// A simulated road on the plane.
#[derive(Debug, Clone)]
pub struct Road {
    /// Its name, beginning with 模拟.
    pub name: String,
    /// How important it is.
    pub class: RoadClass,
    /// Its middle line.
    pub points: Vec<Point>,
    /// How densely built the land around it is, 0 to 1.
    pub urban: f64,
}

const FIRST: [&str; 28] = [
    "朝", "春", "文", "新", "金", "景", "永", "锦", "清", "云", "长", "广", "和", "宁", "安", "泰", "丰", "瑞", "嘉", "福", "星", "望",
    "凤", "松", "荷", "梅", "兰", "桂",
];
const SECOND: [&str; 26] = [
    "晖", "华", "昌", "园", "桥", "塘", "兴", "溪", "泉", "山", "湖", "河", "江", "海", "港", "林", "苑", "平", "乐", "康", "禾", "田",
    "翔", "达", "通", "源",
];

struct Names {
    used: usize,
}

impl Names {
    fn next(&mut self, class: RoadClass) -> String {
        // Steps coprime to the table walk through every pair before one comes back with another ending.
        let pairs = FIRST.len() * SECOND.len();
        let at = (self.used * 289 + 17) % pairs;
        let round = self.used / pairs;
        self.used += 1;
        let ending = match (class, round) {
            (RoadClass::Arterial, _) => "大道",
            (RoadClass::Street, _) => "路",
            (RoadClass::Lane, 0) => "街",
            (RoadClass::Lane, 1) => "弄",
            (RoadClass::Lane, _) => "巷",
        };
        format!("模拟{}{}{ending}", FIRST[at % FIRST.len()], SECOND[at / FIRST.len()])
    }
}

/// All roads of the county, arterials first.
pub fn roads(map: &Arrangement, towns: &[Town], chance: &mut Chance) -> Vec<Road> {
    let mut names = Names { used: 0 };
    let mut roads = Vec::new();
    let mut used = vec![false; map.arcs.len()];
    let urban = |p: Point| towns.iter().map(|t| (-(distance(t.centre, p) / (t.reach * 1.6)).powi(2)).exp()).fold(0.0, f64::max);
    let mut push = |roads: &mut Vec<Road>, class: RoadClass, points: Vec<Point>| {
        let middle = points[points.len() / 2];
        roads.push(Road { name: names.next(class), class, urban: urban(middle), points });
    };
    for (from, to) in links(towns) {
        let path = path(map, towns[from].centre, towns[to].centre, &used);
        let mut line: Vec<Point> = Vec::new();
        for (arc, forwards) in path {
            if std::mem::replace(&mut used[arc], true) {
                // The rest of the way already has a road with a name.
                if line.len() > 1 {
                    push(&mut roads, RoadClass::Arterial, std::mem::take(&mut line));
                }
                line.clear();
                continue;
            }
            append(&mut line, &map.arcs[arc].points, forwards);
        }
        if line.len() > 1 {
            push(&mut roads, RoadClass::Arterial, line);
        }
    }
    for (index, arc) in map.arcs.iter().enumerate() {
        if !used[index] && matches!(map.sides(index), [Some(a), Some(b)] if a != b) {
            push(&mut roads, RoadClass::Street, arc.points.clone());
        }
    }
    for area in 0..map.areas {
        let Some(ring) = map.outline(|a| a == area).into_iter().next() else { continue };
        for lane in lanes(&ring, urban(centroid(&ring)), chance) {
            push(&mut roads, RoadClass::Lane, lane);
        }
    }
    roads
}

/// Every town to the first, and every town to its nearest neighbour among the others.
fn links(towns: &[Town]) -> Vec<(usize, usize)> {
    let mut links: Vec<(usize, usize)> = (1..towns.len()).map(|i| (0, i)).collect();
    for i in 1..towns.len() {
        let near = (1..towns.len())
            .filter(|j| *j != i)
            .min_by(|a, b| distance(towns[i].centre, towns[*a].centre).total_cmp(&distance(towns[i].centre, towns[*b].centre)));
        if let Some(j) = near {
            links.push((i.min(j), i.max(j)));
        }
    }
    links.sort_unstable();
    links.dedup();
    links
}

fn append(line: &mut Vec<Point>, points: &[Point], forwards: bool) {
    let skip = usize::from(!line.is_empty());
    if forwards {
        line.extend(points.iter().skip(skip));
    } else {
        line.extend(points.iter().rev().skip(skip));
    }
}

/// What it costs to reach a node, and the node, arc and direction it is reached by.
type Reached = (u64, Option<(usize, usize, bool)>);

/// The shortest way along arcs inside the county; existing roads count less, so that ways bundle.
fn path(map: &Arrangement, from: Point, to: Point, used: &[bool]) -> Vec<(usize, bool)> {
    let mut leaving: HashMap<usize, Vec<(usize, usize, bool, u64)>> = HashMap::new();
    let (mut start, mut goal) = ((f64::MAX, 0), (f64::MAX, 0));
    for (index, arc) in map.arcs.iter().enumerate() {
        if !matches!(map.sides(index), [Some(_), Some(_)]) {
            continue;
        }
        let metres: f64 = arc.points.windows(2).map(|w| distance(w[0], w[1])).sum();
        // Decimetres as an integer: the queue needs a total order.
        let cost = (metres * if used[index] { 5.0 } else { 10.0 }) as u64;
        let [a, b] = arc.ends;
        leaving.entry(a).or_default().push((b, index, true, cost));
        leaving.entry(b).or_default().push((a, index, false, cost));
        for (node, place) in [(a, arc.points[0]), (b, arc.points[arc.points.len() - 1])] {
            start = if distance(place, from) < start.0 { (distance(place, from), node) } else { start };
            goal = if distance(place, to) < goal.0 { (distance(place, to), node) } else { goal };
        }
    }
    let mut best: HashMap<usize, Reached> = HashMap::from([(start.1, (0, None))]);
    let mut queue = BinaryHeap::from([(std::cmp::Reverse(0u64), start.1)]);
    while let Some((std::cmp::Reverse(cost), node)) = queue.pop() {
        if node == goal.1 {
            break;
        }
        if best.get(&node).is_some_and(|b| b.0 < cost) {
            continue;
        }
        for (other, arc, forwards, extra) in leaving.get(&node).into_iter().flatten() {
            let total = cost + extra;
            if best.get(other).is_none_or(|b| total < b.0) {
                best.insert(*other, (total, Some((node, *arc, *forwards))));
                queue.push((std::cmp::Reverse(total), *other));
            }
        }
    }
    let (mut way, mut node) = (Vec::new(), goal.1);
    while let Some((_, Some((before, arc, forwards)))) = best.get(&node) {
        way.push((*arc, *forwards));
        node = *before;
    }
    way.reverse();
    way
}

/// A loose lattice of lanes in one cell: closer where it is built up.
fn lanes(ring: &[Point], urban: f64, chance: &mut Chance) -> Vec<Vec<Point>> {
    let spacing = 820.0 - 470.0 * urban;
    let heading = chance.between(-0.35, 0.35);
    let centre = centroid(ring);
    let reach = signed_area(ring).abs().sqrt() * 1.6;
    let mut lanes = Vec::new();
    for turn in [0.0, std::f64::consts::FRAC_PI_2] {
        let angle = heading + turn;
        let (dx, dy) = (angle.cos(), angle.sin());
        let rows = (reach / spacing).ceil() as i64;
        for row in -rows..=rows {
            let shift = (row as f64 + 0.5 + chance.between(-0.18, 0.18)) * spacing;
            let base = [centre[0] - dy * shift, centre[1] + dx * shift];
            let (a, b) = ([base[0] - dx * reach, base[1] - dy * reach], [base[0] + dx * reach, base[1] + dy * reach]);
            for (from, to) in inside(ring, a, b) {
                let length = distance(from, to);
                if length > 220.0 && chance.unit() < 0.55 + 0.4 * urban {
                    let bend = chance.between(-0.02, 0.02) * length;
                    let middle = along(from, to, 0.5);
                    let bent = [middle[0] - dy * bend, middle[1] + dx * bend];
                    lanes.push(vec![from, bent, to]);
                }
            }
        }
    }
    lanes
}

/// The parts of the segment `a b` that lie inside the ring.
fn inside(ring: &[Point], a: Point, b: Point) -> Vec<(Point, Point)> {
    let mut shares: Vec<f64> = (0..ring.len()).filter_map(|i| crossing(a, b, ring[i], ring[(i + 1) % ring.len()]).map(|c| c.0)).collect();
    shares.sort_by(f64::total_cmp);
    shares.windows(2).filter(|w| contains(ring, along(a, b, (w[0] + w[1]) / 2.0))).map(|w| (along(a, b, w[0]), along(a, b, w[1]))).collect()
}
