//! A load of reports against any server: so many a second in an account's name, with the times they took.

use std::time::{Duration, Instant};

use anyhow::Result;
use reqwest::Method;
use serde_json::json;
use tokio::task::JoinSet;

use crate::client::{Seat, Server};

/// What is sent where.
#[derive(Debug, Clone)]
pub struct Load {
    /// The server's address.
    pub url: String,
    /// The account that reports.
    pub account: String,
    /// Its password.
    pub password: String,
    /// Reports a second.
    pub rate: f64,
    /// For so long.
    pub takes: Duration,
    /// West, south, east, north of where they are placed.
    pub bounds: [f64; 4],
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct Measured {
    /// Reports that are durable.
    pub stored: usize,
    /// Reports that were refused or lost.
    pub failed: usize,
    /// The middle answer, in milliseconds.
    pub median_ms: f64,
    /// What 99 of 100 answers stay below, in milliseconds.
    pub p99_ms: f64,
}

/// Sends at an even rate, whatever the answers take.
///
/// # Errors
/// When the account cannot sign in.
pub async fn run(load: &Load) -> Result<Measured> {
    let server = Server::at(&load.url)?;
    let seat = std::sync::Arc::new(Seat::new(&load.account, &load.password));
    server.call(&seat, Method::GET, "/api/v1/session", None, None).await?;
    let mut chance = crate::city::chance::Chance::new(Instant::now().elapsed().subsec_nanos().into(), "load");
    let run = uuid::Uuid::now_v7();
    let mut tasks = JoinSet::new();
    let mut tick = tokio::time::interval(Duration::from_secs_f64(1.0 / load.rate.max(0.01)));
    let begun = Instant::now();
    let mut number = 0_u64;
    while begun.elapsed() < load.takes {
        tick.tick().await;
        number += 1;
        let [west, south, east, north] = load.bounds;
        let form = json!({
            "description": format!("压力测试上报第 {number} 件：路面破损"), "client_key": format!("load-{run}-{number}"), "simulated": true,
            "position": { "x": chance.between(west, east), "y": chance.between(south, north) },
        });
        let (server, seat) = (server.clone(), seat.clone());
        tasks.spawn(async move {
            let sent = Instant::now();
            let outcome = server.call(&seat, Method::POST, "/api/v1/leads", None, Some(&form)).await;
            (outcome.is_ok(), sent.elapsed())
        });
    }
    let mut times = Vec::new();
    let mut result = Measured::default();
    while let Some(done) = tasks.join_next().await {
        match done {
            Ok((true, took)) => times.push(took.as_secs_f64() * 1_000.0),
            _ => result.failed += 1,
        }
    }
    times.sort_by(f64::total_cmp);
    result.stored = times.len();
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).or(times.last()).copied().unwrap_or(0.0);
    (result.median_ms, result.p99_ms) = (at(0.5), at(0.99));
    Ok(result)
}
