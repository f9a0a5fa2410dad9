//! Written notices (督办文书): issued to a unit about leads of its own, answered, judged, and followed by the next stage where that was not
//! enough (提示、督办、问责).

mod automatic;
mod clock;
pub(crate) mod counts;
pub(crate) mod draft;
pub(crate) mod escalate;
pub(crate) mod issue;
pub(crate) mod judge;
pub(crate) mod list;
mod open;
mod perform;
mod procedure;
pub(crate) mod reply;
mod row;
pub(crate) mod store;
pub(crate) mod view;
mod wording;

pub use procedure::{NextHolder, NoticeAction, NoticeFacts, NoticeProcedure, NoticeStep, NoticeVerb};

use kernel::problem::Problem;

use kernel::codes;

/// The kind of docket.
pub(crate) const KIND: &str = "notice";
/// What others hear of notices.
pub(crate) const CHANGED: &str = "notice.changed";
/// The rule of the house that refusals name.
pub(crate) const HOUSE: &str = "闭环督办规则";
/// A notice is about so many leads at most: it must be read on one sheet.
pub(crate) const MOST_LEADS: usize = 20;
/// A reply has so many photos at most.
pub(crate) const MOST_PHOTOS: usize = 9;
/// Words that people add are at most so long, in characters.
pub(crate) const LONGEST_NOTE: usize = 2_000;

codes! {
    /// How hard a notice presses (文书种类).
    #[schema(as = NoticeStage)]
    Stage {
        /// Prompt (提示单).
        Prompt = "prompt", "提示单";
        /// Supervision (督办单).
        Supervise = "supervise", "督办单";
        /// Proposal to hold to account (问责建议单).
        Account = "account", "问责建议单";
    }
}

impl Stage {
    /// The stage above.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Prompt => Some(Self::Supervise),
            Self::Supervise => Some(Self::Account),
            Self::Account => None,
        }
    }

    /// The role that issues it and judges its replies.
    #[must_use]
    pub const fn role(self) -> &'static str {
        match self {
            Self::Prompt => "shift_leader",
            Self::Supervise => "evaluator",
            Self::Account => "leader",
        }
    }

    /// Who that is, as refusals say it.
    pub(crate) const fn issuers(self) -> &'static str {
        match self {
            Self::Prompt => "值班长、考评员或局领导",
            Self::Supervise => "考评员或局领导",
            Self::Account => "局领导",
        }
    }
}

codes! {
    /// Where a notice stands (文书状态).
    NoticeState {
        /// The unit is to reply (待回复).
        Issued = "issued", "待回复";
        /// The unit replied; the issuer is to judge (待审核).
        Replied = "replied", "待审核";
        /// The reply was not enough; the unit is to reply again (退回重报).
        Returned = "returned", "退回重报";
        /// The reply was enough (已办结).
        Accepted = "accepted", "已办结";
        /// The next stage has taken its place (已升级).
        Escalated = "escalated", "已升级";
        /// Taken back, with a reason (已撤回).
        Withdrawn = "withdrawn", "已撤回";
    }
}

impl NoticeState {
    /// Whether somebody must still act.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Issued | Self::Replied | Self::Returned)
    }
}

codes! {
    /// A limit that runs on a notice (文书时限).
    NoticeLimit {
        /// From issuing, or from a return, to the unit's reply (回复时限).
        Reply = "reply", "回复";
        /// From the reply to the issuer's word (审核时限).
        Judge = "judge", "审核";
    }
}

/// Working hours that the issuer has to judge a reply: one working day.
pub(crate) const JUDGE_HOURS: u32 = 8;

/// Nobody finds it, or not he.
pub(crate) fn not_found() -> Problem {
    Problem::not_found("notice-not-found", "没有这份督办文书，或不在您的权限范围内")
}

/// A text that must be there.
pub(crate) fn required(field: &'static str, label: &str, text: &str) -> Result<String, Problem> {
    match optional(field, label, Some(text))? {
        Some(text) => Ok(text),
        None => Err(Problem::invalid("field-required", format!("请填写{label}")).field(field, format!("请填写{label}"))),
    }
}

/// A text that may be absent.
pub(crate) fn optional(field: &'static str, label: &str, text: Option<&str>) -> Result<Option<String>, Problem> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.chars().count() > LONGEST_NOTE {
        let detail = format!("{label}不能超过 {LONGEST_NOTE} 字");
        return Err(Problem::invalid("field-too-long", detail.clone()).field(field, detail));
    }
    if text.contains('\0') {
        return Err(Problem::invalid("field-invalid", format!("{label}含有不可用的字符")).field(field, "含有不可用的字符"));
    }
    Ok(Some(text.to_owned()))
}
