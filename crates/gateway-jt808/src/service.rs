//! The room of vehicles as its operations and sockets see it.

use std::sync::Arc;

use database::Database;
use kernel::clock::SharedClock;
use tokio::sync::Semaphore;
use tracks::Tracks;

use crate::{Limits, sessions::Sessions, strangers::Strangers};

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock on the wall: terminals know no other, whatever the demo's clock does.
    pub clock: SharedClock,
    /// Where points go.
    pub tracks: Tracks,
    /// The home district, 6 digits.
    pub home_region: String,
    /// Whether visitors are let in where nobody has set anything: in the demo.
    pub visitors: bool,
    /// How much of whom is put up with.
    pub limits: Limits,
}

struct Inner {
    parts: Parts,
    sessions: Sessions,
    strangers: Strangers,
    /// A permit for each byte that connections may hold together.
    room: Arc<Semaphore>,
}

/// The room of vehicles, cheap to clone.
#[derive(Clone)]
pub struct Vehicles(Arc<Inner>);

impl Vehicles {
    /// Puts the room together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let room = Arc::new(Semaphore::new(parts.limits.bytes));
        Self(Arc::new(Inner { parts, sessions: Sessions::default(), strangers: Strangers::default(), room }))
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.parts.database
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.parts.clock
    }

    pub(crate) fn tracks(&self) -> &Tracks {
        &self.0.parts.tracks
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.parts.home_region
    }

    pub(crate) fn visitors_by_default(&self) -> bool {
        self.0.parts.visitors
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.parts.limits
    }

    pub(crate) fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    pub(crate) fn strangers(&self) -> &Strangers {
        &self.0.strangers
    }

    pub(crate) fn room(&self) -> &Arc<Semaphore> {
        &self.0.room
    }
}
