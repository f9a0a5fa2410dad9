//! The demo city: townships, communities, unit grids, roads, components and places inside a real county border.
//!
//! Pure functions of the border and a seed. Everything but the county border is simulated and says so: every
//! name begins with 模拟, every feature carries `simulated: true`.

mod arrangement;
mod cells;
pub(crate) mod chance;
mod components;
mod geojson;
mod nesting;
mod places;
pub(crate) mod plane;
mod roads;
mod spread;
#[cfg(test)]
mod tests;

use anyhow::{Context, Result, ensure};
use arrangement::Arrangement;
use chance::Chance;
use plane::{Plane, Point, bounds, centroid, contains, signed_area};

pub use components::DEPARTMENTS;
pub use roads::RoadClass;

/// How many unit grids the demo city has.
pub const GRIDS: usize = 155;
/// How many simulated townships it has.
pub const TOWNSHIPS: usize = 8;
const COMPONENTS: usize = 6_000;
const PLACES: usize = 220;

/// The real border of a county, read from `var/map/boundaries.geojson`.
#[derive(Debug, Clone)]
pub struct CountyBoundary {
    /// Its six digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its outer ring in WGS-84, open.
    pub ring: Vec<[f64; 2]>,
}

impl CountyBoundary {
    /// The feature whose `role` is `county` in the set-up's boundary file.
    pub fn from_geojson(document: &serde_json::Value) -> Result<Self> {
        let features = document["features"].as_array().context("the boundary file has no features")?;
        let feature = features
            .iter()
            .find(|f| f["properties"]["role"] == "county")
            .context("the boundary file has no feature with role \"county\"")?;
        let text = |key: &str| feature["properties"][key].as_str().map(str::to_owned);
        let mut ring: Vec<[f64; 2]> =
            serde_json::from_value(feature["geometry"]["coordinates"][0].clone()).context("the county's border is no polygon")?;
        ring.dedup();
        if ring.first() == ring.last() {
            ring.pop();
        }
        ensure!(ring.len() >= 4, "the county's border has fewer than four points");
        Ok(Self { code: text("code").context("the county has no code")?, name: text("name").context("the county has no name")?, ring })
    }
}

/// The level of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// County (县级).
    County,
    /// Township or street (街道、镇).
    Township,
    /// Community or village (社区、村).
    Community,
    /// Unit grid (单元网格).
    Grid,
}

/// One area of the city in WGS-84.
#[derive(Debug, Clone)]
pub struct Area {
    /// 6, 9, 12 or 15 digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// The code of the area around it.
    pub parent: Option<String>,
    /// Open rings: the outer one counter-clockwise, then holes.
    pub rings: Vec<Vec<[f64; 2]>>,
}

/// A simulated road in WGS-84.
#[derive(Debug, Clone)]
pub struct Road {
    /// Its name.
    pub name: String,
    /// How important it is.
    pub class: RoadClass,
    /// Its middle line.
    pub line: Vec<[f64; 2]>,
}

/// A simulated component (部件) in WGS-84.
#[derive(Debug, Clone)]
pub struct Component {
    /// 17 digits.
    pub code: String,
    /// Five digits.
    pub class: &'static str,
    /// Its class name.
    pub name: &'static str,
    /// Longitude and latitude.
    pub position: [f64; 2],
    /// The 15 digits of its grid.
    pub grid: String,
    /// The 18 attributes of the standard.
    pub attributes: Vec<(&'static str, String)>,
}

/// A simulated point of interest in WGS-84.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// What it is, in Chinese.
    pub kind: &'static str,
    /// Longitude and latitude.
    pub position: [f64; 2],
    /// Road and house number.
    pub address: String,
    /// The 15 digits of its grid.
    pub grid: String,
}

/// The demo city.
#[derive(Debug, Clone)]
pub struct City {
    /// The county itself.
    pub county: Area,
    /// Eight simulated townships.
    pub townships: Vec<Area>,
    /// The communities in them.
    pub communities: Vec<Area>,
    /// 155 unit grids, by code.
    pub grids: Vec<Area>,
    /// Roads, arterials first.
    pub roads: Vec<Road>,
    /// About 6,000 components.
    pub components: Vec<Component>,
    /// Points of interest.
    pub places: Vec<Place>,
}

impl City {
    /// Makes the city inside the border. The same border and seed give the same city, to the last digit.
    pub fn generate(county: &CountyBoundary, seed: u64) -> Result<Self> {
        let [west, south, east, north] = bounds(&county.ring);
        let plane = Plane::at([(west + east) / 2.0, (south + north) / 2.0]);
        let mut ring: Vec<Point> = county.ring.iter().map(|p| plane.to_metres(*p)).collect();
        if signed_area(&ring) < 0.0 {
            ring.reverse();
        }
        let towns = spread::towns(&ring, centroid(&ring), TOWNSHIPS, &mut Chance::new(seed, "towns"));
        let seeds = spread::seeds(&ring, &towns, GRIDS, &mut Chance::new(seed, "seeds"));
        let borders = cells::borders(&seeds, &ring, &mut Chance::new(seed, "borders"));
        let map = Arrangement::new(&ring, &borders, GRIDS);
        let nested = nesting::nest(&map, &county.code, &towns);

        let area = |code: &str, name: &str, level, parent: Option<&str>, group: &dyn Fn(usize) -> bool| Area {
            code: code.to_owned(),
            name: name.to_owned(),
            level,
            parent: parent.map(str::to_owned),
            rings: map.outline(group).iter().map(|r| r.iter().map(|p| plane.to_degrees(*p)).collect()).collect(),
        };
        let townships = nested
            .townships
            .iter()
            .enumerate()
            .map(|(index, (code, name))| area(code, name, Level::Township, Some(&county.code), &|a| nested.township_of[a] == index));
        let communities = nested
            .communities
            .iter()
            .enumerate()
            .map(|(index, (code, name))| area(code, name, Level::Community, Some(&code[..9]), &|a| nested.community_of[a] == index));
        let mut grids: Vec<Area> = nested
            .grids
            .iter()
            .enumerate()
            .map(|(index, (code, name))| area(code, name, Level::Grid, Some(&code[..12]), &|a| a == index))
            .collect();
        grids.sort_by(|a, b| a.code.cmp(&b.code));
        for grid in &grids {
            ensure!(!grid.rings.is_empty(), "the unit grid {} came out empty", grid.code);
        }

        let roads = roads::roads(&map, &towns, &mut Chance::new(seed, "roads"));
        let outlines: Vec<(Vec<Point>, [f64; 4])> = (0..GRIDS)
            .map(|index| {
                let ring = map.outline(|a| a == index).into_iter().next().unwrap_or_default();
                let bounds = bounds(&ring);
                (ring, bounds)
            })
            .collect();
        let locate = |p: Point| {
            outlines.iter().position(|(ring, b)| p[0] >= b[0] && p[1] >= b[1] && p[0] <= b[2] && p[1] <= b[3] && contains(ring, p))
        };
        let mut serials = components::Serials::default();
        let components = components::components(&roads, COMPONENTS, &mut Chance::new(seed, "components"))
            .into_iter()
            .filter_map(|made| {
                let grid = locate(made.place)?;
                let code = serials.next(&county.code, made.class);
                let attributes = attributes(&made, &code, grid, &nested);
                Some(Component {
                    code,
                    class: made.class,
                    name: made.name,
                    position: plane.to_degrees(made.place),
                    grid: nested.grids[grid].0.clone(),
                    attributes,
                })
            })
            .collect();
        let places = places::places(&roads, PLACES, &mut Chance::new(seed, "places"))
            .into_iter()
            .filter_map(|made| {
                let grid = locate(made.place)?;
                Some(Place {
                    name: made.name,
                    kind: made.kind,
                    position: plane.to_degrees(made.place),
                    address: made.address,
                    grid: nested.grids[grid].0.clone(),
                })
            })
            .collect();
        Ok(Self {
            county: area(&county.code, &county.name, Level::County, None, &|_| true),
            townships: townships.collect(),
            communities: communities.collect(),
            grids,
            roads: roads
                .into_iter()
                .map(|r| Road { name: r.name, class: r.class, line: r.points.iter().map(|p| plane.to_degrees(*p)).collect() })
                .collect(),
            components,
            places,
        })
    }
}

fn attributes(made: &components::Component, code: &str, grid: usize, nested: &nesting::Nested) -> Vec<(&'static str, String)> {
    let department = DEPARTMENTS[made.department];
    let department_code = format!("SIM{:015}", made.department + 1);
    let township = &nested.townships[nested.township_of[grid]];
    let community = &nested.communities[nested.community_of[grid]];
    vec![
        ("GLBJBSM", code.to_owned()),
        ("GLBJMC", made.name.to_owned()),
        ("ZGBMDM", department_code.clone()),
        ("ZGBMMC", department.to_owned()),
        ("QSDWDM", department_code.clone()),
        ("QSDWMC", department.to_owned()),
        ("YHDWDM", department_code),
        ("YHDWMC", department.to_owned()),
        ("SZDYWGBSM", nested.grids[grid].0.clone()),
        ("GLBJZT", made.state.to_owned()),
        ("CSRQ", made.recorded.clone()),
        ("BGRQ", String::new()),
        ("SJLY", "模拟生成".to_owned()),
        ("BZ", format!("{}（模拟数据）", made.road)),
        ("SZJDDM", township.0.clone()),
        ("SZJDMC", township.1.clone()),
        ("SZSQDM", community.0.clone()),
        ("SZSQMC", community.1.clone()),
    ]
}
