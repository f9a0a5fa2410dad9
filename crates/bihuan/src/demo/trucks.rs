//! The demo's trucks (演示渣土车): a few dozen, so that the map of vehicles lives.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use anyhow::Result;
use chrono::TimeDelta;
use kernel::clock::{Clock, SystemClock};
use sim::{
    cast,
    city::City,
    client::{Seat, Server},
    trucks::{self, Desk, Roads},
};

/// How many: a point every fifteen seconds of each are two or three positions a second.
const TRUCKS: u32 = 36;
const INTERVAL: i64 = 15;
/// A share of trips with cheating that is much higher than anywhere: who looks at a demo wants to see some.
const CHEATING: f64 = 0.35;
/// So much of the day is there already when somebody looks first, lived through at so many times its speed.
const BEFORE: TimeDelta = TimeDelta::hours(4);
const SPEED: f64 = 80.0;

/// Drives the demo's trucks until the demo ends. What goes wrong with them is said once, and the city lives on without.
pub(crate) async fn drive(base: &str, listening: Option<SocketAddr>, city: &City) {
    let Some(address) = listening else { return };
    if let Err(error) = try_drive(base, address, city).await {
        tracing::warn!(error = format!("{error:#}"), "the simulated trucks stopped");
    }
}

async fn try_drive(base: &str, address: SocketAddr, city: &City) -> Result<()> {
    let server = Server::at(base)?;
    let [administrator, officer, reviewer, leader] =
        [cast::ADMINISTRATOR, "case_officer01", "legal_reviewer01", "leader01"].map(|account| Seat::new(account, cast::PASSWORD));
    trucks::enter(&server, &administrator, TRUCKS).await?;
    let desk = Desk { officer: &officer, reviewer: &reviewer, leader: &leader, region: &city.county.code };
    trucks::register(&server, &desk, &Roads::City(city), (TRUCKS, super::SEED), SystemClock.now()).await?;
    let to = if address.ip().is_unspecified() { SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), address.port()) } else { address };
    let settings = trucks::Settings {
        to,
        vehicles: TRUCKS,
        begin: SystemClock.now() - BEFORE,
        until: None,
        speed: SPEED,
        seed: super::SEED,
        cheating: CHEATING,
        interval: INTERVAL,
        truth: None,
    };
    trucks::run(settings, Roads::City(city)).await.map(drop)
}
