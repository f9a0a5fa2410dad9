//! The procedure of permits: who may do what, when, and why not. Pure.

use kernel::procedure::{Offer, Procedure, Refusal};
use uuid::Uuid;

use super::{BASIS, PermitState, PermitVerb};

/// 行政许可法 asks for no second person; that one examines and another decides is the house's rule for every decision.
const HOUSE: &str = "内部规则：申请、审查、决定分别由不同人员办理";

/// What the guards need to know.
#[derive(Debug, Clone)]
pub struct PermitFacts {
    /// Who asks.
    pub me: Uuid,
    /// He may apply, and it is his enterprise's or he enters what came on paper.
    pub applies: bool,
    /// He may review.
    pub reviews: bool,
    /// He may decide.
    pub decides: bool,
    /// Who applied for what is pending.
    pub asked_by: Option<Uuid>,
    /// Who reviewed it.
    pub reviewed_by: Option<Uuid>,
    /// What stands against granting: papers that are over, vehicles out of use, days that are past.
    pub against: Vec<String>,
}

/// The procedure of permits.
#[derive(Debug, Clone, Copy)]
pub struct PermitProcedure;

fn refuse(code: &'static str, why: impl Into<String>) -> Result<PermitState, Refusal> {
    Err(Refusal::new(code, why))
}

fn follows(state: PermitState, facts: &PermitFacts, verb: PermitVerb) -> Result<PermitState, Refusal> {
    use PermitState as S;
    use PermitVerb as V;
    let to = match (state, verb) {
        (S::Applied, V::Review) => S::Reviewed,
        (S::ChangeApplied, V::Review) => S::ChangeReviewed,
        (S::Applied, V::Return) => S::Returned,
        (S::Returned, V::Resubmit) => S::Applied,
        (S::Applied | S::Returned | S::Reviewed, V::Withdraw) => S::Withdrawn,
        (S::ChangeApplied | S::ChangeReviewed, V::Withdraw) => S::InForce,
        (S::Reviewed | S::ChangeReviewed, V::Grant) | (S::ChangeReviewed, V::Refuse) => S::InForce,
        (S::Reviewed, V::Refuse) => S::Refused,
        (S::InForce, V::Change) => S::ChangeApplied,
        (S::InForce | S::ChangeApplied | S::ChangeReviewed, V::Revoke) => S::Revoked,
        (S::InForce | S::ChangeApplied | S::ChangeReviewed, V::Cancel) => S::Cancelled,
        _ => return refuse("permit-state", format!("现在是“{}”，不能办理“{}”", state.label(), verb.label())),
    };
    let own = |who: Option<Uuid>| who == Some(facts.me);
    match verb {
        V::Review | V::Return if !facts.reviews => refuse("permit-right", "由审查人员办理"),
        V::Review | V::Return if own(facts.asked_by) => Err(Refusal::new("permit-hands", "自己提交的申请由另一名人员审查").citing(HOUSE)),
        V::Grant | V::Refuse | V::Revoke if !facts.decides => refuse("permit-right", "由局领导决定"),
        V::Grant | V::Refuse if own(facts.asked_by) => Err(Refusal::new("permit-hands", "自己提交的申请由另一名负责人决定").citing(HOUSE)),
        V::Grant | V::Refuse if own(facts.reviewed_by) => {
            Err(Refusal::new("permit-hands", "自己审查的申请由另一名负责人决定").citing(HOUSE))
        }
        V::Grant if !facts.against.is_empty() => {
            Err(Refusal::new("permit-unfit", format!("还不能核准：{}", facts.against.join("；"))).citing(BASIS))
        }
        V::Resubmit | V::Withdraw | V::Change | V::Cancel if !facts.applies => refuse("permit-right", "由申请单位或者受理窗口办理"),
        _ => Ok(to),
    }
}

impl Procedure for PermitProcedure {
    type State = PermitState;
    type Facts = PermitFacts;
    type Verb = PermitVerb;
    type Action = PermitVerb;
    type Step = PermitState;

    fn offers(state: PermitState, facts: &PermitFacts) -> Vec<Offer<PermitVerb>> {
        let one = |verb: &PermitVerb| match follows(state, facts, *verb) {
            Ok(_) => Some(Offer { verb: *verb, refusal: None }),
            // What the state or the caller's post has nothing to do with is not shown.
            Err(refusal) if matches!(refusal.code, "permit-state" | "permit-right") => None,
            Err(refusal) => Some(Offer { verb: *verb, refusal: Some(refusal) }),
        };
        PermitVerb::ALL.iter().filter_map(one).collect()
    }

    fn apply(state: PermitState, facts: &PermitFacts, action: &PermitVerb) -> Result<PermitState, Refusal> {
        follows(state, facts, *action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anybody(me: u128) -> PermitFacts {
        PermitFacts {
            me: Uuid::from_u128(me),
            applies: true,
            reviews: true,
            decides: true,
            asked_by: Some(Uuid::from_u128(1)),
            reviewed_by: Some(Uuid::from_u128(2)),
            against: Vec::new(),
        }
    }

    #[test]
    fn who_applies_reviews_and_decides_are_three() {
        let may = |me, state, verb| PermitProcedure::apply(state, &anybody(me), &verb).is_ok();
        assert!(!may(1, PermitState::Applied, PermitVerb::Review) && may(2, PermitState::Applied, PermitVerb::Review));
        for verb in [PermitVerb::Grant, PermitVerb::Refuse] {
            for state in [PermitState::Reviewed, PermitState::ChangeReviewed] {
                assert!(!may(1, state, verb) && !may(2, state, verb) && may(3, state, verb), "{state} {verb}");
            }
        }
    }

    #[test]
    fn whatever_is_done_ends_or_can_go_on() {
        let facts = anybody(3);
        for state in PermitState::ALL {
            let goes_on = PermitProcedure::offers(*state, &facts).iter().any(|offer| offer.refusal.is_none());
            assert_eq!(goes_on, state.is_open(), "{state}");
            for verb in PermitVerb::ALL {
                if let Ok(to) = PermitProcedure::apply(*state, &facts, verb) {
                    // A permit comes into force by nothing but granting.
                    assert!(!to.in_force() || state.in_force() || *verb == PermitVerb::Grant, "{state} {verb} {to}");
                }
            }
        }
    }

    #[test]
    fn what_stands_against_it_is_said_and_only_keeps_from_granting() {
        let facts = PermitFacts { against: vec!["浙F00001 行驶证已过期".into()], ..anybody(3) };
        let refusal = PermitProcedure::apply(PermitState::Reviewed, &facts, &PermitVerb::Grant).unwrap_err();
        assert!(refusal.reason.contains("行驶证已过期") && refusal.citation.is_some());
        assert!(PermitProcedure::apply(PermitState::Reviewed, &facts, &PermitVerb::Refuse).is_ok());
    }
}
