//! The room of privacy as its operations see it.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use database::Database;
use docket::{Numbers, vault::Vault};
use files::Files;
use futures::future::BoxFuture;
use http_api::{Answer, rate::RateLimit};
use identity::{Identity, Scope};
use kernel::{clock::SharedClock, problem::Problem};
use leads::{Leads, Notices};
use notify::Notify;

use crate::{
    notice,
    retention::{Disputes, MachineEvents},
};

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// Names of people.
    pub identity: Identity,
    /// Photos that go into a copy.
    pub files: Files,
    /// Personal data.
    pub vault: Vault,
    /// The leads that people reported.
    pub leads: Leads,
    /// Notifications, which have a period of their own.
    pub notify: Notify,
    /// The home district, 6 digits.
    pub home_region: String,
}

struct Inner {
    parts: Parts,
    numbers: Numbers,
    rate: RateLimit,
    reads: RateLimit,
    rate_of_report: RateLimit<String>,
    disputes: OnceLock<Arc<dyn Disputes>>,
    events: OnceLock<Arc<dyn MachineEvents>>,
}

/// The room of privacy. Cheap to clone.
#[derive(Clone)]
pub struct Privacy(Arc<Inner>);

impl Privacy {
    /// Puts the room together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let minute = Duration::from_secs(60);
        Self(Arc::new(Inner {
            numbers: Numbers::new(parts.database.clone()),
            // As for erasing by oneself: who tries more telephones than a person mistypes is guessing.
            rate: RateLimit::new(10, 10 * minute),
            reads: RateLimit::new(120, minute),
            rate_of_report: RateLimit::new(10, 60 * minute),
            disputes: OnceLock::new(),
            events: OnceLock::new(),
            parts,
        }))
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.parts.database
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.parts.clock
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.0.parts.identity
    }

    pub(crate) fn files(&self) -> &Files {
        &self.0.parts.files
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.0.parts.vault
    }

    pub(crate) fn leads(&self) -> &Leads {
        &self.0.parts.leads
    }

    pub(crate) fn notify(&self) -> &Notify {
        &self.0.parts.notify
    }

    /// Asks there which leads are disputed or suspected; before, none is. Set once; later settings are ignored.
    pub fn spares(&self, disputes: Arc<dyn Disputes>) {
        let _ = self.0.disputes.set(disputes);
    }

    pub(crate) fn disputes(&self) -> Option<&dyn Disputes> {
        self.0.disputes.get().map(|disputes| &**disputes)
    }

    /// Drops the events of machines through this; before, none are dropped. Set once; later settings are ignored.
    pub fn drops_events_of(&self, events: Arc<dyn MachineEvents>) {
        let _ = self.0.events.set(events);
    }

    pub(crate) fn machine_events(&self) -> Option<&dyn MachineEvents> {
        self.0.events.get().map(|events| &**events)
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.parts.home_region
    }

    pub(crate) fn numbers(&self) -> &Numbers {
        &self.0.numbers
    }

    pub(crate) fn rate(&self) -> &RateLimit {
        &self.0.rate
    }

    pub(crate) fn reads(&self) -> &RateLimit {
        &self.0.reads
    }

    pub(crate) fn rate_of_report(&self) -> &RateLimit<String> {
        &self.0.rate_of_report
    }

    /// Refuses what concerns the whole district to who has only a part of it: a person's reports may lie anywhere in it.
    ///
    /// # Errors
    /// `scope-exceeded`.
    pub(crate) fn require_ground(&self, scope: &Scope) -> Result<(), Problem> {
        if scope.units.is_none() && scope.covers_region(self.home_region()) {
            return Ok(());
        }
        Err(Problem::forbidden("scope-exceeded", "个人信息事项由全区县统一办理，超出了您的辖区"))
    }
}

impl Notices for Privacy {
    fn newest<'a>(&'a self, region: &'a str) -> BoxFuture<'a, Answer<i64>> {
        Box::pin(async move { Ok(notice::store::newest(self.database().pool(), region).await?.map_or(0, |notice| notice.number)) })
    }
}
