//! The course of a referral (移交办理): what may be done in which state by which side, what follows, and why not.

use kernel::procedure::{Offer, Procedure, Refusal};

use super::{HOUSE, ReferralState, ReferralVerb, Way};

/// Assistance between organs.
const ASSISTANCE: &str = "行政处罚法第二十六条";
/// Who has the power.
const JURISDICTION: &str = "行政处罚法第二十二条、第二十五条";

/// What the guards need to know besides the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReferralFacts {
    /// The actor is of the side that asked.
    pub asker: bool,
    /// The actor splits referrals for the centre.
    pub centre: bool,
    /// The actor is of the unit or bureau that it was given to.
    pub taker: bool,
    /// The actor's bureau is asked to assist, and has not answered.
    pub asked: bool,
    /// The actor enforces: he is of no bureau outside.
    pub inside: bool,
    /// The house itself asked, out of a lead.
    pub own: bool,
    /// Where it was sent.
    pub way: Option<Way>,
}

/// What an action does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReferralStep {
    /// The state after it.
    pub to: ReferralState,
}

/// The procedure of referrals.
#[derive(Debug, Clone, Copy)]
pub struct ReferralProcedure;

const fn belongs(verb: ReferralVerb, state: ReferralState, asked: bool) -> bool {
    use ReferralState as S;
    match verb {
        ReferralVerb::Receive => matches!(state, S::Submitted),
        ReferralVerb::SplitHere | ReferralVerb::SplitTownship | ReferralVerb::SplitBureau | ReferralVerb::Refuse => {
            matches!(state, S::Submitted | S::Received)
        }
        ReferralVerb::Resubmit => matches!(state, S::Returned),
        ReferralVerb::Withdraw => matches!(state, S::Submitted | S::Received | S::Returned),
        ReferralVerb::SendBack => matches!(state, S::Assigned | S::Away),
        ReferralVerb::Answer => matches!(state, S::Away),
        ReferralVerb::Feedback => matches!(state, S::Answered),
        ReferralVerb::Material | ReferralVerb::Note => state.is_open(),
        ReferralVerb::Ask => matches!(state, S::Received | S::Assigned | S::Away | S::Case | S::Answered),
        ReferralVerb::AnswerAsk => state.is_open() && asked,
    }
}

fn guard(verb: ReferralVerb, facts: &ReferralFacts) -> Option<Refusal> {
    let refuse = |code, reason: &str, by| Some(Refusal::new(code, reason).citing(by));
    match verb {
        ReferralVerb::Receive | ReferralVerb::Refuse if !facts.centre => refuse("centre-alone", "由案件管理中心受理", HOUSE),
        ReferralVerb::SplitHere | ReferralVerb::SplitTownship | ReferralVerb::SplitBureau if !facts.centre => {
            refuse("centre-alone", "由案件管理中心分流", JURISDICTION)
        }
        ReferralVerb::Resubmit | ReferralVerb::Withdraw if !facts.asker => refuse("asker-alone", "由提出移交的部门办理", HOUSE),
        ReferralVerb::Feedback if !facts.asker => refuse("asker-alone", "由提出移交的部门反馈监管结果", HOUSE),
        ReferralVerb::SendBack if !(facts.taker || facts.centre) => refuse("taker-alone", "由接办的单位退回", HOUSE),
        ReferralVerb::Answer if !facts.taker => refuse("taker-alone", "由接办的部门回复", HOUSE),
        ReferralVerb::Material if !(facts.asker || facts.taker || facts.inside) => {
            refuse("not-a-side", "由提出移交的部门、接办单位或者案件管理中心补充", HOUSE)
        }
        ReferralVerb::Note if !facts.inside => refuse("inside-alone", "内部备注只在执法机关内部使用", HOUSE),
        ReferralVerb::Ask if !(facts.centre || facts.taker) => refuse("taker-alone", "由案件管理中心或者接办单位提出协助请求", ASSISTANCE),
        _ => None,
    }
}

impl Procedure for ReferralProcedure {
    type State = ReferralState;
    type Facts = ReferralFacts;
    type Verb = ReferralVerb;
    type Action = ReferralVerb;
    type Step = ReferralStep;

    fn offers(state: ReferralState, facts: &ReferralFacts) -> Vec<Offer<ReferralVerb>> {
        let all = ReferralVerb::ALL.iter().filter(|verb| belongs(**verb, state, facts.asked));
        all.map(|&verb| Offer { verb, refusal: guard(verb, facts) }).collect()
    }

    fn apply(state: ReferralState, facts: &ReferralFacts, verb: &ReferralVerb) -> Result<ReferralStep, Refusal> {
        if !belongs(*verb, state, facts.asked) {
            let reason = format!("这件移交现在是“{}”，不能{}", state.label(), verb.label());
            return Err(Refusal::new("not-in-this-state", reason).citing(HOUSE));
        }
        if let Some(refusal) = guard(*verb, facts) {
            return Err(refusal);
        }
        let to = match verb {
            ReferralVerb::Receive | ReferralVerb::SendBack => ReferralState::Received,
            ReferralVerb::SplitHere | ReferralVerb::SplitTownship => ReferralState::Assigned,
            ReferralVerb::SplitBureau => ReferralState::Away,
            ReferralVerb::Refuse => ReferralState::Returned,
            ReferralVerb::Resubmit => ReferralState::Submitted,
            ReferralVerb::Withdraw => ReferralState::Withdrawn,
            // Nobody outside waits for what the house asked of itself.
            ReferralVerb::Answer if facts.own => ReferralState::Closed,
            ReferralVerb::Answer => ReferralState::Answered,
            ReferralVerb::Feedback => ReferralState::Closed,
            ReferralVerb::Material | ReferralVerb::Note | ReferralVerb::Ask | ReferralVerb::AnswerAsk => state,
        };
        Ok(ReferralStep { to })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(bits: u8) -> ReferralFacts {
        let bit = |at: u8| bits & (1 << at) != 0;
        ReferralFacts { asker: bit(0), centre: bit(1), taker: bit(2), asked: bit(3), inside: bit(4), own: bit(5), way: None }
    }

    #[test]
    fn what_is_offered_is_what_may_be_done_and_whoever_it_waits_for_has_a_way_on() {
        for &state in ReferralState::ALL {
            for bits in 0..64_u8 {
                let facts = facts(bits);
                for offer in ReferralProcedure::offers(state, &facts) {
                    let done = ReferralProcedure::apply(state, &facts, &offer.verb);
                    assert_eq!(done.is_ok(), offer.refusal.is_none(), "{state:?} {facts:?} {offer:?}");
                    assert!(offer.refusal.is_none_or(|refusal| refusal.citation.is_some()));
                }
                assert_eq!(state.is_open(), !ReferralProcedure::offers(state, &facts).is_empty());
            }
        }
        let moves = |state: ReferralState, facts: ReferralFacts| {
            ReferralVerb::ALL.iter().filter_map(|verb| ReferralProcedure::apply(state, &facts, verb).ok()).any(|step| step.to != state)
        };
        let (asker, centre, taker) = (facts(1), facts(2), facts(4));
        use ReferralState as S;
        for (state, side) in [
            (S::Submitted, centre),
            (S::Received, centre),
            (S::Returned, asker),
            (S::Assigned, taker),
            (S::Away, taker),
            (S::Answered, asker),
        ] {
            assert!(moves(state, side), "{state:?}");
        }
    }

    #[test]
    fn a_bureau_outside_splits_nothing_and_answers_only_what_it_was_given_or_asked() {
        let outside = facts(1);
        for state in [ReferralState::Submitted, ReferralState::Received, ReferralState::Assigned, ReferralState::Away] {
            for verb in [
                ReferralVerb::Receive,
                ReferralVerb::SplitHere,
                ReferralVerb::SplitTownship,
                ReferralVerb::SplitBureau,
                ReferralVerb::Refuse,
                ReferralVerb::SendBack,
                ReferralVerb::Answer,
                ReferralVerb::Note,
                ReferralVerb::Ask,
                ReferralVerb::AnswerAsk,
            ] {
                assert!(ReferralProcedure::apply(state, &outside, &verb).is_err(), "{state:?} {verb:?}");
            }
        }
    }
}
