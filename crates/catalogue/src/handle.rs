//! The handle to the catalogues: cheap to clone, answers from memory.

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use chrono::{DateTime, NaiveDate, Utc};
use database::{Database, listen};
use identity::Scope;
use kernel::{
    clock::{SharedClock, shanghai},
    deadline::service::ServiceLimit,
    position::Position,
    problem::Problem,
    region::RegionLevel,
};
use sqlx::{PgPool, Postgres, Transaction};

use crate::{
    class::{self, Class, ClassKind, Limit},
    component::{self, NearbyComponent},
    error::CatalogueError,
    map::MapSettings,
    place::{NamedRegion, Place},
    settings::Settings,
    snapshot::Snapshot,
    suggest::ClassSuggestion,
};

/// The channel on which a change is told to every process.
const CHANNEL: &str = "bihuan_catalogue";

/// The catalogues (标准数据): classes, limits, regions, components. Cheap to clone.
#[derive(Clone)]
pub struct Catalogue(Arc<Inner>);

struct Inner {
    database: Database,
    clock: SharedClock,
    settings: Settings,
    snapshot: RwLock<Arc<Snapshot>>,
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Catalogue").field("revision", &self.snapshot().revision).finish_non_exhaustive()
    }
}

impl Catalogue {
    /// Seeds the shipped classes where they are new, and reads everything into memory.
    ///
    /// # Errors
    /// The database, or data that do not read.
    pub async fn load(database: Database, clock: SharedClock, settings: Settings) -> Result<Self, CatalogueError> {
        class::seed(database.pool(), clock.now()).await?;
        let snapshot = Snapshot::read(database.pool(), day_of(clock.now()), settings.default_limit).await?;
        Ok(Self(Arc::new(Inner { database, clock, settings, snapshot: RwLock::new(Arc::new(snapshot)) })))
    }

    /// Follows the changes that other processes make; ends only with the process. To be spawned once.
    ///
    /// # Errors
    /// The first connection cannot be made.
    pub async fn follow(self) -> Result<(), CatalogueError> {
        let mut listener = listen::listen(self.pool(), CHANNEL).await?;
        loop {
            listener.next().await;
            match class::store::revision(self.pool()).await {
                Ok(revision) if revision == self.snapshot().revision => {}
                Ok(_) => {
                    if let Err(error) = self.reload().await {
                        tracing::error!(%error, "the catalogue could not be reloaded; the old one stays in use");
                    }
                }
                Err(error) => tracing::warn!(%error, "the catalogue's revision could not be read"),
            }
        }
    }

    /// Where a position lies (定位), from memory in about a microsecond.
    pub fn place(&self, position: Position) -> Place {
        let snapshot = self.snapshot();
        Place::new(position, snapshot.nesting_at(position).cloned())
    }

    /// A region by its code.
    pub fn region(&self, code: &str) -> Option<NamedRegion> {
        let snapshot = self.snapshot();
        // Regions are read in the order of their codes.
        let at = snapshot.regions.binary_search_by(|r| r.code.as_str().cmp(code)).ok()?;
        Some(NamedRegion { code: code.to_owned(), name: snapshot.regions[at].name.clone() })
    }

    /// The codes of the unit grids in a region, in their order.
    pub fn grids_within(&self, region: &str) -> Vec<String> {
        let snapshot = self.snapshot();
        let from = snapshot.regions.partition_point(|r| r.code.as_str() < region);
        let within = snapshot.regions[from..].iter().take_while(|r| r.code.as_str().starts_with(region));
        within.filter(|r| r.code.level() == RegionLevel::Grid).map(|r| r.code.to_string()).collect()
    }

    /// A class of the edition in force that a lead can be about: a matter, or a component's abnormality.
    pub fn class(&self, code: &str) -> Option<Arc<Class>> {
        self.snapshot().current().get(ClassKind::Matter, code).cloned()
    }

    /// A class of components (部件类别) of the edition in force.
    pub fn component_class(&self, code: &str) -> Option<Arc<Class>> {
        self.snapshot().current().get(ClassKind::Component, code).cloned()
    }

    /// All matters of the edition in force, by code.
    pub fn matters(&self) -> Vec<Arc<Class>> {
        self.snapshot().current().matters().cloned().collect()
    }

    /// The edition in force, which a lead keeps beside its code.
    pub fn class_version(&self) -> String {
        self.snapshot().current().id.clone()
    }

    /// A class as it was on a day: a lead keeps the code of its day.
    pub fn class_at(&self, code: &str, day: NaiveDate) -> Option<Arc<Class>> {
        let snapshot = self.snapshot();
        let edition = snapshot.edition_on(day)?;
        edition.get(ClassKind::Matter, code).or_else(|| edition.get(ClassKind::Component, code)).cloned()
    }

    /// The classes in force that came out of a class of the 2013 edition, such as `01-10` of the events.
    pub fn heirs_of(&self, component: bool, old_code: &str) -> Vec<Arc<Class>> {
        let kind = if component { "component" } else { "event" };
        let heir = |c: &&Arc<Class>| c.predecessor_kind.as_deref() == Some(kind) && c.predecessor_code.as_deref() == Some(old_code);
        self.snapshot().current().matters().filter(heir).cloned().collect()
    }

    /// The limits of a class, shortest first: the operator picks, the first is proposed. The configured default, marked
    /// provisional, where nothing is settled.
    pub fn limits_for(&self, class: &str) -> Vec<Limit> {
        match self.class(class) {
            Some(class) => class.limits.clone(),
            None => vec![Limit::provisional(self.settings().default_limit)],
        }
    }

    /// The limit that is proposed for a class, and whether it is only the default.
    pub fn proposed_limit(&self, class: &str) -> (ServiceLimit, bool) {
        let default = (self.settings().default_limit, true);
        let Some(class) = self.class(class) else { return default };
        let first = class.limits.first();
        first.and_then(|limit| Some((limit.service_limit().ok()?, limit.provisional))).unwrap_or(default)
    }

    /// Which classes a text may be about, with the words that decided, best first.
    pub fn suggest(&self, text: &str) -> Vec<ClassSuggestion> {
        self.snapshot().suggester.classes(text)
    }

    /// Components within `radius_m` metres, nearest first, of one class if given.
    pub fn nearest_components(&self, position: Position, radius_m: f64, class: Option<&str>) -> Vec<NearbyComponent> {
        component::nearest(&self.snapshot(), position, radius_m, class)
    }

    /// What a page needs to draw the map.
    pub fn map_settings(&self) -> MapSettings {
        MapSettings::new(&self.settings().map, &self.snapshot())
    }

    /// Reads everything anew.
    ///
    /// # Errors
    /// The database, or grids that do not build an index; the old snapshot stays in use.
    pub async fn reload(&self) -> Result<(), CatalogueError> {
        let fresh = Arc::new(Snapshot::read(self.pool(), day_of(self.now()), self.settings().default_limit).await?);
        let mut held = self.0.snapshot.write().unwrap_or_else(PoisonError::into_inner);
        // Two reloads at once: the one that read later wins, whoever finishes first.
        if fresh.revision >= held.revision {
            *held = fresh;
        }
        Ok(())
    }

    /// Commits a change: counts it, tells every process, and shows it here at once.
    pub(crate) async fn publish(&self, mut transaction: Transaction<'static, Postgres>) -> Result<i64, CatalogueError> {
        let revision = class::store::raise_revision(&mut transaction).await?;
        listen::notify(&mut transaction, CHANNEL, &revision.to_string()).await?;
        transaction.commit().await?;
        self.reload().await?;
        Ok(revision)
    }

    /// Classes, limits and the map belong to the whole installation: a right that ends at a township is not enough.
    pub(crate) fn require_whole_county(&self, scope: &Scope) -> Result<(), Problem> {
        if scope.regions.iter().any(|prefix| prefix.len() <= 6) {
            return Ok(());
        }
        Err(Problem::forbidden("scope-exceeded", "标准数据由区县级管理员统一维护，您的辖区范围不足"))
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.0.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn pool(&self) -> &PgPool {
        self.0.database.pool()
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    pub(crate) fn today(&self) -> NaiveDate {
        day_of(self.now())
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }
}

fn day_of(now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&shanghai()).date_naive()
}

/// The district in whose history of settings a change of classes and limits stands: that of whoever changes them.
pub(crate) fn changed_for(scope: &Scope) -> &str {
    scope.regions.iter().find(|prefix| prefix.len() <= 6).map_or("", String::as_str)
}
