//! The room of property as its operations see it.

use std::{net::IpAddr, path::PathBuf, sync::Arc, time::Duration};

use chrono::NaiveDate;
use database::Database;
use docket::{Actor, Change, KeyOf, NewEntry, Numbers, vault::Vault};
use files::{FileId, Files};
use http_api::{Answer, rate::RateLimit};
use identity::{Caller, Identity};
use kernel::{
    clock::{SharedClock, shanghai},
    problem::Problem,
};
use serde_json::Value;
use sqlx::PgConnection;
use tokio::sync::Semaphore;

use crate::PropertyCases;

/// Sheets of labels printed at once: each holds fonts of sixty megabytes while it is printed.
const PRINTED_AT_ONCE: usize = 1;
/// Look-ups of towed vehicles an hour by one address.
const LOOK_UPS_BY_ADDRESS: u32 = 20;
/// The same for one plate, whoever asks: six digits are not found by trying.
const LOOK_UPS_OF_PLATE: u32 = 10;

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// Names of people, and who is active.
    pub identity: Identity,
    /// Photos.
    pub files: Files,
    /// Who fetched what.
    pub vault: Vault,
    /// The cases that things belong to.
    pub cases: Arc<dyn PropertyCases>,
    /// The folder of fonts that labels are printed with.
    pub fonts: PathBuf,
    /// The home district, 6 digits.
    pub home_region: String,
    /// The demo city: every item is simulated.
    pub demo: bool,
}

struct Inner {
    parts: Parts,
    numbers: Numbers,
    printing: Semaphore,
    by_address: RateLimit<IpAddr>,
    of_plate: RateLimit<String>,
}

/// The room of property. Cheap to clone.
#[derive(Clone)]
pub struct Property(Arc<Inner>);

impl Property {
    /// Puts the room together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let hour = Duration::from_secs(3_600);
        Self(Arc::new(Inner {
            numbers: Numbers::new(parts.database.clone()),
            printing: Semaphore::new(PRINTED_AT_ONCE),
            by_address: RateLimit::new(LOOK_UPS_BY_ADDRESS, hour),
            of_plate: RateLimit::new(LOOK_UPS_OF_PLATE, hour),
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

    pub(crate) fn cases(&self) -> &dyn PropertyCases {
        &*self.0.parts.cases
    }

    pub(crate) fn fonts(&self) -> &std::path::Path {
        &self.0.parts.fonts
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.parts.home_region
    }

    pub(crate) fn is_demo(&self) -> bool {
        self.0.parts.demo
    }

    pub(crate) fn numbers(&self) -> &Numbers {
        &self.0.numbers
    }

    pub(crate) fn printing(&self) -> &Semaphore {
        &self.0.printing
    }

    pub(crate) fn by_address(&self) -> &RateLimit<IpAddr> {
        &self.0.by_address
    }

    pub(crate) fn of_plate(&self) -> &RateLimit<String> {
        &self.0.of_plate
    }

    /// Today in the city.
    pub(crate) fn today(&self) -> NaiveDate {
        self.clock().now().with_timezone(&shanghai()).date_naive()
    }

    /// Refuses pictures that are not there, or too many.
    pub(crate) async fn pictures(&self, field: &'static str, files: &[String], most: usize) -> Answer<()> {
        if files.len() > most {
            let why = format!("最多 {most} 张");
            return Err(Problem::invalid("photos-too-many", why.clone()).field(field, why).into());
        }
        let ids = files.iter().map(|file| FileId::parse(file)).collect::<Result<Vec<_>, _>>()?;
        if !self.0.parts.files.exists(&ids).await? {
            return Err(Problem::invalid("photo-missing", "有照片没有上传成功，请重新上传").field(field, "请重新上传").into());
        }
        Ok(())
    }

    /// Writes a line into the ledger of a case, in the caller's transaction, which then holds the case.
    pub(crate) async fn note(
        &self,
        connection: &mut PgConnection,
        key: &KeyOf,
        caller: &Caller,
        action: &'static str,
        payload: Value,
    ) -> Answer<()> {
        let gone = || Problem::not_found("case-not-found", "没有这个案件，或者不在您的查看范围内");
        let locked = docket::lock(connection, key, None).await?.ok_or_else(gone)??;
        let entry = NewEntry { actor: Actor::Person(caller.person), role: caller.roles.first().cloned(), action, place: None, payload };
        let change = Change { details: true, entries: vec![entry], ..Change::default() };
        locked.change(connection, self.clock().now(), change).await?;
        Ok(())
    }
}
