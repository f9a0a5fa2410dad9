//! The limit to decide on an application: twenty working days from the day it is complete (城市建筑垃圾管理规定第七条，待核对；行政许可法第四十二条、第八十二条).

use chrono::{DateTime, Utc};
use docket::{DeadlineRow, DeadlineState, DeadlineWrite};
use kernel::{
    calendar::Calendar,
    deadline::service::{ServiceLimit, ServiceUnit, Timer},
};

use super::PermitState;

/// The name of the limit.
pub(crate) const DECIDE: &str = "decide";
/// Working days to decide in.
const DAYS: f64 = 20.0;

/// Whether the limit runs in a state.
const fn runs(state: PermitState) -> bool {
    matches!(state, PermitState::Applied | PermitState::Reviewed | PermitState::ChangeApplied | PermitState::ChangeReviewed)
}

/// The limit of an application that begins now, in this round.
pub(crate) fn start(calendar: &Calendar, now: DateTime<Utc>, round: i32) -> DeadlineWrite {
    let limit = ServiceLimit::new(DAYS, ServiceUnit::WorkingDay).expect("twenty working days are a limit");
    let timer = Timer::start(limit, now);
    let reading = timer.read(calendar, now);
    DeadlineWrite {
        name: DECIDE,
        round,
        state: DeadlineState::Running,
        started_at: now,
        due_at: Some(reading.due_at),
        warn_at: Some(reading.warn_at),
        ended_at: None,
        timer: serde_json::to_value(&timer).expect("a timer is plain data"),
    }
}

/// What becomes of the limits when a permit goes from a state to another; `cancelled` where nobody decided.
pub(crate) fn moved(
    calendar: &Calendar,
    now: DateTime<Utc>,
    standing: &[DeadlineRow],
    (from, to, cancelled): (PermitState, PermitState, bool),
) -> Vec<DeadlineWrite> {
    match (runs(from), runs(to)) {
        (false, true) => {
            let round = standing.iter().filter(|row| row.name == DECIDE).map(|row| row.round).max().unwrap_or(0) + 1;
            vec![start(calendar, now, round)]
        }
        (true, false) => end(now, standing, cancelled),
        _ => Vec::new(),
    }
}

fn end(now: DateTime<Utc>, standing: &[DeadlineRow], cancelled: bool) -> Vec<DeadlineWrite> {
    let running = standing.iter().filter(|row| row.name == DECIDE && row.state == DeadlineState::Running.code());
    let ended = running.filter_map(|row| {
        let timer: Timer = serde_json::from_value(row.timer.clone()).ok()?;
        let in_time = row.due_at.is_none_or(|due| now.timestamp() <= due.timestamp());
        let state = match (cancelled, in_time) {
            (true, _) => DeadlineState::Cancelled,
            (false, true) => DeadlineState::Met,
            (false, false) => DeadlineState::Missed,
        };
        let timer = timer.stop(now).unwrap_or(timer);
        Some(DeadlineWrite {
            name: DECIDE,
            round: row.round,
            state,
            started_at: row.started_at,
            due_at: row.due_at,
            warn_at: row.warn_at,
            ended_at: Some(now),
            timer: serde_json::to_value(&timer).expect("a timer is plain data"),
        })
    });
    ended.collect()
}
