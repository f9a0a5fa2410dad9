//! The part of the lead's procedure that levels have (分层响应，市—县—镇): what a unit cannot solve it raises to the level above, which takes it,
//! returns it, or sends it down. Whoever gets it has it as if it had been dispatched to him: holder, running limit and next step are there.

use kernel::procedure::Refusal;

use super::{
    ClockOrder::{Start, Stop},
    Facts, Limit, NextHolder, State, Step, Verb,
    procedure::HOUSE,
};

/// What is done between levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// 上提
    Raise,
    /// 退回下级
    Return,
    /// 下派
    SendDown,
}

impl Layer {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Raise, Self::Return, Self::SendDown];

    /// The verb.
    #[must_use]
    pub const fn verb(self) -> Verb {
        match self {
            Self::Raise => Verb::Raise,
            Self::Return => Verb::ReturnRaised,
            Self::SendDown => Verb::SendDown,
        }
    }
}

/// In which states a verb of levels has its place.
pub(super) const fn belongs(verb: Verb, state: State) -> bool {
    match verb {
        // Who has taken it works on it; what he then cannot solve he sends down or raises further.
        Verb::ReturnRaised => matches!(state, State::Dispatched),
        _ => matches!(state, State::Dispatched | State::Fixing),
    }
}

/// Why a verb of levels may still not be done.
pub(super) fn guard(verb: Verb, facts: &Facts) -> Option<Refusal> {
    let (code, reason) = match verb {
        // The rule acts for the unit, whoever of it has taken the lead.
        Verb::Raise | Verb::ReturnRaised | Verb::SendDown if !facts.actor_holds && !facts.by_rule => {
            ("not-your-unit", "该件不在您的单位办理")
        }
        Verb::Raise if !facts.level_above => ("no-level-above", "没有可以上提的上级单位"),
        Verb::Raise if facts.raised_before => ("raised-before", "本单位已上提过一次；确有困难请申请延期或联系派遣员协调"),
        Verb::ReturnRaised if !facts.raised_here => ("not-raised-here", "这件不是下级上提来的"),
        Verb::SendDown if !facts.units_below => ("no-units-below", "没有可以下派的下级单位"),
        _ => return None,
    };
    Some(Refusal::new(code, reason).citing(HOUSE))
}

/// What follows: the unit that gets it has it to take, with a limit of its own.
pub(super) fn step() -> Step {
    Step::to(State::Dispatched, NextHolder::Unit).clock(Stop(Limit::Fix)).clock(Start(Limit::Fix))
}
