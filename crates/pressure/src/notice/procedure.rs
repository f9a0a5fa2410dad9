//! The ladder (提示、督办、问责): what may be done with a notice in which state, what follows, and why not.

use kernel::procedure::{Offer, Procedure, Refusal};

use super::{HOUSE, NoticeState, Stage};
use kernel::codes;

codes! {
    /// What can be done with a notice (操作).
    NoticeVerb {
        /// The unit replies (回复).
        Reply = "reply", "回复";
        /// The reply is enough (采纳).
        Accept = "accept", "采纳回复";
        /// The reply is not enough (退回).
        Return = "return", "退回重报";
        /// Issue the next stage in its place (升级).
        Escalate = "escalate", "升级";
        /// Take it back (撤回).
        Withdraw = "withdraw", "撤回";
    }
}

/// An action: the verb, none of whose content the guards look at.
pub type NoticeAction = NoticeVerb;

/// What the guards need to know besides the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeFacts {
    /// How hard it presses.
    pub stage: Stage,
    /// The actor is of the unit that it was issued to.
    pub actor_of_unit: bool,
    /// The actor may issue this stage, and so judge its replies.
    pub may_judge: bool,
    /// The actor may issue the stage above.
    pub may_issue_next: bool,
    /// The reply limit has run out.
    pub ran_out: bool,
}

/// Who must act next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextHolder {
    /// The unit.
    Unit,
    /// Whoever issues this stage.
    Issuer,
    /// Nobody: it is over.
    Nobody,
}

/// What an action does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeStep {
    /// The state after it.
    pub to: NoticeState,
    /// Who acts next.
    pub holder: NextHolder,
}

/// The procedure of notices.
#[derive(Debug, Clone, Copy)]
pub struct NoticeProcedure;

const fn belongs(verb: NoticeVerb, state: NoticeState) -> bool {
    match verb {
        NoticeVerb::Reply => matches!(state, NoticeState::Issued | NoticeState::Returned),
        NoticeVerb::Accept | NoticeVerb::Return => matches!(state, NoticeState::Replied),
        NoticeVerb::Escalate | NoticeVerb::Withdraw => state.is_open(),
    }
}

fn guard(verb: NoticeVerb, state: NoticeState, facts: &NoticeFacts) -> Option<Refusal> {
    let refuse = |code, reason: String| Some(Refusal::new(code, reason).citing(HOUSE));
    let (stage, label) = (facts.stage, facts.stage.label());
    match verb {
        NoticeVerb::Reply if !facts.actor_of_unit => refuse("not-your-unit", "这份文书不是发给您单位的，由收文单位回复".to_owned()),
        NoticeVerb::Accept | NoticeVerb::Return | NoticeVerb::Withdraw if !facts.may_judge => {
            refuse("stage-not-yours", format!("{label}由{}审核、撤回", stage.issuers()))
        }
        NoticeVerb::Escalate => match stage.next() {
            None => refuse("last-stage", format!("{label}是最后一级，后续按问责程序在系统外办理")),
            Some(_) if state == NoticeState::Replied => {
                refuse("not-judged", "单位已经回复，请先审核；回复不足的，退回后即可升级".to_owned())
            }
            Some(next) if state == NoticeState::Issued && !facts.ran_out => {
                refuse("reply-running", format!("回复期限未到；到期未回复，或回复被退回后，才能升级为{}", next.label()))
            }
            Some(next) if !facts.may_issue_next => refuse("stage-not-yours", format!("{}由{}签发", next.label(), next.issuers())),
            Some(_) => None,
        },
        _ => None,
    }
}

impl Procedure for NoticeProcedure {
    type State = NoticeState;
    type Facts = NoticeFacts;
    type Verb = NoticeVerb;
    type Action = NoticeAction;
    type Step = NoticeStep;

    fn offers(state: NoticeState, facts: &NoticeFacts) -> Vec<Offer<NoticeVerb>> {
        NoticeVerb::ALL
            .iter()
            .filter(|verb| belongs(**verb, state))
            .map(|&verb| Offer { verb, refusal: guard(verb, state, facts) })
            .collect()
    }

    fn apply(state: NoticeState, facts: &NoticeFacts, verb: &NoticeAction) -> Result<NoticeStep, Refusal> {
        if !belongs(*verb, state) {
            let reason = format!("{}现在是“{}”，不能{}", facts.stage.label(), state.label(), verb.label());
            return Err(Refusal::new("not-in-this-state", reason).citing(HOUSE));
        }
        if let Some(refusal) = guard(*verb, state, facts) {
            return Err(refusal);
        }
        let (to, holder) = match verb {
            NoticeVerb::Reply => (NoticeState::Replied, NextHolder::Issuer),
            NoticeVerb::Accept => (NoticeState::Accepted, NextHolder::Nobody),
            NoticeVerb::Return => (NoticeState::Returned, NextHolder::Unit),
            NoticeVerb::Escalate => (NoticeState::Escalated, NextHolder::Nobody),
            NoticeVerb::Withdraw => (NoticeState::Withdrawn, NextHolder::Nobody),
        };
        Ok(NoticeStep { to, holder })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOSS: NoticeFacts =
        NoticeFacts { stage: Stage::Prompt, actor_of_unit: false, may_judge: true, may_issue_next: true, ran_out: false };

    fn refusal(state: NoticeState, facts: NoticeFacts, verb: NoticeVerb) -> &'static str {
        NoticeProcedure::apply(state, &facts, &verb).unwrap_err().code
    }

    #[test]
    fn the_next_stage_waits_until_the_one_before_ran_out_or_was_answered_insufficiently() {
        let up = NoticeVerb::Escalate;
        assert_eq!(refusal(NoticeState::Issued, BOSS, up), "reply-running");
        assert_eq!(refusal(NoticeState::Replied, NoticeFacts { ran_out: true, ..BOSS }, up), "not-judged");
        assert!(NoticeProcedure::apply(NoticeState::Issued, &NoticeFacts { ran_out: true, ..BOSS }, &up).is_ok());
        assert!(NoticeProcedure::apply(NoticeState::Returned, &BOSS, &up).is_ok());
        let last = NoticeFacts { stage: Stage::Account, ran_out: true, ..BOSS };
        assert_eq!(refusal(NoticeState::Issued, last, up), "last-stage");
        assert_eq!(refusal(NoticeState::Returned, NoticeFacts { may_issue_next: false, ..BOSS }, up), "stage-not-yours");
    }

    #[test]
    fn what_is_offered_is_what_may_be_done_and_every_open_state_has_a_way_on() {
        for &state in NoticeState::ALL {
            for &stage in Stage::ALL {
                for bits in 0..16_u8 {
                    let bit = |at: u8| bits & (1 << at) != 0;
                    let facts = NoticeFacts { stage, actor_of_unit: bit(0), may_judge: bit(1), may_issue_next: bit(2), ran_out: bit(3) };
                    for offer in NoticeProcedure::offers(state, &facts) {
                        let done = NoticeProcedure::apply(state, &facts, &offer.verb);
                        assert_eq!(done.is_ok(), offer.refusal.is_none(), "{state:?} {facts:?} {offer:?}");
                        assert!(offer.refusal.is_none_or(|refusal| refusal.citation.is_some()));
                        if let Ok(step) = done {
                            assert_eq!(step.to.is_open(), step.holder != NextHolder::Nobody);
                        }
                    }
                    assert_eq!(state.is_open(), !NoticeProcedure::offers(state, &facts).is_empty());
                }
            }
            if state.is_open() {
                let unit = NoticeFacts { actor_of_unit: true, ..BOSS };
                assert!(NoticeVerb::ALL.iter().any(|verb| NoticeProcedure::apply(state, &unit, verb).is_ok()));
            }
        }
    }
}
