//! The sockets: TCP and UDP on one address.

mod tcp;
mod udp;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    net::{TcpListener, UdpSocket},
    sync::{Semaphore, watch},
    task::JoinSet,
};

use crate::{Vehicles, end::End};

/// How long stopping waits for what is under way: a commit and its answers.
const GRACE: Duration = Duration::from_secs(5);

/// The gateway while it listens.
#[derive(Debug)]
pub struct Listening {
    address: SocketAddr,
    closing: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

/// Listens on an address, for TCP and UDP on the same port.
///
/// # Errors
/// An address that is taken, or not this machine's.
pub async fn listen(vehicles: &Vehicles, address: SocketAddr) -> std::io::Result<Listening> {
    let tcp = TcpListener::bind(address).await?;
    let address = tcp.local_addr()?;
    let udp = UdpSocket::bind(address).await?;
    let places = Arc::new(Semaphore::new(vehicles.limits().connections));
    let closing = watch::Sender::new(false);
    let mut tasks = JoinSet::new();
    tasks.spawn(tcp::accept(vehicles.clone(), tcp, places.clone(), closing.subscribe()));
    tasks.spawn(udp::receive(vehicles.clone(), udp, places, closing.subscribe()));
    Ok(Listening { address, closing, tasks })
}

impl Listening {
    /// Where.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops to listen and ends the connections after what is under way is answered.
    pub async fn stop(mut self) {
        self.closing.send_replace(true);
        let finished = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(GRACE, finished).await.is_err() {
            tracing::warn!("connections of terminals did not end in time and are cut off");
        }
    }
}

fn ended(end: End) {
    metrics::counter!("bihuan_jt808_connections_total", "outcome" => end.code()).increment(1);
}

/// No room for another connection.
fn refused() {
    metrics::counter!("bihuan_jt808_connections_total", "outcome" => "refused").increment(1);
}

/// Waits for a notification, for ever where there is none to come.
async fn told(notify: Option<Arc<tokio::sync::Notify>>) {
    match notify {
        Some(notify) => notify.notified().await,
        None => std::future::pending().await,
    }
}

/// Waits for the end of the house.
async fn closed(closing: &mut watch::Receiver<bool>) {
    // A sender that is gone is an end too.
    let _ = closing.wait_for(|closing| *closing).await;
}
