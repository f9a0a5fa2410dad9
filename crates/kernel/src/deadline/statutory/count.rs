//! Counting a statutory period, with or without the way to it.

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, TimeDelta, Timelike, Utc};
use serde::Serialize;

use super::period::{Direction, LastDay, Period, PeriodUnit};
use crate::{
    calendar::{Calendar, weekday_name},
    clock::shanghai,
    deadline::Step,
};

/// The end of a statutory period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// The last day still in time (期限最后一日).
    pub last_day: NaiveDate,
    /// The last second still in time, Asia/Shanghai.
    pub due_at: DateTime<FixedOffset>,
    /// The calendar of a year it touches is not published: to be counted again when it is.
    pub provisional: bool,
    /// The version of the calendar it was counted with.
    pub calendar: String,
    /// Where the period must pass first: the day from which the act is allowed (可以实施之日起), and the first working day from then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_from: Option<(NaiveDate, NaiveDate)>,
}

/// The end of `period`, whose event happened at `from`.
#[must_use]
pub fn due(calendar: &Calendar, period: Period, from: DateTime<Utc>) -> Deadline {
    let local = from.with_timezone(&shanghai()).naive_local();
    let event = local.date();
    if period.unit() == PeriodUnit::Hour {
        let start_hour = event.and_time(chrono::NaiveTime::MIN) + TimeDelta::hours(i64::from(local.hour()));
        let hours = TimeDelta::hours(i64::from(period.number()));
        let last_second = match period.direction() {
            // The hour of the event is not counted: the period fills the hours after it, or those before it.
            Direction::Before => start_hour - hours - TimeDelta::seconds(1),
            _ => start_hour + TimeDelta::hours(1) + hours - TimeDelta::seconds(1),
        };
        return Deadline {
            last_day: last_second.date(),
            due_at: at_shanghai(last_second),
            provisional: false,
            calendar: calendar.version().to_owned(),
            open_from: None,
        };
    }
    let end = end_of_count(calendar, period, event);
    let rolls = period.last_day() == LastDay::Rolls && period.direction() != Direction::Before;
    let last_day = if rolls { calendar.working_day_from(end) } else { end };
    let open_from = (period.direction() == Direction::MustPass).then(|| {
        let open = last_day.succ_opt().unwrap_or(last_day);
        (open, calendar.working_day_from(open))
    });
    // Working days read every year on the way; other periods only the year in which they end.
    let first_read = if period.unit() == PeriodUnit::WorkingDay { event } else { end };
    Deadline {
        last_day,
        due_at: at_shanghai(last_day.and_time(chrono::NaiveTime::MIN) + TimeDelta::seconds(86_399)),
        provisional: calendar.is_provisional_between(first_read, last_day),
        calendar: calendar.version().to_owned(),
        open_from,
    }
}

/// The last day by the count alone, before it rolls.
fn end_of_count(calendar: &Calendar, period: Period, event: NaiveDate) -> NaiveDate {
    let number = period.number();
    if period.direction() == Direction::Before {
        // The whole period lies between the act and the day, so that the act comes the day before its first day.
        let first = match period.unit() {
            PeriodUnit::WorkingDay => calendar.nth_working_day_before(event, number),
            unit => shifted(event, unit, number, false),
        };
        return first.pred_opt().unwrap_or(first);
    }
    match period.unit() {
        PeriodUnit::WorkingDay => calendar.nth_working_day_after(event, number),
        unit => shifted(event, unit, number, true),
    }
}

/// `event` moved by calendar days, months or years; a day of the month that does not exist becomes its last.
fn shifted(event: NaiveDate, unit: PeriodUnit, number: u32, forward: bool) -> NaiveDate {
    let months = Months::new(if unit == PeriodUnit::Year { number * 12 } else { number });
    let days = Days::new(u64::from(number));
    let moved = match (unit, forward) {
        (PeriodUnit::Month | PeriodUnit::Year, true) => event.checked_add_months(months),
        (PeriodUnit::Month | PeriodUnit::Year, false) => event.checked_sub_months(months),
        (_, true) => event.checked_add_days(days),
        (_, false) => event.checked_sub_days(days),
    };
    moved.unwrap_or(event)
}

fn at_shanghai(local: chrono::NaiveDateTime) -> DateTime<FixedOffset> {
    (local - TimeDelta::hours(8)).and_utc().with_timezone(&shanghai())
}

impl Deadline {
    /// When to warn: after `percent` of the time from the event to the end (an organ's own limits: 80).
    #[must_use]
    pub fn warn_at(&self, from: DateTime<Utc>, percent: u8) -> DateTime<Utc> {
        let due_at = self.due_at.with_timezone(&Utc);
        let share = (due_at - from).num_seconds() * i64::from(percent.min(100)) / 100;
        if share > 0 { from + TimeDelta::seconds(share) } else { due_at }
    }

    /// The way from the event to the last day, day by day where days are counted.
    #[must_use]
    pub fn steps(&self, calendar: &Calendar, period: Period, from: DateTime<Utc>) -> Vec<Step> {
        let local = from.with_timezone(&shanghai()).naive_local();
        let event = local.date();
        let mut steps = Vec::new();
        if period.unit() == PeriodUnit::Hour {
            steps.push(Step::aside(event, format!("{event} {} 时为开始的时，不计", local.hour())));
        } else if period.direction() == Direction::Before {
            steps.push(Step::aside(event, format!("{event} {} 为当日，不计，向前倒推", weekday_name(event.weekday()))));
        } else {
            steps.push(Step::aside(event, format!("{event} {} 为开始之日，不计", weekday_name(event.weekday()))));
        }
        match (period.unit(), period.direction()) {
            (PeriodUnit::Hour, _) => steps.push(Step {
                number: Some(period.number()),
                counted: true,
                ..Step::aside(self.last_day, format!("计 {}，至 {} 届满", period.label(), self.due_at.format("%Y-%m-%d %H:%M:%S")))
            }),
            (PeriodUnit::WorkingDay | PeriodUnit::CalendarDay, Direction::Before) => {
                steps.extend(days_before(calendar, period, event));
                steps.push(Step::aside(self.last_day, format!("{} 为前 {} 之前的最后一日", self.last_day, period.label())));
            }
            (PeriodUnit::WorkingDay | PeriodUnit::CalendarDay, _) => steps.extend(days_after(calendar, period, event)),
            (PeriodUnit::Month | PeriodUnit::Year, _) => steps.push(same_number(calendar, period, event)),
        }
        let end = if period.unit() == PeriodUnit::Hour { self.last_day } else { end_of_count(calendar, period, event) };
        steps.extend(rolled(calendar, end, self.last_day));
        if end == self.last_day
            && !calendar.is_working_day(end)
            && matches!(period.unit(), PeriodUnit::CalendarDay | PeriodUnit::Month | PeriodUnit::Year)
        {
            steps.push(Step::aside(end, format!("{end} {}，本期限不因休息日顺延", calendar.day(end).label())));
        }
        if let Some((open, first_working_day)) = self.open_from {
            let words = if open == first_working_day {
                format!("期满后自 {open} 起方可实施")
            } else {
                format!("期满后自 {open} 起方可实施，首个工作日为 {first_working_day}")
            };
            steps.push(Step::aside(open, words));
        }
        if self.provisional {
            let depends = period.unit() == PeriodUnit::WorkingDay || period.last_day() == LastDay::Rolls;
            let words = if depends {
                "涉及年度的放假安排尚未公布，按周一至周五为工作日暂算，公布后重新计算，已告知的期限不提前"
            } else {
                "届满之日所在年度的放假安排尚未公布；本期限不顺延，日期不随放假安排变动"
            };
            steps.push(Step { provisional: true, ..Step::aside(self.last_day, words) });
        }
        steps
    }
}

fn days_after(calendar: &Calendar, period: Period, event: NaiveDate) -> Vec<Step> {
    let mut number = 0;
    let days = event.iter_days().skip(1);
    counted(calendar, period, days, &mut number)
}

fn days_before(calendar: &Calendar, period: Period, event: NaiveDate) -> Vec<Step> {
    let mut number = 0;
    let days = std::iter::successors(event.pred_opt(), NaiveDate::pred_opt);
    counted(calendar, period, days, &mut number)
}

fn counted(calendar: &Calendar, period: Period, days: impl Iterator<Item = NaiveDate>, number: &mut u32) -> Vec<Step> {
    let mut steps = Vec::new();
    for date in days {
        if *number == period.number() {
            break;
        }
        let day = calendar.day(date);
        let counts = period.unit() == PeriodUnit::CalendarDay || day.is_working();
        *number += u32::from(counts);
        let text = if counts {
            format!("{date} {}，第 {number} {}", day.label(), period.unit().label())
        } else {
            format!("{date} {}，不计", day.label())
        };
        steps.push(Step { date, counted: counts, number: counts.then_some(*number), seconds: None, provisional: day.provisional, text });
    }
    steps
}

fn same_number(calendar: &Calendar, period: Period, event: NaiveDate) -> Step {
    let end = shifted(event, period.unit(), period.number(), period.direction() != Direction::Before);
    let how = if end.day() == event.day() { "相同日号" } else { "该月无此日号，取该月末日" };
    Step {
        date: end,
        counted: true,
        number: Some(period.number()),
        seconds: None,
        provisional: calendar.day(end).provisional,
        text: format!("{end} {}，满 {}（{how}）", calendar.day(end).label(), period.label()),
    }
}

fn rolled(calendar: &Calendar, end: NaiveDate, last_day: NaiveDate) -> Vec<Step> {
    if last_day <= end {
        return Vec::new();
    }
    end.iter_days()
        .take_while(|date| *date <= last_day)
        .map(|date| {
            let day = calendar.day(date);
            let text = if date == last_day {
                format!("{date} {}，顺延至本日届满", day.label())
            } else {
                format!("{date} {}，末日顺延", day.label())
            };
            Step { provisional: day.provisional, ..Step::aside(date, text) }
        })
        .collect()
}
