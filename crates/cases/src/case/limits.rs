//! The organ's own limits on a case (机关办案期限): the docket's deadlines, which light, list and to-do follow.

use chrono::{DateTime, TimeDelta, Utc};
use docket::{DeadlineRow, DeadlineState, DeadlineWrite};
use kernel::{
    calendar::Calendar,
    codes,
    deadline::statutory::{due, rule},
};
use law::procedure::{Case, Registration, Seizure, State, Track};
use serde_json::json;

codes! {
    /// A limit that binds the organ (机关期限).
    CaseLimit {
        /// From a clue to filing (立案审查).
        File = "case-file", "立案审查";
        /// From filing to the decision (作出处罚决定).
        Decide = "case-decide", "作出处罚决定";
        /// From the decision to its service (决定书送达).
        Serve = "case-serve", "决定书送达";
        /// From a decision on the spot to its record (当场处罚备案).
        Record = "case-record", "当场处罚备案";
        /// Evidence kept by registration (先行登记保存处理).
        Registration = "case-registration", "先行登记保存处理";
        /// Goods seized (查封扣押).
        Seizure = "case-seizure", "查封扣押处理";
    }
}

impl CaseLimit {
    /// The rule of the table of deadlines that measures it.
    pub(super) const fn rule(self) -> &'static str {
        match self {
            Self::File => "D01",
            Self::Decide => "D04",
            Self::Serve => "D07",
            Self::Record => "D15",
            Self::Registration => "D03",
            Self::Seizure => "D17",
        }
    }

    /// Whether it runs in a case that stands like this.
    fn runs(self, case: &Case) -> bool {
        let spot = matches!(case.track, Track::Simple | Track::MinorQuick | Track::Soft);
        match self {
            Self::File => !spot && !case.filed && matches!(case.state, State::Clue | State::Captured | State::Screened),
            Self::Decide => {
                case.filed
                    && matches!(
                        case.state,
                        State::Filed
                            | State::Investigating
                            | State::Suspended
                            | State::Ended
                            | State::Volunteering
                            | State::Noticed
                            | State::HearingRequested
                            | State::HearingHeld
                            | State::Reviewing
                            | State::Discussed
                    )
            }
            Self::Serve => case.state == State::Decided,
            Self::Record => spot && !case.recorded && case.state.is_after_service(),
            Self::Registration => case.registration == Registration::Held,
            Self::Seizure => matches!(case.seizure, Seizure::Urgent | Seizure::Held | Seizure::Extended),
        }
    }
}

/// The warning comes after this share of the time, in percent.
const WARN: u8 = 80;

/// The limits as they stand after a step; `before` is none when the case is opened.
pub(super) fn follow(
    calendar: &Calendar,
    before: Option<&Case>,
    after: &Case,
    now: DateTime<Utc>,
    standing: &[DeadlineRow],
) -> Vec<DeadlineWrite> {
    let mut writes = Vec::new();
    for &limit in CaseLimit::ALL {
        let ran = before.is_some_and(|before| limit.runs(before));
        let runs = limit.runs(after);
        let running = standing.iter().find(|row| row.name == limit.code() && row.state == DeadlineState::Running.code());
        if ran
            && !runs
            && let Some(row) = running
        {
            let in_time = row.due_at.is_none_or(|due| now.timestamp() <= due.timestamp());
            writes.push(DeadlineWrite {
                name: limit.code(),
                round: row.round,
                state: if in_time { DeadlineState::Met } else { DeadlineState::Missed },
                started_at: row.started_at,
                due_at: row.due_at,
                warn_at: row.warn_at,
                ended_at: Some(now),
                timer: row.timer.clone(),
            });
        }
        // 行政强制法第二十五条: extended once, by thirty days at most.
        let extended =
            limit == CaseLimit::Seizure && after.seizure == Seizure::Extended && before.is_some_and(|it| it.seizure == Seizure::Held);
        if extended && let Some(row) = running {
            writes.push(DeadlineWrite {
                name: limit.code(),
                round: row.round,
                state: DeadlineState::Running,
                started_at: row.started_at,
                due_at: row.due_at.map(|due| due + TimeDelta::days(30)),
                warn_at: row.warn_at.map(|warn| warn + TimeDelta::days(30)),
                ended_at: None,
                timer: row.timer.clone(),
            });
        }
        if runs
            && !ran
            && let Some(rule) = rule(limit.rule())
        {
            let deadline = due(calendar, rule.period, now);
            let round = standing.iter().filter(|row| row.name == limit.code()).map(|row| row.round).max().unwrap_or(0) + 1;
            writes.push(DeadlineWrite {
                name: limit.code(),
                round,
                state: DeadlineState::Running,
                started_at: now,
                due_at: Some(deadline.due_at.with_timezone(&Utc)),
                warn_at: Some(deadline.warn_at(now, WARN)),
                ended_at: None,
                timer: json!({ "rule": rule.id }),
            });
        }
    }
    writes
}
