//! The room of referrals as its operations see it.

use std::sync::Arc;

use cases::Cases;
use catalogue::Catalogue;
use database::Database;
use docket::{Numbers, vault::Vault};
use evidence::Evidence;
use files::Files;
use identity::Identity;
use kernel::{calendar::Calendar, clock::SharedClock};
use leads::Leads;
use matters::Matters;

use crate::CasePapers;

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// People and bureaus.
    pub identity: Identity,
    /// Places.
    pub catalogue: Catalogue,
    /// Files that come with referrals.
    pub files: Files,
    /// Who is suspected.
    pub vault: Vault,
    /// Working days.
    pub calendar: Arc<Calendar>,
    /// The legal library.
    pub matters: Matters,
    /// Leads that are referred.
    pub leads: Leads,
    /// Cases that come of it.
    pub cases: Cases,
    /// Where what came with a referral goes.
    pub evidence: Evidence,
    /// The documents of cases.
    pub papers: Arc<dyn CasePapers>,
    /// The home district, 6 digits.
    pub home_region: String,
    /// The demo city: every referral is simulated.
    pub demo: bool,
}

struct Inner {
    parts: Parts,
    numbers: Numbers,
}

/// The room of referrals. Cheap to clone.
#[derive(Clone)]
pub struct Referrals(Arc<Inner>);

impl Referrals {
    /// Puts the room together. Cases learn of it by [`Cases::also_come_from`].
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner { numbers: Numbers::new(parts.database.clone()), parts }))
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.0.parts
    }

    pub(crate) fn numbers(&self) -> &Numbers {
        &self.0.numbers
    }
}
