//! The working calendar against a count made day by day.

use chrono::{Days, NaiveDate};
use kernel::calendar::Calendar;
use proptest::prelude::*;

/// Any date from before the first published year to after the last.
pub fn any_date() -> impl Strategy<Value = NaiveDate> {
    (0u64..4200).prop_map(|days| NaiveDate::from_ymd_opt(2017, 6, 1).unwrap() + Days::new(days))
}

proptest! {
    #[test]
    fn the_nth_working_day_is_the_one_found_by_walking(from in any_date(), n in 0u32..400) {
        let calendar = Calendar::shipped();
        let mut walked = from;
        let mut left = n;
        while left > 0 {
            walked = walked.succ_opt().unwrap();
            left -= u32::from(calendar.is_working_day(walked));
        }
        prop_assert_eq!(calendar.nth_working_day_after(from, n), walked);
        prop_assert_eq!(calendar.working_days_between(from, walked), i64::from(n));
    }

    #[test]
    fn back_and_forth_is_the_same_working_day(from in any_date(), n in 1u32..60) {
        let calendar = Calendar::shipped();
        let start = calendar.working_day_from(from);
        prop_assert_eq!(calendar.nth_working_day_after(calendar.nth_working_day_before(start, n), n), start);
    }

    #[test]
    fn a_later_start_never_ends_earlier(from in any_date(), later in 0u64..40, n in 0u32..60) {
        let calendar = Calendar::shipped();
        prop_assert!(calendar.nth_working_day_after(from, n) <= calendar.nth_working_day_after(from + Days::new(later), n));
        prop_assert!(n == 0 || calendar.is_working_day(calendar.nth_working_day_after(from, n)));
    }
}
