//! The part of the lead's procedure that joint tasks have (联合处置): where their verbs have their place, and why not.

use kernel::procedure::Refusal;

use super::{Facts, State, Verb, procedure::HOUSE};

/// What is done about joint tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// 联合处置
    Call,
    /// 请求协办
    Ask,
    /// 接受协办
    Take,
    /// 协办反馈
    Done,
    /// 协办退回
    Return,
    /// 撤回协办
    Withdraw,
}

impl Joint {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Call, Self::Ask, Self::Take, Self::Done, Self::Return, Self::Withdraw];

    /// The verb.
    #[must_use]
    pub const fn verb(self) -> Verb {
        match self {
            Self::Call => Verb::CallJoint,
            Self::Ask => Verb::AskJoint,
            Self::Take => Verb::JointTake,
            Self::Done => Verb::JointDone,
            Self::Return => Verb::JointReturn,
            Self::Withdraw => Verb::JointWithdraw,
        }
    }

    const fn of(verb: Verb) -> Option<Self> {
        Some(match verb {
            Verb::CallJoint => Self::Call,
            Verb::AskJoint => Self::Ask,
            Verb::JointTake => Self::Take,
            Verb::JointDone => Self::Done,
            Verb::JointReturn => Self::Return,
            Verb::JointWithdraw => Self::Withdraw,
            _ => return None,
        })
    }
}

/// In which states a verb of joint tasks has its place; no other verb has one here.
pub(super) const fn belongs(verb: Verb, state: State) -> bool {
    match Joint::of(verb) {
        Some(Joint::Call | Joint::Ask) => matches!(state, State::Dispatched | State::Fixing),
        // A task outlives the lead's return to the dispatcher, and its suspension.
        Some(_) => matches!(state, State::Filed | State::Dispatched | State::Fixing | State::Suspended),
        None => false,
    }
}

/// Why joint tasks keep a verb from being done.
pub(super) fn guard(verb: Verb, facts: &Facts) -> Option<Refusal> {
    if verb == Verb::Fix && facts.joint_open > 0 {
        let reason = format!("还有 {} 个协办单位没有办完；请等他们反馈，或请派遣员撤回协办", facts.joint_open);
        return Some(Refusal::new("joint-open", reason).citing(HOUSE));
    }
    let (code, reason) = match (Joint::of(verb)?, facts.joint_taken) {
        (Joint::Take | Joint::Done | Joint::Return, None) => ("not-assisting", "您的单位没有这件的协办任务"),
        (Joint::Take, Some(true)) => ("joint-taken", "已接受协办，请办完后反馈"),
        (Joint::Done, Some(false)) => ("joint-not-taken", "请先接受协办，再反馈"),
        (Joint::Withdraw, _) if facts.joint_open == 0 && !facts.joint_asked => ("no-joint", "没有可撤回的协办"),
        _ => return None,
    };
    Some(Refusal::new(code, reason).citing(HOUSE))
}
