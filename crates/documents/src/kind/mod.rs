//! Kinds of documents (文书种类): the table `data/document-kinds.csv`, and which of them have a template.

pub(crate) mod list;
pub(crate) mod sample;

use std::sync::LazyLock;

use serde::Serialize;
use utoipa::ToSchema;

use crate::form;

/// One paper of a kind that has several (申请书／决定书).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DocumentPart {
    /// Its code, as a document's field `part` names it.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// It leaves the organ, under the kind's number and seal; sheets, records and what a party writes do not.
    pub outward: bool,
}

impl From<form::PartOf> for DocumentPart {
    fn from(part: form::PartOf) -> Self {
        Self { code: part.code.to_owned(), name: part.name.to_owned(), outward: part.outward }
    }
}

/// A kind of document (文书种类).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DocumentKind)]
pub struct Kind {
    /// The stable code, such as `D15`.
    pub code: String,
    /// What it is called; names differ by province.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Whether it goes to a party, and so is served with a receipt.
    pub to_party: bool,
    /// The word of its number (文书代字); none where it carries no number of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
    /// Whether the organ's seal stands on it.
    pub seal: bool,
    /// Who signs: O2 two officers, P party, W witness, H head of the unit, L legal reviewer, D head of the organ, M host of the hearing,
    /// R recorder, K keeper.
    pub signers: Vec<String>,
    /// The version of its template; none where there is no template yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<i32>,
    /// Its papers, where it has several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<DocumentPart>,
}

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(include_str!("../../../../data/document-kinds.csv").as_bytes());
    let kinds = reader.records().map(|row| {
        let row = row.expect("the table of kinds is a CSV of this repository");
        let text = |index: usize| row[index].to_owned();
        Kind {
            code: text(0),
            name: text(1),
            purpose: text(2),
            to_party: &row[3] == "yes",
            word: Some(text(4)).filter(|word| !word.is_empty()),
            seal: &row[5] == "yes",
            signers: row[6].split_whitespace().map(str::to_owned).collect(),
            template: form::of(&row[0]).map(|form| form.version),
            parts: form::of(&row[0]).map(|form| form.parts().into_iter().map(DocumentPart::from).collect()).unwrap_or_default(),
        }
    });
    kinds.collect()
});

/// All kinds, by their codes.
#[must_use]
pub fn kinds() -> &'static [Kind] {
    &KINDS
}

/// The kind of a code.
#[must_use]
pub fn kind(code: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.code == code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn kinds_have_their_own_codes_and_numbers_their_own_words() {
        assert_eq!(kinds().len(), 85);
        assert_eq!(kinds().iter().map(|kind| &kind.code).collect::<BTreeSet<_>>().len(), 85);
        let words: Vec<_> = kinds().iter().filter_map(|kind| kind.word.as_ref()).collect();
        assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len(), "two kinds under one word would share their numbers");
        let decision = kind("D15").unwrap();
        assert_eq!(
            (decision.name.as_str(), decision.to_party, decision.seal, decision.word.as_deref()),
            ("行政处罚决定书", true, true, Some("罚决"))
        );
    }
}
