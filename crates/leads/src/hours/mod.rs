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
}

/// The calendars of the units that have versions.
pub(crate) fn calendars(house: &Calendar, tree: &OrganisationTree, versions: Vec<store::Version>) -> HashMap<Uuid, Calendar> {
    let mut of: HashMap<Uuid, Vec<store::Version>> = HashMap::new();
    for version in versions {
        of.entry(version.unit_id).or_default().push(version);
    }
    of.into_iter().map(|(unit, versions)| (unit, house.of_unit(Arc::new(hours(tree, unit, versions))))).collect()
}

/// The hours of one unit from its versions, in the order in which they were entered.
fn hours(tree: &OrganisationTree, unit: Uuid, versions: Vec<store::Version>) -> UnitHours {
    let last = versions.iter().map(|version| version.number).max().unwrap_or_default();
    let unit = tree.get(unit).map_or("本单位", |unit| unit.name.as_str());
    // What was refused when it was entered is not in the table; what somebody bent there counts as the house's.
    let weeks = versions.into_iter().map(|version| (version.from_day, version.week()));
    UnitHours::new(format!("{unit}工作时间（第 {last} 号）"), weeks.collect())
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
