//! A planned sum against what the benchmark says: fitting, a deviation, or out of the question.

use serde::Serialize;

use super::{Direction, Weighed};

/// What a planned sum is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Within the tier.
    Fits,
    /// Within the law, outside the tier: it needs a reason and one more approval (偏离).
    Deviates,
    /// Outside the law.
    Unlawful,
}

/// The verdict with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// The planned sum, in yuan.
    pub yuan: u64,
    /// The verdict.
    pub verdict: Verdict,
    /// Why, and what is needed, in Chinese.
    pub reason: String,
}

impl Weighed {
    /// Judges a planned fine, in whole yuan.
    #[must_use]
    pub fn judge(&self, yuan: u64) -> Judgement {
        let (low, high, lawful) = (self.low, self.high, self.lawful);
        let below = yuan < lawful.min && self.direction != Direction::Mitigated;
        let (verdict, reason) = if yuan > lawful.max || below {
            let grounds = if below { "；减轻处罚须有第三十二条的情形" } else { "" };
            let reason =
                format!("{yuan} 元超出法定幅度 {} 元至 {} 元，不得决定（行政处罚法第五条第二款{grounds}）", lawful.min, lawful.max);
            (Verdict::Unlawful, reason)
        } else if (low..=high).contains(&yuan) {
            (Verdict::Fits, format!("{yuan} 元在“{}”阶次 {low} 元至 {high} 元以内", self.tier))
        } else {
            let side = if yuan > high { "高于" } else { "低于" };
            let reason =
                format!("{yuan} 元{side}“{}”阶次 {low} 元至 {high} 元：须写明理由，并经再一级审批（行政处罚法第三十四条）", self.tier);
            (Verdict::Deviates, reason)
        };
        Judgement { yuan, verdict, reason }
    }
}
