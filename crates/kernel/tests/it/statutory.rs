//! Statutory periods: the worked dates of the penalty procedure, and the rules of counting.

use chrono::{DateTime, Days, NaiveDate, Utc};
use kernel::{
    calendar::Calendar,
    deadline::statutory::{Direction, LastDay, Period, PeriodUnit, due, rule, rules},
};
use proptest::prelude::*;

use crate::calendar::any_date;

fn noon(date: NaiveDate) -> DateTime<Utc> {
    format!("{date}T12:00:00+08:00").parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn last_day(id: &str, from: &str) -> NaiveDate {
    due(&Calendar::shipped(), rule(id).unwrap().period, noon(day(from))).last_day
}

#[test]
fn worked_dates_of_the_penalty_procedure() {
    for (what, id, from, last) in [
        ("hearing notice told", "D05", "2026-09-28", "2026-10-10"),
        ("evidence registered", "D03", "2026-02-12", "2026-02-28"),
        ("decision dated, party absent", "D07", "2026-04-30", "2026-05-13"),
        ("decision received, pay by", "D09", "2026-09-18", "2026-10-08"),
        ("fine received", "D09", "2026-03-02", "2026-03-17"),
        ("extra fine begins", "D10", "2026-03-17", "2026-03-18"),
        ("filed, decide by, not rolled", "D04", "2026-01-05", "2026-04-05"),
        ("seized", "D17", "2026-01-20", "2026-02-19"),
        ("seizure extended", "D17", "2026-02-19", "2026-03-21"),
        ("silent, suit time ends", "D32", "2026-03-10", "2026-09-10"),
        ("court window", "D20", "2026-09-10", "2026-12-10"),
        ("urged to comply, tenth working day", "D19", "2026-09-11", "2026-09-24"),
        ("money taken on site", "D11", "2026-09-18", "2026-09-21"),
        ("money banked", "D12", "2026-09-21", "2026-09-23"),
        ("revoked, publication withdrawn", "D14", "2026-02-13", "2026-02-25"),
        ("public notice", "D08", "2026-06-01", "2026-07-01"),
        ("review right", "D25", "2026-08-03", "2026-10-08"),
    ] {
        assert_eq!(last_day(id, from), day(last), "{what} ({id})");
    }
}

#[test]
fn seven_working_days_lie_between_the_notice_and_the_hearing() {
    let calendar = Calendar::shipped();
    // Served on 28 April, the earliest hearing is 12 May; asked the other way round, a hearing on 12 May is announced by 28 April.
    let between = Period::new(7, PeriodUnit::WorkingDay, LastDay::Stays).unwrap().running(Direction::MustPass);
    assert_eq!(due(&calendar, between, noon(day("2026-04-28"))).open_from.unwrap().0, day("2026-05-12"));
    assert_eq!(last_day("D06", "2026-05-12"), day("2026-04-28"));
}

#[test]
fn what_must_pass_first_opens_on_the_day_after() {
    let urged = due(&Calendar::shipped(), rule("d19").unwrap().period, noon(day("2026-09-11")));
    assert_eq!(urged.open_from, Some((day("2026-09-25"), day("2026-09-28"))));
}

#[test]
fn an_extra_fine_of_three_per_cent_reaches_its_cap_on_the_34th_day() {
    let first = last_day("D10", "2026-03-17");
    let owed = |date: &str| (2000 * 3 / 100 * ((day(date) - first).num_days() + 1)).min(2000);
    assert_eq!((owed("2026-03-18"), owed("2026-04-19"), owed("2026-04-20"), owed("2026-05-01")), (60, 1980, 2000, 2000));
}

#[test]
fn hours_begin_after_the_hour_of_the_event() {
    let from: DateTime<Utc> = "2026-11-20T22:40:00+08:00".parse().unwrap();
    let deadline = due(&Calendar::shipped(), rule("D16").unwrap().period, from);
    assert_eq!(deadline.due_at.to_rfc3339(), "2026-11-21T22:59:59+08:00");
    assert_eq!(deadline.last_day, day("2026-11-21"));
    assert!(!deadline.provisional);
}

#[test]
fn an_organ_is_warned_when_four_fifths_have_passed() {
    let from: DateTime<Utc> = "2026-01-05T00:00:00+08:00".parse().unwrap();
    let deadline = due(&Calendar::shipped(), rule("D04").unwrap().period, from);
    // Ninety days and the day of the event, less a second.
    assert_eq!(deadline.warn_at(from, 80) - from, chrono::TimeDelta::seconds((91 * 86_400 - 1) * 80 / 100));
    let hearing = due(&Calendar::shipped(), rule("D06").unwrap().period, from);
    assert_eq!(hearing.warn_at(from, 80), hearing.due_at, "a day that lies before the event warns at once");
}

#[test]
fn months_without_that_day_end_with_the_month() {
    let months = |n| Period::new(n, PeriodUnit::Month, LastDay::Stays).unwrap();
    let calendar = Calendar::shipped();
    let last = |from: &str, n| due(&calendar, months(n), noon(day(from))).last_day;
    assert_eq!(last("2026-01-31", 1), day("2026-02-28"));
    assert_eq!(last("2024-01-31", 1), day("2024-02-29"));
    assert_eq!(last("2025-08-31", 6), day("2026-02-28"));
    let years = Period::new(2, PeriodUnit::Year, LastDay::Stays).unwrap();
    assert_eq!(due(&calendar, years, noon(day("2024-02-29"))).last_day, day("2026-02-28"));
}

#[test]
fn an_event_belongs_to_its_day_in_shanghai() {
    let late_in_utc: DateTime<Utc> = "2026-09-18T17:00:00Z".parse().unwrap();
    let period = Period::new(1, PeriodUnit::CalendarDay, LastDay::Stays).unwrap();
    let deadline = due(&Calendar::shipped(), period, late_in_utc);
    assert_eq!(deadline.due_at.to_rfc3339(), "2026-09-20T23:59:59+08:00");
}

#[test]
fn steps_tell_the_whole_way() {
    let calendar = Calendar::shipped();
    let (period, from) = (rule("D05").unwrap().period, noon(day("2026-09-28")));
    let deadline = due(&calendar, period, from);
    let texts: Vec<String> = deadline.steps(&calendar, period, from).into_iter().map(|step| step.text).collect();
    assert_eq!(texts[0], "2026-09-28 周一 为开始之日，不计");
    assert_eq!(texts[3], "2026-10-01 国庆节 放假，不计");
    assert_eq!(texts.last().unwrap(), "2026-10-10 周六 国庆节补班，第 5 个工作日");

    let (period, from) = (rule("D09").unwrap().period, noon(day("2026-09-18")));
    let texts: Vec<String> = due(&calendar, period, from).steps(&calendar, period, from).into_iter().map(|step| step.text).collect();
    assert!(texts.contains(&"2026-10-03 国庆节 放假，末日顺延".to_owned()), "{texts:#?}");
    assert_eq!(texts.last().unwrap(), "2026-10-08 周四 工作日，顺延至本日届满");
}

#[test]
fn beyond_the_published_calendar_a_date_is_provisional() {
    let calendar = Calendar::shipped();
    let period = Period::new(30, PeriodUnit::WorkingDay, LastDay::Stays).unwrap();
    let deadline = due(&calendar, period, noon(day("2026-12-01")));
    assert!(deadline.provisional);
    assert_eq!(deadline.calendar, calendar.version());
    assert!(deadline.steps(&calendar, period, noon(day("2026-12-01"))).last().unwrap().text.contains("尚未公布"));
    assert!(!due(&calendar, period, noon(day("2026-11-01"))).provisional);
}

#[test]
fn the_table_has_all_its_rules_and_unsettled_days_are_read_strictly() {
    assert_eq!(rules().len(), 47);
    let unsettled: Vec<&str> = rules().iter().filter(|rule| rule.unit_unsettled).map(|rule| rule.id.as_str()).collect();
    assert_eq!(unsettled, ["D02", "D41", "D42", "D44"]);
    let dispute = rule("D02").unwrap();
    assert_eq!(dispute.period.unit(), PeriodUnit::CalendarDay);
    assert_eq!(dispute.period_as_confirmed().unit(), PeriodUnit::WorkingDay);
    assert_eq!(rule("D99"), None);
}

#[test]
fn every_rule_names_its_law_and_the_version_that_was_read() {
    for found in rules() {
        for (what, text) in [("name", &found.name), ("trigger", &found.trigger), ("article", &found.article), ("version", &found.version)] {
            assert!(!text.is_empty(), "{} has no {what}", found.id);
        }
        assert_eq!(rule(&found.name), Some(found), "{} is the only one of its name", found.id);
    }
    let decision = rule("作出处罚决定").unwrap();
    assert_eq!((decision.id.as_str(), decision.article.as_str()), ("D04", "行政处罚法第六十条"));
}

proptest! {
    #[test]
    fn working_days_are_the_ones_found_by_walking(from in any_date(), n in 1u32..200) {
        let calendar = Calendar::shipped();
        let period = Period::new(n, PeriodUnit::WorkingDay, LastDay::Rolls).unwrap();
        let deadline = due(&calendar, period, noon(from));
        let counted = from.iter_days().skip(1).take_while(|date| *date <= deadline.last_day).filter(|date| calendar.is_working_day(*date));
        prop_assert_eq!(counted.count(), n as usize);
        let steps = deadline.steps(&calendar, period, noon(from));
        prop_assert_eq!(steps.iter().filter_map(|step| step.number).max(), Some(n));
    }

    #[test]
    fn a_rolled_day_is_the_first_working_day_from_the_plain_one(from in any_date(), n in 1u32..400) {
        let calendar = Calendar::shipped();
        let period = |last_day| Period::new(n, PeriodUnit::CalendarDay, last_day).unwrap();
        let stays = due(&calendar, period(LastDay::Stays), noon(from)).last_day;
        let rolls = due(&calendar, period(LastDay::Rolls), noon(from)).last_day;
        prop_assert_eq!(stays, from + Days::new(u64::from(n)));
        prop_assert!(calendar.is_working_day(rolls));
        prop_assert!(stays.iter_days().take_while(|date| *date < rolls).all(|date| !calendar.is_working_day(date)));
    }

    #[test]
    fn a_later_event_or_a_longer_period_never_ends_earlier(from in any_date(), later in 0u64..60, n in 1u32..300, unit in 0usize..5, more in 0u32..5) {
        let calendar = Calendar::shipped();
        let unit = [PeriodUnit::Hour, PeriodUnit::WorkingDay, PeriodUnit::CalendarDay, PeriodUnit::Month, PeriodUnit::Year][unit];
        let n = if unit == PeriodUnit::Year { n % 20 + 1 } else { n };
        let period = |n| Period::new(n, unit, LastDay::Rolls).unwrap();
        let plain = due(&calendar, period(n), noon(from));
        prop_assert!(plain.due_at <= due(&calendar, period(n), noon(from + Days::new(later))).due_at);
        prop_assert!(plain.due_at <= due(&calendar, period(n + more), noon(from)).due_at);
        prop_assert_eq!(plain.due_at.date_naive(), plain.last_day);
    }
}
