//! The tiling holds exactly: on an invented county, on many seeds, and on the real border where the set-up brought it.

use std::collections::{HashMap, HashSet};

use super::chance::Chance;
use super::plane::{contains, crossing, signed_area};
use super::{Area, City, CountyBoundary, GRIDS, TOWNSHIPS};

/// An invented county: a jagged blob of about 24 by 30 km with bays, as ragged as a real one.
fn invented(seed: u64) -> CountyBoundary {
    let mut chance = Chance::new(seed, "invented county");
    let phases: Vec<(f64, f64)> = (0..5).map(|_| (chance.between(0.0, std::f64::consts::TAU), chance.between(0.02, 0.1))).collect();
    let ring = (0..700)
        .map(|i| {
            let angle = f64::from(i) / 700.0 * std::f64::consts::TAU;
            let wave: f64 = phases.iter().enumerate().map(|(k, (p, s))| s * ((k + 2) as f64 * angle + p).sin()).sum();
            let reach = 1.0 + wave + chance.between(-0.004, 0.004);
            [121.1 + 0.13 * reach * angle.cos(), 30.7 + 0.13 * reach * angle.sin()]
        })
        .collect();
    CountyBoundary { code: "330482".into(), name: "模拟县".into(), ring }
}

fn key(p: [f64; 2]) -> (i64, i64) {
    ((p[0] * 1e7).round() as i64, (p[1] * 1e7).round() as i64)
}

fn area(area: &Area) -> f64 {
    area.rings.iter().map(|r| signed_area(r)).sum()
}

fn edges(area: &Area) -> impl Iterator<Item = ((i64, i64), (i64, i64))> + '_ {
    area.rings.iter().flat_map(|r| (0..r.len()).map(move |i| (key(r[i]), key(r[(i + 1) % r.len()]))))
}

fn is_simple(ring: &[[f64; 2]]) -> bool {
    let n = ring.len();
    let points: HashSet<_> = ring.iter().map(|p| key(*p)).collect();
    points.len() == n
        && (0..n)
            .all(|i| (i + 2..n).filter(|j| (j + 1) % n != i).all(|j| crossing(ring[i], ring[i + 1], ring[j], ring[(j + 1) % n]).is_none()))
}

/// Every directed edge belongs to one area only, and its way back to a neighbour or to the county's border.
/// With simple, counter-clockwise areas whose sizes add up to the county's, that leaves no room for a gap or an overlap.
fn assert_tiles(city: &City, parts: &[Area]) {
    let whole: HashSet<_> = edges(&city.county).collect();
    let mut seen = HashSet::new();
    for part in parts {
        assert!(area(part) > 0.0, "{} is clockwise", part.code);
        for ring in &part.rings {
            assert!(is_simple(ring), "{} crosses itself", part.code);
        }
        for edge in edges(part) {
            assert!(seen.insert(edge), "{} shares the inside of an edge with another area", part.code);
        }
    }
    for (a, b) in &seen {
        assert!(seen.contains(&(*b, *a)) || whole.contains(&(*a, *b)), "an edge has no other side");
    }
    for edge in &whole {
        assert!(seen.contains(edge), "the county's border is not covered");
    }
    let total: f64 = parts.iter().map(area).sum();
    assert!((total / area(&city.county) - 1.0).abs() < 1e-9, "the areas do not add up");
}

fn assert_city(county: &CountyBoundary, city: &City) {
    assert_eq!(city.grids.len(), GRIDS);
    assert_eq!(city.townships.len(), TOWNSHIPS);
    assert_tiles(city, &city.grids);
    assert_tiles(city, &city.communities);
    assert_tiles(city, &city.townships);
    // The border itself is the real one: only crossings with grid borders are added, nothing moves.
    let real = signed_area(&county.ring).abs();
    assert!((area(&city.county) / real - 1.0).abs() < 1e-6, "the county changed its size");
    let rim: HashSet<_> = edges(&city.county).collect();
    for grid in &city.grids {
        assert_eq!(grid.rings.len(), 1, "{} has a hole or two parts", grid.code);
        let vertices = grid.rings[0].len();
        // At the rim the real border is kept point by point, however ragged it is.
        let most = if edges(grid).any(|edge| rim.contains(&edge)) { 240 } else { 100 };
        assert!((30..=most).contains(&vertices), "{} has {vertices} vertices", grid.code);
        assert_eq!(grid.code.len(), 15);
        assert_eq!(grid.parent.as_deref(), Some(&grid.code[..12]));
    }
    for community in &city.communities {
        assert_eq!(community.rings.len(), 1, "{} is not in one piece", community.code);
        assert!(city.townships.iter().any(|t| Some(&t.code) == community.parent.as_ref()));
    }
    let codes: HashSet<_> = city.grids.iter().chain(&city.communities).map(|a| &a.code).collect();
    assert_eq!(codes.len(), GRIDS + city.communities.len());
    let mut serials: HashMap<&str, Vec<&str>> = HashMap::new();
    for grid in &city.grids {
        serials.entry(&grid.code[..12]).or_default().push(&grid.code[12..]);
    }
    for of_community in serials.values() {
        assert!(of_community.iter().enumerate().all(|(i, s)| **s == format!("{:03}", i + 1)));
    }
    assert!((5_700..6_300).contains(&city.components.len()), "{} components", city.components.len());
    let unique: HashSet<_> = city.components.iter().map(|c| &c.code).collect();
    assert_eq!(unique.len(), city.components.len());
    for component in city.components.iter().step_by(37) {
        assert_eq!(component.code.len(), 17);
        assert_eq!(component.attributes.len(), 18);
        let grid = city.grids.iter().find(|g| g.code == component.grid).expect("the grid of a component exists");
        assert!(contains(&grid.rings[0], component.position));
    }
    let simulated = city.townships.iter().chain(&city.communities).map(|a| &a.name).chain(city.roads.iter().map(|r| &r.name));
    for name in simulated.chain(city.places.iter().map(|p| &p.name)) {
        assert!(name.starts_with("模拟"), "{name} does not say that it is simulated");
    }
    assert!(city.places.len() > 150 && city.roads.len() > 500);
}

#[test]
fn tiles_an_invented_county() {
    for seed in 1..=4 {
        let county = invented(seed);
        let city = City::generate(&county, seed * 77).expect("a city");
        assert_city(&county, &city);
    }
}

#[test]
fn the_same_seed_makes_the_same_city() {
    let county = invented(9);
    let make = |seed| City::generate(&county, seed).expect("a city").regions_geojson().to_string();
    assert_eq!(make(5), make(5));
    assert_ne!(make(5), make(6));
}

/// Only where `scripts/boundaries` has run: the border is not part of the repository.
#[test]
fn tiles_the_real_county() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../var/map/boundaries.geojson");
    let Ok(text) = std::fs::read_to_string(file) else { return };
    let county = CountyBoundary::from_geojson(&serde_json::from_str(&text).expect("JSON")).expect("a county");
    let city = City::generate(&county, 20_260_701).expect("a city");
    assert_city(&county, &city);
    if let Ok(folder) = std::env::var("BIHUAN_CITY_OUT") {
        std::fs::create_dir_all(&folder).expect("a folder");
        for (name, value) in
            [("regions", city.regions_geojson()), ("components", city.components_geojson()), ("roads", city.roads_geojson())]
        {
            std::fs::write(format!("{folder}/{name}.geojson"), value.to_string()).expect("written");
        }
    }
}
