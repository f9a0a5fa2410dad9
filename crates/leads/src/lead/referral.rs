//! The part of the lead's procedure that referral to a neighbour city has (转邻市): a lead that is away stays the dispatcher's, with a limit to
//! follow it up; it can be taken back at any time, and what the neighbour ends comes to be checked and answered like any other.

use kernel::procedure::Refusal;

use super::{
    ClockOrder::{Start, Stop},
    Facts, Limit, NextHolder, State, Step, Verb,
    procedure::HOUSE,
};

/// What is done about a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Referral {
    /// 转邻市
    Refer,
    /// 撤回转办
    TakeBack,
    /// 邻市办结
    End,
}

impl Referral {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Refer, Self::TakeBack, Self::End];

    /// The verb.
    #[must_use]
    pub const fn verb(self) -> Verb {
        match self {
            Self::Refer => Verb::Refer,
            Self::TakeBack => Verb::TakeBack,
            Self::End => Verb::ReferralEnd,
        }
    }
}

/// In which states a verb of referral has its place.
pub(super) const fn belongs(verb: Verb, state: State) -> bool {
    match verb {
        // What lies outside the city has no grid and is never accepted; so it goes from the first state too.
        Verb::Refer => matches!(state, State::Reported | State::Accepted | State::Filed),
        Verb::TakeBack | Verb::ReferralEnd => matches!(state, State::Referred),
        _ => false,
    }
}

/// Why a verb of referral may still not be done.
pub(super) fn guard(verb: Verb, facts: &Facts) -> Option<Refusal> {
    if verb != Verb::Refer {
        return None;
    }
    if !facts.neighbours {
        return Some(Refusal::new("no-neighbours", "还没有对接邻市，请管理员在“邻市对接”中设置").citing(HOUSE));
    }
    let joint = facts.joint_open > 0 || facts.joint_asked;
    joint.then(|| Refusal::new("joint-open", "还有没有办完的协办，请先撤回协办再转邻市").citing(HOUSE))
}

/// Whether a lead may be closed by the neighbour's word alone: nobody of ours has seen on the spot that it is not true.
pub(super) fn closes_by_word(state: State, facts: &Facts) -> bool {
    facts.referral_ended && matches!(state, State::Fixed) && facts.check_passed != Some(false)
}

/// What follows.
pub(super) fn step(referral: Referral, state: State, facts: &Facts) -> Step {
    match referral {
        Referral::Refer => {
            Step::to(State::Referred, NextHolder::Role("dispatcher")).clock(Stop(limit_of(state))).clock(Start(Limit::Refer))
        }
        Referral::TakeBack => back(facts, Limit::Refer),
        // The neighbour's words are looked at before they are the answer: checked on the spot, or closed by them.
        Referral::End => Step::to(State::Fixed, NextHolder::Role("operator")).clock(Stop(Limit::Refer)).clock(Start(Limit::Check)),
    }
}

/// What a neighbour ended and did not end well: it has no unit of ours, and goes back to where it was referred from.
pub(super) fn again(state: State, facts: &Facts) -> Step {
    back(facts, if matches!(state, State::Checked) { Limit::Close } else { Limit::Check })
}

/// Back to where it was referred from, with a fresh limit of that step.
fn back(facts: &Facts, stopped: Limit) -> Step {
    let to = facts.referred_from.unwrap_or(State::Reported);
    let role = match to {
        State::Filed => "dispatcher",
        State::Accepted => "shift_leader",
        _ => "operator",
    };
    Step::to(to, NextHolder::Role(role)).clock(Stop(stopped)).clock(Start(limit_of(to)))
}

/// The limit that runs in a state from which is referred.
const fn limit_of(state: State) -> Limit {
    match state {
        State::Filed => Limit::Dispatch,
        State::Accepted => Limit::File,
        _ => Limit::Accept,
    }
}
