//! The room of campaigns as its operations see it: what it stands on.

use std::sync::Arc;

use catalogue::Catalogue;
use chrono::NaiveDate;
use database::Database;
use files::Files;
use identity::Identity;
use kernel::clock::{SharedClock, shanghai};
use leads::Leads;

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// Grids and classes.
    pub catalogue: Catalogue,
    /// Names of people.
    pub identity: Identity,
    /// Photos.
    pub files: Files,
    /// Where what is found becomes a lead.
    pub leads: Leads,
    /// The home district, 6 digits.
    pub home_region: String,
}

/// The room of campaigns.
#[derive(Clone)]
pub struct Campaigns(Arc<Parts>);

impl Campaigns {
    /// Puts the room together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.database
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.0.catalogue
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.0.identity
    }

    pub(crate) fn files(&self) -> &Files {
        &self.0.files
    }

    pub(crate) fn leads(&self) -> &Leads {
        &self.0.leads
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.home_region
    }

    /// Today in the city.
    pub(crate) fn today(&self) -> NaiveDate {
        self.clock().now().with_timezone(&shanghai()).date_naive()
    }
}
