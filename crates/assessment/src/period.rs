//! A period of whole city days (统计时段).

use chrono::NaiveDate;
use kernel::problem::Problem;

/// The longest period, in days: two years and a day.
const LONGEST: i64 = 732;

/// From one day to another, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// The day by whose end things are looked at: the last, or today where that lies before.
    pub as_of: NaiveDate,
}

impl Period {
    /// A period as it can be asked for on `today`.
    pub(crate) fn new(from: NaiveDate, to: NaiveDate, today: NaiveDate) -> Result<Self, Problem> {
        let fault = |field: &'static str, words: &str| Problem::invalid("period-invalid", words.to_owned()).field(field, words.to_owned());
        if to < from {
            return Err(fault("to", "结束日期不能早于开始日期"));
        }
        if from > today {
            return Err(fault("from", "统计时段还没有开始"));
        }
        if (to - from).num_days() >= LONGEST {
            return Err(fault("to", "统计时段最长两年"));
        }
        Ok(Self { from, to, as_of: to.min(today) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn a_period_is_looked_at_by_its_last_day_or_today() {
        assert_eq!(Period::new(day(1), day(3), day(9)).unwrap().as_of, day(3));
        assert_eq!(Period::new(day(1), day(30), day(9)).unwrap().as_of, day(9));
        assert!(Period::new(day(3), day(1), day(9)).is_err());
        assert!(Period::new(day(10), day(11), day(9)).is_err());
        assert!(Period::new(day(1), NaiveDate::from_ymd_opt(2029, 1, 1).unwrap(), day(9)).is_err());
    }
}
