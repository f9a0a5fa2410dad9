//! The planned penalty (拟处罚): its kinds, its fine, and how heavy that is by the thresholds of the law.

use kernel::{codes, problem::Problem};
use law::procedure::{Change, Range, Weight};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::record::CaseRecord;

/// Fen in a yuan.
const YUAN: i64 = 100;
/// 行政处罚法第五十一条: 200 yuan for citizens, in fen.
const LIGHT_CITIZEN: i64 = 200 * YUAN;
/// 行政处罚法第五十一条: 3000 yuan for legal persons and other organisations, in fen.
const LIGHT_UNIT: i64 = 3_000 * YUAN;
/// 较大数额 for citizens, in fen. Provisional: 行政处罚法第六十三条 leaves the amount to each place; to be confirmed before use.
pub(crate) const HEAVY_CITIZEN: i64 = 10_000 * YUAN;
/// 较大数额 for legal persons and other organisations, in fen. Provisional like the other.
pub(crate) const HEAVY_UNIT: i64 = 100_000 * YUAN;
/// No fine is higher, in fen: a slip of the keyboard.
const MOST: i64 = 10_000_000_000 * YUAN;
/// 行政处罚法第六十八条第一项: what is taken in cash on the spot is 100 yuan at most, in fen.
pub(crate) const CASH_ON_SPOT: i64 = 100 * YUAN;

codes! {
    /// A kind of penalty (处罚种类), 行政处罚法第九条.
    PenaltyKind {
        /// Warning (警告).
        Warning = "warning", "警告";
        /// Public criticism (通报批评).
        Criticism = "criticism", "通报批评";
        /// Fine (罚款).
        Fine = "fine", "罚款";
        /// Confiscation (没收违法所得、非法财物).
        Confiscation = "confiscation", "没收违法所得、非法财物";
        /// A permit is suspended (暂扣许可证件).
        SuspendPermit = "suspend-permit", "暂扣许可证件";
        /// A qualification is lowered (降低资质等级).
        LowerGrade = "lower-grade", "降低资质等级";
        /// A permit is revoked (吊销许可证件).
        RevokePermit = "revoke-permit", "吊销许可证件";
        /// Business is restricted (限制开展生产经营活动).
        RestrictBusiness = "restrict-business", "限制开展生产经营活动";
        /// Business is stopped (责令停产停业).
        StopBusiness = "stop-business", "责令停产停业";
        /// Closed down (责令关闭).
        CloseDown = "close-down", "责令关闭";
        /// Barred from an occupation (限制从业).
        BarFromWork = "bar-from-work", "限制从业";
    }
}

impl PenaltyKind {
    /// 行政处罚法第六十三条第一款第二至四项, whatever the amount.
    const fn calls_for_hearing(self) -> bool {
        matches!(
            self,
            Self::LowerGrade | Self::RevokePermit | Self::RestrictBusiness | Self::StopBusiness | Self::CloseDown | Self::BarFromWork
        )
    }
}

/// What is planned (拟处罚内容).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PenaltyPlan)]
pub struct Plan {
    /// The kinds, at least one.
    pub kinds: Vec<PenaltyKind>,
    /// The fine in fen; 0 where none is planned.
    #[serde(default)]
    pub fine_fen: i64,
    /// The value of what is confiscated, in fen.
    #[serde(default)]
    pub confiscated_fen: i64,
    /// The decision states an extra fine for paying late (加处罚款).
    #[serde(default)]
    pub surcharge: bool,
    /// The reasons.
    pub reasons: String,
    /// The ground of article 32 for a fine below the range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mitigation: Option<String>,
}

impl Plan {
    /// Looks at the form of a plan.
    ///
    /// # Errors
    /// `plan-invalid` with the faulty fields.
    pub(crate) fn judged(mut self) -> Result<Self, Problem> {
        let mut problem = Problem::invalid("plan-invalid", "拟处罚内容不符合要求");
        self.kinds.sort_unstable();
        self.kinds.dedup();
        if self.kinds.is_empty() {
            problem = problem.field("plan.kinds", "请选择处罚种类");
        }
        let fines = self.kinds.contains(&PenaltyKind::Fine);
        if fines != (self.fine_fen > 0) || !(0..=MOST).contains(&self.fine_fen) {
            problem = problem.field("plan.fine_fen", "处罚种类含罚款的应填写罚款数额，不含的不填");
        }
        if !(0..=MOST).contains(&self.confiscated_fen) || (self.confiscated_fen > 0 && !self.kinds.contains(&PenaltyKind::Confiscation)) {
            problem = problem.field("plan.confiscated_fen", "没收数额与处罚种类不符");
        }
        match super::optional("plan.reasons", "处罚理由", Some(&self.reasons)) {
            Ok(Some(reasons)) => self.reasons = reasons,
            Ok(None) => problem = problem.field("plan.reasons", "请填写处罚理由"),
            Err(fault) => problem.fields.extend(fault.fields),
        }
        self.mitigation = super::optional("plan.mitigation", "减轻处罚的事由", self.mitigation.as_deref())?;
        if problem.fields.is_empty() { Ok(self) } else { Err(problem) }
    }

    /// Whether it has a fine.
    pub(crate) fn fines(&self) -> bool {
        self.fine_fen > 0
    }

    /// Whether it is for money: what is to be paid has a period to pay it in.
    pub(crate) fn is_payable(&self) -> bool {
        self.fines() || self.confiscated_fen > 0
    }

    /// How heavy it is. Where citizens and organisations are parties of one case, the citizen's thresholds hold.
    pub(crate) fn weight(&self, citizen: bool) -> Weight {
        let heavy = if citizen { HEAVY_CITIZEN } else { HEAVY_UNIT };
        let light = if citizen { LIGHT_CITIZEN } else { LIGHT_UNIT };
        let small = |kind: &PenaltyKind| matches!(kind, PenaltyKind::Warning | PenaltyKind::Fine);
        if self.kinds.iter().any(|kind| kind.calls_for_hearing()) || self.fine_fen >= heavy || self.confiscated_fen >= heavy {
            Weight::Heavy
        } else if self.kinds.iter().all(small) && self.fine_fen <= light {
            Weight::Light
        } else {
            Weight::Plain
        }
    }

    /// The plan against what the party was told before; the same where nothing was told.
    pub(crate) fn against(&self, told: Option<&Plan>) -> Change {
        let Some(told) = told else { return Change::Same };
        let beyond = self.kinds.iter().any(|kind| !told.kinds.contains(kind));
        if beyond || self.fine_fen > told.fine_fen || self.confiscated_fen > told.confiscated_fen {
            Change::Heavier
        } else if self.fine_fen < told.fine_fen || self.confiscated_fen < told.confiscated_fen || self.kinds.len() < told.kinds.len() {
            Change::Lighter
        } else {
            Change::Same
        }
    }

    /// The plan against the decision that a review or a court changed: a warning or public criticism in the place of something heavier is lighter
    /// (行政处罚法第九条 lists them first), any other new kind is heavier.
    pub(crate) fn altered(&self, decided: &Plan) -> Change {
        let words = |kind: &PenaltyKind| matches!(kind, PenaltyKind::Warning | PenaltyKind::Criticism);
        let gives_way = decided.kinds.iter().any(|kind| !words(kind) && !self.kinds.contains(kind));
        let mut known = self.clone();
        known.kinds.retain(|kind| decided.kinds.contains(kind) || !(gives_way && words(kind)));
        known.against(Some(decided))
    }

    /// The fine against the range of the matter; outside where the matter knows no highest fine: no fine without a law that sets it.
    pub(crate) fn range(&self, case: &CaseRecord) -> Range {
        if !self.fines() {
            return Range::Within;
        }
        let below = case.fine_min_fen.is_some_and(|least| self.fine_fen < least);
        let above = case.fine_max_fen.is_none_or(|most| self.fine_fen > most);
        match (above, below, &self.mitigation) {
            (false, false, _) => Range::Within,
            (false, true, Some(_)) => Range::BelowGrounded,
            _ => Range::Outside,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(kinds: &[PenaltyKind], fine_fen: i64) -> Plan {
        Plan { kinds: kinds.to_vec(), fine_fen, confiscated_fen: 0, surcharge: false, reasons: "x".into(), mitigation: None }
    }

    #[test]
    fn the_thresholds_of_articles_51_and_63_tell_light_from_heavy() {
        use PenaltyKind::{Confiscation, Fine, StopBusiness, Warning};
        assert_eq!(plan(&[Fine], 200 * YUAN).weight(true), Weight::Light);
        assert_eq!(plan(&[Fine], 200 * YUAN + 1).weight(true), Weight::Plain);
        assert_eq!(plan(&[Fine], 3_000 * YUAN).weight(false), Weight::Light);
        assert_eq!(plan(&[Fine], 3_000 * YUAN + 1).weight(false), Weight::Plain);
        assert_eq!(plan(&[Warning], 0).weight(true), Weight::Light);
        assert_eq!(plan(&[Confiscation], 0).weight(true), Weight::Plain);
        assert_eq!(plan(&[Fine], 10_000 * YUAN).weight(true), Weight::Heavy);
        assert_eq!(plan(&[Fine], 10_000 * YUAN).weight(false), Weight::Plain);
        assert_eq!(plan(&[StopBusiness], 0).weight(false), Weight::Heavy);
    }

    #[test]
    fn another_kind_or_a_higher_fine_is_heavier_than_what_was_told() {
        use PenaltyKind::{Fine, StopBusiness, Warning};
        let told = plan(&[Fine, Warning], 500 * YUAN);
        assert_eq!(plan(&[Fine, Warning], 500 * YUAN).against(Some(&told)), Change::Same);
        assert_eq!(plan(&[Fine], 500 * YUAN).against(Some(&told)), Change::Lighter);
        assert_eq!(plan(&[Fine, Warning], 500 * YUAN + 1).against(Some(&told)), Change::Heavier);
        assert_eq!(plan(&[StopBusiness], 0).against(Some(&told)), Change::Heavier);
        assert_eq!(plan(&[Warning], 0).altered(&plan(&[Fine], 500 * YUAN)), Change::Lighter);
        assert_eq!(plan(&[Warning, Fine], 500 * YUAN).altered(&plan(&[Fine], 500 * YUAN)), Change::Heavier);
        assert_eq!(plan(&[Fine], 400 * YUAN).altered(&told), Change::Lighter);
        assert_eq!(told.against(None), Change::Same);
        assert!(plan(&[Warning], 1).judged().is_err());
        assert!(plan(&[Fine], 0).judged().is_err());
    }
}
