//! The limits of a notice: counted in working hours by the kernel's timer, like those of every docket.

use chrono::{DateTime, Utc};
use docket::{DeadlineRow, DeadlineState, DeadlineWrite};
use kernel::{
    calendar::Calendar,
    deadline::service::{ServiceLimit, ServiceUnit, Timer},
};

use super::NoticeLimit;

/// So many working hours as a limit.
pub(super) fn working_hours(hours: u32) -> ServiceLimit {
    ServiceLimit::of_minutes(hours.clamp(1, 400) * 60, ServiceUnit::WorkingHour).expect("one to four hundred hours are a limit")
}

/// When so many working hours after an instant are over; the instant itself for none.
pub(super) fn after(calendar: &Calendar, from: DateTime<Utc>, hours: u32) -> DateTime<Utc> {
    if hours == 0 { from } else { kernel::deadline::service::due(calendar, from, working_hours(hours)) }
}

/// A limit that begins now.
pub(super) fn start(calendar: &Calendar, now: DateTime<Utc>, standing: &[DeadlineRow], limit: NoticeLimit, hours: u32) -> DeadlineWrite {
    let before = standing.iter().filter(|row| row.name == limit.code()).map(|row| row.round).max().unwrap_or(0);
    let timer = Timer::start(working_hours(hours), now);
    let reading = timer.read(calendar, now);
    DeadlineWrite {
        name: limit.code(),
        round: before + 1,
        state: DeadlineState::Running,
        started_at: now,
        due_at: Some(reading.due_at),
        warn_at: Some(reading.warn_at),
        ended_at: None,
        timer: serde_json::to_value(&timer).expect("a timer is plain data"),
    }
}

/// Every running limit as it stands when it ends now: in time, late, or without meaning.
pub(super) fn end(now: DateTime<Utc>, standing: &[DeadlineRow], cancelled: bool) -> Vec<DeadlineWrite> {
    let running = standing.iter().filter(|row| row.state == DeadlineState::Running.code());
    let ended = running.filter_map(|row| {
        let limit: NoticeLimit = row.name.parse().ok()?;
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
