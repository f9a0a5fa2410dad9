//! The working calendar against a count made day by day.

use chrono::{DateTime, Days, NaiveDate, Utc};
use kernel::calendar::{Calendar, CalendarError, DayKind, never_earlier};
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

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn each_published_year_has_the_working_days_of_its_notice() {
    let calendar = Calendar::shipped();
    let published = [(2018, 250), (2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)];
    for (year, days) in published {
        let first = NaiveDate::from_ymd_opt(year - 1, 12, 31).unwrap();
        let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
        assert!(calendar.covers(year));
        assert_eq!(calendar.working_days_between(first, last), days, "{year}");
    }
    assert!(!calendar.covers(2027) && !calendar.covers(2017));
}

#[test]
fn days_say_what_they_are() {
    let calendar = Calendar::shipped();
    assert_eq!(calendar.day(date("2026-10-01")).label(), "国庆节 放假");
    assert_eq!(calendar.day(date("2026-10-10")).kind, DayKind::MakeUp);
    assert_eq!(calendar.day(date("2026-10-17")).kind, DayKind::Weekend);
    let beyond = calendar.day(date("2027-10-01"));
    assert!(beyond.provisional && beyond.is_working());
}

#[test]
fn a_later_notice_covers_its_year_and_speaks_for_all_of_it() {
    let calendar = Calendar::shipped();
    let later =
        calendar.with_notice("cn-2018-2027", "date,kind,name\n2026-12-26,work,元旦\n2027-01-01,off,元旦\n2027-01-04,off,元旦\n").unwrap();
    assert!(later.covers(2027) && later.covers(2018));
    assert_eq!(later.day(date("2026-12-26")).kind, DayKind::MakeUp);
    assert_eq!(later.day(date("2027-01-04")).kind, DayKind::Holiday);
    assert!(!later.day(date("2027-01-05")).provisional);
    let withdrawn = later.with_notice("cn-2018-2027.2", "date,kind,name\n2027-01-01,off,元旦\n").unwrap();
    assert_eq!(withdrawn.day(date("2027-01-04")).kind, DayKind::Working);
    assert_eq!(withdrawn.day(date("2026-12-26")).kind, DayKind::MakeUp);
}

#[test]
fn a_bad_row_is_named() {
    let error = Calendar::from_csv("x", "date,kind,name\n2027-01-01,off,元旦\n2027-01-02,rest,元旦\n").unwrap_err();
    assert_eq!(error.to_string(), "第 3 行无法识别：类别“rest”应为 off 或 work");
    assert_eq!(Calendar::from_csv("x", "date,kind,name\n2027-10-01,off,国庆节\n").unwrap_err(), CalendarError::Empty);
}

#[test]
fn recounting_never_moves_a_notified_deadline_forward() {
    let early: DateTime<Utc> = "2027-02-01T00:00:00Z".parse().unwrap();
    let late: DateTime<Utc> = "2027-02-09T00:00:00Z".parse().unwrap();
    assert_eq!(never_earlier(Some(late), early), late);
    assert_eq!(never_earlier(Some(early), late), late);
    assert_eq!(never_earlier(None, early), early);
}
