//! Working hours of units (单位工作时间): a unit may have its own, in versions that begin on a day with a reason; the limits of what it was given
//! count by them. The centre's own steps count by the house's.
//!
//! Table: `unit_hours`, added to only. A timer names the unit whose hours count it, so that every reading finds the same; when a version is
//! entered, the unit's running limits are counted again, and none becomes earlier than it was told
//! ([ADR 0033](../../../docs/decisions/0033-a-timer-names-its-unit.md)).

pub(crate) mod preview;
pub(crate) mod save;
pub(crate) mod store;
mod work;

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use docket::DeadlineRow;
use identity::OrganisationTree;
use kernel::{
    calendar::Calendar,
    deadline::service::Timer,
    hours::{UnitHours, Week},
    id::OrganisationId,
};
use uuid::Uuid;

use crate::Leads;

/// The calendars by which limits count: the house's, and those of units with hours of their own.
#[derive(Debug, Clone)]
pub(crate) struct Calendars {
    house: Arc<Calendar>,
    units: Arc<HashMap<Uuid, Calendar>>,
}

impl Calendars {
    pub(crate) const fn new(house: Arc<Calendar>, units: Arc<HashMap<Uuid, Calendar>>) -> Self {
        Self { house, units }
    }

    /// The calendar of a unit; the house's for nobody, and for a unit without hours of its own.
    pub(crate) fn of(&self, unit: Option<OrganisationId>) -> &Calendar {
        unit.and_then(|unit| self.units.get(&unit.uuid())).unwrap_or(&self.house)
    }

    /// The calendar by which a timer counts.
    pub(crate) fn of_timer(&self, timer: &Timer) -> &Calendar {
        self.of(timer.unit())
    }

    /// The timer of a limit, keeping what was told of it; none where it cannot be read.
    pub(crate) fn timer_of(&self, row: &DeadlineRow) -> Option<Timer> {
        let timer: Timer = serde_json::from_value(row.timer.clone()).ok()?;
        let calendar = self.of_timer(&timer);
        Some(timer.keeping(calendar, row.due_at, row.warn_at))
    }
}

/// The calendars of the units that have versions, called by the ones in force on `day`.
pub(crate) fn calendars(
    house: &Calendar,
    tree: &OrganisationTree,
    versions: Vec<store::Version>,
    day: NaiveDate,
) -> HashMap<Uuid, Calendar> {
    let mut of: HashMap<Uuid, Vec<store::Version>> = HashMap::new();
    for version in versions {
        of.entry(version.unit_id).or_default().push(version);
    }
    of.into_iter().map(|(unit, versions)| (unit, house.of_unit(Arc::new(hours(tree, unit, versions, day))))).collect()
}

/// The hours of one unit from its versions, in the order in which they were entered.
fn hours(tree: &OrganisationTree, unit: Uuid, versions: Vec<store::Version>, day: NaiveDate) -> UnitHours {
    let number = in_force(&versions, day).map_or_else(|| "尚未起用".to_owned(), |number| format!("第 {number} 号"));
    let unit = tree.get(unit).map_or("本单位", |unit| unit.name.as_str());
    // What was refused when it was entered is not in the table; what somebody bent there counts as the house's.
    let weeks = versions.into_iter().map(|version| (version.from_day, version.week()));
    UnitHours::new(format!("{unit}工作时间（{number}）"), weeks.collect())
}

/// The number of the version that counts on a day; none before the first.
fn in_force(versions: &[store::Version], day: NaiveDate) -> Option<i64> {
    versions.iter().filter(|it| it.from_day <= day).max_by_key(|it| (it.from_day, it.number)).map(|it| it.number)
}

impl store::Version {
    /// The week of it; none is the house's hours.
    pub(crate) fn week(&self) -> Option<Week> {
        Week::read(&self.week.as_ref()?.0, self.through_holidays).ok()
    }
}

impl Leads {
    /// The calendars as they are known here: those of units as of the last look at the settings, at most two seconds old where work is done.
    pub(crate) fn calendars(&self) -> Calendars {
        Calendars::new(self.house_calendar(), self.unit_calendars().read().map(|held| held.clone()).unwrap_or_default())
    }

    /// Keeps the calendars that the settings were read with.
    pub(crate) fn keep_unit_calendars(&self, units: HashMap<Uuid, Calendar>) {
        if let Ok(mut held) = self.unit_calendars().write() {
            *held = Arc::new(units);
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Days};

    use super::*;

    #[test]
    fn the_version_in_force_gives_the_name_and_not_the_last_one_entered() {
        let first = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
        let version = |number: i64, ahead: u64| store::Version {
            number,
            unit_id: Uuid::nil(),
            from_day: first + Days::new(ahead),
            week: None,
            through_holidays: false,
            reason: String::new(),
            made_by: Uuid::nil(),
            made_at: DateTime::UNIX_EPOCH,
            recounted_at: None,
            moved: 0,
        };
        let versions = [version(1, 0), version(2, 30), version(3, 5), version(4, 5)];
        let on = |ahead: u64| in_force(&versions, first + Days::new(ahead));
        assert_eq!((on(0), on(4), on(5), on(30)), (Some(1), Some(1), Some(4), Some(2)));
        assert_eq!(in_force(&versions[1..2], first), None);
    }
}
