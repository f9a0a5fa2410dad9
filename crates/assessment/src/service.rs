//! The assessment as its operations see it: what it stands on.

use std::sync::{Arc, Mutex};

use catalogue::Catalogue;
use chrono::NaiveDate;
use database::Database;
use identity::Identity;
use kernel::clock::{SharedClock, shanghai};
use leads::Leads;

use crate::follow::Follower;

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// Names of places.
    pub catalogue: Catalogue,
    /// Names of people and units.
    pub identity: Identity,
    /// The leads.
    pub leads: Leads,
    /// The home district, 6 digits, whose weights are in force.
    pub home_region: String,
}

struct Inner {
    parts: Parts,
    summed: Mutex<Option<std::time::Instant>>,
}

/// The assessment room.
#[derive(Clone)]
pub struct Assessment(Arc<Inner>);

impl Assessment {
    /// Puts the room together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner { parts, summed: Mutex::default() }))
    }

    /// Who notes in the relay's transaction which leads have changed.
    #[must_use]
    pub fn follower() -> Arc<dyn notify::Consumer> {
        Arc::new(Follower)
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

    pub(crate) fn leads(&self) -> &Leads {
        &self.0.parts.leads
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.parts.home_region
    }

    /// When the days were last all summed, on the machine's own clock: for the pace of the work alone.
    pub(crate) fn summed(&self) -> &Mutex<Option<std::time::Instant>> {
        &self.0.summed
    }

    /// Today in the city.
    pub(crate) fn today(&self) -> NaiveDate {
        self.clock().now().with_timezone(&shanghai()).date_naive()
    }
}
