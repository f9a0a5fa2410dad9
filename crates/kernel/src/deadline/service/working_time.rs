//! Arithmetic on the two clocks, in whole seconds and without stepping through the time between.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use super::{
    limit::{ServiceClock, ServiceUnit},
    unit_time::{self, Measure},
};
use crate::{calendar::Calendar, clock::shanghai};

/// Office hours (工作时间), in seconds of the day: 08:00–12:00 and 14:00–18:00.
const MORNING: (i64, i64) = (8 * 3600, 12 * 3600);
const AFTERNOON: (i64, i64) = (14 * 3600, 18 * 3600);
const HALF: i64 = MORNING.1 - MORNING.0;
/// Seconds in a working day.
pub(super) const WORKING_DAY: i64 = HALF + (AFTERNOON.1 - AFTERNOON.0);

/// The date in Shanghai and the second of that day; parts of a second are dropped.
pub(super) fn local(at: DateTime<Utc>) -> (NaiveDate, i64) {
    let local = at.with_timezone(&shanghai()).naive_local();
    (local.date(), i64::from(chrono::Timelike::num_seconds_from_midnight(&local.time())))
}

/// The instant at which `second` of `date` begins in Shanghai.
pub(super) fn instant(date: NaiveDate, second: i64) -> DateTime<Utc> {
    let midnight = date.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::hours(8);
    midnight + TimeDelta::seconds(second)
}

/// Office seconds that have passed on a working day when `second` of it begins.
pub(super) fn office_seconds(second: i64) -> i64 {
    (second - MORNING.0).clamp(0, HALF) + (second - AFTERNOON.0).clamp(0, AFTERNOON.1 - AFTERNOON.0)
}

/// Office seconds since the beginning of the calendar.
fn office_total(calendar: &Calendar, at: DateTime<Utc>) -> i64 {
    let (date, second) = local(at);
    let up_to_today = calendar.working_days_until(date);
    if calendar.is_working_day(date) { (up_to_today - 1) * WORKING_DAY + office_seconds(second) } else { up_to_today * WORKING_DAY }
}

fn measure(unit: ServiceUnit) -> Measure {
    if unit == ServiceUnit::WorkingDay { Measure::Days } else { Measure::Hours }
}

/// Seconds that the clock of `unit` counts from `from` to `to`; 0 when `to` is not after `from`.
pub(super) fn elapsed(calendar: &Calendar, unit: ServiceUnit, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    let counted = match (unit.clock(), calendar.unit_hours()) {
        (ServiceClock::Continuous, _) => to.timestamp() - from.timestamp(),
        (ServiceClock::Office, None) => office_total(calendar, to) - office_total(calendar, from),
        (ServiceClock::Office, Some(hours)) => unit_time::elapsed(calendar, hours, measure(unit), from, to),
    };
    counted.max(0)
}

/// The first instant at which the clock of `unit` has counted `seconds` from `from`.
pub(super) fn advance(calendar: &Calendar, unit: ServiceUnit, from: DateTime<Utc>, seconds: i64) -> DateTime<Utc> {
    let (date, second) = local(from);
    if seconds <= 0 {
        return instant(date, second);
    }
    if unit.clock() == ServiceClock::Continuous {
        return instant(date, second) + TimeDelta::seconds(seconds);
    }
    if let Some(hours) = calendar.unit_hours() {
        return unit_time::advance(calendar, hours, measure(unit), from, seconds);
    }
    let target = office_total(calendar, from) + seconds;
    // Day 1 of the calendar ends with a total of WORKING_DAY: a total that is a whole number of days belongs to the
    // evening of the last one, not to the next morning.
    let whole_days = (target - 1).div_euclid(WORKING_DAY);
    let within = target - whole_days * WORKING_DAY;
    let eve = date.pred_opt().unwrap_or(date);
    let ahead = u32::try_from(whole_days + 1 - calendar.working_days_until(eve)).unwrap_or(u32::MAX);
    let day = calendar.nth_working_day_after(eve, ahead);
    let second = if within <= HALF { MORNING.0 + within } else { AFTERNOON.0 + within - HALF };
    instant(day, second)
}

/// Whether the count between two instants touches a year without a published calendar.
pub(super) fn is_provisional(calendar: &Calendar, clock: ServiceClock, from: DateTime<Utc>, to: DateTime<Utc>) -> bool {
    clock == ServiceClock::Office && {
        let (first, last) = (local(from).0, local(to).0);
        debug_assert!(first.year() <= last.year());
        calendar.is_provisional_between(first, last)
    }
}
