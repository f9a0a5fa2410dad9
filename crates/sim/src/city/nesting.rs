//! Which grid belongs to which community and township, with codes and names.

use std::collections::HashMap;

use super::arrangement::Arrangement;
use super::plane::{Point, bounds, centroid, distance};
use super::spread::Town;

/// Township names. All begin with 模拟 on the map: none of them exists.
const TOWNSHIPS: [&str; 8] = ["东湖街道", "南桥街道", "北苑街道", "新港镇", "双溪镇", "白沙镇", "广福镇", "林塘镇"];

const COMMUNITIES: [&str; 48] = [
    "和平",
    "朝阳",
    "新华",
    "文昌",
    "百花",
    "梧桐",
    "翠竹",
    "明珠",
    "金桥",
    "银河",
    "锦绣",
    "春晖",
    "秋月",
    "松柏",
    "海棠",
    "紫薇",
    "荷塘",
    "柳溪",
    "石桥",
    "花园",
    "前进",
    "光明",
    "胜利",
    "团结",
    "丰收",
    "永兴",
    "长乐",
    "安福",
    "太平",
    "清泉",
    "桃源",
    "杏林",
    "云山",
    "碧水",
    "望海",
    "听涛",
    "金沙",
    "星火",
    "红旗",
    "东升",
    "西湾",
    "南田",
    "北港",
    "中塘",
    "新仓桥",
    "大河",
    "小桥",
    "竹园",
];

/// Where each grid stands in the hierarchy: its codes and names.
#[derive(Debug, Clone)]
pub struct Nested {
    /// For each area, the township's index.
    pub township_of: Vec<usize>,
    /// For each area, the community's index.
    pub community_of: Vec<usize>,
    /// Code and name of each township.
    pub townships: Vec<(String, String)>,
    /// Code and name of each community.
    pub communities: Vec<(String, String)>,
    /// Code and name of each grid, by area.
    pub grids: Vec<(String, String)>,
}

/// Groups the areas of the arrangement and codes them: 6 digits county, 3 township, 3 community, 3 grid.
pub fn nest(map: &Arrangement, county: &str, towns: &[Town]) -> Nested {
    let neighbours = map.neighbours();
    let centres: Vec<Point> =
        (0..map.areas).map(|area| map.outline(|a| a == area).first().map_or([0.0, 0.0], |ring| centroid(ring))).collect();
    let every: Vec<usize> = (0..map.areas).collect();
    let mut township_of: Vec<usize> = centres
        .iter()
        .map(|c| {
            // A larger town draws from farther away.
            let pull = |t: &Town| distance(t.centre, *c) / t.reach.powf(0.25);
            (0..towns.len()).min_by(|a, b| pull(&towns[*a]).total_cmp(&pull(&towns[*b]))).unwrap_or(0)
        })
        .collect();
    keep_whole(&every, &mut township_of, &neighbours);

    let mut community_of = vec![0; map.areas];
    let (mut townships, mut communities) = (Vec::new(), Vec::new());
    let mut grids = vec![(String::new(), String::new()); map.areas];
    let mut serial = 0;
    for (index, _) in towns.iter().enumerate() {
        // Serials from 901 upwards: no real township carries them.
        let township = format!("{county}{:03}", 901 + index);
        townships.push((township.clone(), format!("模拟{}", TOWNSHIPS[index % TOWNSHIPS.len()])));
        let members: Vec<usize> = every.iter().copied().filter(|a| township_of[*a] == index).collect();
        let count = ((members.len() as f64 / 4.5).round() as usize).max(1);
        let mut group_of = vec![usize::MAX; map.areas];
        for (area, group) in members.iter().zip(groups(&members, &centres, count)) {
            group_of[*area] = group;
        }
        keep_whole(&members, &mut group_of, &neighbours);
        let parts: Vec<Vec<usize>> = (0..count)
            .map(|g| members.iter().copied().filter(|a| group_of[*a] == g).collect::<Vec<_>>())
            .filter(|part| !part.is_empty())
            .collect();
        let middles: Vec<Point> = parts.iter().map(|part| middle(part, &centres)).collect();
        for (position, part) in reading_order(&middles).into_iter().enumerate() {
            let community = format!("{township}{:03}", position + 1);
            let kind = if index < 3 { "社区" } else { "村" };
            let name = format!("模拟{}{kind}", COMMUNITIES[communities.len() % COMMUNITIES.len()]);
            let places: Vec<Point> = parts[part].iter().map(|a| centres[*a]).collect();
            for (position, member) in reading_order(&places).into_iter().enumerate() {
                serial += 1;
                let area = parts[part][member];
                community_of[area] = communities.len();
                grids[area] = (format!("{community}{:03}", position + 1), format!("第{serial:03}单元网格"));
            }
            communities.push((community, name));
        }
    }
    Nested { township_of, community_of, townships, communities, grids }
}

/// West to east in rows from north to south, as the standard numbers grids inside a community.
fn reading_order(places: &[Point]) -> Vec<usize> {
    let [_, south, _, north] = bounds(places);
    let rows = (places.len() as f64).sqrt().ceil();
    let band = ((north - south) / rows).max(1.0);
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| {
        let row = |i: &usize| ((north - places[*i][1]) / band).floor().min(rows - 1.0);
        row(a).total_cmp(&row(b)).then(places[*a][0].total_cmp(&places[*b][0]))
    });
    order
}

fn middle(areas: &[usize], centres: &[Point]) -> Point {
    let n = areas.len().max(1) as f64;
    let sum = areas.iter().fold([0.0, 0.0], |s, a| [s[0] + centres[*a][0], s[1] + centres[*a][1]]);
    [sum[0] / n, sum[1] / n]
}

/// `count` compact groups: starts far apart, then each area joins the nearest middle.
fn groups(members: &[usize], centres: &[Point], count: usize) -> Vec<usize> {
    let Some(first) = members.first() else { return Vec::new() };
    let mut middles = vec![centres[*first]];
    while middles.len() < count {
        let apart = |a: &usize| middles.iter().map(|m| distance(*m, centres[*a])).fold(f64::MAX, f64::min);
        match members.iter().max_by(|a, b| apart(a).total_cmp(&apart(b))) {
            Some(area) => middles.push(centres[*area]),
            None => break,
        }
    }
    let mut group_of = vec![0; members.len()];
    for _ in 0..12 {
        for (slot, area) in group_of.iter_mut().zip(members) {
            *slot = super::spread::nearest(&middles, centres[*area]);
        }
        for (group, place) in middles.iter_mut().enumerate() {
            let own: Vec<usize> = members.iter().zip(&group_of).filter(|(_, g)| **g == group).map(|(a, _)| *a).collect();
            if !own.is_empty() {
                *place = middle(&own, centres);
            }
        }
    }
    group_of
}

/// Moves areas that are cut off from the main body of their group to the neighbour they share most border with.
fn keep_whole(members: &[usize], group_of: &mut [usize], neighbours: &[HashMap<usize, f64>]) {
    for _ in 0..members.len() {
        let mut seen: HashMap<usize, usize> = HashMap::new();
        let mut bodies: Vec<Vec<usize>> = Vec::new();
        for start in members {
            if seen.contains_key(start) {
                continue;
            }
            let (mut body, mut queue) = (Vec::new(), vec![*start]);
            seen.insert(*start, bodies.len());
            while let Some(area) = queue.pop() {
                body.push(area);
                for other in neighbours[area].keys() {
                    if members.contains(other) && group_of[*other] == group_of[area] && !seen.contains_key(other) {
                        seen.insert(*other, bodies.len());
                        queue.push(*other);
                    }
                }
            }
            bodies.push(body);
        }
        let stray = bodies.iter().find(|body| {
            bodies.iter().any(|other| {
                group_of[other[0]] == group_of[body[0]]
                    && (other.len(), std::cmp::Reverse(other.iter().min())) > (body.len(), std::cmp::Reverse(body.iter().min()))
            })
        });
        let Some(body) = stray else { return };
        let mut shared: HashMap<usize, f64> = HashMap::new();
        for area in body {
            for (other, border) in &neighbours[*area] {
                if members.contains(other) && group_of[*other] != group_of[*area] {
                    *shared.entry(group_of[*other]).or_insert(0.0) += border;
                }
            }
        }
        let Some((home, _)) = shared.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))) else { return };
        for area in body.clone() {
            group_of[area] = home;
        }
    }
}
