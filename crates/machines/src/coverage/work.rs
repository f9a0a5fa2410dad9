//! Counting looks beside the events, a stretch of the intake at a time: the judge of events knows nothing of it.

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use http_api::Answer;
use kernel::position::Position;

use super::{
    HOURS,
    store::{self, Kept, Looks},
};
use crate::Machines;

/// How often the counter looks.
const LOOK: Duration = Duration::from_secs(60);
/// So much of the intake is counted in one transaction.
fn stretch() -> TimeDelta {
    TimeDelta::minutes(30)
}
/// An event bears the time at which its batch was begun: after so long every batch of then is committed.
fn settled() -> TimeDelta {
    TimeDelta::minutes(2)
}

impl Machines {
    /// Counts for as long as it is let.
    pub async fn work_coverage(&self) {
        loop {
            match self.count_coverage().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::warn!(code = error.problem().code, "looks of devices could not be counted; tried again shortly"),
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Counts the next stretch; `true` when there is more.
    ///
    /// # Errors
    /// The database's; then nothing of the stretch was counted.
    pub async fn count_coverage(&self) -> Answer<bool> {
        let (region, now) = (self.home_region(), self.clock().now());
        let mut transaction = self.database().pool().begin().await?;
        let Some(from) = store::mark(&mut transaction, region).await? else { return Ok(false) };
        let to = (from + stretch()).min(now - settled());
        if to <= from {
            return Ok(false);
        }
        let looks = store::taken(&mut transaction, region, (from, to)).await?;
        let mut days: Vec<NaiveDate> = looks.iter().map(|one| one.day).collect();
        days.sort_unstable();
        days.dedup();
        let kept = store::of_days(&mut transaction, region, &days).await?;
        let rows = added(kept, &looks, |one| self.grid_of(one));
        store::keep(&mut transaction, region, &rows).await?;
        store::set_mark(&mut transaction, region, to).await?;
        transaction.commit().await?;
        Ok(to < settled_by(now))
    }

    /// The grid in which a device looked.
    fn grid_of(&self, one: &Looks) -> Option<String> {
        match one.lon.zip(one.lat) {
            Some((lon, lat)) => self.catalogue().place(Position::new(lon, lat).ok()?).grid_code().map(str::to_owned),
            None => Some(one.jurisdiction.clone()).filter(|place| place.len() == 15),
        }
    }
}

fn settled_by(now: DateTime<Utc>) -> DateTime<Utc> {
    now - settled()
}

/// The rows that change, with the looks added to what was kept: pure.
fn added(kept: Vec<Kept>, looks: &[Looks], grid_of: impl Fn(&Looks) -> Option<String>) -> Vec<Kept> {
    let mut rows: BTreeMap<(NaiveDate, String, i16), (Vec<i64>, bool)> =
        kept.into_iter().map(|row| ((row.day, row.grid, row.kind), (row.hours, false))).collect();
    for one in looks {
        let key = (one.day, grid_of(one).unwrap_or_default(), one.kind);
        let (hours, changed) = rows.entry(key).or_default();
        hours.resize(HOURS, 0);
        if let Some(hour) = usize::try_from(one.hour).ok().and_then(|hour| hours.get_mut(hour)) {
            *hour += one.looks;
            *changed = true;
        }
    }
    let changed = rows.into_iter().filter(|(_, (_, changed))| *changed);
    changed.map(|((day, grid, kind), (hours, _))| Kept { day, grid, kind, hours }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_added_to_what_was_kept_and_what_did_not_change_is_not_written() {
        let day: NaiveDate = "2026-11-02".parse().unwrap();
        let mut nine = vec![0; HOURS];
        nine[9] = 2;
        let kept = |grid: &str, kind: i16| Kept { day, grid: grid.into(), kind, hours: nine.clone() };
        let one = |grid: &str, hour: i16, looks: i64| Looks { jurisdiction: grid.into(), kind: 22, day, hour, lon: None, lat: None, looks };
        let looks = [one("a", 9, 3), one("a", 10, 1), one("", 0, 7)];
        let rows = added(vec![kept("a", 22), kept("b", 22)], &looks, |one| Some(one.jurisdiction.clone()));
        assert_eq!(rows.iter().map(|row| row.grid.as_str()).collect::<Vec<_>>(), ["", "a"]);
        assert_eq!((rows[0].hours[0], rows[1].hours[9], rows[1].hours[10]), (7, 5, 1));
    }
}
