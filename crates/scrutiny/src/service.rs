//! The room of honest closing as its operations see it: what it stands on.

use std::sync::Arc;

use catalogue::Catalogue;
use chrono::NaiveDate;
use database::Database;
use files::Files;
use identity::Identity;
use kernel::clock::{SharedClock, shanghai};
use leads::Leads;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::pairing::list::LastTested;

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
    /// What photos look like.
    pub files: Files,
    /// The leads.
    pub leads: Leads,
    /// The home district, 6 digits.
    pub home_region: String,
}

/// The room of honest closing.
#[derive(Clone)]
pub struct Scrutiny(Arc<Parts>, Arc<LastTested>);

impl Scrutiny {
    /// Puts the room together. For the guard of closing, hand it to [`Leads::scrutinised_by`].
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts), Arc::default())
    }

    /// Those of these leads about which a suspicion waits to be judged.
    ///
    /// # Errors
    /// The database's.
    pub async fn suspected(&self, connection: &mut PgConnection, region: &str, leads: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
        crate::suspicion::store::suspected(connection, region, leads).await
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

    pub(crate) fn last_tested(&self) -> &LastTested {
        &self.1
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.home_region
    }

    /// Today in the city.
    pub(crate) fn today(&self) -> NaiveDate {
        self.clock().now().with_timezone(&shanghai()).date_naive()
    }
}
