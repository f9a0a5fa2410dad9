//! Service limits (处置时限): how long the city gives itself, in the four units of its time-limit tables.
//!
//! Two clocks measure them. The continuous one (紧急) runs through nights and holidays; the office one runs from 08:00 to
//! 12:00 and from 14:00 to 18:00 of working days, a working day being eight such hours counted from the minute it starts. Where the calendar is
//! that of a unit with hours of its own ([`crate::hours`]), these count, and a working day is a day of that unit, however long.

mod kept;
mod limit;
mod steps;
mod timer;
mod unit_time;
mod words;
mod working_time;

pub use limit::{LimitError, ServiceClock, ServiceLimit, ServiceUnit};
pub use steps::{duration_words, steps};
pub use timer::{Allowance, Reading, Timer, TimerPhase, TimerRefusal, WarnPoint};

use chrono::{DateTime, Utc};

use crate::calendar::Calendar;

/// When a limit that starts at `from` and is never interrupted runs out.
#[must_use]
pub fn due(calendar: &Calendar, from: DateTime<Utc>, limit: ServiceLimit) -> DateTime<Utc> {
    working_time::advance(calendar, limit.unit(), from, limit.seconds())
}

/// Seconds that `clock` counts between two instants, by the hour; 0 when `to` is not after `from`.
#[must_use]
pub fn elapsed(calendar: &Calendar, clock: ServiceClock, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    let unit = if clock == ServiceClock::Continuous { ServiceUnit::UrgentHour } else { ServiceUnit::WorkingHour };
    working_time::elapsed(calendar, unit, from, to)
}
