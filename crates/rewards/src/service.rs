//! The room of rewards as its operations see it: what it stands on.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use catalogue::Catalogue;
use chrono::NaiveDate;
use database::Database;
use docket::vault::Vault;
use futures::future::BoxFuture;
use http_api::rate::RateLimit;
use identity::{Identity, Scope};
use kernel::{
    clock::{SharedClock, shanghai},
    personal::Telephone,
    problem::Problem,
};
use leads::Leads;
use sqlx::PgConnection;
use uuid::Uuid;

/// Who knows about which reports something does not fit (存在疑点).
pub trait Doubts: Send + Sync {
    /// Those of these leads that a person should look at before anybody is paid for them.
    fn doubted<'a>(
        &'a self,
        connection: &'a mut PgConnection,
        region: &'a str,
        leads: &'a [Uuid],
    ) -> BoxFuture<'a, sqlx::Result<Vec<Uuid>>>;
}

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// Areas and classes.
    pub catalogue: Catalogue,
    /// Names of people.
    pub identity: Identity,
    /// Payees' telephones and seeds that are not shown yet.
    pub vault: Vault,
    /// What was reported.
    pub leads: Leads,
    /// The home district, 6 digits.
    pub home_region: String,
}

struct Inner {
    parts: Parts,
    rate: RateLimit,
    reads: RateLimit,
    rate_of_report: RateLimit<String>,
    doubts: OnceLock<Arc<dyn Doubts>>,
}

/// The room of rewards.
#[derive(Clone)]
pub struct Rewards(Arc<Inner>);

impl Rewards {
    /// Puts the room together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let minute = Duration::from_secs(60);
        Self(Arc::new(Inner {
            rate: RateLimit::new(10, 10 * minute),
            reads: RateLimit::new(120, minute),
            // Who tries more secrets on one report than a person mistypes is guessing.
            rate_of_report: RateLimit::new(10, 60 * minute),
            doubts: OnceLock::new(),
            parts,
        }))
    }

    /// Asks there which reports are doubted; before, none is. Set once; later settings are ignored.
    pub fn doubted_by(&self, doubts: Arc<dyn Doubts>) {
        let _ = self.0.doubts.set(doubts);
    }

    pub(crate) fn doubts(&self) -> Option<&dyn Doubts> {
        self.0.doubts.get().map(|doubts| &**doubts)
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

    pub(crate) fn vault(&self) -> &Vault {
        &self.0.parts.vault
    }

    pub(crate) fn leads(&self) -> &Leads {
        &self.0.parts.leads
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.parts.home_region
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

    /// Today in the city.
    pub(crate) fn today(&self) -> NaiveDate {
        self.clock().now().with_timezone(&shanghai()).date_naive()
    }

    /// The keyed index of a telephone: the same as the vault's own, so that a payee can be compared with reporters.
    pub(crate) fn index_of(&self, telephone: &Telephone) -> Vec<u8> {
        self.vault().blind("telephone", telephone.expose())
    }

    /// Refuses what concerns the money of the whole district to who has only a part of it.
    ///
    /// # Errors
    /// `scope-exceeded`.
    pub(crate) fn require_ground(&self, scope: &Scope) -> Result<(), Problem> {
        if scope.units.is_none() && scope.covers_region(self.home_region()) {
            return Ok(());
        }
        Err(Problem::forbidden("scope-exceeded", "天天有奖由全区县统一办理，超出了您的辖区"))
    }
}
