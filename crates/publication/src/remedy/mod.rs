//! Reviews and suits of a case (行政复议、行政诉讼台账): who answers by when, what came of it. Each is tied to a step of the case.

pub(crate) mod close;
pub(crate) mod edit;
mod ended;
pub(crate) mod export;
mod follow;
pub(crate) mod list;
pub(crate) mod open;
pub(crate) mod store;
pub(crate) mod view;

pub use ended::EndedRemedy;
pub(crate) use follow::follow;

use kernel::{codes, problem::Problem};

codes! {
    /// What a party seeks (救济种类).
    RemedyKind {
        /// Administrative review (行政复议).
        Review = "review", "行政复议";
        /// Administrative suit (行政诉讼).
        Suit = "suit", "行政诉讼";
    }
}

impl RemedyKind {
    /// The case's step that begins it.
    pub(crate) const fn begins(self) -> &'static str {
        match self {
            Self::Review => "ask-review",
            Self::Suit => "sue",
        }
    }

    /// The period to answer in: 行政复议法第四十八条 (十日, by 第八十八条 working days), 第五十四条 (simple: 五日); 行政诉讼法第六十七条 (十五日).
    pub(crate) const fn answer(self, simple: bool) -> &'static str {
        match (self, simple) {
            (Self::Review, false) => "D28",
            (Self::Review, true) => "D29",
            (Self::Suit, _) => "D34",
        }
    }
}

codes! {
    /// What came of it (救济结果).
    RemedyOutcome {
        /// Upheld (维持).
        Upheld = "upheld", "维持";
        /// Rejected (驳回).
        Rejected = "rejected", "驳回申请或者诉讼请求";
        /// Not accepted (不予受理).
        NotAccepted = "not-accepted", "不予受理";
        /// Not decided in time (逾期不作决定).
        Lapsed = "lapsed", "逾期不作决定";
        /// Ended without a decision: taken back, settled (终止、撤回).
        Ended = "ended", "终止、撤回或者调解结案";
        /// Revoked (撤销).
        Revoked = "revoked", "撤销";
        /// Changed (变更).
        Changed = "changed", "变更";
        /// Found unlawful (确认违法).
        Unlawful = "unlawful", "确认违法";
        /// Found void (确认无效).
        Void = "void", "确认无效";
    }
}

impl RemedyOutcome {
    /// The case's step that it is.
    pub(crate) const fn ends(self, kind: RemedyKind) -> &'static str {
        match (self, kind) {
            // A review dismissed as none that could be is no review: 行政复议法第三十三条、第三十四条.
            (Self::NotAccepted | Self::Rejected, RemedyKind::Review) => "review-refused",
            (Self::Lapsed, _) => "review-lapses",
            (Self::NotAccepted, RemedyKind::Suit) => "suit-ends",
            (Self::Changed, _) => "changed",
            (Self::Unlawful, _) => "found-unlawful",
            (Self::Ended, RemedyKind::Review) => "review-ends",
            (Self::Ended, RemedyKind::Suit) => "suit-ends",
            (Self::Upheld, RemedyKind::Review) => "review-upholds",
            (Self::Upheld | Self::Rejected, RemedyKind::Suit) => "suit-upholds",
            (Self::Revoked | Self::Void, _) => "revoked",
        }
    }
}

/// Nobody finds it, or not he.
pub(crate) fn no_remedy() -> Problem {
    Problem::not_found("remedy-not-found", "没有这条复议诉讼记录，或者不在您的查看范围内")
}

/// A line of words that may be empty.
pub(crate) fn line(field: &'static str, text: &str, most: usize) -> Result<String, Problem> {
    let text = text.trim();
    if text.chars().count() > most || text.contains('\0') {
        return Err(Problem::invalid("field-too-long", format!("不能超过 {most} 字")).field(field, format!("不能超过 {most} 字")));
    }
    Ok(kernel::personal::redact(text).into_owned())
}
