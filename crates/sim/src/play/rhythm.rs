//! When things happen: the hours of the day, the days of the week, and how long people take.

use chrono::{DateTime, Datelike, Duration, TimeZone, Timelike, Utc};
use kernel::clock::shanghai;

use super::{Case, minutes};
use crate::city::chance::Chance;

/// How many of a day's reports come in each hour, out of a hundred or so.
const HOURS: [u32; 24] = [1, 1, 0, 0, 1, 2, 4, 7, 9, 9, 8, 6, 5, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1, 1];

/// The times of all reports between two instants; towards the end they come faster, so that there is fresh work.
pub(crate) fn reports(chance: &mut Chance, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let mut times = Vec::new();
    let mut hour = from;
    let total: u32 = HOURS.iter().sum();
    while hour < to {
        let local = hour.with_timezone(&shanghai());
        let day = if local.weekday().number_from_monday() > 5 { 62.0 } else { 86.0 };
        // The same day has the same luck in each of its hours.
        let luck = Chance::new(u64::from(local.num_days_from_ce().unsigned_abs()), "day").between(0.85, 1.15);
        let wanted = day * luck * f64::from(HOURS[local.hour() as usize]) / f64::from(total);
        let count = wanted as usize + usize::from(chance.unit() < wanted.fract());
        times.extend((0..count).map(|_| hour + minutes(chance.between(0.0, 60.0))));
        hour += Duration::hours(1);
    }
    let burst = to - Duration::minutes(50);
    let mut at = burst;
    while at < to && burst > from {
        at += minutes(chance.between(0.8, 2.0));
        times.push(at);
    }
    times.retain(|at| *at > from && *at < to);
    times
}

/// How long until the next report, as time goes by.
pub(crate) fn pause(chance: &mut Chance, now: DateTime<Utc>) -> Duration {
    let hour = now.with_timezone(&shanghai()).hour();
    minutes(if (7..21).contains(&hour) { chance.between(1.0, 2.0) } else { chance.between(4.0, 9.0) })
}

/// The next time from `at` that lies within the hours of a day; who comes in the morning does not do everything in the first minute.
fn within(chance: &mut Chance, at: DateTime<Utc>, from: u32, to: u32) -> DateTime<Utc> {
    let local = at.with_timezone(&shanghai());
    if (from..to).contains(&local.hour()) {
        return at;
    }
    let day = local.date_naive() + if local.hour() >= to { Duration::days(1) } else { Duration::zero() };
    let opens = day.and_hms_opt(from, 0, 0).and_then(|naive| shanghai().from_local_datetime(&naive).single());
    opens.map_or(at, |opens| opens.with_timezone(&Utc)) + minutes(chance.between(1.0, 45.0))
}

/// Minutes below which a limit is a matter of hours: nobody goes home over it.
const SHORT: f64 = 12.0 * 60.0;

/// Minutes left of the running limit; a little where it has passed, four hours where none runs.
fn left_of(case: &Case, now: DateTime<Utc>) -> f64 {
    case.due_at.map_or(240.0, |due| (due - now).num_minutes() as f64).max(15.0)
}

/// When the next thing is done with a case; `None` when it is over.
pub(crate) fn next(chance: &mut Chance, case: &Case, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let slow = if chance.unit() < 0.06 { 7.0 } else { 1.0 };
    let in_centre = |chance: &mut Chance, low: f64, high: f64| {
        let at = now + minutes(chance.between(low, high) * slow);
        Some(within(chance, at, 7, 22))
    };
    match case.state.as_str() {
        "reported" => in_centre(chance, 2.0, 12.0),
        "accepted" => in_centre(chance, 1.0, 9.0),
        "filed" => in_centre(chance, 2.0, 11.0),
        "fixed" => in_centre(chance, 2.0, 12.0),
        "checked" => in_centre(chance, 2.0, 12.0),
        "verifying" | "checking" => {
            let at = now + minutes(chance.between(7.0, 28.0) * slow);
            Some(within(chance, at, 7, 20))
        }
        "dispatched" | "fixing" if case.extension_pending => in_centre(chance, 20.0, 180.0),
        "dispatched" => {
            let left = left_of(case, now);
            let at = now + minutes(chance.between(6.0, 70.0).min(left * 0.3));
            Some(if left < SHORT { at } else { within(chance, at, 7, 19) })
        }
        "fixing" => {
            let left = left_of(case, now);
            // The wish for more time, and a suspension, come well before the limit.
            let early = case.fate.extend || case.fate.suspend || case.fate.send_back;
            let share = if early { 0.3 } else { case.fate.share };
            let at = now + minutes(left * share);
            let by_day = within(chance, at, 7, 19);
            // What would be late by waiting for the morning is done by those on duty at night.
            let late_by_waiting = share < 1.0 && case.due_at.is_some_and(|due| by_day > due);
            Some(if left < SHORT || late_by_waiting { at } else { by_day })
        }
        "suspended" => {
            let at = now + minutes(chance.between(1_200.0, 7_000.0));
            Some(within(chance, at, 8, 18))
        }
        "closed" if case.tracking.is_some() && case.fate.stars.is_some() => Some(now + minutes(chance.between(30.0, 1_200.0))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_sixty_to_a_hundred_reports_and_the_night_few() {
        let from = Utc.with_ymd_and_hms(2026, 11, 1, 16, 0, 0).unwrap();
        let to = from + Duration::days(28);
        let times = reports(&mut Chance::new(1, "test"), from, to);
        let a_day = times.len() as f64 / 28.0;
        assert!((60.0..=100.0).contains(&a_day), "{a_day} reports a day");
        let at_night = times.iter().filter(|at| at.with_timezone(&shanghai()).hour() < 5).count();
        assert!(at_night * 10 < times.len(), "{at_night} of {} at night", times.len());
    }

    #[test]
    fn what_falls_into_the_night_waits_for_the_morning() {
        let late = Utc.with_ymd_and_hms(2026, 11, 1, 15, 0, 0).unwrap();
        let at = within(&mut Chance::new(1, "test"), late, 8, 18).with_timezone(&shanghai());
        assert_eq!((at.day(), at.hour()), (2, 8));
    }

    /// A case being fixed, due at `due`, by somebody who takes `share` of what is left.
    fn fixing(due: DateTime<Utc>, share: f64) -> Case {
        Case {
            id: String::new(),
            version: 1,
            state: "fixing".to_owned(),
            due_at: Some(due),
            township: 0,
            unit: None,
            class: None,
            trouble: 0,
            tracking: None,
            has_photo: true,
            extension_pending: false,
            check_failed: false,
            collector: None,
            reporter: None,
            merge_into: None,
            fate: super::super::Fate { share, ..Default::default() },
            refusals: 0,
        }
    }

    #[test]
    fn who_means_to_be_in_time_is_in_time_at_any_hour() {
        let mut chance = Chance::new(1, "test");
        for hours in [2, 5, 11, 26, 60] {
            for hour in 0..24 {
                let now = Utc.with_ymd_and_hms(2026, 11, 4, hour, 10, 0).unwrap();
                let due = now + Duration::hours(hours);
                assert!(next(&mut chance, &fixing(due, 0.85), now).unwrap() <= due, "{hours} hours from {now}");
            }
        }
    }
}
