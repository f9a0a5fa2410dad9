//! The room of quality as its operations see it.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use database::Database;
use http_api::Answer;
use identity::{Identity, Scope};
use kernel::{
    calendar::Calendar,
    clock::{SharedClock, shanghai},
    problem::Problem,
};
use matters::Matters;

use crate::CaseRecords;

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// Names of people.
    pub identity: Identity,
    /// Working days.
    pub calendar: Arc<Calendar>,
    /// The legal library.
    pub matters: Matters,
    /// The home district, 6 digits.
    pub home_region: String,
    /// Who holds cases.
    pub cases: Arc<dyn CaseRecords>,
}

/// The room of quality. Cheap to clone.
#[derive(Clone)]
pub struct Quality(Arc<Parts>);

impl Quality {
    /// Puts the room together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.database
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.0.identity
    }

    pub(crate) fn matters(&self) -> &Matters {
        &self.0.matters
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.home_region
    }

    pub(crate) fn cases(&self) -> &dyn CaseRecords {
        &*self.0.cases
    }

    /// Today in the city.
    pub(crate) fn today(&self) -> NaiveDate {
        self.clock().now().with_timezone(&shanghai()).date_naive()
    }

    pub(crate) fn calendar(&self) -> &Calendar {
        &self.0.calendar
    }

    /// The end of so many working days after an instant, and when the light turns yellow: a working day before.
    pub(crate) fn working_days(&self, from: DateTime<Utc>, days: u32) -> (DateTime<Utc>, DateTime<Utc>) {
        let day = from.with_timezone(&shanghai()).date_naive();
        let last = self.0.calendar.nth_working_day_after(day, days);
        let due = ends(last);
        (due, ends(self.0.calendar.nth_working_day_before(last, 1)).max(from).min(due))
    }

    /// Sheets, weights and powers are the county's: a right that ends at a township is not enough.
    pub(crate) fn whole_county(&self, scope: &Scope) -> Result<(), Problem> {
        if scope.units.is_some() || !scope.covers_region(self.home_region()) {
            return Err(Problem::forbidden("scope-exceeded", "评查标准、权重和赋权建议由区县统一管理，不在您的管辖范围内"));
        }
        Ok(())
    }
}

/// The first instant of a day of the city.
pub(crate) fn begins(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::hours(8)
}

/// The last second of a day of the city.
pub(crate) fn ends(day: NaiveDate) -> DateTime<Utc> {
    begins(day) + TimeDelta::seconds(86_399)
}

/// The instants between which city days lie, both included.
///
/// # Errors
/// `query-invalid` where they are the wrong way round, or more than `longest` days.
pub(crate) fn stretch(from: NaiveDate, to: NaiveDate, longest: i64) -> Answer<(DateTime<Utc>, DateTime<Utc>)> {
    if !(0..longest).contains(&(to - from).num_days()) {
        let detail = format!("止日不能早于起日，最长 {longest} 日");
        return Err(Problem::invalid("query-invalid", "时间段不正确").field("to", detail).into());
    }
    Ok((begins(from), begins(to) + TimeDelta::days(1)))
}

/// A text that must be there, within its length.
///
/// # Errors
/// `field-required`.
pub(crate) fn text(field: &'static str, label: &str, value: &str, most: usize) -> Result<String, Problem> {
    let value = value.trim();
    if !(1..=most).contains(&value.chars().count()) || value.contains('\0') {
        let detail = format!("{label}应为 1 至 {most} 个字");
        return Err(Problem::invalid("field-required", detail.clone()).field(field, detail));
    }
    Ok(kernel::personal::redact(value).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_and_ends_in_the_city() {
        let day: NaiveDate = "2026-11-02".parse().unwrap();
        assert_eq!(begins(day).to_rfc3339(), "2026-11-01T16:00:00+00:00");
        assert_eq!(ends(day).to_rfc3339(), "2026-11-02T15:59:59+00:00");
        let (from, to) = stretch(day, day, 366).unwrap();
        assert_eq!((to - from).num_hours(), 24);
        assert!(stretch(day, "2026-11-01".parse().unwrap(), 366).is_err());
    }
}
