//! The limits of a referral: counted in working days by the kernel's timer, like those of every docket.

use chrono::{DateTime, Utc};
use docket::{DeadlineRow, DeadlineState, DeadlineWrite};
use kernel::{
    calendar::Calendar,
    deadline::service::{ServiceLimit, ServiceUnit, Timer},
};

use super::{ReferralLimit, ReferralState};

/// The limit that runs in a state; none where nobody is pressed.
pub(super) const fn of_state(state: ReferralState) -> Option<ReferralLimit> {
    match state {
        ReferralState::Submitted => Some(ReferralLimit::Receipt),
        ReferralState::Received => Some(ReferralLimit::Split),
        ReferralState::Assigned => Some(ReferralLimit::Register),
        ReferralState::Away => Some(ReferralLimit::Answer),
        ReferralState::Answered => Some(ReferralLimit::Feedback),
        ReferralState::Returned | ReferralState::Case | ReferralState::Closed | ReferralState::Withdrawn => None,
    }
}

/// So many working days as a limit.
fn working_days(days: u32) -> ServiceLimit {
    ServiceLimit::new(f64::from(days.clamp(1, 60)), ServiceUnit::WorkingDay).expect("one to sixty days are a limit")
}

/// A limit that begins now, in this round.
pub(super) fn start(calendar: &Calendar, now: DateTime<Utc>, (limit, round): (ReferralLimit, i32), days: u32) -> DeadlineWrite {
    let timer = Timer::start(working_days(days), now);
    let reading = timer.read(calendar, now);
    DeadlineWrite {
        name: limit.code(),
        round,
        state: DeadlineState::Running,
        started_at: now,
        due_at: Some(reading.due_at),
        warn_at: Some(reading.warn_at),
        ended_at: None,
        timer: serde_json::to_value(&timer).expect("a timer is plain data"),
    }
}

/// The round after those that were.
pub(super) fn next_round(standing: &[DeadlineRow], limit: ReferralLimit) -> i32 {
    standing.iter().filter(|row| row.name == limit.code()).map(|row| row.round).max().unwrap_or(0) + 1
}

/// The running limits that `ends` names, as they stand when they end now: in time, late, or without meaning.
pub(super) fn end(
    now: DateTime<Utc>,
    standing: &[DeadlineRow],
    cancelled: bool,
    ends: impl Fn(ReferralLimit, i32) -> bool,
) -> Vec<DeadlineWrite> {
    let running = standing.iter().filter(|row| row.state == DeadlineState::Running.code());
    let ended = running.filter_map(|row| {
        let limit: ReferralLimit = row.name.parse().ok().filter(|limit| ends(*limit, row.round))?;
        let timer: Timer = serde_json::from_value(row.timer.clone()).ok()?;
        let in_time = row.due_at.is_none_or(|due| now.timestamp() <= due.timestamp());
        let state = match (cancelled, in_time) {
            (true, _) => DeadlineState::Cancelled,
            (false, true) => DeadlineState::Met,
            (false, false) => DeadlineState::Missed,
        };
        let timer = timer.stop(now).unwrap_or(timer);
        Some(DeadlineWrite {
            name: limit.code(),
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
