//! What a case stands on (办案依据): the matter's version of the act's day, whether it is ours, the range, what must come first; each step
//! with its article or announcement, kept as it was derived.

pub(crate) mod choice;
pub(super) mod derive;
pub(super) mod store;

use kernel::problem::Problem;
use matters::FineParty;
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, types::Json};
use utoipa::ToSchema;

use super::{PartyKind, record::Dossier};
pub use choice::CaseLawChoice;
pub(crate) use choice::CaseLawView;

/// A step of the derivation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct CaseBasisStep {
    /// What follows, in Chinese.
    pub text: String,
    /// The article, announcement or setting that says so.
    pub basis: String,
}

/// What was derived when the case was opened.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub(crate) struct CaseDerivation {
    /// The way to it.
    pub steps: Vec<CaseBasisStep>,
    /// What must come before a fine, in the law's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precondition: Option<String>,
    /// A fine that is no fixed range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
    /// Confiscation, closure and the like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_measure: Option<String>,
    /// When a hearing must be offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hearing: Option<String>,
    /// Something in it is to be confirmed by the place: which bureau the law's department is.
    #[serde(default)]
    pub provisional: bool,
}

/// Which law was chosen when it had changed since the act (从旧兼从轻).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct CaseLawSettled {
    /// The version of the act's day.
    pub of_act: Option<i32>,
    /// The version of the day on which it was chosen.
    pub at_decision: Option<i32>,
    /// The one that was chosen.
    pub chosen: i32,
    /// Why.
    pub reason: String,
}

/// The row of a case's basis.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct BasisRow {
    pub typed_reason: Option<String>,
    pub matter_version: Option<i32>,
    pub act_region: String,
    pub township: Option<String>,
    pub holder: Option<String>,
    pub announcement: Option<String>,
    pub ours: bool,
    pub derivation: Json<CaseDerivation>,
    pub settled: Option<Json<CaseLawSettled>>,
}

/// What a case stands on, as its page shows it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseBasisView {
    /// The matter is from the library.
    pub library: bool,
    /// Why it was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typed_reason: Option<String>,
    /// The version of the matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matter_version: Option<i32>,
    /// The township of the act.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub township: Option<String>,
    /// The announcement that decides who enforces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announcement: Option<String>,
    /// Whether the case is the organ's.
    pub ours: bool,
    pub derivation: CaseDerivation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled: Option<CaseLawSettled>,
    /// The law changed since the act, and must be chosen at the next approval or decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<CaseLawView>,
}

impl BasisRow {
    pub(super) fn view(&self, law: Option<CaseLawView>, township: Option<String>) -> CaseBasisView {
        CaseBasisView {
            library: self.matter_version.is_some(),
            typed_reason: self.typed_reason.clone(),
            matter_version: self.matter_version,
            township: township.or_else(|| self.township.clone()),
            announcement: self.announcement.clone(),
            ours: self.ours,
            derivation: self.derivation.0.clone(),
            settled: self.settled.clone().map(|settled| settled.0),
            law,
        }
    }
}

impl Dossier {
    /// Whose range holds: the citizen's where one is among the parties.
    pub(super) fn fine_party(&self) -> FineParty {
        if self.has_citizen() { FineParty::Individual } else { FineParty::Organisation }
    }
}

/// Whose range holds for these kinds of parties; citizens and organisations with different ranges are no one case.
pub(super) fn fine_party(kinds: &[PartyKind]) -> (FineParty, bool) {
    let citizens = kinds.iter().filter(|kind| **kind != PartyKind::Unit).count();
    let party = if citizens > 0 { FineParty::Individual } else { FineParty::Organisation };
    (party, citizens > 0 && citizens < kinds.len())
}

/// A part of a request that a matter from the library does not take.
pub(super) fn follows(field: &'static str) -> Problem {
    let why = "选用事项库的事项时，名称、条文、罚款幅度和管辖由系统推定，不能另填";
    Problem::invalid("field-not-here", why).field(field, why)
}
