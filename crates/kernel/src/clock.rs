//! Time as a parameter: nobody in the house asks the operating system what time it is but `SystemClock`.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, FixedOffset, SubsecRound, TimeZone, Utc};

/// A source of the present time.
pub trait Clock: Send + Sync + 'static {
    /// The present instant, in whole microseconds, which is what PostgreSQL keeps.
    fn now(&self) -> DateTime<Utc>;
}

/// The clock as it is handed from room to room.
pub type SharedClock = Arc<dyn Clock>;

/// The clock of the machine.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}

/// A clock that stands still until it is moved: for tests that live through ninety days, and for the demo city's history.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock standing at `start`.
    #[must_use]
    pub fn starting_at(start: DateTime<Utc>) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(start.timestamp_micros())))
    }

    /// Moves the clock by `step`, backwards if it is negative.
    pub fn advance(&self, step: chrono::Duration) {
        self.0.fetch_add(step.num_microseconds().unwrap_or(0), Ordering::SeqCst);
    }

    /// Sets the clock to `instant`.
    pub fn set(&self, instant: DateTime<Utc>) {
        self.0.store(instant.timestamp_micros(), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        // A value outside chrono's range cannot be stored: both writers take a valid instant.
        Utc.timestamp_micros(self.0.load(Ordering::SeqCst)).single().unwrap_or_default()
    }
}

/// China Standard Time (北京时间), UTC+8, without daylight saving since 1992.
#[must_use]
pub fn shanghai() -> FixedOffset {
    FixedOffset::east_opt(8 * 3600).expect("eight hours is a valid offset")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_only_when_told() {
        let start = Utc.with_ymd_and_hms(2026, 11, 1, 0, 0, 0).unwrap();
        let clock = ManualClock::starting_at(start);
        assert_eq!(clock.now(), start);
        clock.advance(chrono::Duration::days(90));
        assert_eq!(clock.now(), start + chrono::Duration::days(90));
    }
}
