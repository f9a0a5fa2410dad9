//! The bus of one node (总线): what every open page of this node listens to.

use std::sync::Arc;

use tokio::sync::broadcast;

use crate::{Event, Notice};

/// Signals that a slow page may fall behind by before it is told to reload.
const DEPTH: usize = 4096;

/// What goes over the bus.
#[derive(Debug, Clone)]
pub enum Signal {
    /// Something happened to a docket.
    Event(Arc<Event>),
    /// Somebody is told something.
    Notice(Arc<Notice>),
    /// Signals may have been missed: whoever keeps a copy reads it again.
    Resync,
}

/// The bus. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Bus(broadcast::Sender<Signal>);

impl Bus {
    pub(crate) fn new() -> Self {
        Self(broadcast::Sender::new(DEPTH))
    }

    /// Listens from now on. A receiver that lags behind is told so by its `Lagged` error and must read anew.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Signal> {
        self.0.subscribe()
    }

    pub(crate) fn send(&self, signal: Signal) {
        // Nobody listening is no failure.
        let _ = self.0.send(signal);
    }

    pub(crate) fn is_heard(&self) -> bool {
        self.0.receiver_count() > 0
    }
}
