//! The room of the legal library as its operations see it.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, NaiveDate, Utc};
use database::Database;
use http_api::Answer;
use identity::{
    Identity, Scope,
    audit::{self, SettingChange},
};
use kernel::{
    clock::{SharedClock, shanghai},
    id::PersonId,
    problem::Problem,
};
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::{MattersError, library::Library, matter};

/// The legal library (法律库). Cheap to clone.
#[derive(Clone)]
pub struct Matters(Arc<Inner>);

struct Inner {
    database: Database,
    clock: SharedClock,
    identity: Identity,
    /// The home district, 6 digits.
    home_region: String,
    held: RwLock<Option<Arc<Library>>>,
}

impl Matters {
    /// Puts the room together, and writes the shipped matters where they are new.
    ///
    /// # Errors
    /// The database, or shipped data that do not read.
    pub async fn load(database: Database, clock: SharedClock, identity: Identity, home_region: &str) -> Result<Self, MattersError> {
        matter::seed(database.pool(), clock.now()).await?;
        crate::benchmark::seed(database.pool(), clock.now()).await?;
        Ok(Self(Arc::new(Inner { database, clock, identity, home_region: home_region.to_owned(), held: RwLock::new(None) })))
    }

    /// The library as it is now: read anew only where another revision is in the database, whoever made it.
    pub(crate) async fn library(&self) -> Result<Arc<Library>, MattersError> {
        let revision = matter::store::revision(self.pool()).await?;
        let held = self.0.held.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(held) = held.filter(|held| held.revision == revision) {
            return Ok(held);
        }
        let fresh = Arc::new(matter::store::library(self.pool()).await?);
        *self.0.held.write().unwrap_or_else(PoisonError::into_inner) = Some(fresh.clone());
        Ok(fresh)
    }

    pub(crate) fn pool(&self) -> &PgPool {
        self.0.database.pool()
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.0.identity
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.home_region
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// Today in the city.
    pub(crate) fn today(&self) -> NaiveDate {
        self.now().with_timezone(&shanghai()).date_naive()
    }

    /// Matters belong to the whole installation: a right that ends at a township is not enough.
    pub(crate) fn require_whole_county(&self, scope: &Scope) -> Answer<()> {
        if scope.regions.iter().any(|prefix| prefix.len() <= 6) {
            return Ok(());
        }
        Err(Problem::forbidden("scope-exceeded", "法律库由区县级管理员统一维护，您的辖区范围不足").into())
    }
}

/// The district in whose history of settings a change stands.
pub(crate) fn changed_for(scope: &Scope) -> &str {
    scope.regions.iter().find(|prefix| prefix.len() <= 6).map_or("", String::as_str)
}

/// Writes a line into the history of settings, for who changed what within his scope.
pub(crate) async fn record(
    connection: &mut PgConnection,
    room: &Matters,
    (scope, person): (&Scope, Uuid),
    action: &'static str,
    target: &str,
    [before, after]: [Value; 2],
) -> sqlx::Result<()> {
    let change = SettingChange { region: changed_for(scope), action, target, before, after };
    audit::record(connection, room.now(), PersonId::from(person), change).await
}
