//! What is said when a limit's time has come (预警、超期): a line of the ledger and an event, once a limit.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::{Actor, DeadlineRow, DeadlineState, DeadlineWrite, Event, Header, NewEntry, ledger::payload};

/// What a limit has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// The light turned yellow.
    Warned,
    /// It ran out.
    Missed,
}

/// The limits that ran out by `now` without a word, as `written` leaves them.
///
/// Whoever ends, stops or extends a limit says so in the same transaction, if it ran out before: the scheduler may come too late to see it
/// running. Two kinds of limit did not run out: one that is written as met, and one that is only counted anew by another calendar, which
/// stands as if it had never been due before.
pub(crate) fn unsaid<'a>(standing: &'a [DeadlineRow], written: &[DeadlineWrite], now: DateTime<Utc>) -> Vec<&'a DeadlineRow> {
    let excused = |row: &DeadlineRow| {
        written.iter().filter(|write| write.is_of(row)).any(|write| match write.state {
            DeadlineState::Met => true,
            DeadlineState::Running => only_counted_anew(&row.timer, &write.timer) && write.due_at.is_some_and(|due| due > now),
            _ => false,
        })
    };
    standing.iter().filter(|row| is_running(row) && row.due_at.is_some_and(|due| due <= now) && !excused(row)).collect()
}

/// Whether two timers are the same but for what a calendar makes of them: whose hours count, and what was added so that a told day stays.
fn only_counted_anew(one: &Value, other: &Value) -> bool {
    let plain = |timer: &Value| {
        let mut timer = timer.clone();
        if let Some(fields) = timer.as_object_mut() {
            fields.retain(|name, _| !matches!(name.as_str(), "unit" | "kept"));
        }
        timer
    };
    plain(one) == plain(other)
}

/// The limits whose warning has come by `now` without a word, and which have not run out yet.
pub(crate) fn unwarned(standing: &[DeadlineRow], now: DateTime<Utc>) -> Vec<&DeadlineRow> {
    let due = |row: &DeadlineRow| row.warn_at.is_some_and(|warn| warn <= now) && row.due_at.is_some_and(|due| due > now);
    standing.iter().filter(|row| is_running(row) && row.warned_at.is_none() && due(row)).collect()
}

fn is_running(row: &DeadlineRow) -> bool {
    row.state == DeadlineState::Running.code() && row.fired_at.is_none()
}

/// A limit that was told to be missed stays missed, also where it ended in the very second it ran out.
pub(crate) fn keep_word(standing: &[DeadlineRow], written: &mut [DeadlineWrite]) {
    for write in written.iter_mut().filter(|write| write.state == DeadlineState::Met) {
        if standing.iter().any(|row| write.is_of(row) && row.fired_at.is_some()) {
            write.state = DeadlineState::Missed;
        }
    }
}

/// The words: to the holder that `header` names, who let it come to that.
pub(crate) fn say(header: &Header, version: i64, limit: &DeadlineRow, told: Told) -> (NewEntry, Event) {
    let (action, topic, light) = match told {
        Told::Warned => ("limit-warned", "docket.limit-warned", "yellow"),
        Told::Missed => ("limit-missed", "docket.limit-missed", "red"),
    };
    let entry = NewEntry {
        actor: Actor::System("scheduler"),
        role: None,
        action,
        place: None,
        payload: payload([("limit", json!(limit.name)), ("round", json!(limit.round)), ("due_at", json!(limit.due_at))]),
    };
    let payload = json!({
        "kind": header.kind, "number": header.number, "title": header.title, "state": header.state, "limit": limit.name,
        "round": limit.round, "due_at": limit.due_at, "jurisdiction": header.jurisdiction, "unit": header.unit, "holder_role": header.holder_role,
        "holder_unit": header.holder_unit, "holder_person": header.holder_person, "light": light, "version": version,
    });
    (entry, Event { topic, payload })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timer_that_now_names_its_unit_is_the_same_and_one_that_was_extended_is_not() {
        let timer = json!({ "limit": { "value": 4.0, "unit": "working_hour" }, "extended_minutes": 0 });
        let named = json!({ "limit": { "value": 4.0, "unit": "working_hour" }, "extended_minutes": 0, "unit": "u", "kept": { "due": 60 } });
        let extended = json!({ "limit": { "value": 4.0, "unit": "working_hour" }, "extended_minutes": 60 });
        assert!(only_counted_anew(&timer, &named) && only_counted_anew(&named, &timer));
        assert!(!only_counted_anew(&timer, &extended));
    }
}
