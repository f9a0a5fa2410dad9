//! The matrix (事实—证据—依据): each fact of a case, the article it falls under, and what proves it.

pub(crate) mod save;
pub(crate) mod store;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::people::{EvidencePerson, Names};

/// Facts of one case at most.
pub(crate) const MOST_FACTS: usize = 100;

/// A fact with its proofs (待证事实).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EvidenceFact {
    /// What is so.
    pub words: String,
    /// The article it falls under (依据).
    pub article: Option<String>,
    /// The items that prove it.
    pub proofs: Vec<Uuid>,
}

/// The matrix of a case (事实证据对照表).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EvidenceMatrix {
    /// Grows by one with each saving; 0 where nothing was saved yet.
    revision: i32,
    facts: Vec<EvidenceFact>,
    changed_by: Option<EvidencePerson>,
    changed_at: Option<DateTime<Utc>>,
}

/// The matrix as it is kept.
#[derive(Debug, Default)]
pub(crate) struct Matrix {
    pub head: Option<store::HeadRow>,
    pub facts: Vec<EvidenceFact>,
}

impl Matrix {
    pub fn changed_by(&self) -> Option<Uuid> {
        self.head.as_ref().map(|head| head.changed_by)
    }

    pub fn shown(self, names: &Names) -> EvidenceMatrix {
        EvidenceMatrix {
            revision: self.head.as_ref().map_or(0, |head| head.revision),
            changed_by: self.head.as_ref().map(|head| names.person(head.changed_by)),
            changed_at: self.head.map(|head| head.changed_at),
            facts: self.facts,
        }
    }
}
