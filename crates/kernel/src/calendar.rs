//! The calendar of working days (工作日历): weekends, public holidays and make-up working days, as versioned data.
//!
//! A year whose notice has not been published is counted by the weekday rule and says so: every [`Day`] of such a year is
//! `provisional`, and every deadline that touches one carries the flag on. Nothing is guessed silently.

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use serde::Serialize;

use crate::hours::{self, UnitHours};

/// The table that ships with the program; where it came from stands in `data/README.md`.
const SHIPPED: &str = include_str!("../../../data/holidays.csv");

/// The version of the shipped table: the country and the years whose notices it holds.
const SHIPPED_VERSION: &str = "cn-2018-2026";

/// What a date is to somebody who counts working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// An ordinary weekday (工作日).
    Working,
    /// A Saturday or Sunday on which people work to make up for a holiday (补班).
    MakeUp,
    /// An ordinary Saturday or Sunday (双休日).
    Weekend,
    /// A day inside an official holiday window (放假).
    Holiday,
}

impl DayKind {
    /// Whether the day counts as a working day.
    #[must_use]
    pub fn is_working(self) -> bool {
        matches!(self, Self::Working | Self::MakeUp)
    }
}

/// One date as the calendar sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day<'a> {
    /// The date.
    pub date: NaiveDate,
    /// What kind of day it is.
    pub kind: DayKind,
    /// The festival (节日) that made it a holiday or a make-up day.
    pub festival: Option<&'a str>,
    /// The calendar of that year is not published: the weekday rule was used.
    pub provisional: bool,
}

impl Day<'_> {
    /// Whether the day counts as a working day.
    #[must_use]
    pub fn is_working(&self) -> bool {
        self.kind.is_working()
    }

    /// The reason in words, as a page and `bihuan explain` show it.
    #[must_use]
    pub fn label(&self) -> String {
        let weekday = weekday_name(self.date.weekday());
        let words = match (self.kind, self.festival) {
            (DayKind::Working, _) => format!("{weekday} 工作日"),
            (DayKind::MakeUp, name) => format!("{weekday} {}补班", name.unwrap_or_default()),
            (DayKind::Weekend, _) => format!("{weekday} 双休日"),
            (DayKind::Holiday, name) => format!("{} 放假", name.unwrap_or(weekday)),
        };
        if self.provisional { format!("{words}（当年放假安排未公布，暂按双休日推算）") } else { words }
    }
}

/// Why a holiday table was refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CalendarError {
    /// A row cannot be read.
    #[error("第 {row} 行无法识别：{reason}")]
    Row {
        /// The line in the file, the heading being line 1.
        row: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// No year is complete.
    #[error("节假日表中没有任何一个年度的完整安排（缺元旦一行）")]
    Empty,
}

/// A date that departs from the weekday rule.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Exception {
    date: NaiveDate,
    working: bool,
    festival: Box<str>,
}

#[derive(Debug)]
struct Table {
    version: Box<str>,
    years: Vec<i32>,
    exceptions: Vec<Exception>,
    /// `shift[i]`: what the first `i` exceptions add to the plain count of weekdays.
    shift: Vec<i64>,
}

/// A versioned working calendar (工作日历), with the hours of one unit where it is that unit's; a clone is shared pointers.
#[derive(Debug, Clone)]
pub struct Calendar {
    table: Arc<Table>,
    hours: Option<Arc<UnitHours>>,
}

impl Calendar {
    /// The calendar that ships with the program.
    #[must_use]
    pub fn shipped() -> Self {
        static CALENDAR: LazyLock<Calendar> =
            LazyLock::new(|| Calendar::from_csv(SHIPPED_VERSION, SHIPPED).expect("the shipped table is read by the tests"));
        CALENDAR.clone()
    }

    /// Reads a table of `date,kind,name` rows, `kind` being `off` or `work`.
    ///
    /// # Errors
    /// A row that is not understood, a date that stands twice with different kinds, or a table without one whole year.
    pub fn from_csv(version: &str, text: &str) -> Result<Self, CalendarError> {
        Self::build(version, read_rows(text)?)
    }

    /// This calendar with a later notice laid over it: of a date in both, the later one counts.
    ///
    /// # Errors
    /// As [`Calendar::from_csv`].
    pub fn with_notice(&self, version: &str, text: &str) -> Result<Self, CalendarError> {
        let later = read_rows(text)?;
        let new_years: Vec<i32> = covered_years(&later);
        let kept = self.table.exceptions.iter().filter(|old| {
            // A notice speaks for its whole year, so that a holiday withdrawn from it is gone.
            !new_years.contains(&old.date.year()) && !later.iter().any(|new| new.date == old.date)
        });
        Self::build(version, kept.cloned().chain(later.iter().cloned()).collect())
    }

    fn build(version: &str, mut exceptions: Vec<Exception>) -> Result<Self, CalendarError> {
        exceptions.sort_by_key(|exception| exception.date);
        exceptions.dedup();
        if let Some(pair) = exceptions.windows(2).find(|pair| pair[0].date == pair[1].date) {
            return Err(CalendarError::Row { row: 0, reason: format!("{} 重复且不一致", pair[0].date) });
        }
        let years = covered_years(&exceptions);
        if years.is_empty() {
            return Err(CalendarError::Empty);
        }
        let mut shift = Vec::with_capacity(exceptions.len() + 1);
        let mut sum = 0;
        shift.push(sum);
        for exception in &exceptions {
            sum += i64::from(exception.working) - i64::from(!is_weekend(exception.date));
            shift.push(sum);
        }
        let table = Arc::new(Table { version: version.into(), years, exceptions, shift });
        Ok(Self { table, hours: None })
    }

    /// This calendar as a unit with hours of its own counts by it. Statutory periods, in days of the law, do not look at hours.
    #[must_use]
    pub fn of_unit(&self, hours: Arc<UnitHours>) -> Self {
        Self { table: self.table.clone(), hours: Some(hours) }
    }

    /// The hours of the unit whose calendar it is; none where it is the house's.
    #[must_use]
    pub fn unit_hours(&self) -> Option<&UnitHours> {
        self.hours.as_deref()
    }

    /// Whether any hour of a date counts.
    #[must_use]
    pub fn has_hours(&self, date: NaiveDate) -> bool {
        !self.hours_of(date).is_empty()
    }

    /// The hours of a date that count, as they are written.
    #[must_use]
    pub fn written_hours(&self, date: NaiveDate) -> Vec<String> {
        self.hours_of(date).iter().map(ToString::to_string).collect()
    }

    fn hours_of(&self, date: NaiveDate) -> &[hours::Span] {
        let day = self.day(date);
        self.hours.as_ref().map_or_else(|| hours::house(&day), |hours| hours.spans(&day))
    }

    /// The version, as it is stored beside every deadline counted with it.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.table.version
    }

    /// Whether the notice of `year` is in the table.
    #[must_use]
    pub fn covers(&self, year: i32) -> bool {
        self.table.years.binary_search(&year).is_ok()
    }

    /// Whether any year from that of `first` to that of `last` is missing, so that a count between them is provisional.
    #[must_use]
    pub fn is_provisional_between(&self, first: NaiveDate, last: NaiveDate) -> bool {
        (first.year().min(last.year())..=first.year().max(last.year())).any(|year| !self.covers(year))
    }

    /// What `date` is.
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> Day<'_> {
        let provisional = !self.covers(date.year());
        match self.table.exceptions.binary_search_by_key(&date, |exception| exception.date) {
            Ok(found) => {
                let exception = &self.table.exceptions[found];
                let kind = match (exception.working, is_weekend(date)) {
                    (true, true) => DayKind::MakeUp,
                    (true, false) => DayKind::Working,
                    (false, _) => DayKind::Holiday,
                };
                Day { date, kind, festival: Some(&exception.festival), provisional }
            }
            Err(_) if is_weekend(date) => Day { date, kind: DayKind::Weekend, festival: None, provisional },
            Err(_) => Day { date, kind: DayKind::Working, festival: None, provisional },
        }
    }

    /// Whether `date` is a working day, by the weekday rule where the year is not covered (see [`Calendar::day`] for the flag).
    #[must_use]
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        self.day(date).is_working()
    }

    /// The working days after `from` up to and including `to`; negative when `to` comes first.
    #[must_use]
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        self.working_days_until(to) - self.working_days_until(from)
    }

    /// The `n`th working day after `from`, which itself is not counted; `from` when `n` is 0.
    #[must_use]
    pub fn nth_working_day_after(&self, from: NaiveDate, n: u32) -> NaiveDate {
        if n == 0 {
            return from;
        }
        let wanted = self.working_days_until(from) + i64::from(n);
        // Two weeks of slack for the longest holiday; the search narrows from there.
        let mut low = from;
        let mut high = forward(from, u64::from(n) * 7 / 5 + 16);
        while self.working_days_until(high) < wanted {
            low = high;
            high = forward(high, 32);
            if high == low {
                return high;
            }
        }
        // The first date at which the count is reached is itself a working day.
        while (high - low).num_days() > 1 {
            let middle = forward(low, u64::try_from((high - low).num_days() / 2).unwrap_or(1));
            if self.working_days_until(middle) >= wanted {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }

    /// The `n`th working day before `from`, which itself is not counted; `from` when `n` is 0.
    #[must_use]
    pub fn nth_working_day_before(&self, from: NaiveDate, n: u32) -> NaiveDate {
        let mut date = from;
        let mut left = n;
        while left > 0 {
            match date.pred_opt() {
                Some(before) => date = before,
                None => return date,
            }
            left -= u32::from(self.is_working_day(date));
        }
        date
    }

    /// `date` if it is a working day, otherwise the first one after it.
    #[must_use]
    pub fn working_day_from(&self, date: NaiveDate) -> NaiveDate {
        if self.is_working_day(date) { date } else { self.nth_working_day_after(date, 1) }
    }

    /// Working days from 0001-01-01 (a Monday) up to and including `date`.
    pub(crate) fn working_days_until(&self, date: NaiveDate) -> i64 {
        let days = i64::from(date.num_days_from_ce());
        let weekdays = days.div_euclid(7) * 5 + days.rem_euclid(7).min(5);
        let passed = self.table.exceptions.partition_point(|exception| exception.date <= date);
        weekdays + self.table.shift[passed]
    }
}

/// Counting again with a newer calendar never shortens what a party has been told (已告知的期限不提前).
#[must_use]
pub fn never_earlier(notified: Option<DateTime<Utc>>, recomputed: DateTime<Utc>) -> DateTime<Utc> {
    notified.map_or(recomputed, |told| told.max(recomputed))
}

/// The Chinese name of a weekday (星期).
#[must_use]
pub fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "周一",
        Weekday::Tue => "周二",
        Weekday::Wed => "周三",
        Weekday::Thu => "周四",
        Weekday::Fri => "周五",
        Weekday::Sat => "周六",
        Weekday::Sun => "周日",
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

fn forward(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// A notice of a year always gives its 1 January; a row of late December alone may belong to the next year's notice.
fn covered_years(exceptions: &[Exception]) -> Vec<i32> {
    let mut years: Vec<i32> = exceptions
        .iter()
        .filter(|exception| !exception.working && exception.date.ordinal() == 1)
        .map(|exception| exception.date.year())
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

fn read_rows(text: &str) -> Result<Vec<Exception>, CalendarError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).comment(Some(b'#')).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| CalendarError::Row { row: 0, reason: error.to_string() })?;
        let row = record.position().map_or(0, csv::Position::line);
        let refuse = |reason: String| CalendarError::Row { row, reason };
        let field = |index: usize| record.get(index).unwrap_or_default().trim_start_matches('\u{feff}');
        let date = field(0).parse::<NaiveDate>().map_err(|_| refuse(format!("日期“{}”应为 YYYY-MM-DD", field(0))))?;
        let working = match field(1) {
            "off" => false,
            "work" => true,
            other => return Err(refuse(format!("类别“{other}”应为 off 或 work"))),
        };
        rows.push(Exception { date, working, festival: field(2).into() });
    }
    Ok(rows)
}
