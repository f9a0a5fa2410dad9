//! The room of enforcement cases as its operations see it.

use std::sync::{Arc, OnceLock};

use catalogue::Catalogue;
use database::Database;
use docket::{Numbers, vault::Vault};
use identity::Identity;
use kernel::{calendar::Calendar, clock::SharedClock};
use law::procedure::Table;
use matters::Matters;

use crate::{LeadSource, ReferralSource};

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// People, certificates and units.
    pub identity: Identity,
    /// Who the parties are.
    pub vault: Vault,
    /// Working days.
    pub calendar: Arc<Calendar>,
    /// The home district, 6 digits.
    pub home_region: String,
    /// Places.
    pub catalogue: Catalogue,
    /// The legal library.
    pub matters: Matters,
    /// Where cases come from.
    pub leads: Arc<dyn LeadSource>,
    /// The demo city: every case is simulated.
    pub demo: bool,
}

struct Inner {
    parts: Parts,
    numbers: Numbers,
    table: Table,
    publishing: OnceLock<()>,
    referrals: OnceLock<Arc<dyn ReferralSource>>,
}

/// The room of enforcement cases. Cheap to clone.
#[derive(Clone)]
pub struct Cases(Arc<Inner>);

impl Cases {
    /// Puts the room together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner {
            numbers: Numbers::new(parts.database.clone()),
            table: Table::house(),
            publishing: OnceLock::new(),
            referrals: OnceLock::new(),
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

    pub(crate) fn vault(&self) -> &Vault {
        &self.0.parts.vault
    }

    pub(crate) fn calendar(&self) -> &Calendar {
        &self.0.parts.calendar
    }

    pub(crate) fn is_demo(&self) -> bool {
        self.0.parts.demo
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.parts.home_region
    }

    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.0.parts.catalogue
    }

    pub(crate) fn matters(&self) -> &Matters {
        &self.0.parts.matters
    }

    pub(crate) fn leads(&self) -> &dyn LeadSource {
        self.0.parts.leads.as_ref()
    }

    pub(crate) fn numbers(&self) -> &Numbers {
        &self.0.numbers
    }

    /// Set where publication has a room of its own.
    pub(crate) fn publishing(&self) -> &OnceLock<()> {
        &self.0.publishing
    }

    /// Cases also come from referrals, which stand on cases themselves. Later calls change nothing.
    pub fn also_come_from(&self, referrals: Arc<dyn ReferralSource>) {
        let _ = self.0.referrals.set(referrals);
    }

    pub(crate) fn referrals(&self) -> Option<&dyn ReferralSource> {
        self.0.referrals.get().map(AsRef::as_ref)
    }

    pub(crate) fn table(&self) -> &Table {
        &self.0.table
    }
}
