//! Arithmetic on a unit's own hours, day by day: its weeks may change from one day to the next. The house's hours have a closed form in
//! [`super::working_time`].

use chrono::{DateTime, NaiveDate, Utc};

use super::working_time::{WORKING_DAY, instant, local};
use crate::{
    calendar::Calendar,
    hours::{Span, UnitHours},
};

/// A walk of so many days ends whatever the hours are; the longest limit at five hours a week is shorter.
const LONGEST_WALK: usize = 200_000;

/// What is counted: hours as they are, or days, each as long as the unit's own (一个工作日即该单位的一天).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Hours,
    Days,
}

/// The day's hours as the measure sees them.
struct Counted<'a> {
    spans: &'a [Span],
    total: i64,
    measure: Measure,
}

impl<'a> Counted<'a> {
    fn of(calendar: &'a Calendar, hours: &'a UnitHours, measure: Measure, date: NaiveDate) -> Self {
        let spans = hours.spans(&calendar.day(date));
        Self { spans, total: spans.iter().map(|span| span.seconds()).sum(), measure }
    }

    /// What has been counted of the day when `second` of it begins.
    fn before(&self, second: i64) -> i64 {
        let plain: i64 = self.spans.iter().map(|span| (second - span.first_second()).clamp(0, span.seconds())).sum();
        match self.measure {
            Measure::Days if self.total > 0 => plain * WORKING_DAY / self.total,
            _ => plain,
        }
    }

    fn whole(&self) -> i64 {
        match self.measure {
            Measure::Days if self.total > 0 => WORKING_DAY,
            _ => self.total,
        }
    }

    /// The first second of the day by which so much, and no more than the whole, has been counted.
    fn second_of(&self, counted: i64) -> i64 {
        let mut plain = match self.measure {
            Measure::Days => (counted * self.total + WORKING_DAY - 1) / WORKING_DAY,
            Measure::Hours => counted,
        };
        for span in self.spans {
            if plain <= span.seconds() {
                return span.first_second() + plain;
            }
            plain -= span.seconds();
        }
        24 * 3600
    }
}

/// Seconds counted from `from` to `to`; 0 when `to` is not after `from`.
pub(super) fn elapsed(calendar: &Calendar, hours: &UnitHours, measure: Measure, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    let ((first, start), (last, end)) = (local(from), local(to));
    if to <= from {
        return 0;
    }
    let day = |date| Counted::of(calendar, hours, measure, date);
    let before = day(first).before(start);
    let whole: i64 = first.iter_days().take_while(|date| *date < last).take(LONGEST_WALK).map(|date| day(date).whole()).sum();
    whole + day(last).before(end) - before
}

/// The first instant at which so many seconds, at least one, have been counted from `from`.
pub(super) fn advance(calendar: &Calendar, hours: &UnitHours, measure: Measure, from: DateTime<Utc>, seconds: i64) -> DateTime<Utc> {
    let (first, start) = local(from);
    let mut wanted = seconds + Counted::of(calendar, hours, measure, first).before(start);
    let mut at = first;
    for date in first.iter_days().take(LONGEST_WALK) {
        let day = Counted::of(calendar, hours, measure, date);
        if wanted <= day.whole() {
            return instant(date, day.second_of(wanted));
        }
        wanted -= day.whole();
        at = date;
    }
    instant(at, 24 * 3600)
}
