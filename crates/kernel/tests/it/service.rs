//! Service limits and their timer against a model that steps through every minute.

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc, Weekday};
use kernel::{
    calendar::Calendar,
    clock::shanghai,
    deadline::service::{self, Allowance, ServiceClock, ServiceLimit, ServiceUnit, Timer, TimerPhase, TimerRefusal, WarnPoint},
    light::Light,
};
use proptest::prelude::*;

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}+08:00").parse().unwrap()
}

fn limit(text: &str) -> ServiceLimit {
    text.parse().unwrap()
}

/// Whether the minute that begins at `instant` counts, asked of the plain rule.
fn counts(calendar: &Calendar, clock: ServiceClock, instant: DateTime<Utc>) -> bool {
    let local = instant.with_timezone(&shanghai());
    clock == ServiceClock::Continuous || (calendar.is_working_day(local.date_naive()) && matches!(local.hour(), 8..12 | 14..18))
}

fn any_minute() -> impl Strategy<Value = DateTime<Utc>> {
    // From a week before the Spring Festival of 2026 to after the National Day holiday, and the turn of the year.
    (0i64..60 * 24 * 365).prop_map(|minutes| at("2026-01-20T00:00:00") + TimeDelta::minutes(minutes))
}

fn any_limit() -> impl Strategy<Value = ServiceLimit> {
    (0usize..4, 1u32..2400).prop_map(|(unit, minutes)| ServiceLimit::of_minutes(minutes, ServiceUnit::ALL[unit]).unwrap())
}

#[test]
fn worked_limits() {
    let calendar = Calendar::shipped();
    for (from, text, due) in [
        // Thursday to Friday, over lunch, over night.
        ("2026-11-19T09:15:00", "4 working_hour", "2026-11-19T15:15:00"),
        ("2026-11-19T16:30:00", "4 working_hour", "2026-11-20T10:30:00"),
        // Ends with the morning or the day, not with the beginning of the next stretch.
        ("2026-11-19T08:00:00", "4 working_hour", "2026-11-19T12:00:00"),
        ("2026-11-19T08:00:00", "1 working_day", "2026-11-19T18:00:00"),
        ("2026-11-19T10:20:30", "1 working_day", "2026-11-20T10:20:30"),
        // From outside office hours the count begins with the next of them.
        ("2026-11-20T20:00:00", "4 working_hour", "2026-11-23T12:00:00"),
        ("2026-11-21T03:00:00", "2 working_day", "2026-11-24T18:00:00"),
        // The National Day holiday, with the make-up Saturday of 10 October.
        ("2026-09-30T17:00:00", "4 working_hour", "2026-10-08T11:00:00"),
        ("2026-10-09T17:00:00", "1 working_day", "2026-10-10T17:00:00"),
        // Urgent limits run through nights and holidays.
        ("2026-09-30T23:30:00", "2 urgent_hour", "2026-10-01T01:30:00"),
        ("2026-10-01T12:34:56", "2 urgent_day", "2026-10-03T12:34:56"),
    ] {
        assert_eq!(service::due(&calendar, at(from), limit(text)), at(due), "{from} + {text}");
    }
}

#[test]
fn suspension_extension_and_reply() {
    let calendar = Calendar::shipped();
    let timer = Timer::start(limit("4 working_hour"), at("2026-11-19T09:00:00"));
    assert_eq!(timer.due_at(&calendar), Some(at("2026-11-19T15:00:00")));
    assert_eq!(timer.warn_at(&calendar), Some(at("2026-11-19T14:12:00")));

    let suspended = timer.pause(at("2026-11-19T10:00:00")).unwrap();
    assert_eq!(suspended.due_at(&calendar), None);
    let reading = suspended.read(&calendar, at("2026-12-01T09:00:00"));
    assert_eq!((reading.phase, reading.remaining_seconds, reading.light), (TimerPhase::Paused, 3 * 3600, Some(Light::Green)));
    assert_eq!(reading.due_at, at("2026-12-01T12:00:00"));

    let resumed = suspended.resume(at("2026-12-01T09:00:00")).unwrap();
    assert_eq!(resumed.due_at(&calendar), Some(at("2026-12-01T12:00:00")));
    let extended = resumed.extend(limit("2 working_hour")).unwrap();
    assert_eq!(extended.due_at(&calendar), Some(at("2026-12-01T16:00:00")));
    assert_eq!(extended.extend(limit("2 urgent_hour")), Err(TimerRefusal::OtherClock));

    let in_time = extended.stop(at("2026-12-01T16:00:00")).unwrap();
    assert_eq!(in_time.read(&calendar, at("2026-12-31T00:00:00")).met, Some(true));
    // Between two stretches of office time nothing is counted, yet late is late.
    let late = extended.stop(at("2026-12-01T16:00:01")).unwrap();
    assert_eq!(late.read(&calendar, at("2026-12-31T00:00:00")).met, Some(false));
    assert!(in_time.explanation(&calendar, at("2026-12-31T00:00:00")).ends_with("12月1日16:00到期，已按时完成"));
}

#[test]
fn an_extension_granted_too_late_counts_from_where_the_limit_ran_out() {
    let calendar = Calendar::shipped();
    let timer = Timer::start(limit("2 urgent_hour"), at("2026-11-19T09:00:00"));
    let now = at("2026-11-19T12:00:00");
    assert_eq!(timer.read(&calendar, now).light, Some(Light::Red));
    let paused = timer.pause(now).unwrap();
    assert_eq!(paused.due_at(&calendar), Some(at("2026-11-19T11:00:00")), "what has run out stays so while paused");
    let extended = timer.extend(limit("2 urgent_hour")).unwrap();
    assert_eq!(extended.due_at(&calendar), Some(at("2026-11-19T13:00:00")));
    assert_eq!(extended.read(&calendar, now).light, Some(Light::Green));
}

#[test]
fn rework_with_a_fresh_or_the_remaining_limit_and_send_back() {
    let calendar = Calendar::shipped();
    let fixed = Timer::start(limit("4 working_hour"), at("2026-11-19T09:00:00")).stop(at("2026-11-19T11:00:00")).unwrap();
    let again = at("2026-11-20T08:00:00");
    let fresh = fixed.restart(again, Allowance::Fresh).unwrap();
    assert_eq!((fresh.due_at(&calendar), fresh.round()), (Some(at("2026-11-20T12:00:00")), 2));
    let remaining = fixed.restart(again, Allowance::Remaining).unwrap();
    assert_eq!((remaining.due_at(&calendar), remaining.round()), (Some(at("2026-11-20T10:00:00")), 2));

    // Send-back: the unit's timer stops, the dispatch timer runs again with its whole quarter of an hour.
    let dispatch = Timer::start(limit("0.25 urgent_hour"), at("2026-11-19T08:50:00")).stop(at("2026-11-19T09:00:00")).unwrap();
    let redispatch = dispatch.restart(at("2026-11-19T11:00:00"), Allowance::Fresh).unwrap();
    assert_eq!(redispatch.due_at(&calendar), Some(at("2026-11-19T11:15:00")));
    assert_eq!(redispatch.restart(again, Allowance::Fresh), Err(TimerRefusal::NotStopped));
}

#[test]
fn what_is_not_possible_is_refused() {
    let timer = Timer::start(limit("1 working_day"), at("2026-11-19T09:00:00"));
    let now = at("2026-11-19T10:00:00");
    assert_eq!(timer.resume(now), Err(TimerRefusal::NotPaused));
    let paused = timer.pause(now).unwrap();
    assert_eq!(paused.pause(now), Err(TimerRefusal::NotRunning));
    let stopped = paused.stop(now).unwrap();
    for refused in [stopped.pause(now), stopped.resume(now), stopped.stop(now), stopped.extend(limit("1 working_day"))] {
        assert_eq!(refused, Err(TimerRefusal::Stopped));
    }
}

#[test]
fn beyond_the_published_calendar_a_reading_is_provisional() {
    let calendar = Calendar::shipped();
    let from = at("2026-12-31T16:00:00");
    assert!(Timer::start(limit("1 working_day"), from).read(&calendar, from).provisional);
    assert!(!Timer::start(limit("1 urgent_day"), from).read(&calendar, from).provisional);
    assert!(!Timer::start(limit("2 working_hour"), from).read(&calendar, from).provisional);
}

/// What can happen to a running timer in a random life.
#[derive(Debug, Clone, Copy)]
enum Event {
    Pause,
    Resume,
    Extend,
}

proptest! {
    #[test]
    fn due_and_elapsed_agree_with_stepping_through_minutes(from in any_minute(), limit in any_limit()) {
        let calendar = Calendar::shipped();
        let clock = limit.unit().clock();
        let due = service::due(&calendar, from, limit);
        let mut instant = from;
        let mut left = limit.minutes();
        while left > 0 {
            left -= u32::from(counts(&calendar, clock, instant));
            instant += TimeDelta::minutes(1);
        }
        prop_assert_eq!(due, instant);
        prop_assert_eq!(service::elapsed(&calendar, clock, from, due), limit.seconds());
        let total: i64 = service::steps(&calendar, from, limit).iter().filter_map(|step| step.seconds).sum();
        prop_assert_eq!(total, limit.seconds());
    }

    #[test]
    fn seconds_are_exact(from in any_minute(), second in 0i64..60, limit in any_limit()) {
        let calendar = Calendar::shipped();
        let from = from + TimeDelta::seconds(second);
        let due = service::due(&calendar, from, limit);
        let clock = limit.unit().clock();
        prop_assert_eq!(service::elapsed(&calendar, clock, from, due), limit.seconds());
        prop_assert_eq!(service::elapsed(&calendar, clock, from, due - TimeDelta::seconds(1)), limit.seconds() - 1);
    }

    #[test]
    fn a_later_start_is_never_due_earlier(from in any_minute(), later in 0i64..100_000, limit in any_limit()) {
        let calendar = Calendar::shipped();
        let due = service::due(&calendar, from, limit);
        prop_assert!(due <= service::due(&calendar, from + TimeDelta::minutes(later), limit));
        prop_assert!(due > from);
    }

    #[test]
    fn a_timer_lives_as_the_model_that_steps_through_minutes(
        from in any_minute(),
        limit in any_limit(),
        life in proptest::collection::vec((1i64..900, prop_oneof![Just(Event::Pause), Just(Event::Resume), Just(Event::Extend)]), 0..8),
        after in 0i64..3000,
    ) {
        let calendar = Calendar::shipped();
        let clock = limit.unit().clock();
        let more = ServiceLimit::of_minutes(45, limit.unit()).unwrap();
        let mut timer = Timer::start(limit, from);
        let (mut now, mut running, mut budget, mut spent) = (from, true, i64::from(limit.minutes()), 0i64);
        let mut step_to = |now: &mut DateTime<Utc>, minutes: i64, running: bool| {
            for _ in 0..minutes {
                spent += i64::from(running && counts(&calendar, clock, *now));
                *now += TimeDelta::minutes(1);
            }
            spent
        };
        for (minutes, event) in life {
            step_to(&mut now, minutes, running);
            match event {
                Event::Pause => {
                    prop_assert_eq!(timer.pause(now).is_ok(), running);
                    timer = timer.pause(now).unwrap_or(timer);
                    running = false;
                }
                Event::Resume => {
                    prop_assert_eq!(timer.resume(now).is_ok(), !running);
                    timer = timer.resume(now).unwrap_or(timer);
                    running = true;
                }
                Event::Extend => {
                    timer = timer.extend(more).unwrap();
                    budget += 45;
                }
            }
        }
        let spent = step_to(&mut now, after, running);
        let kept: Timer = serde_json::from_str(&serde_json::to_string(&timer).unwrap()).unwrap();
        prop_assert_eq!(&kept, &timer);
        let reading = kept.read(&calendar, now);
        prop_assert_eq!(reading.spent_seconds, spent * 60);
        prop_assert_eq!(reading.remaining_seconds, (budget - spent) * 60);
        prop_assert_eq!(reading.due_at <= now && running || reading.light == Some(Light::Red), spent >= budget);
        if running && spent < budget {
            prop_assert_eq!(service::elapsed(&calendar, clock, now, reading.due_at), (budget - spent) * 60);
            prop_assert_eq!(timer.due_at(&calendar), Some(reading.due_at));
        }
    }

    #[test]
    fn a_timer_warns_so_long_before_its_end_also_when_it_is_extended(from in any_minute(), before in 1u32..2000, limit in any_limit()) {
        let calendar = Calendar::shipped();
        let timer = Timer::start(limit, from).warning_from(WarnPoint::Before(before));
        let timer = timer.extend(ServiceLimit::of_minutes(45, limit.unit()).unwrap()).unwrap();
        let reading = timer.read(&calendar, from);
        let counted = service::elapsed(&calendar, limit.unit().clock(), reading.warn_at, reading.due_at);
        prop_assert_eq!(counted, i64::from(before.min(limit.minutes() + 45)) * 60);
        let kept: Timer = serde_json::from_str(&serde_json::to_string(&timer).unwrap()).unwrap();
        prop_assert_eq!(kept.warn_point(), WarnPoint::Before(before));
    }

    #[test]
    fn a_pause_of_no_length_changes_nothing(from in any_minute(), minutes in 0i64..5000, limit in any_limit()) {
        let calendar = Calendar::shipped();
        let timer = Timer::start(limit, from);
        let instant = from + TimeDelta::minutes(minutes);
        let paused = timer.pause(instant).unwrap().resume(instant).unwrap();
        prop_assert_eq!(paused.read(&calendar, instant), timer.read(&calendar, instant));
        prop_assert_eq!(paused.due_at(&calendar), timer.due_at(&calendar));
    }
}

#[test]
fn months_of_office_time_are_counted_in_no_time() {
    let calendar = Calendar::shipped();
    let from = at("2026-01-05T09:00:00");
    assert_eq!(from.with_timezone(&shanghai()).weekday(), Weekday::Mon);
    let started = std::time::Instant::now();
    for _ in 0..1000 {
        std::hint::black_box(service::due(&calendar, from, limit("200 working_day")));
    }
    // Microseconds each, even unoptimised; the bound leaves room for a busy machine.
    assert!(started.elapsed().as_millis() < 1000, "{:?}", started.elapsed());
}
