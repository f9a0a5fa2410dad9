//! Turns the procedure's orders to its clocks into limits of the docket.

use chrono::{DateTime, Utc};
use docket::{DeadlineRow, DeadlineState, DeadlineWrite};
use kernel::{
    calendar::{Calendar, never_earlier},
    deadline::service::{ServiceLimit, Timer, TimerPhase, TimerRefusal, WarnPoint},
    id::OrganisationId,
    problem::Problem,
};

use crate::{
    hours::Calendars,
    lead::{ClockOrder, Limit},
};

/// The limits as they are to stand after `orders`; `limit_of` says how long each is, and from where on it warns. What begins for the unit counts
/// by its hours.
///
/// # Errors
/// `clock-refused` when a clock cannot obey, which a procedure in order never asks.
pub(crate) fn obey(
    calendars: &Calendars,
    now: DateTime<Utc>,
    unit: Option<OrganisationId>,
    standing: &[DeadlineRow],
    orders: &[ClockOrder],
    limit_of: impl Fn(Limit) -> (ServiceLimit, WarnPoint),
) -> Result<Vec<DeadlineWrite>, Problem> {
    let mut clocks = Clocks { calendars, now, unit, standing, written: Vec::new() };
    for order in orders {
        match *order {
            ClockOrder::Start(limit) => clocks.start(limit, limit_of(limit)),
            ClockOrder::Stop(limit) => clocks.change(limit, |timer| timer.stop(now))?,
            ClockOrder::Pause(limit) => clocks.change(limit, |timer| timer.pause(now))?,
            ClockOrder::Resume(limit) => clocks.change(limit, |timer| timer.resume(now))?,
            ClockOrder::Extend(limit, minutes) => clocks.change(limit, |timer| {
                // Minutes of the timer's own clock; beyond ten years the guard before has refused.
                match ServiceLimit::of_minutes(minutes, timer.limit().unit()) {
                    Ok(by) => timer.extend(by),
                    Err(_) => Ok(timer.clone()),
                }
            })?,
            ClockOrder::CancelAll => clocks.cancel_all(),
        }
    }
    Ok(clocks.written)
}

/// A fresh limit of a round that the caller counts; of a unit's, by its hours.
pub(crate) fn begin(
    calendars: &Calendars,
    now: DateTime<Utc>,
    unit: Option<OrganisationId>,
    (limit, round): (Limit, i32),
    (length, warn): (ServiceLimit, WarnPoint),
) -> DeadlineWrite {
    write(calendars, limit.code(), round, &Timer::start(length, now).warning_from(warn).counting_for(unit), now)
}

/// Ends a limit's round, met or missed where it is kept, cancelled otherwise; nothing where it does not run.
///
/// # Errors
/// `clock-refused`, `clock-unreadable`.
pub(crate) fn end(
    calendars: &Calendars,
    now: DateTime<Utc>,
    standing: &[DeadlineRow],
    limit: Limit,
    round: i32,
    kept: bool,
) -> Result<Option<DeadlineWrite>, Problem> {
    let one: Vec<DeadlineRow> = standing.iter().filter(|row| row.name == limit.code() && row.round == round).cloned().collect();
    let mut clocks = Clocks { calendars, now, unit: None, standing: &one, written: Vec::new() };
    if kept {
        clocks.change(limit, |timer| timer.stop(now))?;
    } else {
        clocks.cancel_all();
    }
    Ok(clocks.written.pop())
}

/// A running limit counted with the calendars as they are now, no earlier than it was told, and the one that counted it; none if it does not run
/// or cannot be read. One that names no unit counts for `unit` from now on.
pub(crate) fn recounted<'a>(
    calendars: &'a Calendars,
    now: DateTime<Utc>,
    row: &DeadlineRow,
    unit: Option<OrganisationId>,
) -> Option<(DeadlineWrite, &'a Calendar)> {
    let limit: Limit = row.name.parse().ok()?;
    let timer: Timer = serde_json::from_value(row.timer.clone()).ok()?;
    let unit = timer.unit().or(unit);
    // What an earlier calendar made necessary is not added to what was told: whoever reads the timer or orders it keeps that anew.
    let timer = timer.counting_for(unit).counted_afresh();
    if row.state != DeadlineState::Running.code() {
        return None;
    }
    let mut write = write(calendars, limit.code(), row.round, &timer, now);
    write.due_at = write.due_at.map(|due| never_earlier(row.due_at, due));
    write.warn_at = write.warn_at.map(|warn| never_earlier(row.warn_at, warn));
    Some((write, calendars.of(unit)))
}

struct Clocks<'a> {
    calendars: &'a Calendars,
    now: DateTime<Utc>,
    /// The unit that has the lead then.
    unit: Option<OrganisationId>,
    standing: &'a [DeadlineRow],
    written: Vec<DeadlineWrite>,
}

impl Clocks<'_> {
    fn start(&mut self, limit: Limit, (length, warn): (ServiceLimit, WarnPoint)) {
        let before = self.standing.iter().filter(|row| row.name == limit.code()).map(|row| row.round).max().unwrap_or(0);
        let unit = self.unit.filter(|_| limit == Limit::Fix);
        let timer = Timer::start(length, self.now).warning_from(warn).counting_for(unit);
        self.written.push(write(self.calendars, limit.code(), before + 1, &timer, self.now));
    }

    fn change(&mut self, limit: Limit, order: impl FnOnce(&Timer) -> Result<Timer, TimerRefusal>) -> Result<(), Problem> {
        // A lead that a rule took through at once has no clock of the steps it skipped.
        let Some(row) = self.standing.iter().rev().find(|row| row.name == limit.code() && is_live(row)) else {
            return Ok(());
        };
        let timer: Timer = serde_json::from_value(row.timer.clone())
            .map_err(|error| Problem::internal("clock-unreadable", format!("时限记录无法读取：{error}")))?;
        // Whoever was told a day keeps it, also where another calendar would count an earlier one: the order goes on from there.
        let calendar = self.calendars.of_timer(&timer);
        let timer = order(&timer.keeping(calendar, row.due_at, row.warn_at))
            .map_err(|refusal| Problem::conflict("clock-refused", refusal.to_string()))?
            .remembering(row.due_at, row.warn_at)
            .keeping_remembered(calendar);
        self.written.push(write(self.calendars, limit.code(), row.round, &timer, self.now));
        Ok(())
    }

    fn cancel_all(&mut self) {
        let now = self.now;
        // What this very action has ended is not cancelled besides.
        let ended: Vec<(&str, i32)> = self.written.iter().map(|limit| (limit.name, limit.round)).collect();
        let live = self.standing.iter().filter(|row| is_live(row) && !ended.contains(&(row.name.as_str(), row.round)));
        let cancelled = live.filter_map(|row| {
            let limit: Limit = row.name.parse().ok()?;
            Some(DeadlineWrite {
                name: limit.code(),
                round: row.round,
                state: DeadlineState::Cancelled,
                started_at: row.started_at,
                due_at: row.due_at,
                warn_at: row.warn_at,
                ended_at: Some(now),
                timer: row.timer.clone(),
            })
        });
        self.written.extend(cancelled.collect::<Vec<_>>());
    }
}

fn is_live(row: &DeadlineRow) -> bool {
    row.state == DeadlineState::Running.code() || row.state == DeadlineState::Paused.code()
}

fn write(calendars: &Calendars, name: &'static str, round: i32, timer: &Timer, now: DateTime<Utc>) -> DeadlineWrite {
    let reading = timer.read(calendars.of_timer(timer), now);
    let state = match (timer.phase(), reading.met) {
        (TimerPhase::Running, _) => DeadlineState::Running,
        (TimerPhase::Paused, _) => DeadlineState::Paused,
        (TimerPhase::Stopped, Some(false)) => DeadlineState::Missed,
        (TimerPhase::Stopped, _) => DeadlineState::Met,
    };
    DeadlineWrite {
        name,
        round,
        state,
        started_at: timer.started_at(),
        due_at: (state != DeadlineState::Paused).then_some(reading.due_at),
        warn_at: (state != DeadlineState::Paused).then_some(reading.warn_at),
        ended_at: (timer.phase() == TimerPhase::Stopped).then_some(now),
        timer: serde_json::to_value(timer).expect("a timer is plain data"),
    }
}
