//! `bihuan serve`: opens everything, answers requests, stops cleanly.

mod calendar;
mod case_centre;
mod case_evidence;
mod case_fines;
mod case_leads;
mod case_page;
mod case_property;
mod case_rooms;
mod disclosures;
mod disputes;
mod doubts;
mod eyes;
mod found_leads;
mod headers;
mod health;
mod house;
mod kept_events;
mod law_rooms;
mod listen;
mod metrics;
mod mqtt;
mod neighbours;
mod offers;
mod open311;
mod papers;
mod party_extras;
mod publications;
mod quality;
mod readers;
mod referral_papers;
mod rooms;
mod sightings;
mod tasks;
mod vehicle_ground;
mod waste;

pub use calendar::in_force as calendar_in_force;
pub use headers::missing;
pub use house::{Mode, open_house, router};
pub use listen::{listen, listen_for_vehicles, listen_with};
pub use metrics::start as start_metrics;
pub use offers::pay_through;
pub use rooms::{api, migrations};

use anyhow::Result;
use kernel::clock::SystemClock;
use std::sync::Arc;

use crate::settings::ServeArgs;

/// Serves until told to stop.
pub async fn run(args: ServeArgs) -> Result<()> {
    start_logging();
    start_metrics();
    let house = open_house(&args, Mode::Real, Arc::new(SystemClock)).await?;
    let listening = listen(&args, &house).await?;
    let vehicles = listen_for_vehicles(&args, &house).await?;
    println!("闭环已启动：{}", listening.address());
    if let Some(vehicles) = &vehicles {
        println!("车载终端接入：{}（TCP、UDP）", vehicles.address());
    }
    wait_for_signal().await;
    tracing::info!("stopping");
    listening.stop().await;
    if let Some(vehicles) = vehicles {
        vehicles.stop().await;
    }
    house.close().await
}

/// Logs to standard error: as text for people, as JSON with `BIHUAN_LOG=json`.
pub fn start_logging() {
    start_logging_at("info,sqlx=warn,tower_http=warn");
}

/// Logs as [`start_logging`] does, from another level on where the environment says nothing.
pub fn start_logging_at(level: &str) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| level.into());
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let json = std::env::var("BIHUAN_LOG").is_ok_and(|format| format == "json");
    // A second call, as a bench in one process may make, finds the first one's subscriber and leaves it.
    let _ = if json { builder.json().try_init() } else { builder.with_target(false).try_init() };
}

/// Waits for the signals that mean stop.
pub async fn wait_for_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = tokio::signal::ctrl_c().await;
        }
    }
}
