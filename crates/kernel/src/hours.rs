//! A unit's own working hours (单位工作时间): for each day of the week the spans in which its service limits count, in versions that begin on
//! a day. Where a unit has none, the house's count: 08:00–12:00 and 14:00–18:00 of working days.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::calendar::{Day, DayKind, weekday_name};

/// The hours of the house (本局工作时间).
pub(crate) const HOUSE: &[Span] = &[Span { from: 8 * 60, to: 12 * 60 }, Span { from: 14 * 60, to: 18 * 60 }];

/// More spans than this has no day.
const MOST_SPANS: usize = 4;

/// With less than five hours a week a limit would run for years, and nobody would look at it.
const LEAST_WEEK_MINUTES: u32 = 300;

/// A stretch of a day in which work is done, in minutes of the day; it ends on the same day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    from: u16,
    to: u16,
}

impl Span {
    /// Its first second of the day.
    pub(crate) fn first_second(self) -> i64 {
        i64::from(self.from) * 60
    }

    /// How many seconds it has.
    pub(crate) fn seconds(self) -> i64 {
        i64::from(self.to - self.from) * 60
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}-{:02}:{:02}", self.from / 60, self.from % 60, self.to / 60, self.to % 60)
    }
}

/// Why a week was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// Not seven days.
    #[error("请给出周一至周日七天的工作时间")]
    Days,
    /// A span that cannot be read.
    #[error("{0}的“{1}”应为 HH:MM-HH:MM，如 08:00-12:00，且止晚于起、不跨零点")]
    Span(&'static str, String),
    /// Spans that overlap or are out of order.
    #[error("{0}的时段应从早到晚，互不重叠，最多 {MOST_SPANS} 段")]
    Order(&'static str),
    /// Too little work for limits to end.
    #[error("每周工作时间不少于 5 小时")]
    Short,
}

/// A week of work (一周工作时间), Monday first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    days: [Vec<Span>; 7],
    through_holidays: bool,
}

impl Week {
    /// Reads seven days of `HH:MM-HH:MM`, Monday first; a day without spans is free. `through_holidays`: public holidays are worked like any day.
    ///
    /// # Errors
    /// What [`HoursError`] names.
    pub fn read(days: &[Vec<String>], through_holidays: bool) -> Result<Self, HoursError> {
        let days: &[Vec<String>; 7] = days.try_into().map_err(|_| HoursError::Days)?;
        let mut week = Self { days: Default::default(), through_holidays };
        for (at, (texts, spans)) in days.iter().zip(&mut week.days).enumerate() {
            let name = weekday_name(weekday(at));
            for text in texts {
                let span = span(text).ok_or_else(|| HoursError::Span(name, text.chars().take(20).collect()))?;
                spans.push(span);
            }
            if spans.len() > MOST_SPANS || spans.windows(2).any(|pair| pair[1].from < pair[0].to) {
                return Err(HoursError::Order(name));
            }
        }
        let minutes: u32 = week.days.iter().flatten().map(|span| u32::from(span.to - span.from)).sum();
        if minutes < LEAST_WEEK_MINUTES { Err(HoursError::Short) } else { Ok(week) }
    }

    /// The seven days as they are written.
    #[must_use]
    pub fn written(&self) -> Vec<Vec<String>> {
        self.days.iter().map(|spans| spans.iter().map(Span::to_string).collect()).collect()
    }

    /// Whether public holidays are worked like any day (节假日照常).
    #[must_use]
    pub fn through_holidays(&self) -> bool {
        self.through_holidays
    }

    /// The spans of a day. On a make-up day a weekday's work is made up for: where the day itself is free, Monday's hours count.
    fn spans(&self, day: &Day<'_>) -> &[Span] {
        let own = &self.days[day.date.weekday().num_days_from_monday() as usize];
        match day.kind {
            DayKind::Holiday if !self.through_holidays => &[],
            DayKind::MakeUp if own.is_empty() => &self.days[0],
            _ => own,
        }
    }
}

/// The versions of a unit's hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitHours {
    name: String,
    /// By the day from which each counts, the earliest first; none is the house's.
    versions: Vec<(NaiveDate, Option<Week>)>,
}

impl UnitHours {
    /// The hours under the name by which explanations call them. Of two versions from the same day the later in the list counts.
    #[must_use]
    pub fn new(name: String, mut versions: Vec<(NaiveDate, Option<Week>)>) -> Self {
        versions.sort_by_key(|(from, _)| *from);
        Self { name, versions }
    }

    /// The name by which explanations call them.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The week that counts on a date; none where it is the house's.
    #[must_use]
    pub fn week_on(&self, date: NaiveDate) -> Option<&Week> {
        self.versions.iter().rev().find(|(from, _)| *from <= date)?.1.as_ref()
    }

    /// The spans of a day.
    pub(crate) fn spans(&self, day: &Day<'_>) -> &[Span] {
        match self.week_on(day.date) {
            Some(week) => week.spans(day),
            None => house(day),
        }
    }
}

/// The house's spans of a day.
pub(crate) fn house(day: &Day<'_>) -> &'static [Span] {
    if day.is_working() { HOUSE } else { &[] }
}

fn weekday(at: usize) -> chrono::Weekday {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    [Mon, Tue, Wed, Thu, Fri, Sat, Sun][at.min(6)]
}

fn span(text: &str) -> Option<Span> {
    let (from, to) = text.trim().split_once('-')?;
    let (from, to) = (minute(from)?, minute(to)?);
    (from < to).then_some(Span { from, to })
}

/// `HH:MM` up to 24:00.
fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (minutes < 60 && hours * 60 + minutes <= 24 * 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(week: [&[&str]; 7]) -> Vec<Vec<String>> {
        week.iter().map(|day| day.iter().map(|text| (*text).to_owned()).collect()).collect()
    }

    #[test]
    fn a_week_comes_back_as_it_was_written() {
        let written = days([&["09:00-12:00", "13:00-17:00"], &["00:00-24:00"], &[], &[], &[], &["08:00-20:00"], &[]]);
        let week = Week::read(&written, true).unwrap();
        assert_eq!((week.written(), week.through_holidays()), (written, true));
    }

    #[test]
    fn what_is_no_week_is_refused_by_its_day() {
        let refused = |week: [&[&str]; 7]| Week::read(&days(week), false).unwrap_err();
        assert_eq!(Week::read(&[], false), Err(HoursError::Days));
        for text in ["9:00-12:00", "08:00", "12:00-08:00", "08:00-24:01", "08:60-09:00", "+8:00-09:00", ""] {
            assert_eq!(refused([&[], &[text], &[], &[], &[], &[], &[]]), HoursError::Span("周二", text.into()), "{text}");
        }
        assert_eq!(refused([&["08:00-12:00", "11:00-13:00"], &[], &[], &[], &[], &[], &[]]), HoursError::Order("周一"));
        assert_eq!(refused([&["08:00-12:59"], &[], &[], &[], &[], &[], &[]]), HoursError::Short);
    }

    #[test]
    fn a_version_counts_from_its_day_until_the_next() {
        let week = Week::read(&days([&["09:00-17:00"], &[], &[], &[], &[], &[], &[]]), false).unwrap();
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let hours = UnitHours::new("x".into(), vec![(date("2026-12-01"), None), (date("2026-11-01"), Some(week.clone()))]);
        assert_eq!(hours.week_on(date("2026-10-31")), None);
        assert_eq!(hours.week_on(date("2026-11-01")), Some(&week));
        assert_eq!(hours.week_on(date("2026-11-30")), Some(&week));
        assert_eq!(hours.week_on(date("2026-12-01")), None);
    }
}
