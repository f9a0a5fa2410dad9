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
pub struct CaseFile {
    pub(crate) id: Uuid,
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) track: CaseWord,
    pub(crate) state: CaseWord,
    pub(crate) open: bool,
    /// For `If-Match`.
    pub(crate) version: i64,
    pub(crate) jurisdiction: String,
    pub(crate) opened_at: DateTime<Utc>,
    pub(crate) opened_by: CasePerson,
    pub(crate) acted_on: NaiveDate,
    pub(crate) found_on: NaiveDate,
    pub(crate) place: String,
    pub(crate) summary: String,
    pub(crate) matter: CaseMatterView,
    /// What it stands on; nothing for cases that were opened before that was derived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) basis: Option<CaseBasisView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lead: Option<CaseLead>,
    /// The referral it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) referral: Option<CaseLead>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) plan: Option<Plan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) told: Option<Plan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) hearing_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) decided_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) due_at: Option<DateTime<Utc>>,
    #[schema(value_type = Option<String>)]
    pub(crate) light: Option<Light>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) holder_role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) holder: Option<CasePerson>,
    pub(crate) simulated: bool,
    /// It lies with its officers because it was sent back.
    pub(crate) sent_back: bool,
    /// The caller is whom it waits for, and may send it back.
    pub(crate) may_send_back: bool,
    /// Newest first.
    pub(crate) remarks: Vec<CaseRemark>,
    pub(crate) facts: Vec<CaseFact>,
    pub(crate) parties: Vec<CasePartyView>,
    pub(crate) officers: Vec<CaseOfficerView>,
    pub(crate) photos: Vec<String>,
    pub(crate) offers: Vec<CaseOffer>,
    pub(crate) clocks: Vec<CaseClock>,
    pub(crate) limits: Vec<CaseLimitView>,
    /// Newest first.
    pub(crate) steps: Vec<CaseStep>,
    /// Newest first.
    pub(crate) ledger: Vec<CaseLedgerLine>,
}

impl CaseFile {
    /// The version that a change must name.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.version
    }
}

/// The lead or referral a case comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseLead {
    pub id: Uuid,
    pub number: String,
}
