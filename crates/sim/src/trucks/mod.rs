//! Trucks that carry construction waste (模拟渣土车): so many at once, over real sockets, with every way of cheating in a stated share; what
//! they really did is told as truth, so that rules can be measured against it. Seed and begin make all of it.

mod drive;
mod network;
mod register;
mod terminal;
mod trip;
mod truck;
mod truth;
mod world;

#[cfg(test)]
mod tests;

use std::{io::Write, net::SocketAddr, path::PathBuf};

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use futures::{StreamExt, TryStreamExt};
use reqwest::Method;
use serde_json::json;

pub use drive::{Driven, begin};
pub use register::Desk;
pub use truth::{Cheat, Truth};

use crate::{
    city::City,
    client::{Seat, Server},
};
use network::Network;
use world::World;

/// On which roads they drive.
#[derive(Debug, Clone)]
pub enum Roads<'a> {
    /// A made network within west, south, east, north in degrees.
    Grid([f64; 4]),
    /// Those of the demo city.
    City(&'a City),
}

/// What the trucks are told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the platform listens for terminals.
    pub to: SocketAddr,
    /// How many.
    pub vehicles: u32,
    /// The simulated time at the start; not in the future.
    pub begin: DateTime<Utc>,
    /// The simulated time at the end; none: for as long as it is let.
    pub until: Option<DateTime<Utc>>,
    /// Simulated seconds a second, until the clock on the wall is met; from then on one.
    pub speed: f64,
    /// Same seed and begin, same trucks.
    pub seed: u64,
    /// The share of trips with cheating.
    pub cheating: f64,
    /// Seconds between two points of a driving truck.
    pub interval: i64,
    /// Where the truth is written, JSON lines.
    pub truth: Option<PathBuf>,
}

/// At once in the administration's interface.
const ENTERED_AT_ONCE: usize = 8;

/// Enters the trucks' terminals as an account that keeps terminals, so that they are no visitors and what they say of lid, tipper and weight is read
/// by the simulated vendor's table. Those that are there already are left alone.
///
/// # Errors
/// When the server refuses.
pub async fn enter(server: &Server, seat: &Seat, vehicles: u32) -> Result<()> {
    futures::stream::iter(0..vehicles)
        .map(|number| async move {
            let phone = truck::phone(number);
            let known = server.call(seat, Method::GET, &format!("/api/v1/vehicle-terminals?q={phone}"), None, None).await?;
            let there =
                known["items"].as_array().into_iter().flatten().any(|it| it["phone"] == phone.as_str() && it["vendor"] == "simulated");
            if there {
                return Ok(());
            }
            let wanted = json!({ "plate": truck::plate(number), "colour": 2, "vendor": "simulated", "active": true, "simulated": true });
            server.call(seat, Method::PUT, &format!("/api/v1/vehicle-terminals/{phone}"), None, Some(&wanted)).await.map(drop)
        })
        .buffer_unordered(ENTERED_AT_ONCE)
        .try_collect()
        .await
}

/// Enters the places, carriers and vehicles behind the trucks, and the permits that they drive by: once, where no permit is there yet.
///
/// # Errors
/// When the server refuses, or the roads are too few.
pub async fn register(server: &Server, desk: &Desk<'_>, roads: &Roads<'_>, (vehicles, seed): (u32, u64), now: DateTime<Utc>) -> Result<()> {
    register::enter(server, desk, &world(roads, seed)?, vehicles, seed, now).await
}

fn world(roads: &Roads<'_>, seed: u64) -> Result<World> {
    let network = match roads {
        Roads::Grid(bounds) => Network::grid(*bounds, seed),
        Roads::City(city) => Network::of_city(city),
    };
    anyhow::ensure!(network.len() > 20, "路网太小，放不下工地与消纳场");
    Ok(World::new(network, seed))
}

/// Drives the trucks.
///
/// # Errors
/// When a terminal is refused, or the truth cannot be written.
pub async fn run(settings: Settings, roads: Roads<'_>) -> Result<Driven> {
    let world = world(&roads, settings.seed)?;
    let file = settings.truth.as_ref().map(|path| std::fs::File::create(path).with_context(|| format!("{} 无法写入", path.display())));
    let mut out = file.transpose()?.map(std::io::BufWriter::new);
    let mut tell = move |truth: &Truth| -> Result<()> {
        if let Some(out) = &mut out {
            serde_json::to_writer(&mut *out, truth)?;
            writeln!(out)?;
            out.flush()?;
        }
        Ok(())
    };
    for line in told(&settings, &world) {
        tell(&line)?;
    }
    drive::drive(settings, world, tell).await
}

/// What is known before anybody drives.
fn told(settings: &Settings, world: &World) -> Vec<Truth> {
    let mut told = vec![Truth::Run {
        seed: settings.seed,
        begin: settings.begin,
        until: settings.until,
        vehicles: settings.vehicles,
        cheating: settings.cheating,
        simulated: true,
    }];
    let kinds = [("site", &world.sites), ("disposal", &world.disposals), ("black_spot", &world.black_spots), ("depot", &world.depots)];
    for (place, spots) in kinds {
        told.extend(spots.iter().map(|spot| {
            let [lon, lat] = world.network.degrees(world.network.node(spot.node));
            Truth::Place { place, name: spot.name.clone(), lon, lat, radius: 60 }
        }));
    }
    told
}
