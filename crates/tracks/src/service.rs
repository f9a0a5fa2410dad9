//! The room of tracks as who uses it sees it.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use database::Database;
use kernel::clock::SharedClock;

use crate::{
    Follower,
    queue::{self, Queue},
};

/// What a city may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Days that points are kept; under 183 counts as 183.
    pub keep_days: u16,
    /// How often the inbox is emptied.
    pub settle: Duration,
    /// Points that may wait in the inbox while everybody is answered at once; while more do, answers come later, and less is sent.
    pub easy_waiting: i64,
    /// Points that may wait in the inbox; while more do, further ones are refused.
    pub most_waiting: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { keep_days: 400, settle: Duration::from_secs(2), easy_waiting: 100_000, most_waiting: 1_000_000 }
    }
}

struct Inner {
    database: Database,
    clock: SharedClock,
    settings: Settings,
    queue: Queue,
    follower: OnceLock<Arc<dyn Follower>>,
}

/// The room of tracks, cheap to clone.
#[derive(Clone)]
pub struct Tracks(Arc<Inner>);

impl Tracks {
    /// Puts the room together and starts its writers, which end when the last handle is gone.
    #[must_use]
    pub fn new(database: Database, clock: SharedClock, settings: Settings) -> Self {
        let (queue, waiting) = Queue::new();
        queue::start_writers(database.pool(), waiting, settings);
        Self(Arc::new(Inner { database, clock, settings, queue, follower: OnceLock::new() }))
    }

    pub(crate) fn pool(&self) -> &sqlx::PgPool {
        self.0.database.pool()
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    /// From now on this one hears of every point that is moved; there is one.
    pub fn followed_by(&self, follower: Arc<dyn Follower>) {
        if self.0.follower.set(follower).is_err() {
            tracing::error!("points are followed already");
        }
    }

    pub(crate) fn follower(&self) -> Option<&Arc<dyn Follower>> {
        self.0.follower.get()
    }

    /// What the city set.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.0.settings
    }

    pub(crate) fn queue(&self) -> &Queue {
        &self.0.queue
    }
}
