//! The service, and the tasks that run as long as the server does.

use std::{sync::Arc, time::Duration};

use database::Database;
use identity::Identity;
use kernel::clock::SharedClock;
use tokio::{sync::watch, task::JoinSet};

use crate::{Bus, Consumer, Outgoing, stream::Seats};

/// What notify is set to.
#[derive(Clone)]
pub struct Settings {
    /// What webhooks are sent by.
    pub outgoing: Outgoing,
    /// Open event streams on this node.
    pub most_streams: usize,
    /// Silence after which a stream sends a sign of life and looks whether its session still is.
    pub heartbeat: Duration,
}

impl Settings {
    /// The usual settings.
    #[must_use]
    pub const fn through(outgoing: Outgoing) -> Self {
        Self { outgoing, most_streams: 2000, heartbeat: Duration::from_secs(15) }
    }
}

/// Telling (通知). Cheap to clone.
#[derive(Clone)]
pub struct Notify {
    pub(crate) database: Database,
    pub(crate) identity: Identity,
    pub(crate) clock: SharedClock,
    pub(crate) consumers: Arc<[Arc<dyn Consumer>]>,
    pub(crate) bus: Bus,
    pub(crate) seats: Seats,
    pub(crate) outgoing: Outgoing,
    pub(crate) heartbeat: Duration,
    pub(crate) closing: watch::Sender<bool>,
}

impl Notify {
    /// Telling on this database. `consumers` hear every event, each in its turn.
    #[must_use]
    pub fn new(database: Database, identity: Identity, clock: SharedClock, consumers: Vec<Arc<dyn Consumer>>, settings: &Settings) -> Self {
        Self {
            database,
            identity,
            clock,
            consumers: consumers.into(),
            bus: Bus::new(),
            seats: Seats::new(settings.most_streams),
            outgoing: settings.outgoing.clone(),
            heartbeat: settings.heartbeat,
            closing: watch::Sender::new(false),
        }
    }

    /// This node's bus.
    #[must_use]
    pub const fn bus(&self) -> &Bus {
        &self.bus
    }

    /// Starts the relay, the follower, the webhooks and the sweep.
    #[must_use]
    pub fn start(&self) -> Running {
        let mut tasks = JoinSet::new();
        tasks.spawn(crate::relay::run(self.clone()));
        tasks.spawn(crate::follow::run(self.clone()));
        tasks.spawn(crate::webhook::deliver::run(self.clone()));
        tasks.spawn(crate::sweep::run(self.clone()));
        Running { notify: self.clone(), tasks }
    }

    /// Ends the open event streams, which a graceful stop of the server would otherwise wait for.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Waits until the service is to end, or so long.
    pub(crate) async fn pause(&self, period: Duration) -> bool {
        let mut closing = self.closing.subscribe();
        tokio::select! {
            _ = closing.wait_for(|closing| *closing) => true,
            () = tokio::time::sleep(period) => false,
        }
    }
}

/// The running tasks; dropping this ends them at once.
pub struct Running {
    notify: Notify,
    tasks: JoinSet<()>,
}

impl Running {
    /// Ends the streams and lets each task finish what it is at.
    pub async fn stop(mut self) {
        self.notify.close();
        let finished = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(Duration::from_secs(10), finished).await.is_err() {
            tracing::warn!("the tasks of notify did not end in time and are cut off");
        }
    }
}
