//! The part of the lead's procedure that a leader's charge has (领导包案): the lead keeps its state, its holder and its limits; what is added is
//! a person who looks after it, instructs, and must be answered before it is closed.

use kernel::procedure::Refusal;

use super::{Facts, State, Verb, procedure::HOUSE, rules};

/// What is done about a leader's charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// 指定包案
    Put,
    /// 解除包案
    End,
    /// 批示
    Instruct,
    /// 答复批示
    Answer,
    /// 撤回批示
    Withdraw,
}

impl Charge {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Put, Self::End, Self::Instruct, Self::Answer, Self::Withdraw];

    /// The verb.
    #[must_use]
    pub const fn verb(self) -> Verb {
        match self {
            Self::Put => Verb::Charge,
            Self::End => Verb::EndCharge,
            Self::Instruct => Verb::Instruct,
            Self::Answer => Verb::AnswerInstruction,
            Self::Withdraw => Verb::WithdrawInstruction,
        }
    }
}

/// In which states a verb of a charge has its place: in all in which the lead still must be closed.
pub(super) const fn belongs(state: State) -> bool {
    state.is_open()
}

/// Why a charge keeps a verb from being done.
pub(super) fn guard(verb: Verb, facts: &Facts) -> Option<Refusal> {
    let open = facts.instructions_open;
    let unanswered = || format!("还有 {open} 条批示没有答复，请承办单位先答复，或由包案领导撤回");
    let (code, reason) = match verb {
        Verb::EndCharge | Verb::Instruct | Verb::AnswerInstruction | Verb::WithdrawInstruction if !facts.charged => {
            ("not-charged", "这件没有领导包案".to_owned())
        }
        Verb::Instruct if !facts.actor_in_charge => ("not-in-charge", "只有包案领导本人可以批示".to_owned()),
        Verb::Instruct if open >= rules::MOST_INSTRUCTIONS => ("instructions-open", format!("已有 {open} 条批示没有答复，请先催促答复")),
        // Whoever has it in charge now speaks for whoever had it before: a leader who left must not bind a lead for ever.
        Verb::WithdrawInstruction if !facts.actor_in_charge => ("not-in-charge", "只有现包案领导本人可以撤回批示".to_owned()),
        Verb::AnswerInstruction | Verb::WithdrawInstruction if open == 0 => ("no-instruction", "没有待答复的批示".to_owned()),
        Verb::AnswerInstruction if !facts.actor_answers => {
            ("not-yours-to-answer", "批示由现承办单位答复；没有承办单位或其已停用时由指挥中心答复".to_owned())
        }
        // What was asked must not vanish with the lead,
        Verb::Close | Verb::Merge | Verb::Void | Verb::Reject | Verb::EndCharge if open > 0 => ("instructions-open", unanswered()),
        // nor who looks after it in another.
        Verb::Merge if facts.charged => ("charged", "领导包案的线索不能并入其他线索，请先解除包案".to_owned()),
        _ => return None,
    };
    Some(Refusal::new(code, reason).citing(HOUSE))
}
