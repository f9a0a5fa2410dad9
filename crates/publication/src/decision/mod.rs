//! A publication (公开): begun when a case is decided, drafted, checked by another, published, ended.

pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod draft;
pub(crate) mod edit;
pub(crate) mod export;
mod follow;
pub(crate) mod list;
pub(crate) mod of_case;
pub(crate) mod publish;
mod rules;
pub(crate) mod secrecy;
pub(crate) mod store;
pub(crate) mod view;
pub(crate) mod withdraw;
pub(crate) mod withhold;
mod work;

use chrono::NaiveDate;
use kernel::{codes, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

codes! {
    /// Where a publication stands (公开状态).
    PublicationState {
        /// Decided, nothing written yet (待拟稿).
        Waiting = "waiting", "待拟稿";
        /// Written; checked or not (已拟稿).
        Drafted = "drafted", "已拟稿";
        /// Public (已公开).
        Published = "published", "已公开";
        /// Not to be published, with the reason (不予公开).
        Withheld = "withheld", "不予公开";
        /// Taken back because the decision is gone or another (已撤回).
        Withdrawn = "withdrawn", "已撤回";
        /// Its period is over, or credit was repaired (公示结束).
        Ended = "ended", "公示结束";
        /// The decision was revoked before it was public (不再公开).
        Dropped = "dropped", "决定已撤销，不再公开";
    }
}

codes! {
    /// Why a decision is not published (不予公开的理由).
    WithholdGround {
        /// A minor (未成年人).
        Minor = "minor", "当事人是未成年人或者无责任能力";
        /// State secrets (国家秘密).
        StateSecret = "state-secret", "涉及国家秘密";
        /// Business secrets (商业秘密).
        BusinessSecret = "business-secret", "涉及商业秘密";
        /// Privacy (个人隐私).
        Privacy = "privacy", "涉及个人隐私";
        /// Danger to safety or stability (危及安全稳定).
        Safety = "safety", "公开后可能危及国家安全、公共安全、经济安全或者社会稳定";
        /// Without significance to society (没有社会影响).
        Insignificant = "insignificant", "不具有一定社会影响";
    }
}

impl WithholdGround {
    /// The article.
    #[must_use]
    pub const fn article(self) -> &'static str {
        match self {
            Self::Minor => "浙江省行政处罚结果信息网上公开办法第五条；行政处罚法第五十条",
            Self::StateSecret => "行政处罚法第五十条；政府信息公开条例第十四条",
            Self::BusinessSecret | Self::Privacy => "行政处罚法第五十条；政府信息公开条例第十五条",
            Self::Safety => "政府信息公开条例第十四条",
            Self::Insignificant => "行政处罚法第四十八条第一款",
        }
    }
}

codes! {
    /// Why a publication is taken back (撤回的理由), 行政处罚法第四十八条第二款.
    WithdrawGround {
        /// Changed (变更).
        Changed = "changed", "决定依法变更";
        /// Revoked (撤销).
        Revoked = "revoked", "决定被撤销";
        /// Found unlawful (确认违法).
        Unlawful = "unlawful", "决定被确认违法";
        /// Found void (确认无效).
        Void = "void", "决定被确认无效";
    }
}

/// What is published (公开内容), masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicationContent {
    /// The number of the decision (决定书文号).
    pub number: String,
    /// The deciding organ (处罚机关).
    pub organ: String,
    /// The party: an enterprise by name, a natural person as 姓某某.
    pub party: String,
    /// The enterprise's unified social credit code; empty for natural persons.
    pub credit_code: String,
    /// The matter (案由).
    pub matter: String,
    /// The facts (主要违法事实).
    pub facts: String,
    /// The basis (处罚依据).
    pub basis: String,
    /// The penalty (处罚内容).
    pub penalty: String,
    /// The day of the decision.
    pub decided_on: NaiveDate,
}

/// Characters of a long and a short part of the content.
const LONGEST: (usize, usize) = (4_000, 200);

impl PublicationContent {
    /// The parts that are words, with their names and labels.
    pub(crate) fn parts(&self) -> [(&'static str, &'static str, &str); 8] {
        [
            ("number", "决定书文号", &self.number),
            ("organ", "处罚机关", &self.organ),
            ("party", "当事人", &self.party),
            ("credit_code", "统一社会信用代码", &self.credit_code),
            ("matter", "案由", &self.matter),
            ("facts", "主要违法事实", &self.facts),
            ("basis", "处罚依据", &self.basis),
            ("penalty", "处罚内容", &self.penalty),
        ]
    }

    /// No number of the decision stands in it: none was issued in the house, and nobody typed one.
    pub(crate) fn is_unnumbered(&self) -> bool {
        self.number.trim().is_empty()
    }

    /// Looks at the form.
    ///
    /// # Errors
    /// `publication-incomplete` with the faulty parts.
    pub(crate) fn judged(&self) -> Result<(), Problem> {
        let mut problem = Problem::invalid("publication-incomplete", "公开内容不完整");
        for (field, label, text) in self.parts() {
            let long = if matches!(field, "facts" | "basis" | "penalty") { LONGEST.0 } else { LONGEST.1 };
            if text.trim().is_empty() && field != "credit_code" {
                problem = problem.field(field, format!("请填写{label}"));
            } else if text.chars().count() > long || text.contains('\0') {
                problem = problem.field(field, format!("{label}不能超过 {long} 字"));
            }
        }
        if problem.fields.is_empty() { Ok(()) } else { Err(problem) }
    }
}

/// Nobody finds it, or not he.
pub(crate) fn no_publication() -> Problem {
    Problem::not_found("publication-not-found", "没有这条公开记录，或者不在您的查看范围内")
}

/// A text that must be there, without the numbers of telephones and identity cards.
pub(crate) fn required(field: &'static str, label: &str, text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::invalid("field-required", format!("请填写{label}")).field(field, format!("请填写{label}")));
    }
    if text.chars().count() > 1_000 || text.contains('\0') {
        return Err(Problem::invalid("field-too-long", format!("{label}不能超过 1000 字")).field(field, "不能超过 1000 字"));
    }
    Ok(kernel::personal::redact(text).into_owned())
}
