//! A told day stays (已告知的期限不提前): where another calendar would count an earlier one, the timer takes the difference up itself, so that
//! pauses, extensions, light and words go on from the day that was told.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    timer::{Timer, TimerPhase},
    working_time,
};
use crate::calendar::Calendar;

/// What a timer was given so that nothing became earlier than it was told; seconds of its own clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// Added to the limit.
    #[serde(default)]
    pub(super) due: i64,
    /// Added to the warning point.
    #[serde(default)]
    pub(super) warn: i64,
    /// What was told when it was paused: the calendar may change before it is resumed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    told: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

impl Kept {
    pub(super) fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl Timer {
    /// The same timer as if nothing had been kept: for counting anew with another calendar.
    #[must_use]
    pub fn counted_afresh(mut self) -> Self {
        self.kept = Kept::default();
        self
    }

    /// Seconds of its clock that it has besides the limit and the extensions, so that a told day stays.
    #[must_use]
    pub fn kept_seconds(&self) -> i64 {
        self.kept.due
    }

    /// The same timer, running out no earlier than `due` and warning no earlier than `warn`; nothing where it does not run.
    ///
    /// Where the told instant lies outside its hours, or between two seconds of its clock, it comes out as the next one inside.
    #[must_use]
    pub fn keeping(mut self, calendar: &Calendar, due: Option<DateTime<Utc>>, warn: Option<DateTime<Utc>>) -> Self {
        if self.phase() != TimerPhase::Running {
            return self;
        }
        let earlier = |reached: Option<DateTime<Utc>>, told: DateTime<Utc>| reached.is_some_and(|at| at.timestamp() < told.timestamp());
        if let Some(told) = due.filter(|told| earlier(self.due_at(calendar), *told)) {
            self.kept.due += self.counted_until(calendar, told) - self.budget_seconds();
            // The clock stands still at what was told: the first instant of so much lies before it, that of one more after it.
            if earlier(self.due_at(calendar), told) {
                self.kept.due += 1;
            }
        }
        if let Some(told) = warn.filter(|told| earlier(self.warn_at(calendar), *told)) {
            self.kept.warn += self.counted_until(calendar, told) - self.warn_seconds();
            if earlier(self.warn_at(calendar), told) {
                self.kept.warn += 1;
            }
        }
        self
    }

    /// The same timer, remembering while it is paused what was told of it.
    #[must_use]
    pub fn remembering(mut self, due: Option<DateTime<Utc>>, warn: Option<DateTime<Utc>>) -> Self {
        if self.phase() == TimerPhase::Paused {
            self.kept.told = due.zip(warn).or(self.kept.told);
        }
        self
    }

    /// The same timer, once it runs again, keeping what was told when it was paused.
    #[must_use]
    pub fn keeping_remembered(mut self, calendar: &Calendar) -> Self {
        if self.phase() != TimerPhase::Running {
            return self;
        }
        let told = self.kept.told.take();
        self.keeping(calendar, told.map(|(due, _)| due), told.map(|(_, warn)| warn))
    }

    /// Seconds that its clock has counted by `at`, if it runs on until then.
    fn counted_until(&self, calendar: &Calendar, at: DateTime<Utc>) -> i64 {
        let counted = |to: Option<DateTime<Utc>>| to.map_or(at, |to| to.min(at));
        self.stretches.iter().map(|it| working_time::elapsed(calendar, self.limit().unit(), it.from, counted(it.to))).sum()
    }
}
