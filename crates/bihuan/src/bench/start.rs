//! `bihuan bench start`: from the command to ready on an existing database, and the memory of the program without PostgreSQL.

use anyhow::Result;

use super::{figure::figure, server::Server};

/// Starts measured; the first is the set-up's and does not count.
const STARTS: usize = 7;

/// Runs the bench.
///
/// # Errors
/// When the server does not start or stop.
pub async fn run(json: bool) -> Result<()> {
    let mut server = Server::start(false).await?;
    let mut times = Vec::with_capacity(STARTS);
    let mut resident = 0.0;
    for _ in 0..STARTS {
        server.stop().await?;
        times.push(server.launch().await?.as_secs_f64());
        resident = server.resident_mb()?;
    }
    server.stop().await?;
    times.sort_by(f64::total_cmp);
    figure(json, "start.ready_s", times[STARTS / 2], "s", STARTS);
    figure(json, "start.slowest_s", times[STARTS - 1], "s", STARTS);
    figure(json, "start.resident_mb_fresh", resident, "MB", 1);
    Ok(())
}
