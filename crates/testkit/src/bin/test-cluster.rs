//! `test-cluster start | stop`: the shared PostgreSQL of the tests, by hand.

use anyhow::{Result, bail};

#[tokio::main]
async fn main() -> Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some("start") => {
            let endpoint = testkit::cluster::running().await?;
            println!("{}", endpoint.socket_folder().display());
        }
        Some("stop") => {
            let stopped = testkit::cluster::stop().await?;
            println!("{}", if stopped { "stopped" } else { "was not running" });
        }
        _ => bail!("usage: test-cluster start | stop"),
    }
    Ok(())
}
