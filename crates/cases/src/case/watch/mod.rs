//! Watching discretion (裁量监测): fines at the maximum, and fines that are all alike over unlike cases, a matter and unit at a time (requirement
//! B5: 杜绝一刀切). A figure says where to look; it judges nobody.

pub(crate) mod list;
pub(crate) mod settings;
mod store;

use chrono::{DateTime, Days, NaiveDate, Utc};
use kernel::{clock::shanghai, problem::Problem};

use settings::DiscretionWatchLimits;
use store::FigureRow;

/// The longest stretch that is looked at, in days: five years.
const LONGEST: i64 = 1_830;

/// What a matter's fines in a unit are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Alarm {
    maximum: bool,
    uniform: bool,
}

fn percent(part: i64, whole: i64) -> i64 {
    if whole == 0 { 0 } else { part * 100 / whole }
}

/// The rule. Alike are fines of the same sum; unlike are cases whose factors came to different points.
fn alarm(row: &FigureRow, limits: &DiscretionWatchLimits) -> Alarm {
    if row.cases < i64::from(limits.least_cases) {
        return Alarm::default();
    }
    Alarm {
        maximum: percent(row.maximum, row.cases) >= i64::from(limits.maximum_percent),
        uniform: percent(row.same, row.cases) >= i64::from(limits.uniform_percent) && row.kinds >= 2,
    }
}

/// The days of the city from `from` to `to`, both included.
fn stretch(from: NaiveDate, to: NaiveDate) -> Result<(DateTime<Utc>, DateTime<Utc>), Problem> {
    let days = (to - from).num_days();
    let begins = |day: NaiveDate| day.and_hms_opt(0, 0, 0).and_then(|at| at.and_local_timezone(shanghai()).single()).map(|at| at.to_utc());
    let ends = to.checked_add_days(Days::new(1)).and_then(begins);
    match (begins(from), ends) {
        (Some(from), Some(to)) if (0..=LONGEST).contains(&days) => Ok((from, to)),
        _ => Err(Problem::invalid("query-invalid", "时间段不正确，最长五年").field("to", "止日不能早于起日，最长五年")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_and_the_alike_are_told_of_from_the_limits_on() {
        let limits = DiscretionWatchLimits { least_cases: 5, maximum_percent: 50, uniform_percent: 80 };
        let row = |cases, maximum, same, kinds| FigureRow {
            matter_code: "M001".into(),
            matter_name: String::new(),
            unit: None,
            cases,
            maximum,
            mode_fen: 0,
            same,
            kinds,
            weighed: cases,
        };
        assert_eq!(alarm(&row(4, 4, 4, 2), &limits), Alarm::default(), "too few");
        assert_eq!(alarm(&row(10, 5, 1, 1), &limits), Alarm { maximum: true, uniform: false });
        assert_eq!(alarm(&row(10, 4, 8, 2), &limits), Alarm { maximum: false, uniform: true });
        assert_eq!(alarm(&row(10, 4, 10, 1), &limits), Alarm::default(), "like cases are fined alike");
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!(stretch(day("2026-11-02"), day("2026-11-01")).is_err() && stretch(day("2020-01-01"), day("2026-01-01")).is_err());
        let (from, to) = stretch(day("2026-11-02"), day("2026-11-02")).unwrap();
        assert_eq!((to - from).num_hours(), 24);
    }
}
