//! The timer of a service limit (计时器): what starts, pauses, extends, stops and restarts it, and what it reads.
//!
//! The timer keeps the stretches during which its clock ran, not the due time: every reading is counted anew, so that a
//! calendar that changes during the year changes the reading and nothing else. The disposal timer starts when a unit is
//! given the task and stops when the unit replies; suspension (挂账) pauses it; a granted extension (延期) adds to it; a
//! send-back (回退) stops it and restarts the dispatch timer; rework (返工) restarts it with a fresh or the remaining limit.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    kept::Kept,
    limit::{ServiceClock, ServiceLimit},
    working_time,
};
use crate::{calendar::Calendar, id::OrganisationId, light::Light};

/// What a timer is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimerPhase {
    /// Counting (计时中).
    Running,
    /// Suspended (挂账，暂停计时).
    Paused,
    /// Ended (已停止).
    Stopped,
}

/// What a restarted timer may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allowance {
    /// The whole limit again, extensions forgotten.
    Fresh,
    /// What was left when it stopped.
    Remaining,
}

/// From where on the light is yellow (预警点).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WarnPoint {
    /// After so many per cent of the limit, 0 to 100.
    Share(u8),
    /// So many minutes of the timer's own clock before the end.
    Before(u32),
}

impl WarnPoint {
    /// In words: 用到 80% 亮黄灯, 到期前 2 小时亮黄灯.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Share(percent) => format!("用到 {percent}% 亮黄灯"),
            Self::Before(minutes) => format!("到期前 {}亮黄灯", super::duration_words(i64::from(minutes) * 60)),
        }
    }
}

/// Why a timer did not obey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimerRefusal {
    /// Only a running timer can be paused.
    #[error("计时未在进行，不能暂停")]
    NotRunning,
    /// Only a paused timer can be resumed.
    #[error("计时未暂停，不能恢复")]
    NotPaused,
    /// A stopped timer can only be restarted.
    #[error("计时已停止")]
    Stopped,
    /// Only a stopped timer can be restarted.
    #[error("计时尚未停止，不能重新开始")]
    NotStopped,
    /// An extension must be measured by the timer's own clock.
    #[error("延期的单位与原时限不是同一种计时")]
    OtherClock,
}

/// A stretch during which the clock ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stretch {
    pub(super) from: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) to: Option<DateTime<Utc>>,
}

/// A service-limit timer (时限计时器); its JSON is what the docket stores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    limit: ServiceLimit,
    extended_minutes: u32,
    warn_percent: u8,
    /// Minutes of its clock before the end at which it warns; the share does not count then.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    warn_before: Option<u32>,
    /// The unit whose hours count; the house's without.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    unit: Option<OrganisationId>,
    round: u32,
    phase: TimerPhase,
    pub(super) stretches: Vec<Stretch>,
    #[serde(skip_serializing_if = "Kept::is_nothing", default)]
    pub(super) kept: Kept,
}

/// What a timer shows at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// What it is doing.
    pub phase: TimerPhase,
    /// When the limit runs out; of a paused timer, when it would if it were resumed now; of a stopped one, when it would have.
    pub due_at: DateTime<Utc>,
    /// When the yellow light comes on, with the same meaning.
    pub warn_at: DateTime<Utc>,
    /// Seconds of its clock left; negative once it has run out.
    pub remaining_seconds: i64,
    /// Seconds of its clock used.
    pub spent_seconds: i64,
    /// The light; none once it has stopped.
    pub light: Option<Light>,
    /// Whether it stopped in time; none before that.
    pub met: Option<bool>,
    /// The count touches a year whose calendar is not published.
    pub provisional: bool,
}

impl Timer {
    /// The share of the limit after which a timer warns, in per cent, unless it is told otherwise.
    pub const WARN_PERCENT: u8 = 80;

    /// A timer that starts to count at `at`.
    #[must_use]
    pub fn start(limit: ServiceLimit, at: DateTime<Utc>) -> Self {
        Self {
            limit,
            extended_minutes: 0,
            warn_percent: Self::WARN_PERCENT,
            warn_before: None,
            unit: None,
            round: 1,
            phase: TimerPhase::Running,
            stretches: vec![Stretch { from: at, to: None }],
            kept: Kept::default(),
        }
    }

    /// The same timer, warning from this point on.
    #[must_use]
    pub fn warning_from(mut self, point: WarnPoint) -> Self {
        match point {
            WarnPoint::Share(percent) => (self.warn_percent, self.warn_before) = (percent.min(100), None),
            WarnPoint::Before(minutes) => self.warn_before = Some(minutes),
        }
        self
    }

    /// The same timer, counting by the hours of a unit.
    #[must_use]
    pub fn counting_for(self, unit: Option<OrganisationId>) -> Self {
        Self { unit, ..self }
    }

    /// The unit whose hours count; none where they are the house's.
    #[must_use]
    pub fn unit(&self) -> Option<OrganisationId> {
        self.unit
    }

    /// From where on it warns.
    #[must_use]
    pub fn warn_point(&self) -> WarnPoint {
        self.warn_before.map_or(WarnPoint::Share(self.warn_percent), WarnPoint::Before)
    }

    /// The limit it was started with, without extensions.
    #[must_use]
    pub fn limit(&self) -> ServiceLimit {
        self.limit
    }

    /// Minutes added by granted extensions (延期) in this round.
    #[must_use]
    pub fn extended_minutes(&self) -> u32 {
        self.extended_minutes
    }

    /// What it is doing.
    #[must_use]
    pub fn phase(&self) -> TimerPhase {
        self.phase
    }

    /// How often it has been started: 1 at first, more after rework or send-back.
    #[must_use]
    pub fn round(&self) -> u32 {
        self.round
    }

    /// When this round began.
    #[must_use]
    pub fn started_at(&self) -> DateTime<Utc> {
        self.stretches.first().map_or(DateTime::UNIX_EPOCH, |stretch| stretch.from)
    }

    /// Pauses it: suspension (挂账).
    ///
    /// # Errors
    /// When it is not running.
    pub fn pause(&self, at: DateTime<Utc>) -> Result<Self, TimerRefusal> {
        match self.phase {
            TimerPhase::Running => Ok(self.closed(at, TimerPhase::Paused)),
            TimerPhase::Paused => Err(TimerRefusal::NotRunning),
            TimerPhase::Stopped => Err(TimerRefusal::Stopped),
        }
    }

    /// Lets it run again after a suspension (恢复).
    ///
    /// # Errors
    /// When it is not paused.
    pub fn resume(&self, at: DateTime<Utc>) -> Result<Self, TimerRefusal> {
        match self.phase {
            TimerPhase::Paused => Ok(self.opened(at)),
            TimerPhase::Running => Err(TimerRefusal::NotPaused),
            TimerPhase::Stopped => Err(TimerRefusal::Stopped),
        }
    }

    /// Adds a granted extension (延期); one granted after the limit ran out counts from where it ran out.
    ///
    /// # Errors
    /// When it has stopped, or the extension is in hours of the other clock.
    pub fn extend(&self, by: ServiceLimit) -> Result<Self, TimerRefusal> {
        if self.phase == TimerPhase::Stopped {
            return Err(TimerRefusal::Stopped);
        }
        if by.unit().clock() != self.clock() {
            return Err(TimerRefusal::OtherClock);
        }
        let extended_minutes = self.extended_minutes.saturating_add(by.minutes());
        Ok(Self { extended_minutes, ..self.clone() })
    }

    /// Ends it: the reply came, or the task was sent back (回退).
    ///
    /// # Errors
    /// When it has stopped already.
    pub fn stop(&self, at: DateTime<Utc>) -> Result<Self, TimerRefusal> {
        match self.phase {
            TimerPhase::Running => Ok(self.closed(at, TimerPhase::Stopped)),
            TimerPhase::Paused => Ok(Self { phase: TimerPhase::Stopped, ..self.clone() }),
            TimerPhase::Stopped => Err(TimerRefusal::Stopped),
        }
    }

    /// Starts it anew after a stop: rework (返工), or the dispatch timer after a send-back.
    ///
    /// # Errors
    /// When it has not stopped.
    pub fn restart(&self, at: DateTime<Utc>, allowance: Allowance) -> Result<Self, TimerRefusal> {
        if self.phase != TimerPhase::Stopped {
            return Err(TimerRefusal::NotStopped);
        }
        let round = self.round.saturating_add(1);
        Ok(match allowance {
            Allowance::Fresh => {
                Self { round, ..Self::start(self.limit, self.not_before_last(at)).warning_from(self.warn_point()).counting_for(self.unit) }
            }
            Allowance::Remaining => Self { round, ..self.opened(at) },
        })
    }

    /// When the limit runs out if nothing more happens; none while it is paused with time left, or after it stopped in time.
    #[must_use]
    pub fn due_at(&self, calendar: &Calendar) -> Option<DateTime<Utc>> {
        self.reach(calendar, self.budget_seconds(), None)
    }

    /// When the yellow light comes on if nothing more happens.
    #[must_use]
    pub fn warn_at(&self, calendar: &Calendar) -> Option<DateTime<Utc>> {
        self.reach(calendar, self.warn_seconds(), None)
    }

    /// Everything it shows at `now`.
    #[must_use]
    pub fn read(&self, calendar: &Calendar, now: DateTime<Utc>) -> Reading {
        let now = self.not_before_last(now);
        let stopped_at = self.stopped_at();
        let tail = Some(stopped_at.unwrap_or(now));
        let (budget, warn) = (self.budget_seconds(), self.warn_seconds());
        // With a tail the walk always reaches its end; the fallback is never taken.
        let due_at = self.reach(calendar, budget, tail).unwrap_or(now);
        let warn_at = self.reach(calendar, warn, tail).unwrap_or(due_at);
        let spent = self.spent_seconds(calendar, now);
        let light = match self.phase {
            TimerPhase::Stopped => None,
            _ if spent >= budget => Some(Light::Red),
            _ if spent >= warn => Some(Light::Yellow),
            _ => Some(Light::Green),
        };
        let first = self.started_at().min(due_at);
        Reading {
            phase: self.phase,
            due_at,
            warn_at,
            remaining_seconds: budget - spent,
            spent_seconds: spent,
            light,
            met: stopped_at.map(|at| at.timestamp() <= due_at.timestamp()),
            provisional: working_time::is_provisional(calendar, self.clock(), first, due_at),
        }
    }

    /// Its clock.
    #[must_use]
    pub fn clock(&self) -> ServiceClock {
        self.limit.unit().clock()
    }

    fn granted_seconds(&self) -> i64 {
        (i64::from(self.limit.minutes()) + i64::from(self.extended_minutes)) * 60
    }

    pub(super) fn budget_seconds(&self) -> i64 {
        self.granted_seconds() + self.kept.due
    }

    pub(super) fn warn_seconds(&self) -> i64 {
        let granted = self.granted_seconds();
        let plain = match self.warn_point() {
            WarnPoint::Share(percent) => granted * i64::from(percent) / 100,
            // A limit shorter than that warns from its beginning.
            WarnPoint::Before(minutes) => (granted - i64::from(minutes) * 60).max(0),
        };
        (plain + self.kept.warn).min(self.budget_seconds())
    }

    fn spent_seconds(&self, calendar: &Calendar, now: DateTime<Utc>) -> i64 {
        let spent = |stretch: &Stretch| working_time::elapsed(calendar, self.limit.unit(), stretch.from, stretch.to.unwrap_or(now));
        self.stretches.iter().map(spent).sum()
    }

    /// The instant at which `seconds` have been counted; past the last closed stretch the clock is taken to run on from `tail`.
    fn reach(&self, calendar: &Calendar, seconds: i64, tail: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        let mut left = seconds;
        for stretch in &self.stretches {
            if let Some(to) = stretch.to {
                let counted = working_time::elapsed(calendar, self.limit.unit(), stretch.from, to);
                if counted < left {
                    left -= counted;
                    continue;
                }
            }
            return Some(working_time::advance(calendar, self.limit.unit(), stretch.from, left));
        }
        tail.map(|from| working_time::advance(calendar, self.limit.unit(), from, left))
    }

    fn stopped_at(&self) -> Option<DateTime<Utc>> {
        (self.phase == TimerPhase::Stopped).then(|| self.last_event())
    }

    fn last_event(&self) -> DateTime<Utc> {
        self.stretches.last().map_or(DateTime::UNIX_EPOCH, |stretch| stretch.to.unwrap_or(stretch.from))
    }

    /// A clock that stepped back neither lengthens nor shortens what has been counted.
    fn not_before_last(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        at.max(self.last_event())
    }

    fn closed(&self, at: DateTime<Utc>, phase: TimerPhase) -> Self {
        let at = self.not_before_last(at);
        let mut timer = Self { phase, ..self.clone() };
        if let Some(last) = timer.stretches.last_mut() {
            last.to = Some(at);
        }
        timer
    }

    fn opened(&self, at: DateTime<Utc>) -> Self {
        let from = self.not_before_last(at);
        let mut timer = Self { phase: TimerPhase::Running, ..self.clone() };
        timer.stretches.push(Stretch { from, to: None });
        timer
    }
}
