//! Which days of which vehicles are to be judged (again): noted in the transaction that moves the points.

use std::{collections::BTreeSet, time::Duration};

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
    pub pause: Duration,
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
            let not_before = self.wall.now() + TimeDelta::from_std(self.pause).unwrap_or_default();
            store::note_due(connection, &due, not_before).await
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_near_midnight_touch_both_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let at = |hour: i64| crate::service::begin(day("2026-11-23")).timestamp() + hour * 3_600;
        assert_eq!(days_of(at(12), at(12) + 599), BTreeSet::from([day("2026-11-23")]));
        assert_eq!(days_of(at(1), at(1) + 599), BTreeSet::from([day("2026-11-22"), day("2026-11-23")]));
        assert_eq!(days_of(at(22), at(22) + 599), BTreeSet::from([day("2026-11-23"), day("2026-11-24")]));
    }
}
