//! A unit's own hours against a model that steps through every minute, and dates worked out by hand.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kernel::{
    calendar::Calendar,
    clock::shanghai,
    deadline::service::{self, ServiceLimit, ServiceUnit, Timer, steps},
    hours::{UnitHours, Week},
    id::OrganisationId,
};
use proptest::prelude::*;

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}+08:00").parse().unwrap()
}

fn limit(text: &str) -> ServiceLimit {
    text.parse().unwrap()
}

fn week(days: [&[&str]; 7], through_holidays: bool) -> Week {
    let days: Vec<Vec<String>> = days.iter().map(|day| day.iter().map(|text| (*text).to_owned()).collect()).collect();
    Week::read(&days, through_holidays).unwrap()
}

fn calendar(versions: Vec<(&str, Option<Week>)>) -> Calendar {
    let versions = versions.into_iter().map(|(from, week)| (from.parse::<NaiveDate>().unwrap(), week)).collect();
    Calendar::shipped().of_unit(Arc::new(UnitHours::new("某中队工作时间".into(), versions)))
}

/// On duty every day, holidays too, from eight to eight.
fn duty() -> Week {
    week([&["08:00-20:00"]; 7], true)
}

/// A township's office: nine to five with an hour at noon, weekends free.
fn office() -> Week {
    let day: &[&str] = &["09:00-12:00", "13:00-17:00"];
    week([day, day, day, day, day, &[], &[]], false)
}

#[test]
fn worked_limits_of_units() {
    let (duty, office) = (calendar(vec![("2026-01-01", Some(duty()))]), calendar(vec![("2026-01-01", Some(office()))]));
    for (calendar, from, text, due) in [
        // Friday evening into Saturday, where the house would wait for Monday.
        (&duty, "2026-11-20T19:00:00", "4 working_hour", "2026-11-21T11:00:00"),
        // Through the National Day holiday.
        (&duty, "2026-10-01T08:00:00", "1 working_day", "2026-10-01T20:00:00"),
        // A working day is a day of the unit's, from the minute it begins.
        (&duty, "2026-10-01T14:00:00", "2 working_day", "2026-10-03T14:00:00"),
        (&office, "2026-11-20T16:00:00", "4 working_hour", "2026-11-23T12:00:00"),
        (&office, "2026-11-20T16:00:00", "1 working_day", "2026-11-23T16:00:00"),
        (&office, "2026-11-20T09:00:00", "1 working_day", "2026-11-20T17:00:00"),
        // The make-up Saturday of 10 October has Monday's hours.
        (&office, "2026-10-09T16:30:00", "1 working_hour", "2026-10-10T09:30:00"),
        // Urgent limits look at nobody's hours.
        (&office, "2026-11-20T23:30:00", "2 urgent_hour", "2026-11-21T01:30:00"),
    ] {
        assert_eq!(service::due(calendar, at(from), limit(text)), at(due), "{from} + {text}");
    }
}

#[test]
fn a_version_counts_from_its_day_within_a_running_limit() {
    // House hours until Friday, on duty from Saturday, the house's again from Monday.
    let calendar = calendar(vec![("2026-11-21", Some(duty())), ("2026-11-23", None)]);
    assert_eq!(service::due(&calendar, at("2026-11-20T17:00:00"), limit("3 working_hour")), at("2026-11-21T10:00:00"));
    assert_eq!(service::due(&calendar, at("2026-11-20T17:00:00"), limit("27 working_hour")), at("2026-11-23T10:00:00"));
    let told: Vec<String> =
        steps(&calendar, at("2026-11-20T17:00:00"), limit("3 working_hour")).into_iter().map(|step| step.text).collect();
    assert_eq!(told, ["2026-11-20 周五 工作日，计 1 小时，累计 1 小时", "2026-11-21 周六 双休日，计 2 小时，累计 3 小时"]);
    assert_eq!(calendar.written_hours("2026-11-22".parse().unwrap()), ["08:00-20:00"]);
    assert_eq!(calendar.written_hours("2026-11-23".parse().unwrap()), ["08:00-12:00", "14:00-18:00"]);
}

#[test]
fn a_timer_keeps_whose_hours_count_through_rework() {
    let unit = OrganisationId::from(uuid::Uuid::from_u128(7));
    let timer = Timer::start(limit("4 working_hour"), at("2026-11-19T09:00:00")).counting_for(Some(unit));
    let kept: Timer = serde_json::from_value(serde_json::to_value(&timer).unwrap()).unwrap();
    assert_eq!((kept.unit(), &kept), (Some(unit), &timer));
    let stopped = kept.stop(at("2026-11-19T10:00:00")).unwrap();
    assert_eq!(stopped.restart(at("2026-11-19T11:00:00"), service::Allowance::Fresh).unwrap().unit(), Some(unit));
    // A timer from before units had hours of their own names none.
    let mut old = serde_json::to_value(&timer).unwrap();
    old.as_object_mut().unwrap().remove("unit");
    assert_eq!(serde_json::from_value::<Timer>(old).unwrap().unit(), None);
    assert!(timer.explanation(&calendar(vec![("2026-01-01", Some(office()))]), at("2026-11-19T09:30:00")).contains("按某中队工作时间计"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn hours_are_those_found_by_stepping_through_minutes(start in 0i64..60 * 24 * 300, minutes in 1u32..1500, which in 0usize..3) {
        let versions = [
            vec![("2026-01-01", Some(duty()))],
            vec![("2026-01-01", Some(office()))],
            vec![("2026-03-01", Some(duty())), ("2026-06-01", Some(office())), ("2026-09-01", None)],
        ];
        let calendar = calendar(versions[which].clone());
        let from = at("2026-01-20T00:00:00") + TimeDelta::minutes(start);
        let wanted = ServiceLimit::of_minutes(minutes, ServiceUnit::WorkingHour).unwrap();
        let due = service::due(&calendar, from, wanted);
        let (mut now, mut left) = (from, minutes);
        while left > 0 {
            let local = now.with_timezone(&shanghai());
            let time = local.format("%H:%M").to_string();
            let counts = calendar.written_hours(local.date_naive()).iter().any(|span| *span.split('-').next().unwrap() <= *time && *time < *span.split('-').nth(1).unwrap());
            left -= u32::from(counts);
            now += TimeDelta::minutes(1);
        }
        prop_assert_eq!(due, now);
        prop_assert_eq!(service::elapsed(&calendar, service::ServiceClock::Office, from, due), wanted.seconds());
    }

    #[test]
    fn days_of_a_unit_never_end_before_what_was_counted(start in 0i64..60 * 24 * 300, minutes in 1u32..5000, later in 0i64..5000) {
        let calendar = calendar(vec![("2026-03-01", Some(duty())), ("2026-06-01", Some(office())), ("2026-09-01", None)]);
        let from = at("2026-01-20T00:00:00") + TimeDelta::minutes(start);
        let wanted = ServiceLimit::of_minutes(minutes, ServiceUnit::WorkingDay).unwrap();
        let timer = Timer::start(wanted, from);
        let due = timer.due_at(&calendar).unwrap();
        prop_assert!(due > from);
        prop_assert!(timer.read(&calendar, due).remaining_seconds <= 0);
        prop_assert!(timer.read(&calendar, due - TimeDelta::seconds(1)).remaining_seconds >= 0);
        prop_assert!(due <= Timer::start(wanted, from + TimeDelta::minutes(later)).due_at(&calendar).unwrap());
    }
}

#[test]
fn a_told_day_stays_through_pauses_and_extensions() {
    let (house, duty, mornings) = (
        Calendar::shipped(),
        calendar(vec![("2026-01-01", Some(duty()))]),
        calendar(vec![("2026-01-01", Some(week([&["08:00-10:00"]; 7], true)))]),
    );
    let timer = Timer::start(limit("4 working_hour"), at("2026-11-23T10:00:00"));
    let told = timer.due_at(&house).unwrap();
    let warned = timer.warn_at(&house).unwrap();
    assert_eq!(timer.due_at(&duty).unwrap(), at("2026-11-23T14:00:00"));
    let kept = timer.clone().keeping(&duty, Some(told), Some(warned));
    assert_eq!((kept.due_at(&duty), kept.warn_at(&duty), kept.kept_seconds()), (Some(told), Some(warned), 2 * 3600));
    assert_eq!(kept.clone().keeping(&duty, Some(told), Some(warned)), kept, "once is enough");
    assert_eq!(kept.clone().counted_afresh(), timer);
    assert_eq!(serde_json::from_value::<Timer>(serde_json::to_value(&kept).unwrap()).unwrap(), kept);
    assert!(!serde_json::to_string(&timer).unwrap().contains("kept"));
    // A pause and an extension go on from the told day.
    let paused = kept.pause(at("2026-11-23T11:00:00")).unwrap().remembering(Some(told), Some(warned));
    let resumed = paused.resume(at("2026-11-23T12:00:00")).unwrap().keeping_remembered(&duty);
    assert_eq!(resumed.due_at(&duty), Some(told + TimeDelta::hours(1)));
    assert_eq!(kept.extend(limit("2 working_hour")).unwrap().due_at(&duty), Some(told + TimeDelta::hours(2)));
    // Paused by the house's hours, resumed by longer ones: not before what was told then.
    let paused = timer.pause(at("2026-11-23T11:00:00")).unwrap().remembering(Some(told), Some(warned));
    let resumed = paused.resume(at("2026-11-23T11:30:00")).unwrap().keeping_remembered(&duty);
    assert_eq!((resumed.due_at(&duty), resumed.warn_at(&duty)), (Some(told), Some(warned)));
    // Told for an hour in which the unit does not work: the next one.
    let short = Timer::start(limit("1 working_hour"), at("2026-11-23T08:00:00"));
    let kept = short.keeping(&mornings, Some(at("2026-11-23T15:00:00")), None);
    assert_eq!(kept.due_at(&mornings), Some(at("2026-11-24T08:00:01")));
}

proptest! {
    #[test]
    fn what_is_kept_is_never_earlier_than_it_was_told(
        start in 0_i64..86_400 * 60, length in 1_u32..4_000, told in 0_i64..86_400 * 40, days in any::<bool>(), pick in 0_usize..3,
    ) {
        let calendar = [Calendar::shipped(), calendar(vec![("2026-01-01", Some(duty()))]), calendar(vec![("2026-01-01", Some(office()))])][pick].clone();
        let unit = if days { ServiceUnit::WorkingDay } else { ServiceUnit::WorkingHour };
        let from = at("2026-03-02T00:00:00") + TimeDelta::seconds(start);
        let timer = Timer::start(ServiceLimit::of_minutes(length, unit).unwrap(), from);
        let (due, told) = (timer.due_at(&calendar).unwrap(), from + TimeDelta::seconds(told));
        let kept = timer.keeping(&calendar, Some(told), Some(told));
        prop_assert!(kept.due_at(&calendar).unwrap() >= told.max(due));
        prop_assert!(kept.warn_at(&calendar).unwrap() >= told.min(kept.due_at(&calendar).unwrap()));
        prop_assert_eq!(kept.clone().keeping(&calendar, kept.due_at(&calendar), None), kept);
    }
}
