//! The limits of an application: twenty working days to decide, from the day it is complete (城市建筑垃圾管理规定第七条，待核对；行政许可法第四十二条、
//! 第八十二条，待核对), and where an extension was asked for in time, the last day of what is in force (第五十条，待核对).

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use docket::{DeadlineRow, DeadlineState, DeadlineWrite};
use kernel::{
    calendar::Calendar,
    clock::shanghai,
    deadline::statutory::{LastDay, Period, PeriodUnit, due},
};
use serde_json::json;

use super::{PermitState, store::VersionRow};

/// The name of the limit to decide.
pub(crate) const DECIDE: &str = "decide";
/// The name of the limit to decide on an extension before what is in force ends.
pub(crate) const EXTEND: &str = "extend";
/// Working days to decide in.
const DAYS: u32 = 20;
/// Working days in which what is missing is told (行政许可法第三十二条第一款第四项，待核对).
const TELL: u32 = 5;
/// Days before the end by which an extension is asked for in time (行政许可法第五十条，待核对). They are the holder's: calendar days.
const AHEAD: i64 = 30;
/// The warning comes after this share of the time, in percent.
const WARN: i64 = 80;

/// Whether the limits run in a state.
const fn runs(state: PermitState) -> bool {
    matches!(state, PermitState::Applied | PermitState::Reviewed | PermitState::ChangeApplied | PermitState::ChangeReviewed)
}

/// The end of so many working days after the day of an instant.
fn working_days(calendar: &Calendar, from: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    // An organ's own days, none of which is a day off.
    let period = Period::new(days, PeriodUnit::WorkingDay, LastDay::Stays).expect("some working days are a period");
    due(calendar, period, from).due_at.with_timezone(&Utc)
}

/// The last second of a day in the city.
fn end_of(day: NaiveDate) -> DateTime<Utc> {
    (day.and_time(NaiveTime::MIN) + TimeDelta::seconds(86_399) - TimeDelta::hours(8)).and_utc()
}

fn limit(name: &'static str, round: i32, now: DateTime<Utc>, due_at: DateTime<Utc>) -> DeadlineWrite {
    DeadlineWrite {
        name,
        round,
        state: DeadlineState::Running,
        started_at: now,
        due_at: Some(due_at),
        warn_at: Some(now + TimeDelta::seconds((due_at - now).num_seconds() * WARN / 100)),
        ended_at: None,
        timer: json!({ "rule": name }),
    }
}

/// The limit of an application that begins now, in this round.
pub(crate) fn start(calendar: &Calendar, now: DateTime<Utc>, round: i32) -> DeadlineWrite {
    limit(DECIDE, round, now, working_days(calendar, now, DAYS))
}

/// Whether an application that came at an instant may no longer be given back: it counts as accepted.
pub(crate) fn complete(calendar: &Calendar, asked_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now > working_days(calendar, asked_at, TELL)
}

/// Whether something was asked for long enough before a day.
fn ahead(pending: &VersionRow, day: NaiveDate) -> bool {
    pending.asked_at.with_timezone(&shanghai()).date_naive() <= day - TimeDelta::days(AHEAD)
}

/// Whether what is applied for extends what is in force, and was asked for in time.
pub(crate) fn in_time(current: &VersionRow, pending: &VersionRow) -> bool {
    pending.valid_until > current.last_day() && ahead(pending, current.last_day())
}

/// Whether what is applied for counts as granted as far as it extends: what is in force holds on already.
pub(crate) fn counts_as_granted(current: &VersionRow, pending: &VersionRow) -> bool {
    current.extended_until == Some(pending.valid_until) && ahead(pending, current.valid_until)
}

/// What becomes of the limits when a permit goes from a state to another; `cancelled` where nobody decided. Where an extension is asked for
/// in time, `extends` is the last day of what is in force.
pub(crate) fn moved(
    calendar: &Calendar,
    now: DateTime<Utc>,
    standing: &[DeadlineRow],
    (from, to, cancelled): (PermitState, PermitState, bool),
    extends: Option<NaiveDate>,
) -> Vec<DeadlineWrite> {
    let round = |name: &str| standing.iter().filter(|row| row.name == name).map(|row| row.round).max().unwrap_or(0) + 1;
    match (runs(from), runs(to)) {
        (false, true) => {
            let extends = extends.map(|day| limit(EXTEND, round(EXTEND), now, end_of(day)));
            std::iter::once(start(calendar, now, round(DECIDE))).chain(extends).collect()
        }
        (true, false) => end(now, standing, cancelled),
        _ => Vec::new(),
    }
}

fn end(now: DateTime<Utc>, standing: &[DeadlineRow], cancelled: bool) -> Vec<DeadlineWrite> {
    let running = standing.iter().filter(|row| row.state == DeadlineState::Running.code());
    let ended = running.filter_map(|row| {
        let name = [DECIDE, EXTEND].into_iter().find(|name| *name == row.name)?;
        let in_time = row.due_at.is_none_or(|due| now.timestamp() <= due.timestamp());
        // What ran out stays run out, whoever ends the application afterwards.
        let state = match (in_time, cancelled) {
            (false, _) => DeadlineState::Missed,
            (true, true) => DeadlineState::Cancelled,
            (true, false) => DeadlineState::Met,
        };
        Some(DeadlineWrite {
            name,
            round: row.round,
            state,
            started_at: row.started_at,
            due_at: row.due_at,
            warn_at: row.warn_at,
            ended_at: Some(now),
            timer: row.timer.clone(),
        })
    });
    ended.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn twenty_and_five_working_days_are_whole_days() {
        let calendar = Calendar::shipped();
        // Monday 2 November 2026 at five in the afternoon: the twentieth working day after it is Monday 30 November, until midnight.
        let asked = at("2026-11-02T09:00:00Z");
        assert_eq!(start(&calendar, asked, 1).due_at, Some(at("2026-11-30T15:59:59Z")));
        // The fifth is Monday 9 November.
        assert!(!complete(&calendar, asked, at("2026-11-09T15:59:59Z")) && complete(&calendar, asked, at("2026-11-09T16:00:00Z")));
    }

    #[test]
    fn what_ran_out_is_missed_also_where_it_is_taken_back() {
        let row = |due: &str| DeadlineRow {
            name: DECIDE.to_owned(),
            round: 1,
            state: DeadlineState::Running.code().to_owned(),
            started_at: at("2026-11-02T01:00:00Z"),
            due_at: Some(at(due)),
            warn_at: None,
            warned_at: None,
            fired_at: None,
            ended_at: None,
            timer: json!({}),
        };
        let now = at("2026-11-20T01:00:00Z");
        let state = |due: &str, cancelled| end(now, &[row(due)], cancelled)[0].state;
        assert_eq!(state("2026-11-19T01:00:00Z", true), DeadlineState::Missed);
        assert_eq!(state("2026-11-21T01:00:00Z", true), DeadlineState::Cancelled);
        assert_eq!(state("2026-11-21T01:00:00Z", false), DeadlineState::Met);
    }
}
