//! The room of supervision as its operations see it.

use std::sync::Arc;

use database::Database;
use docket::Numbers;
use files::Files;
use identity::Identity;
use kernel::{calendar::Calendar, clock::SharedClock};
use leads::Leads;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::notice;

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// People and units.
    pub identity: Identity,
    /// Photos of replies.
    pub files: Files,
    /// The leads that are pressed for.
    pub leads: Leads,
    /// Working days.
    pub calendar: Arc<Calendar>,
    /// The home district, 6 digits.
    pub home_region: String,
}

struct Inner {
    parts: Parts,
    numbers: Numbers,
}

/// The room of supervision. Cheap to clone.
#[derive(Clone)]
pub struct Pressure(Arc<Inner>);

impl Pressure {
    /// Puts the room together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner { numbers: Numbers::new(parts.database.clone()), parts }))
    }

    /// Those of these leads about which a notice is open.
    ///
    /// # Errors
    /// The database's.
    pub async fn pressed_for(&self, connection: &mut PgConnection, region: &str, leads: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
        notice::store::pressed_for(connection, region, leads).await
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

    pub(crate) fn leads(&self) -> &Leads {
        &self.0.parts.leads
    }

    pub(crate) fn calendar(&self) -> &Calendar {
        &self.0.parts.calendar
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.parts.home_region
    }

    pub(crate) fn numbers(&self) -> &Numbers {
        &self.0.numbers
    }
}
