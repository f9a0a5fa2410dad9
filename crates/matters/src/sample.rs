//! Made-up versions for the tests of the pure rules (模拟).

use chrono::{DateTime, NaiveDate};

use crate::matter::{
    FineCondition, FinePrecondition, FineRange, HearingHint, MatterFacts, MatterRank, MatterStatus, MatterTarget, MatterVerified, Version,
};

/// Facts that are being made.
pub(crate) struct Made(pub MatterFacts);

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A row with this range in yuan for both kinds of party; without a range where the maximum is 0.
pub(crate) fn facts(min: i64, max: i64) -> Made {
    let range = (max > 0).then_some(FineRange { min_fen: min * 100, max_fen: max * 100 });
    Made(MatterFacts {
        external_code: None,
        domain: "模拟领域".into(),
        name: "模拟行为".into(),
        law: "模拟条例".into(),
        rank: MatterRank::Provincial,
        region: "浙江".into(),
        region_prefix: "33".into(),
        violated_article: None,
        penalty_article: "第1条".into(),
        target: MatterTarget::Both,
        precondition: FinePrecondition { text: None, condition: FineCondition::None, optional: false },
        individual: range,
        organisation: range,
        formula: None,
        other_measure: None,
        hearing: HearingHint::ByAmount,
        enforcer: "模拟部门".into(),
        status: MatterStatus::InText,
        effective_from: None,
        effective_to: None,
        note: None,
        verified: MatterVerified::NotYet,
        source: "模拟".into(),
    })
}

impl Made {
    pub(crate) fn since(mut self, first: &str) -> Self {
        self.0.effective_from = Some(day(first));
        self
    }

    pub(crate) fn until(mut self, last: &str) -> Self {
        self.0.effective_to = Some(day(last));
        self
    }

    pub(crate) fn by_formula(mut self, formula: &str) -> Self {
        self.0.formula = Some(formula.into());
        self.0.target = MatterTarget::Formula;
        self
    }

    pub(crate) fn with_measure(mut self, measure: &str) -> Self {
        self.0.other_measure = Some(measure.into());
        self
    }

    pub(crate) fn no_longer_unlawful(mut self) -> Self {
        self.0.status = MatterStatus::NotUnlawful;
        self
    }

    pub(crate) fn of(mut self, law: &str, rank: MatterRank, prefix: &str) -> Self {
        (self.0.law, self.0.rank, self.0.region_prefix) = (law.into(), rank, prefix.into());
        self
    }
}

pub(crate) fn version(number: i32, made: Made) -> Version {
    Version {
        code: "T1".into(),
        number,
        facts: made.0,
        reason: "模拟".into(),
        shipped: false,
        created_at: DateTime::UNIX_EPOCH,
        created_by: None,
        settled_at: Some(DateTime::UNIX_EPOCH),
        settled_by: None,
    }
}
