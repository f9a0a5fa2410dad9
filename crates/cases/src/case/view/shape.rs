//! What a case looks like on its page.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::light::Light;
use law::procedure::Ask;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::super::{basis::CaseBasisView, penalty::Plan, words::CaseFact};

/// A coded word.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CaseWord {
    pub code: &'static str,
    pub label: &'static str,
}

/// A person by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CasePerson {
    pub id: Uuid,
    pub name: String,
}

/// The matter as it was when the case was opened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseMatterView {
    pub code: String,
    pub name: String,
    pub articles: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fine_min_fen: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fine_max_fen: Option<i64>,
    /// From which fine on a hearing must be told of, in fen. Provisional until the place confirms it.
    pub heavy_fine_fen: i64,
}

/// A party, its name masked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CasePartyView {
    pub ordinal: i16,
    pub kind: String,
    pub kind_label: &'static str,
    pub age_label: &'static str,
    /// Masked; a unit's name stands in full. Nothing where it was erased.
    pub name: String,
}

/// A handling officer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseOfficerView {
    #[serde(flatten)]
    pub person: CasePerson,
    /// The certificate as it stood when the officer joined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    pub recused: bool,
    pub joined_at: DateTime<Utc>,
}

/// Why a step may not be taken now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseRefusal {
    pub code: &'static str,
    pub why: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<&'static str>,
    pub cure: String,
    /// The day from which it may be taken, where waiting is enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
}

/// A step that exists where the case stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseOffer {
    pub action: &'static str,
    pub label: &'static str,
    pub actor: &'static str,
    pub actor_label: &'static str,
    pub article: &'static str,
    /// Whether the law lets it be taken, done properly.
    pub allowed: bool,
    /// Whether the caller is one who takes it.
    pub mine: bool,
    /// What it looks at; the page asks for what is not known by itself.
    #[schema(value_type = Vec<String>)]
    pub asks: Vec<Ask>,
    /// The codes of the documents it makes.
    pub documents: &'static [&'static str],
    pub refusals: Vec<CaseRefusal>,
}

/// A period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseClock {
    pub clock: String,
    pub label: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<&'static str>,
    pub period: String,
    pub started_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub last_day: NaiveDate,
    pub running: bool,
    pub ran_out: bool,
    pub provisional: bool,
    /// The way from the first day to the last, day by day; of running periods alone.
    pub derivation: Vec<String>,
}

/// A limit that binds the organ.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseLimitView {
    pub limit: String,
    pub label: &'static str,
    pub rule: &'static str,
    pub started_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
    pub state: String,
    #[schema(value_type = Option<String>)]
    pub light: Option<Light>,
}

/// A step that was taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseStep {
    pub ordinal: i32,
    pub action: String,
    pub label: &'static str,
    pub at: DateTime<Utc>,
    /// Nobody where time did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<CasePerson>,
    pub before_label: &'static str,
    pub after_label: &'static str,
    /// What was given.
    pub content: serde_json::Value,
}

/// Sent back, or put forward again.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseRemark {
    pub kind: String,
    pub label: &'static str,
    pub at: DateTime<Utc>,
    pub person: CasePerson,
    pub text: String,
}

/// A line of the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseLedgerLine {
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub actor: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    pub action: String,
    pub label: &'static str,
    pub hash: String,
}

/// A case, whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseFile {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub track: CaseWord,
    pub state: CaseWord,
    pub open: bool,
    /// For `If-Match`.
    pub version: i64,
    pub jurisdiction: String,
    pub opened_at: DateTime<Utc>,
    pub opened_by: CasePerson,
    pub acted_on: NaiveDate,
    pub found_on: NaiveDate,
    pub place: String,
    pub summary: String,
    pub matter: CaseMatterView,
    /// What it stands on; nothing for cases that were opened before that was derived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<CaseBasisView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<CaseLead>,
    /// The referral it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral: Option<CaseLead>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<Plan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hearing_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
    #[schema(value_type = Option<String>)]
    pub light: Option<Light>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder_role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<CasePerson>,
    pub simulated: bool,
    /// It lies with its officers because it was sent back.
    pub sent_back: bool,
    /// The caller is whom it waits for, and may send it back.
    pub may_send_back: bool,
    /// Newest first.
    pub remarks: Vec<CaseRemark>,
    pub facts: Vec<CaseFact>,
    pub parties: Vec<CasePartyView>,
    pub officers: Vec<CaseOfficerView>,
    pub photos: Vec<String>,
    pub offers: Vec<CaseOffer>,
    pub clocks: Vec<CaseClock>,
    pub limits: Vec<CaseLimitView>,
    /// Newest first.
    pub steps: Vec<CaseStep>,
    /// Newest first.
    pub ledger: Vec<CaseLedgerLine>,
}

/// The lead or referral a case comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseLead {
    pub id: Uuid,
    pub number: String,
}
