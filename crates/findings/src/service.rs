//! The room of findings as its operations see it.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use catalogue::Catalogue;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use database::Database;
use files::Files;
use http_api::Answer;
use identity::Identity;
use kernel::clock::{SharedClock, shanghai};
use tokio::{
    sync::{Notify, Semaphore},
    time::Instant,
};
use tracks::Tracks;

use crate::{
    Desk, Fleet, Ground, Terrain,
    due::{Dues, Pace},
    memory::Memory,
    rule_set::store,
};

/// How long the register is not asked whether it changed.
const KEEP: Duration = Duration::from_secs(2);
/// Days whose register is remembered.
const MOST_DAYS: usize = 16;

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock of the house.
    pub clock: SharedClock,
    /// The clock on the wall, which terminals know: the demo's leaps over weeks.
    pub wall: SharedClock,
    /// Names of people.
    pub identity: Identity,
    /// Classes and places.
    pub catalogue: Catalogue,
    /// Pictures of tracks.
    pub files: Files,
    /// Where vehicles were.
    pub tracks: Tracks,
    /// Folder of the fonts of pictures.
    pub fonts: PathBuf,
    /// The home district, 6 digits.
    pub home_region: String,
    /// Whoever keeps the register.
    pub terrain: Arc<dyn Terrain>,
    /// Whoever knows terminals.
    pub fleet: Arc<dyn Fleet>,
    /// Whoever files leads.
    pub desk: Arc<dyn Desk>,
    /// How long a vehicle's day waits after its points changed, so that more of them are judged together.
    pub pause: Duration,
}

struct Inner {
    parts: Parts,
    /// When the register was asked whether it changed, and what it said.
    stamp: Mutex<Option<(Instant, String)>>,
    /// By day and stamp.
    grounds: Mutex<Vec<(NaiveDate, String, Arc<Ground>)>>,
    memory: Memory,
    pace: Arc<Pace>,
    waker: Notify,
    trying: Semaphore,
}

/// The room of findings, cheap to clone.
#[derive(Clone)]
pub struct Findings(Arc<Inner>);

impl Findings {
    /// Puts the room together; from now on it hears of points that are moved.
    ///
    /// # Errors
    /// The database's, while the rules that are shipped are put down.
    pub async fn new(parts: Parts) -> sqlx::Result<Self> {
        store::seed(parts.database.pool(), &parts.home_region, parts.clock.now()).await?;
        let pace = Arc::new(Pace::of(parts.pause));
        parts.tracks.followed_by(Arc::new(Dues { wall: parts.wall.clone(), pace: pace.clone() }));
        let (stamp, grounds, memory) = (Mutex::new(None), Mutex::new(Vec::new()), Memory::default());
        Ok(Self(Arc::new(Inner { parts, stamp, grounds, memory, pace, waker: Notify::new(), trying: Semaphore::new(1) })))
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.0.parts
    }

    pub(crate) fn pool(&self) -> &sqlx::PgPool {
        self.0.parts.database.pool()
    }

    pub(crate) fn region(&self) -> &str {
        &self.0.parts.home_region
    }

    /// Now, by the clock of the house.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.0.parts.clock.now()
    }

    /// Today in the city, by the clock on the wall.
    pub(crate) fn today(&self) -> NaiveDate {
        self.0.parts.wall.now().with_timezone(&shanghai()).date_naive()
    }

    pub(crate) fn memory(&self) -> &Memory {
        &self.0.memory
    }

    pub(crate) fn pace(&self) -> &Pace {
        &self.0.pace
    }

    pub(crate) fn waker(&self) -> &Notify {
        &self.0.waker
    }

    /// One what-if at a time: it reads whole days.
    pub(crate) fn trying(&self) -> &Semaphore {
        &self.0.trying
    }

    /// The register of a day. As long as the register does not change it is read once; nobody waits for another's reading.
    pub(crate) async fn ground(&self, day: NaiveDate) -> Answer<Arc<Ground>> {
        let stamp = self.stamp().await?;
        let known = |grounds: &[(NaiveDate, String, Arc<Ground>)]| {
            grounds.iter().find(|(of, as_of, _)| *of == day && *as_of == stamp).map(|(_, _, ground)| ground.clone())
        };
        if let Some(ground) = known(&self.0.grounds.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(ground);
        }
        let ground = self.0.parts.terrain.of_day(day).await?;
        let mut grounds = self.0.grounds.lock().unwrap_or_else(PoisonError::into_inner);
        grounds.retain(|(of, as_of, _)| *of != day && *as_of == stamp);
        if grounds.len() >= MOST_DAYS {
            grounds.remove(0);
        }
        grounds.push((day, stamp, ground.clone()));
        Ok(ground)
    }

    async fn stamp(&self) -> Answer<String> {
        let said = self.0.stamp.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, stamp)) = said.filter(|(at, _)| at.elapsed() < KEEP) {
            return Ok(stamp);
        }
        let (at, stamp) = (Instant::now(), self.0.parts.terrain.stamp().await?);
        *self.0.stamp.lock().unwrap_or_else(PoisonError::into_inner) = Some((at, stamp.clone()));
        Ok(stamp)
    }
}

/// The first instant of a day of the city.
pub(crate) fn begin(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::hours(8)
}

/// The day of the city in which a second lies.
pub(crate) fn day_of(at: i64) -> NaiveDate {
    DateTime::from_timestamp(at, 0).unwrap_or_default().with_timezone(&shanghai()).date_naive()
}
