//! A referral (移交): opened, taken in, split with a reason, followed to its result, answered with what the asker does with it.

pub(crate) mod act;
mod clock;
pub(crate) mod export;
pub(crate) mod file;
mod follow;
pub(crate) mod list;
pub(crate) mod open;
pub(crate) mod paper;
mod perform;
mod power;
mod procedure;
pub(crate) mod reveal;
mod row;
mod sides;
mod source;
pub(crate) mod store;
pub(crate) mod take_in;
mod target;
pub(crate) mod view;

pub use follow::Results;
pub use procedure::{ReferralFacts, ReferralProcedure, ReferralStep};

use kernel::{codes, problem::Problem};

/// The kind of docket.
pub(crate) const KIND: &str = "referral";
/// What others hear of referrals.
pub(crate) const CHANGED: &str = "referral.changed";
/// The rule of the house that refusals name.
pub(crate) const HOUSE: &str = "案件管理中心分流规则";
/// Files of one line at most.
pub(crate) const MOST_FILES: usize = 20;
/// Lines of one referral after which nothing is added to what was said; what moves it is written still.
pub(crate) const MOST_LINES: i32 = 500;
/// Requests for assistance that are open at once, at most.
pub(crate) const MOST_ASKS: usize = 10;

codes! {
    /// Where a referral stands (移交状态).
    #[schema(as = CaseReferralState)]
    ReferralState {
        /// Put before the centre (待受理).
        Submitted = "submitted", "待受理";
        /// Taken in; the centre is to split it (待分流).
        Received = "received", "待分流";
        /// Not accepted; the asker may complete it and ask again (待补正).
        Returned = "returned", "待补正";
        /// A unit here or a township is to open the case (待登记案件).
        Assigned = "assigned", "待登记案件";
        /// Another bureau deals with it (他局办理).
        Away = "away", "其他部门办理";
        /// A case runs (办案中).
        Case = "case", "办案中";
        /// There is a result; the asker says what he does with it (待反馈).
        Answered = "answered", "有结果，待反馈";
        /// Over (已办结).
        Closed = "closed", "已办结";
        /// Taken back by the asker (已撤回).
        Withdrawn = "withdrawn", "已撤回";
    }
}

impl ReferralState {
    /// Whether somebody must still act.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Withdrawn)
    }
}

codes! {
    /// Where the centre sends a referral (分流去向).
    #[schema(as = CaseReferralWay)]
    Way {
        /// A unit of this organ (本级办理).
        Here = "here", "本级办理";
        /// A township with the power (分层响应：镇街办理).
        Township = "township", "镇街办理";
        /// Another bureau (转其他部门).
        Bureau = "bureau", "转其他部门";
    }
}

codes! {
    /// What can be done with a referral (操作).
    #[schema(as = CaseReferralVerb)]
    ReferralVerb {
        /// Take it in (受理).
        Receive = "receive", "受理";
        /// Split it: a unit here (本级办理).
        SplitHere = "split-here", "分流：本级办理";
        /// Split it: a township (镇街办理).
        SplitTownship = "split-township", "分流：镇街办理";
        /// Split it: another bureau (转其他部门).
        SplitBureau = "split-bureau", "分流：转其他部门";
        /// Not accept it, and say what is missing (不予受理).
        Refuse = "refuse", "不予受理";
        /// Complete it and ask again (补正后重新提出).
        Resubmit = "resubmit", "补正后重新提出";
        /// Take it back (撤回).
        Withdraw = "withdraw", "撤回";
        /// Give it back to the centre to be split anew (退回重新分流).
        SendBack = "send-back", "退回重新分流";
        /// Answer what came of it (回复办理结果).
        Answer = "answer", "回复办理结果";
        /// Say what the supervising side does with the result (监管反馈).
        Feedback = "feedback", "反馈监管结果";
        /// Add material (补充材料).
        Material = "material", "补充材料";
        /// A note among those who enforce (内部备注).
        Note = "note", "内部备注";
        /// Ask a bureau for assistance (请求协助).
        Ask = "ask", "请求协助";
        /// Answer a request for assistance (答复协助).
        AnswerAsk = "answer-ask", "答复协助";
    }
}

impl ReferralVerb {
    /// Where a split sends it.
    #[must_use]
    pub const fn way(self) -> Option<Way> {
        match self {
            Self::SplitHere => Some(Way::Here),
            Self::SplitTownship => Some(Way::Township),
            Self::SplitBureau => Some(Way::Bureau),
            _ => None,
        }
    }
}

codes! {
    /// A limit that runs on a referral (移交时限).
    #[schema(as = CaseReferralLimit)]
    ReferralLimit {
        /// To take it in (受理时限).
        Receipt = "receipt", "受理";
        /// To split it (分流时限).
        Split = "split", "分流";
        /// To open the case (登记案件时限).
        Register = "register", "登记案件";
        /// To answer (办理回复时限).
        Answer = "answer", "办理回复";
        /// To say what is done with the result (反馈时限).
        Feedback = "feedback", "反馈";
        /// To answer a request for assistance (协助时限).
        Assist = "assist", "协助答复";
    }
}

codes! {
    /// What is suspected (嫌疑人类型).
    #[schema(as = CaseReferralSuspectKind)]
    SuspectKind {
        /// A natural person (个人).
        Individual = "individual", "个人";
        /// A natural person who trades (个体工商户).
        Household = "household", "个体工商户";
        /// A legal person or another organisation (单位).
        Unit = "unit", "单位";
    }
}

/// Nobody finds it, or not he.
pub(crate) fn not_found() -> Problem {
    Problem::not_found("referral-not-found", "没有这件移交，或不在您的权限范围内")
}
