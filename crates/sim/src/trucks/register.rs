//! The register behind the trucks (模拟登记与核准): their sites, disposal sites, black spots, carriers and vehicles, and the permits they drive by,
//! each entered, reviewed and granted through the interface by whose business it is.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use kernel::clock::shanghai;
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    network::Network,
    truck,
    world::{Spot, World},
};
use crate::client::{Seat, Server};

/// Metres from the middle of a place to each of its sides.
const REACH: f64 = 90.0;
/// Metres beside the middle of its road that a truck may be.
const HALF_WIDTH_M: i32 = 60;
/// Days that the permits hold.
const DAYS: i64 = 180;
/// The carriers, with codes whose last character is right and which nobody has.
const CARRIERS: [(&str, &str); 2] = [("模拟渣土运输一公司", "91330482MA0000001P"), ("模拟渣土运输二公司", "91330482MA0000002T")];

/// Who does what.
#[derive(Debug)]
pub struct Desk<'a> {
    /// Keeps the register and applies for what came on paper.
    pub officer: &'a Seat,
    /// Reviews.
    pub reviewer: &'a Seat,
    /// Grants.
    pub leader: &'a Seat,
    /// The region's code.
    pub region: &'a str,
}

/// Vehicles that drive by one permit: those of a site, a disposal site and the hours.
type Group = (usize, usize, (u32, u32));

/// Enters everything, once: where a permit is there already, all is.
///
/// # Errors
/// When the server refuses.
pub(super) async fn enter(server: &Server, desk: &Desk<'_>, world: &World, vehicles: u32, seed: u64, now: DateTime<Utc>) -> Result<()> {
    let there = server.call(desk.officer, Method::GET, "/api/v1/waste/permits?limit=1", None, None).await?;
    if there["items"].as_array().is_some_and(|items| !items.is_empty()) {
        return Ok(());
    }
    let today = now.with_timezone(&shanghai()).date_naive();
    let (from, until) = (today - TimeDelta::days(30), today + TimeDelta::days(DAYS));
    let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (kind, spots) in [("site", &world.sites), ("disposal", &world.disposals), ("black_spot", &world.black_spots)] {
        for spot in spots {
            let gates = match kind {
                "black_spot" => json!([]),
                _ => json!([{ "name": "大门", "at": middle(&world.network, spot), "hardened": true, "wash_bay": false }]),
            };
            let capacity = (kind == "disposal").then_some(500_000);
            let place = json!({ "kind": kind, "jurisdiction": desk.region, "facts": { "name": spot.name, "area": around(&world.network, spot),
                "gates": gates, "capacity_m3": capacity, "valid_from": from } });
            let made = server.call(desk.officer, Method::POST, "/api/v1/waste/places", None, Some(&place)).await?;
            places.entry(kind).or_default().push(id(&made)?);
        }
    }
    let mut carriers = Vec::new();
    for (name, code) in CARRIERS {
        let carrier = json!({ "jurisdiction": desk.region, "credit_code": code, "facts": { "name": name } });
        let made = server.call(desk.officer, Method::POST, "/api/v1/waste/carriers", None, Some(&carrier)).await?;
        carriers.push(id(&made)?);
    }
    let mut groups: BTreeMap<Group, Vec<String>> = BTreeMap::new();
    for number in 0..vehicles {
        let permit = world.permit(number, seed);
        let carrier = &carriers[permit.site % carriers.len()];
        let vehicle = json!({ "plate": truck::plate(number), "colour": 2,
            "facts": { "carrier": carrier, "rated_kg": permit.max_kg, "box_litres": 18_000, "model": "模拟自卸车" } });
        let made = server.call(desk.officer, Method::POST, "/api/v1/waste/vehicles", None, Some(&vehicle)).await?;
        groups.entry((permit.site, permit.disposal, permit.hours)).or_default().push(id(&made)?);
    }
    for ((site, disposal, hours), vehicles) in groups {
        let route = world.network.way(world.sites[site].node, world.disposals[disposal].node, None);
        let corridor: Vec<_> = route.iter().map(|node| world.network.degrees(world.network.node(*node))).collect();
        let window = json!({ "from": format!("{:02}:00", hours.0), "until": format!("{:02}:00", hours.1) });
        let wanted = json!({ "site": places["site"][site], "content": { "carrier": carriers[site % carriers.len()],
            "disposals": [places["disposal"][disposal]], "vehicles": vehicles, "material": "soil", "corridor": corridor,
            "half_width_m": HALF_WIDTH_M, "hours": [window], "volume_m3": 50_000, "valid_from": from, "valid_until": until } });
        grant(server, desk, &wanted).await?;
    }
    Ok(())
}

/// From an application to a permit.
async fn grant(server: &Server, desk: &Desk<'_>, wanted: &Value) -> Result<()> {
    let made = server.call(desk.officer, Method::POST, "/api/v1/waste/permits", None, Some(wanted)).await?;
    let path = format!("/api/v1/waste/permits/{}/actions", id(&made)?);
    let review = json!({ "text": "材料齐全，路线、时段合适（模拟）" });
    server.call(desk.reviewer, Method::POST, &format!("{path}/review"), None, Some(&review)).await?;
    let granted = server.call(desk.leader, Method::POST, &format!("{path}/grant"), None, Some(&json!({ "text": "同意（模拟）" }))).await?;
    ensure!(granted["permit"]["number"].is_string(), "a granted permit has no number");
    Ok(())
}

fn id(made: &Value) -> Result<String> {
    // A place is answered as it is, a permit with all around it.
    let id = made["id"].as_str().or_else(|| made["permit"]["id"].as_str());
    id.map(str::to_owned).context("what was made has no id")
}

fn middle(network: &Network, spot: &Spot) -> [f64; 2] {
    network.degrees(network.node(spot.node))
}

/// A square around a place.
fn around(network: &Network, spot: &Spot) -> Vec<[f64; 2]> {
    let [east, north] = network.node(spot.node);
    [[-REACH, -REACH], [REACH, -REACH], [REACH, REACH], [-REACH, REACH]].map(|[x, y]| network.degrees([east + x, north + y])).to_vec()
}
