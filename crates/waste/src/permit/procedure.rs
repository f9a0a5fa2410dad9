//! The procedure of permits: who may do what, when, and why not. Pure.

use kernel::procedure::{Offer, Procedure, Refusal};
use uuid::Uuid;

use super::{BASIS, PermitState, PermitVerb};

/// 行政许可法 asks for no second person; that one examines and another decides is the house's rule for every decision.
const HOUSE: &str = "内部规则：申请、审查、决定分别由不同人员办理";

/// What is missing is told once, within five days; otherwise the application counts as accepted. Days of an organ are working days (第八十二条).
const TOLD_ONCE: &str = "行政许可法第三十二条第一款第四项、第八十二条（待核对）";
/// An extension that was asked for thirty days before the end and not decided on by then counts as granted.
const EXTENDED: &str = "行政许可法第五十条（待核对）";
/// Versions of one permit at most: every change that is asked for is another.
const VERSIONS: usize = 50;

/// What the guards need to know.
#[derive(Debug, Clone)]
pub struct PermitFacts {
    /// Who asks.
    pub me: Uuid,
    /// He may apply, and it is his enterprise's, or he is of the house and it came on paper.
    pub applies: bool,
    /// He may review.
    pub reviews: bool,
    /// He may decide.
    pub decides: bool,
    /// Who applied since the last decision, in whatever round.
    pub askers: Vec<Uuid>,
    /// Who reviewed or gave back since then.
    pub reviewers: Vec<Uuid>,
    /// It was given back to be completed once.
    pub returned: bool,
    /// The five working days in which it may be given back are over.
    pub complete: bool,
    /// How many versions it has.
    pub versions: usize,
    /// Its extension counts as granted: nobody decided before its last day was over.
    pub extended: bool,
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
    let own = |who: &[Uuid]| who.contains(&facts.me);
    match verb {
        V::Review | V::Return if !facts.reviews => refuse("permit-right", "由审查人员办理"),
        V::Return if facts.returned => {
            Err(Refusal::new("permit-told", "已经退回补正过一次，需要补正的内容应当一次告知；请审查，或者由负责人决定").citing(TOLD_ONCE))
        }
        V::Return if facts.complete => {
            Err(Refusal::new("permit-told", "收到申请已经超过五个工作日，视为受理，不能再退回补正；请审查后决定").citing(TOLD_ONCE))
        }
        V::Review | V::Return if own(&facts.askers) => Err(Refusal::new("permit-hands", "自己提交的申请由另一名人员审查").citing(HOUSE)),
        V::Grant | V::Refuse | V::Revoke if !facts.decides => refuse("permit-right", "由局领导决定"),
        V::Grant | V::Refuse if own(&facts.askers) => Err(Refusal::new("permit-hands", "自己提交的申请由另一名负责人决定").citing(HOUSE)),
        V::Grant | V::Refuse if own(&facts.reviewers) => {
            Err(Refusal::new("permit-hands", "自己审查的申请由另一名负责人决定").citing(HOUSE))
        }
        V::Refuse if facts.extended => {
            Err(Refusal::new("permit-extended", "有效期届满前没有决定，视为准予延续；不应延续的，依法撤销核准").citing(EXTENDED))
        }
        V::Grant if !facts.against.is_empty() => {
            Err(Refusal::new("permit-unfit", format!("还不能核准：{}", facts.against.join("；"))).citing(BASIS))
        }
        V::Resubmit | V::Withdraw | V::Change | V::Cancel if !facts.applies => refuse("permit-right", "由申请单位或者受理窗口办理"),
        V::Change if facts.versions >= VERSIONS => refuse("permit-versions", format!("一件核准最多 {VERSIONS} 次申请，请注销后重新申请")),
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
            askers: vec![Uuid::from_u128(1), Uuid::from_u128(4)],
            reviewers: vec![Uuid::from_u128(2)],
            returned: false,
            complete: false,
            versions: 2,
            extended: false,
            against: Vec::new(),
        }
    }

    #[test]
    fn who_applies_reviews_and_decides_are_three() {
        let may = |me, state, verb| PermitProcedure::apply(state, &anybody(me), &verb).is_ok();
        assert!(!may(1, PermitState::Applied, PermitVerb::Review) && may(2, PermitState::Applied, PermitVerb::Review));
        assert!(!may(4, PermitState::Applied, PermitVerb::Review), "nor does who asked in an earlier round");
        for verb in [PermitVerb::Grant, PermitVerb::Refuse] {
            for state in [PermitState::Reviewed, PermitState::ChangeReviewed] {
                assert!(!may(1, state, verb) && !may(2, state, verb) && !may(4, state, verb) && may(3, state, verb), "{state} {verb}");
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
    fn what_is_missing_is_told_once_and_within_five_days() {
        let code = |facts: &PermitFacts, state, verb| PermitProcedure::apply(state, facts, &verb).map_err(|it| (it.code, it.citation));
        let fresh = anybody(3);
        assert!(code(&fresh, PermitState::Applied, PermitVerb::Return).is_ok());
        for late in [PermitFacts { returned: true, ..fresh.clone() }, PermitFacts { complete: true, ..fresh.clone() }] {
            assert_eq!(code(&late, PermitState::Applied, PermitVerb::Return), Err(("permit-told", Some(TOLD_ONCE))));
            assert!(code(&late, PermitState::Applied, PermitVerb::Review).is_ok());
        }
        let full = PermitFacts { versions: VERSIONS, extended: true, ..fresh };
        assert_eq!(code(&full, PermitState::InForce, PermitVerb::Change), Err(("permit-versions", None)));
        assert_eq!(code(&full, PermitState::ChangeReviewed, PermitVerb::Refuse), Err(("permit-extended", Some(EXTENDED))));
        assert!(code(&full, PermitState::InForce, PermitVerb::Revoke).is_ok());
    }

    #[test]
    fn what_stands_against_it_is_said_and_only_keeps_from_granting() {
        let facts = PermitFacts { against: vec!["浙F00001 行驶证已过期".into()], ..anybody(3) };
        let refusal = PermitProcedure::apply(PermitState::Reviewed, &facts, &PermitVerb::Grant).unwrap_err();
        assert!(refusal.reason.contains("行驶证已过期") && refusal.citation.is_some());
        assert!(PermitProcedure::apply(PermitState::Reviewed, &facts, &PermitVerb::Refuse).is_ok());
    }
}
