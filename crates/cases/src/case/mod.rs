//! A case (案件): opened, taken step by step through the table of `law`, looked at, listed.

pub(crate) mod act;
pub(crate) mod analysis;
mod bars;
mod basis;
mod clocks;
mod content;
pub(crate) mod course;
mod decided;
mod derive;
pub(crate) mod discretion;
mod due;
mod fine;
mod followed;
pub(crate) mod hearings;
mod holdings;
mod known;
mod known_course;
mod limits;
pub(crate) mod list;
pub(crate) mod officers;
pub(crate) mod open;
mod opened;
mod opened_on;
mod origin;
mod party;
mod penalty;
mod perform;
mod power;
mod publish;
mod read;
mod record;
pub(crate) mod remark;
pub(crate) mod reveal;
mod served_decisions;
mod service;
pub(crate) mod store;
pub(crate) mod view;
pub(crate) mod watch;
mod words;

pub use basis::CaseLawChoice;
pub use content::CaseStepContent;
pub use course::{CaseCourse, CaseResult, ConcludedCase, ConcludedWanted, CourseStep, PowerGiven, PowerUsed};
pub use fine::CaseFine;
pub use followed::{FollowedCase, FollowedStep};
pub use holdings::{CaseHolding, Held, HeldState};
pub use opened::OpenedCase;
pub use party::{CaseParty, PartyAct, PartyCase, PartyClock, PartyOffer, PartyServed, PlanWords};
pub use power::PowerOver;
pub use publish::{DecidedCase, DecisionWords};
pub use served_decisions::DecisionServed;
pub use service::{Agreement, Delivery, NewDelivery};
pub use view::CaseFile;

use kernel::{codes, personal::redact, problem::Problem};
use law::procedure::{Crime, Party};

/// The kind of docket.
pub(crate) const KIND: &str = "case";
/// What others hear of cases.
pub(crate) const CHANGED: &str = "case.changed";
/// Parties of one case at most.
pub(crate) const MOST_PARTIES: usize = 20;
/// Officers of one case at most.
pub(crate) const MOST_OFFICERS: usize = 12;
/// Words that people add are at most so long, in characters.
pub(crate) const LONGEST_NOTE: usize = 2_000;

codes! {
    /// What a party is (当事人类型).
    PartyKind {
        /// A natural person (个人).
        Individual = "individual", "个人";
        /// A natural person who trades (个体工商户).
        Household = "household", "个体工商户";
        /// A legal person or another organisation (单位).
        Unit = "unit", "单位";
    }
}

codes! {
    /// How far a party answers for himself (年龄和责任能力).
    PartyAge {
        /// In full (成年).
        Grown = "grown", "成年";
        /// Fourteen to seventeen (未成年人).
        Youth = "youth", "已满十四周岁不满十八周岁";
        /// Under fourteen, or not aware of the act (无责任能力).
        Excused = "excused", "不满十四周岁或者不能辨认、控制自己行为";
    }
}

impl PartyAge {
    pub(crate) const fn fact(self) -> Party {
        match self {
            Self::Grown => Party::Grown,
            Self::Youth => Party::Youth,
            Self::Excused => Party::Excused,
        }
    }
}

/// Nobody finds it, or not he.
pub(crate) fn not_found() -> Problem {
    Problem::not_found("case-not-found", "没有这个案件，或不在您的权限范围内")
}

/// Whether the police have the case or are about to: shown beside its state.
pub(crate) const fn is_with_police(crime: Crime) -> bool {
    !matches!(crime, Crime::Unknown | Crime::Cleared)
}

/// A text that must be there.
pub(crate) fn required(field: &'static str, label: &str, text: &str) -> Result<String, Problem> {
    match optional(field, label, Some(text))? {
        Some(text) => Ok(text),
        None => Err(missing(field, label)),
    }
}

/// A part of a request that is not there.
pub(crate) fn missing(field: &'static str, label: &str) -> Problem {
    Problem::invalid("field-required", format!("请填写{label}")).field(field, format!("请填写{label}"))
}

/// Words that may be absent, with the numbers of telephones and identity cards hidden: they go to the ledger, to lists and to search.
pub(crate) fn optional(field: &'static str, label: &str, text: Option<&str>) -> Result<Option<String>, Problem> {
    Ok(exact(field, label, text)?.map(|text| redact(&text).into_owned()))
}

/// A text that may be absent, as it was typed: for the vault alone.
pub(crate) fn exact(field: &'static str, label: &str, text: Option<&str>) -> Result<Option<String>, Problem> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_no_telephone_and_no_identity_number() {
        let words = |text: &str| optional("note", "说明", Some(text)).unwrap().unwrap();
        assert_eq!(words(" 联系 13900000001 "), "联系 139******01");
        assert_eq!(exact("name", "名称", Some("13900000001 商行")).unwrap().unwrap(), "13900000001 商行");
        assert_eq!(required("reason", "理由", "制作文书").unwrap(), "制作文书");
    }
}
