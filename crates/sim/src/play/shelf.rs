//! Work that is left lying, so that whoever tries the city finds something to do.

use chrono::{Duration, Utc};

use super::{Due, Play, stage};

/// The simulator leaves work for those who try the city, from so long before the present.
const LEAVE_WORK: Duration = Duration::hours(20);
/// New reports pile up only shortly before the present: their limits are a quarter of an hour.
const LEAVE_NEW_WORK: Duration = Duration::minutes(90);
/// So many of a shelf may become overdue there; colleagues see to the others in time.
const LEAVE_LATE: usize = 2;

/// The queues in which the simulator leaves work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shelf {
    Triage,
    Filing,
    Dispatch,
    Extension,
    OrderCheck,
    Closing,
    Verify,
    CollectorsOwn,
    UnitsOwn,
}

impl Shelf {
    /// So many lie on it before the oldest is done.
    pub(super) const fn keeps(self) -> usize {
        match self {
            Self::Triage => 15,
            Self::Filing | Self::OrderCheck => 6,
            Self::Dispatch | Self::Closing => 5,
            Self::Extension => 4,
            Self::Verify => 3,
            Self::CollectorsOwn => 4,
            Self::UnitsOwn => 5,
        }
    }

    const fn since_when(self) -> Duration {
        match self {
            Self::Triage | Self::Filing => LEAVE_NEW_WORK,
            _ => LEAVE_WORK,
        }
    }
}

impl Play<'_> {
    /// Near the present some work is left lying: a case goes on its shelf, and only what the shelf cannot hold is done, the oldest first.
    pub(super) fn shelved(&mut self, index: usize) -> Option<usize> {
        let case = &self.cases[index];
        let own = case.collector.as_deref() == Some(stage::OWN_COLLECTOR);
        let shelf = match case.state.as_str() {
            "reported" => Shelf::Triage,
            "accepted" => Shelf::Filing,
            "filed" => Shelf::Dispatch,
            "dispatched" | "fixing" if case.extension_pending => Shelf::Extension,
            "fixed" => Shelf::OrderCheck,
            "checked" => Shelf::Closing,
            "verifying" => Shelf::Verify,
            "checking" if own => Shelf::CollectorsOwn,
            "dispatched" | "fixing" if case.unit.as_deref() == self.stage.own_unit() => Shelf::UnitsOwn,
            _ => return Some(index),
        };
        if !self.live && self.now + shelf.since_when() < Utc::now() {
            return Some(index);
        }
        let waiting = self.shelves.entry(shelf).or_default();
        waiting.push_back(index);
        if waiting.len() <= shelf.keeps() {
            return None;
        }
        let oldest = waiting.pop_front()?;
        Some(oldest)
    }

    /// Takes from the shelves what is about to be late, but for a few: whoever tries the city should meet red lights, not a sea of them.
    pub(super) fn relieve(&mut self) {
        let soon = self.now + Duration::minutes(3);
        let mut taken = Vec::new();
        for waiting in self.shelves.values_mut() {
            let spare = waiting.len().saturating_sub(LEAVE_LATE);
            let late: Vec<usize> =
                waiting.iter().copied().filter(|&index| self.cases[index].due_at.is_some_and(|due| due < soon)).take(spare).collect();
            waiting.retain(|index| !late.contains(index));
            taken.extend(late);
        }
        for index in taken {
            self.plan(self.now, Due::Relief(index));
        }
    }
}
