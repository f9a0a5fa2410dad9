//! The demo's clock: begins in the past, is moved forward by the simulator alone, and becomes the clock on the wall when it meets it.

use std::{
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};

use anyhow::{Context, Result};
use chrono::{DateTime, Duration, TimeZone, Utc};
use kernel::{
    clock::{Clock, SystemClock},
    problem::Problem,
};
use serde::{Deserialize, Serialize};

/// How far back a fresh demo begins.
const HISTORY: Duration = Duration::days(30);
/// What stands in the atomic when the clock is the one on the wall.
const LIVE: i64 = i64::MAX;

/// What is kept across restarts.
#[derive(Serialize, Deserialize)]
struct Kept {
    now: DateTime<Utc>,
    live: bool,
}

/// The demo's clock.
pub struct DemoClock {
    /// Microseconds, or [`LIVE`].
    instant: AtomicI64,
    /// Held while the file is written, so that an older time never replaces a newer one.
    file: Mutex<PathBuf>,
}

impl DemoClock {
    /// The clock as it was left; on a fresh folder thirty days back, or on the wall's time where no history is wanted.
    pub fn open(file: PathBuf, history: bool) -> Result<Self> {
        let kept = match std::fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes).with_context(|| format!("{} 无法读取", file.display()))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Kept { now: SystemClock.now() - HISTORY, live: !history },
            Err(error) => return Err(error).with_context(|| format!("{} 无法读取", file.display())),
        };
        let live = kept.live || kept.now >= SystemClock.now();
        let clock = Self { instant: AtomicI64::new(if live { LIVE } else { kept.now.timestamp_micros() }), file: Mutex::new(file) };
        clock.keep()?;
        Ok(clock)
    }

    /// Whether the history is still being lived through.
    pub fn catching_up(&self) -> bool {
        self.instant.load(Ordering::SeqCst) != LIVE
    }

    /// Moves forward; at the present the clock goes over to the wall's for good.
    pub fn set(&self, to: DateTime<Utc>) -> Result<DateTime<Utc>, Problem> {
        let wanted = if to >= SystemClock.now() { LIVE } else { to.timestamp_micros() };
        let before = self.instant.fetch_max(wanted, Ordering::SeqCst);
        if before > wanted {
            return Err(Problem::conflict("clock-goes-forward", "演示时钟只能向前拨"));
        }
        self.keep().map_err(|error| {
            tracing::error!(error = format!("{error:#}"), "the demo's clock could not be kept");
            Problem::internal("internal", "演示时钟无法保存")
        })?;
        Ok(self.now())
    }

    fn keep(&self) -> Result<()> {
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = Kept { now: self.now(), live: !self.catching_up() };
        let part = file.with_extension("part");
        std::fs::write(&part, serde_json::to_vec(&kept)?).with_context(|| format!("{} 无法写入", part.display()))?;
        std::fs::rename(&part, &*file).with_context(|| format!("{} 无法写入", file.display()))
    }
}

impl Clock for DemoClock {
    fn now(&self) -> DateTime<Utc> {
        match self.instant.load(Ordering::SeqCst) {
            LIVE => SystemClock.now(),
            // Only instants that chrono gave are stored.
            micros => Utc.timestamp_micros(micros).single().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_begins_in_the_past_goes_forward_only_and_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clock.json");
        let clock = DemoClock::open(file.clone(), true).unwrap();
        let start = clock.now();
        assert!(clock.catching_up() && SystemClock.now() - start >= HISTORY);
        let later = start + Duration::days(3);
        assert_eq!(clock.set(later).unwrap(), later);
        assert_eq!(clock.set(start).unwrap_err().code, "clock-goes-forward");
        let again = DemoClock::open(file.clone(), true).unwrap();
        assert_eq!(again.now(), later);
        again.set(SystemClock.now() + Duration::seconds(1)).unwrap();
        assert!(!again.catching_up());
        assert!(!DemoClock::open(file, true).unwrap().catching_up(), "a demo that met the present stays there");
    }

    #[test]
    fn without_history_the_clock_is_the_walls() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!DemoClock::open(folder.path().join("clock.json"), false).unwrap().catching_up());
    }
}
