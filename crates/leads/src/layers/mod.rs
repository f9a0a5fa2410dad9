//! Levels of response (分层响应，市—县—镇): which unit is above which, and how the levels share the disposal limit.
//!
//! Table: `layer_setting`. A unit's level is that of the ground it works on: four digits and fewer are the city's, six the county's, more a
//! township's. Where the city set shares, a unit that is dispatched to has those of its level and of the levels below it, and what is raised to
//! it has those of the levels in between; where it did not, what moves takes along what is left of the limit.

pub(crate) mod setting;
pub(crate) mod store;
mod work;

use chrono::{DateTime, Utc};
use docket::{DeadlineRow, DeadlineState};
use identity::OrganisationTree;
use kernel::deadline::service::ServiceLimit;
use uuid::Uuid;

use crate::{
    hours::Calendars,
    lead::{Action, Layer, Limit, rules},
};

/// A level of government, the lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// 镇街
    Township,
    /// 县（市、区）
    County,
    /// 市
    City,
}

impl Level {
    /// The level of the ground that a region's code names (GB/T 2260: four digits a city, six a county).
    pub(crate) const fn of(region: &str) -> Self {
        match region.len() {
            0..=4 => Self::City,
            5 | 6 => Self::County,
            _ => Self::Township,
        }
    }
}

/// What each level has of the disposal limit, in percent; together a hundred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shares {
    pub township: u8,
    pub county: u8,
    pub city: u8,
}

impl Shares {
    /// Percent of the levels above `from` up to and with `to`; of all up to `to` where it comes from nowhere.
    fn between(self, from: Option<Level>, to: Level) -> u32 {
        [(Level::Township, self.township), (Level::County, self.county), (Level::City, self.city)]
            .into_iter()
            .filter(|(level, _)| from.is_none_or(|from| *level > from) && *level <= to)
            .map(|(_, percent)| u32::from(percent))
            .sum()
    }
}

/// How levels respond. Both are off until a city turns them on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Layers {
    /// What ran out at one level is raised to the next by itself.
    pub automatic: bool,
    pub shares: Option<Shares>,
}

impl Layers {
    /// How much of a disposal limit a unit of this level has that it is dispatched to.
    pub(crate) fn of_dispatch(self, whole: ServiceLimit, to: Option<Level>) -> ServiceLimit {
        self.shares.zip(to).map_or(whole, |(shares, to)| portion(whole, shares.between(None, to)))
    }
}

/// So many percent of a limit.
fn portion(whole: ServiceLimit, percent: u32) -> ServiceLimit {
    ServiceLimit::of_minutes((whole.minutes() * percent / 100).max(1), whole.unit()).unwrap_or(whole)
}

/// The unit above one that is of a higher level, the nearest first; none at the top.
pub(crate) fn above(tree: &OrganisationTree, unit: Uuid) -> Option<Uuid> {
    let own = Level::of(&tree.get(unit)?.region);
    let mut at = tree.get(unit)?.parent_id;
    // A tree that somebody bent into a ring ends the walk as well.
    for _ in 0..32 {
        let one = tree.get(at?)?;
        if one.active && Level::of(&one.region) > own {
            return Some(one.id);
        }
        at = one.parent_id;
    }
    None
}

/// Whether a unit that is in use lies below another.
pub(crate) fn is_below(tree: &OrganisationTree, below: Uuid, above: Uuid) -> bool {
    below != above && tree.is_within(below, above) && tree.get(below).is_some_and(|unit| unit.active)
}

/// Where a lead's unit stands among the levels.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Place {
    /// There is a unit of a higher level above it.
    pub above: bool,
    /// There are units in use below it.
    pub below: bool,
}

impl Place {
    pub(crate) fn of(tree: &OrganisationTree, unit: Option<Uuid>) -> Self {
        let Some(unit) = unit else { return Self::default() };
        Self { above: above(tree, unit).is_some(), below: tree.subtree(unit).iter().any(|one| is_below(tree, *one, unit)) }
    }
}

/// A disposal limit that begins with an action.
pub(crate) struct Beginning<'a> {
    pub tree: &'a OrganisationTree,
    pub layers: Layers,
    pub action: &'a Action,
    /// The unit that had it, and the one that has it then.
    pub from: Option<Uuid>,
    pub to: Option<Uuid>,
    /// The limits as they stand.
    pub standing: &'a [DeadlineRow],
    pub calendars: &'a Calendars,
    pub now: DateTime<Utc>,
}

impl Beginning<'_> {
    /// How long it is; `whole` is the lead's own disposal limit.
    pub(crate) fn length(&self, whole: ServiceLimit) -> ServiceLimit {
        let level = |unit: Option<Uuid>| unit.and_then(|unit| self.tree.get(unit)).map(|unit| Level::of(&unit.region));
        match (self.action, self.layers.shares, level(self.to)) {
            (Action::Dispatch, _, to) => self.layers.of_dispatch(whole, to),
            (Action::Layer(Layer::Raise), Some(shares), Some(to)) => portion(whole, shares.between(level(self.from), to)),
            (Action::Layer(_), ..) => self.left(whole).unwrap_or(whole),
            _ => whole,
        }
    }

    /// What is left of the running limit, and never less than the house gives to whoever comes new to it, nor more than the whole: nobody gains
    /// time by raising.
    fn left(&self, whole: ServiceLimit) -> Option<ServiceLimit> {
        let running = |row: &&DeadlineRow| row.name == Limit::Fix.code() && row.state == DeadlineState::Running.code();
        let row = self.standing.iter().rev().find(running)?;
        let timer = self.calendars.timer_of(row)?;
        let left = timer.read(self.calendars.of_timer(&timer), self.now).remaining_seconds / 60;
        let minutes = u32::try_from(left).unwrap_or(0).max(rules::LEAST_AFTER_MOVE_MINUTES).min(whole.minutes());
        ServiceLimit::of_minutes(minutes, timer.limit().unit()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_all_levels_are_the_whole_however_it_goes_up() {
        let shares = Shares { township: 60, county: 25, city: 15 };
        assert_eq!((Level::of("330482901"), Level::of("330482"), Level::of("3304")), (Level::Township, Level::County, Level::City));
        assert_eq!(shares.between(None, Level::Township), 60);
        assert_eq!(shares.between(None, Level::County), 85);
        assert_eq!(shares.between(None, Level::City), 100);
        assert_eq!(shares.between(Some(Level::Township), Level::County), 25);
        assert_eq!(shares.between(Some(Level::Township), Level::City), 40);
        let step_by_step = shares.between(None, Level::Township)
            + shares.between(Some(Level::Township), Level::County)
            + shares.between(Some(Level::County), Level::City);
        assert_eq!(step_by_step, 100);
    }
}
