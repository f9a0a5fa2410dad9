//! The room of payment as its operations see it: what it stands on.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use chrono::NaiveDate;
use database::Database;
use docket::{Actor, Change, KeyOf, NewEntry};
use http_api::{Answer, rate::RateLimit};
use identity::{Caller, Identity, Scope};
use kernel::{
    clock::{SharedClock, shanghai},
    problem::Problem,
};
use serde_json::Value;
use sqlx::PgConnection;

use crate::{FinedCases, provider::Provider};

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// The clock on the wall: signatures of others follow it even where the demo's clock leaps.
    pub wall: SharedClock,
    /// Names of people.
    pub identity: Identity,
    /// The cases.
    pub cases: Arc<dyn FinedCases>,
    /// The home district, 6 digits.
    pub home_region: String,
    /// The demo city: the payee is simulated.
    pub demo: bool,
}

struct Inner {
    parts: Parts,
    provider: OnceLock<Arc<dyn Provider>>,
    reads: RateLimit,
    orders: RateLimit,
    callbacks: RateLimit,
}

/// The room of payment. Cheap to clone.
#[derive(Clone)]
pub struct Payments(Arc<Inner>);

impl Payments {
    /// Puts the room together; without a provider bills are made, and nobody can pay them here.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let minute = Duration::from_secs(60);
        Self(Arc::new(Inner {
            parts,
            provider: OnceLock::new(),
            // A code has 63 bits: at this rate from one address nobody finds one.
            reads: RateLimit::new(60, minute),
            orders: RateLimit::new(10, minute),
            // A provider calls from few addresses, and all it sends is signed.
            callbacks: RateLimit::new(3_000, minute),
        }))
    }

    /// Payments go through this provider. Set once; later settings are ignored.
    pub fn through(&self, provider: Arc<dyn Provider>) {
        let _ = self.0.provider.set(provider);
    }

    pub(crate) fn provider(&self) -> Option<&Arc<dyn Provider>> {
        self.0.provider.get()
    }

    /// The provider.
    ///
    /// # Errors
    /// `payment-provider-unset`.
    pub(crate) fn must_provider(&self) -> Result<&Arc<dyn Provider>, Problem> {
        self.provider().ok_or_else(|| Problem::conflict("payment-provider-unset", "尚未接入支付渠道，请按缴款通知上的账户缴纳"))
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.parts.database
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.parts.clock
    }

    pub(crate) fn wall(&self) -> &SharedClock {
        &self.0.parts.wall
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.0.parts.identity
    }

    pub(crate) fn cases(&self) -> &dyn FinedCases {
        &*self.0.parts.cases
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.parts.home_region
    }

    pub(crate) fn is_demo(&self) -> bool {
        self.0.parts.demo
    }

    pub(crate) fn reads(&self) -> &RateLimit {
        &self.0.reads
    }

    pub(crate) fn orders(&self) -> &RateLimit {
        &self.0.orders
    }

    pub(crate) fn callbacks(&self) -> &RateLimit {
        &self.0.callbacks
    }

    /// Today in the city.
    pub(crate) fn today(&self) -> NaiveDate {
        self.clock().now().with_timezone(&shanghai()).date_naive()
    }

    /// Refuses what concerns the money of the whole district to who has only a part of it.
    ///
    /// # Errors
    /// `scope-exceeded`.
    pub(crate) fn require_ground(&self, scope: &Scope) -> Result<(), Problem> {
        if scope.units.is_none() && scope.covers_region(self.home_region()) {
            return Ok(());
        }
        Err(Problem::forbidden("scope-exceeded", "对账和收款账户由全区县统一办理，超出了您的辖区"))
    }

    /// Writes a line into the ledger of a case, in the caller's transaction, which then holds the case.
    pub(crate) async fn note(
        &self,
        connection: &mut PgConnection,
        key: &KeyOf,
        caller: Option<&Caller>,
        action: &'static str,
        payload: Value,
    ) -> Answer<()> {
        let locked = self.hold(connection, key).await?;
        let (actor, role) = match caller {
            Some(caller) => (Actor::Person(caller.person), caller.roles.first().cloned()),
            None => (Actor::System("payments"), None),
        };
        let entry = NewEntry { actor, role, action, place: None, payload };
        locked.change(connection, self.clock().now(), Change { details: true, entries: vec![entry], ..Change::default() }).await?;
        Ok(())
    }

    /// Holds a case until the transaction ends: the first lock of everything that books, so that nobody waits for the other.
    pub(crate) async fn hold(&self, connection: &mut PgConnection, key: &KeyOf) -> Answer<docket::Locked> {
        let gone = || Problem::not_found("case-not-found", "没有这个案件，或者不在您的查看范围内");
        Ok(docket::lock(connection, key, None).await?.ok_or_else(gone)??)
    }
}
