//! The room of machine sources as its operations see it.

use std::{collections::HashMap, sync::Arc, time::Duration};

use catalogue::Catalogue;
use database::Database;
use files::Files;
use identity::Identity;
use kernel::clock::SharedClock;
use moka::future::Cache;

use crate::{
    device::{self, Device},
    event::queue::{self, EventQueue},
    kind::{self, KindSetting},
    port::Desk,
};

/// How long another program's change of a setting may go unseen.
const KEEP: Duration = Duration::from_secs(2);

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// Classes and places.
    pub catalogue: Catalogue,
    /// People.
    pub identity: Identity,
    /// Pictures.
    pub files: Files,
    /// The home district, 6 digits.
    pub home_region: String,
    /// Whoever files leads.
    pub desk: Arc<dyn Desk>,
}

struct Inner {
    parts: Parts,
    queue: EventQueue,
    known: Cache<(), Arc<Snapshot>>,
    waker: tokio::sync::Notify,
}

/// The room of machine sources.
#[derive(Clone)]
pub struct Machines(Arc<Inner>);

/// Devices and kinds as they were at most two seconds ago.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub devices: HashMap<String, Device>,
    kinds: Vec<KindSetting>,
}

impl Snapshot {
    /// A kind by its number.
    pub(crate) fn kind(&self, number: i16) -> Option<&KindSetting> {
        self.kinds.iter().find(|setting| setting.kind.number == number)
    }
}

impl Machines {
    /// Puts the room together and starts its writer, which ends when the last handle is gone.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let (queue, waiting) = EventQueue::new();
        let known = Cache::builder().max_capacity(1).time_to_live(KEEP).build();
        let machines = Self(Arc::new(Inner { parts, queue, known, waker: tokio::sync::Notify::new() }));
        queue::start_writer(&machines, waiting);
        machines
    }

    pub(crate) async fn snapshot(&self) -> sqlx::Result<Arc<Snapshot>> {
        let load = async {
            let (pool, region) = (self.database().pool(), self.home_region());
            let devices = device::store::all(pool, region).await?.into_iter().map(|device| (device.code.clone(), device)).collect();
            Ok::<_, sqlx::Error>(Arc::new(Snapshot { devices, kinds: kind::store::all(pool, region).await? }))
        };
        self.0.known.try_get_with((), load).await.map_err(database::shared)
    }

    /// Reads devices and kinds anew at the next event.
    pub(crate) fn forget(&self) {
        self.0.known.invalidate_all();
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.parts.database
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.parts.clock
    }

    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.0.parts.catalogue
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.0.parts.identity
    }

    pub(crate) fn files(&self) -> &Files {
        &self.0.parts.files
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.parts.home_region
    }

    pub(crate) fn desk(&self) -> &dyn Desk {
        &*self.0.parts.desk
    }

    pub(crate) fn queue(&self) -> &EventQueue {
        &self.0.queue
    }

    pub(crate) fn waker(&self) -> &tokio::sync::Notify {
        &self.0.waker
    }
}
