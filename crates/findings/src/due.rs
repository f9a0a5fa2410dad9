//! Which days of which vehicles are to be judged (again): noted in the transaction that moves the points.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use chrono::{NaiveDate, TimeDelta};
use futures::future::BoxFuture;
use kernel::clock::SharedClock;
use sqlx::PgConnection;
use tracks::{Follower, Touched};

use crate::{finding::store, service::day_of};

/// Points so long before a day, in seconds, decide with it: what was loaded, entered and left before midnight.
pub(crate) const BEFORE_S: i64 = 3 * 3_600;
/// Points so long after it: how what began in it went on.
pub(crate) const AFTER_S: i64 = 3 * 3_600;

/// Hears of points that are moved.
pub(crate) struct Dues {
    pub wall: SharedClock,
    pub pace: Arc<Pace>,
}

/// How long a day waits after its points changed (判定间隔): as long as the worker is behind, so that each day is judged as often as there is
/// time for.
#[derive(Debug)]
pub(crate) struct Pace {
    least: Duration,
    millis: AtomicI64,
}

/// The longest pause.
const LONGEST: Duration = Duration::from_secs(600);

impl Pace {
    pub(crate) fn of(least: Duration) -> Self {
        Self { least, millis: AtomicI64::new(0) }
    }

    /// The oldest day that is due waits so long already.
    pub(crate) fn behind(&self, by: TimeDelta) {
        self.millis.store(by.num_milliseconds(), Ordering::Relaxed);
    }

    pub(crate) fn pause(&self) -> TimeDelta {
        let behind = Duration::from_millis(self.millis.load(Ordering::Relaxed).unsigned_abs());
        TimeDelta::from_std(behind.min(LONGEST).max(self.least)).unwrap_or_default()
    }
}

/// The days that points between two seconds have a part in.
pub(crate) fn days_of(from: i64, until: i64) -> BTreeSet<NaiveDate> {
    let last = day_of(until + BEFORE_S);
    day_of(from - AFTER_S).iter_days().take_while(|day| *day <= last).collect()
}

impl Follower for Dues {
    fn settled<'a>(&'a self, connection: &'a mut PgConnection, touched: &'a [Touched]) -> BoxFuture<'a, sqlx::Result<()>> {
        Box::pin(async move {
            let due: BTreeSet<(i64, NaiveDate)> =
                touched.iter().flat_map(|it| days_of(it.from, it.until - 1).into_iter().map(|day| (it.vehicle, day))).collect();
            let due: Vec<_> = due.into_iter().collect();
            let not_before = self.wall.now() + self.pace.pause();
            store::note_due(connection, &due, not_before).await
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_behind_judges_a_day_less_often() {
        let pace = Pace::of(Duration::from_secs(5));
        let mut told = Vec::new();
        for behind in [0, 3, 40, 9_000] {
            pace.behind(TimeDelta::seconds(behind));
            told.push(pace.pause().num_seconds());
        }
        assert_eq!(told, [5, 5, 40, 600]);
    }

    #[test]
    fn points_near_midnight_touch_both_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let at = |hour: i64| crate::service::begin(day("2026-11-23")).timestamp() + hour * 3_600;
        assert_eq!(days_of(at(12), at(12) + 599), BTreeSet::from([day("2026-11-23")]));
        assert_eq!(days_of(at(1), at(1) + 599), BTreeSet::from([day("2026-11-22"), day("2026-11-23")]));
        assert_eq!(days_of(at(22), at(22) + 599), BTreeSet::from([day("2026-11-23"), day("2026-11-24")]));
    }
}
