//! The rules of sessions: what may be done in which state, how long a room is booked, what a gap is.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{light::Light, problem::Problem};

use super::{SessionState, Step, store::SessionRow};

/// A booking is so short at least, in minutes. Provisional: the house's own.
pub(crate) const SHORTEST: i64 = 15;
/// A booking is so long at most, in hours. Provisional: the house's own.
pub(crate) const LONGEST: i64 = 8;
/// So many days ahead a room is booked at most. Provisional: the house's own.
pub(crate) const AHEAD: i64 = 60;
/// So many minutes after the beginning nobody came. Provisional: the house's own.
pub(crate) const WAITED: i64 = 15;
/// So many hours after the end a recording is missing for good. Provisional: the house's own; 行政处罚法第四十七条 asks for the record.
pub(crate) const LINKED_WITHIN: i64 = 24;
/// What belongs to no case is kept so many days. Provisional: the house's own.
pub(crate) const ASIDE_DAYS: i64 = 183;

/// The state after a step; nothing where the state does not allow it.
pub(crate) const fn after(state: SessionState, step: Step) -> Option<SessionState> {
    use SessionState as S;
    match (state, step) {
        (S::Booked, Step::Arrive) => Some(S::Arrived),
        (S::Arrived, Step::Start) | (S::Resting, Step::Resume) => Some(S::Running),
        (S::Running, Step::Rest) => Some(S::Resting),
        (S::Running | S::Resting, Step::End) | (S::Ended, Step::Unrecorded) => Some(S::Ended),
        (S::Booked, Step::NoShow) => Some(S::NoShow),
        (S::Booked | S::Arrived, Step::Cancel) => Some(S::Cancelled),
        _ => None,
    }
}

/// Why a step may not be taken now, besides what must be typed for it.
pub(crate) fn refusal(row: &SessionRow, step: Step, now: DateTime<Utc>) -> Option<Problem> {
    let state: SessionState = row.state.parse().ok()?;
    if after(state, step).is_none() {
        let why = format!("这个场次{}，不能办理“{}”", state.label(), step.label());
        return Some(Problem::conflict("session-state", why).cured_by("刷新后按现在的状态办理", None));
    }
    match step {
        Step::NoShow if now < row.starts_at + TimeDelta::minutes(WAITED) => {
            let why = format!("预约时间过后 {WAITED} 分钟才能登记未到场");
            Some(Problem::conflict("session-early", why).cured_by("再等一等；改期的请取消后重新预约", None))
        }
        Step::Arrive | Step::Start if now < row.starts_at - TimeDelta::hours(2) => {
            Some(Problem::conflict("session-early", "还没有到预约的时间").cured_by("提前超过两小时的，取消后重新预约", None))
        }
        _ => None,
    }
}

/// The light of a session's recording: nothing where none is wanted or it is there.
pub(crate) fn gap(records: bool, recordings: i64, row: &SessionRow, now: DateTime<Utc>) -> Option<Light> {
    let ended = row.ended_at.filter(|_| records && recordings == 0)?;
    let due = ended + TimeDelta::hours(LINKED_WITHIN);
    // What was explained stays to be seen, and presses nobody any more.
    Some(if row.unrecorded.is_some() { Light::Green } else { Light::at(now, ended, due) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_goes_nowhere_and_nobody_is_questioned_before_he_came() {
        for step in Step::ALL.iter().filter(|step| **step != Step::Unrecorded) {
            for over in [SessionState::Ended, SessionState::NoShow, SessionState::Cancelled] {
                assert_eq!(after(over, *step), None, "{over} {step}");
            }
        }
        let to_run: Vec<_> = SessionState::ALL
            .iter()
            .flat_map(|state| Step::ALL.iter().map(|step| (*state, *step)))
            .filter(|(state, step)| after(*state, *step) == Some(SessionState::Running))
            .collect();
        assert_eq!(to_run, [(SessionState::Arrived, Step::Start), (SessionState::Resting, Step::Resume)]);
    }
}
