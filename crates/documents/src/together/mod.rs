//! Three documents at once (三书同达): with a penalty decision go the advice on compliance (D24) and the notice of how credit is repaired (D25).
//! They are drafted in one step, issued in one transaction, and served together; how often that was so is a share with its cases behind it.

pub(crate) mod draft;
pub(crate) mod figures;
pub(crate) mod issue;
mod store;

use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::document::store::DocumentRecord;

/// What goes with a decision.
pub(crate) const COMPANIONS: [&str; 2] = ["D24", "D25"];

/// Of which decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TogetherOf {
    /// `D15`, or `D14` for a penalty on the spot.
    decision: String,
}

impl TogetherOf {
    /// The three kinds, the decision first.
    fn kinds(&self) -> Result<[&'static str; 3], Problem> {
        let decision = match self.decision.as_str() {
            "D14" => "D14",
            "D15" => "D15",
            _ => {
                let words = "应为 D15 行政处罚决定书或者 D14 当场行政处罚决定书";
                return Err(Problem::invalid("document-kind-unknown", words).field("decision", words));
            }
        };
        Ok([decision, COMPANIONS[0], COMPANIONS[1]])
    }
}

/// The document of a kind that is not void: the last one.
fn standing<'r>(records: &'r [DocumentRecord], kind: &str) -> Option<&'r DocumentRecord> {
    records.iter().rev().find(|it| it.kind == kind && it.voided_at.is_none())
}
