//! What a document must hold before it is issued (法定要素): each missing element is named, with the article that wants it.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::block::{Officer, Opinion, Organ, Party, Payment, Penalty, Remedies, Thing};

/// An element that a document lacks (缺少的法定要素).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = MissingElement)]
pub struct Missing {
    /// Its code.
    pub element: String,
    /// What it is called.
    pub label: String,
    /// The article that wants it, or the rule of forms.
    pub article: String,
    /// The tab of the desk's settings where it is set, where it is none of the document's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled_at: Option<String>,
}

impl Missing {
    /// It is set on this tab of the desk's settings.
    pub(crate) fn settled_at(mut self, place: &str) -> Self {
        self.settled_at = Some(place.to_owned());
        self
    }
}

/// Collects what is missing.
pub(crate) struct Wanted {
    article: &'static str,
    found: Vec<Missing>,
}

impl Wanted {
    /// Elements that `article` wants.
    pub(crate) const fn by(article: &'static str) -> Self {
        Self { article, found: Vec::new() }
    }

    /// From here on elements that another article wants.
    pub(crate) fn and_by(mut self, article: &'static str) -> Self {
        self.article = article;
        self
    }

    /// An element that is there when `there`.
    pub(crate) fn when(mut self, there: bool, element: &str, label: &str) -> Self {
        if !there {
            self.found.push(Missing {
                element: element.to_owned(),
                label: label.to_owned(),
                article: self.article.to_owned(),
                settled_at: None,
            });
        }
        self
    }

    /// A text that must not be empty.
    pub(crate) fn text(self, text: &str, element: &str, label: &str) -> Self {
        self.when(!text.trim().is_empty(), element, label)
    }

    /// A day that must be known.
    pub(crate) fn day(self, day: Option<NaiveDate>, element: &str, label: &str) -> Self {
        self.when(day.is_some(), element, label)
    }

    /// The day under the text.
    pub(crate) fn dated(self, day: Option<NaiveDate>) -> Self {
        self.day(day, "date", "落款日期")
    }

    /// Who it is about.
    pub(crate) fn named(self, party: &Party) -> Self {
        self.text(party.name(), "party", "当事人姓名或者名称")
    }

    /// Things, each with its name and number.
    pub(crate) fn things(self, things: &[Thing]) -> Self {
        let listed = things.iter().all(|one| !one.name.trim().is_empty() && !one.quantity.trim().is_empty());
        self.when(!things.is_empty() && listed, "things", "物品的名称、数量")
    }

    /// What the head of the organ decided, and when.
    pub(crate) fn approved(self, head: &Opinion) -> Self {
        let said = !head.text.trim().is_empty() && !head.name.trim().is_empty() && head.on.is_some();
        self.when(said, "approval", "行政机关负责人的审批意见和日期")
    }

    /// Paragraphs of which one must say something.
    pub(crate) fn texts(self, texts: &[String], element: &str, label: &str) -> Self {
        self.when(texts.iter().any(|text| !text.trim().is_empty()), element, label)
    }

    pub(crate) fn organ(self, organ: &Organ) -> Self {
        self.text(&organ.name, "organ", "行政机关名称")
    }

    pub(crate) fn party(self, party: &Party) -> Self {
        self.text(party.name(), "party", "当事人姓名或者名称").text(party.address(), "party-address", "当事人地址")
    }

    /// Two officers, each with a certificate.
    pub(crate) fn officers(self, officers: &[Officer]) -> Self {
        let known = officers.iter().filter(|one| !one.name.trim().is_empty() && !one.certificate.trim().is_empty());
        let mut certificates: Vec<_> = known.map(|one| one.certificate.trim()).collect();
        certificates.sort_unstable();
        certificates.dedup();
        self.when(certificates.len() >= 2, "officers", "两名执法人员及其执法证号")
    }

    pub(crate) fn penalties(self, penalties: &[Penalty]) -> Self {
        let said = !penalties.is_empty() && penalties.iter().all(|one| !one.text.trim().is_empty());
        // A fine without its sum is none.
        let summed = penalties.iter().all(|one| !one.text.contains("罚款") || one.amount_fen.is_some_and(|fen| fen > 0));
        self.when(said, "penalty", "行政处罚的种类").when(summed, "amount", "罚款数额")
    }

    /// Bank and account, where there is something to pay.
    pub(crate) fn payment(self, payment: Option<&Payment>, penalties: &[Penalty]) -> Self {
        let fined = penalties.iter().any(|one| one.amount_fen.is_some());
        let there = payment.is_some_and(|it| !it.bank.trim().is_empty() && !it.account.trim().is_empty());
        self.when(!fined || there, "payment", "罚款的缴纳方式")
    }

    pub(crate) fn remedies(self, remedies: &Remedies) -> Self {
        self.text(&remedies.review_body, "review-body", "行政复议机关").text(&remedies.court, "court", "有管辖权的人民法院")
    }

    pub(crate) fn end(self) -> Vec<Missing> {
        self.found
    }
}
