//! What the course of a case tells a document that is about to be written (文书预填): the days of its steps and periods, by the names of the
//! fields of forms.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::clock::shanghai;
use law::procedure::Action;
use serde_json::{Map, Value, json};

use super::record::{ClockRow, StepRow};

/// The day of a moment on the clock of the city.
pub(super) fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&shanghai()).date_naive()
}

/// A moment as forms hold it: on the clock of the city, without a zone.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    at.with_timezone(&shanghai()).format("%Y-%m-%dT%H:%M:00").to_string()
}

/// The day of the last step of these names: of its service where it tells one, else when it was taken.
fn step(steps: &[StepRow], actions: &[Action]) -> Option<NaiveDate> {
    // Newest first.
    let row = steps.iter().find(|row| actions.iter().any(|action| action.code() == row.action))?;
    let served = row.content.get("served_on").and_then(Value::as_str).and_then(|day| day.parse().ok());
    Some(served.unwrap_or_else(|| day(row.at)))
}

/// The period of this name that runs, or ran last.
fn period<'a>(clocks: &'a [ClockRow], clock: &str) -> Option<&'a ClockRow> {
    clocks.iter().rev().find(|row| row.clock == clock)
}

/// What the course tells a kind of document.
pub(super) fn course(kind: &str, steps: &[StepRow], clocks: &[ClockRow], now: DateTime<Utc>) -> Map<String, Value> {
    let mut known = Map::new();
    let mut say = |name: &str, on: Option<NaiveDate>| {
        if let Some(on) = on {
            known.insert(name.to_owned(), json!(on));
        }
    };
    say("dated_on", Some(day(now)));
    say("filed_on", step(steps, &[Action::File]));
    match kind {
        "D05" | "D07" => say("served_on", step(steps, &[Action::ServeNotice])),
        _ => say("served_on", step(steps, &[Action::ServeDecision, Action::HandDecision])),
    }
    say("reminded_on", step(steps, &[Action::Remind]));
    say("registered_on", step(steps, &[Action::Register]));
    match kind {
        "A08" => say("requested_on", step(steps, &[Action::AskRecusal])),
        "D07" => say("requested_on", step(steps, &[Action::RequestHearing])),
        "B08" => say("approved_on", step(steps, &[Action::Register])),
        "F01" => say("reported_on", step(steps, &[Action::ReportCrime])),
        "F02" => say("approved_on", step(steps, &[Action::ApproveTransfer])),
        "F03" => say("received_on", step(steps, &[Action::PoliceRefuse])),
        "F04" => say("received_on", step(steps, &[Action::PoliceFile])),
        _ => {}
    }
    let ends = |clock: &str| period(clocks, clock).map(|row| day(row.due_at));
    match kind {
        "B08" => say("to_on", ends("registration")),
        "C02" | "C05" | "C09" => {
            say("from_on", period(clocks, "seizure").map(|row| day(row.from_at)));
            say("to_on", ends("seizure"));
        }
        "E04" | "E07" => say("due_on", ends("payment")),
        _ => {}
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(action: Action, at: &str, content: Value) -> StepRow {
        let at = at.parse().unwrap();
        StepRow { ordinal: 1, action: action.code().to_owned(), at, person: None, content, before: String::new(), after: String::new() }
    }

    #[test]
    fn the_day_on_the_receipt_goes_before_the_day_of_the_step() {
        let steps = [
            row(Action::ServeDecision, "2026-11-18T02:00:00Z", json!({ "served_on": "2026-11-17" })),
            row(Action::ServeNotice, "2026-11-03T02:00:00Z", json!({})),
            row(Action::File, "2026-10-12T17:30:00Z", json!({})),
        ];
        let now = "2026-11-20T01:00:00Z".parse().unwrap();
        let told = |kind: &str, name: &str| course(kind, &steps, &[], now).get(name).cloned();
        assert_eq!(told("E07", "served_on"), Some(json!("2026-11-17")));
        assert_eq!(told("D07", "served_on"), Some(json!("2026-11-03")));
        // Half past one at night in the city.
        assert_eq!(told("D20", "filed_on"), Some(json!("2026-10-13")));
        assert_eq!((told("E14", "dated_on"), told("E14", "reminded_on")), (Some(json!("2026-11-20")), None));
    }

    #[test]
    fn a_period_that_was_extended_is_the_last_one() {
        let clock = |due: &str| ClockRow {
            clock: "seizure".to_owned(),
            rule: None,
            days: Some(30),
            from_at: "2026-10-20T02:00:00Z".parse().unwrap(),
            due_at: due.parse().unwrap(),
            ended_at: None,
            ran_out: false,
        };
        let clocks = [clock("2026-11-19T15:59:59Z"), clock("2026-12-19T15:59:59Z")];
        let known = course("C05", &[], &clocks, "2026-11-20T01:00:00Z".parse().unwrap());
        assert_eq!((known["from_on"].clone(), known["to_on"].clone()), (json!("2026-10-20"), json!("2026-12-19")));
    }
}
