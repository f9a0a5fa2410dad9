//! The rows of a case as they are read and written.

use chrono::{DateTime, NaiveDate, Utc};
use law::procedure::Case;
use sqlx::{FromRow, types::Json};
use uuid::Uuid;

use super::{PartyKind, basis::BasisRow, penalty::Plan, service::Served};

/// A case's own row beside its docket header.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct CaseRecord {
    pub facts: Json<Case>,
    pub matter_code: String,
    pub matter_name: String,
    pub articles: String,
    pub fine_min_fen: Option<i64>,
    pub fine_max_fen: Option<i64>,
    pub acted_on: NaiveDate,
    pub found_on: NaiveDate,
    pub place: String,
    pub summary: String,
    pub lead_id: Option<Uuid>,
    pub lead_number: Option<String>,
    pub referral_id: Option<Uuid>,
    pub referral_number: Option<String>,
    pub opened_by: Uuid,
    pub plan: Option<Json<Plan>>,
    pub told: Option<Json<Plan>>,
    pub hearing_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
    pub fined: bool,
    /// It lies with its officers because it was sent back.
    pub sent_back: bool,
}

/// A party: what it is; who it is stands in the vault.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct PartyRow {
    pub ordinal: i16,
    pub kind: String,
    pub age: String,
    pub subject: Uuid,
    pub blind: Option<Vec<u8>>,
}

/// A handling officer.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct OfficerRow {
    pub person: Uuid,
    pub certificate: Option<String>,
    pub valid_until: Option<NaiveDate>,
    pub recused: bool,
    pub joined_at: DateTime<Utc>,
}

/// A step that was taken.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct StepRow {
    pub ordinal: i32,
    pub action: String,
    pub at: DateTime<Utc>,
    pub person: Option<Uuid>,
    pub content: serde_json::Value,
    pub before: String,
    pub after: String,
}

/// A period.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct ClockRow {
    pub clock: String,
    pub rule: Option<String>,
    pub days: Option<i32>,
    pub from_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    pub ran_out: bool,
}

/// Everything that a step is judged by.
#[derive(Debug, Clone)]
pub(crate) struct Dossier {
    pub record: CaseRecord,
    pub parties: Vec<PartyRow>,
    pub officers: Vec<OfficerRow>,
    pub clocks: Vec<ClockRow>,
    /// What it stands on; nothing for cases that were opened before that was derived.
    pub basis: Option<BasisRow>,
    pub served: Served,
}

impl Dossier {
    pub fn facts(&self) -> &Case {
        &self.record.facts
    }

    /// Whether a person investigates, or ever did.
    pub fn is_handler(&self, person: Uuid) -> bool {
        self.record.opened_by == person || self.officers.iter().any(|officer| officer.person == person)
    }

    /// Whether a person was recused from the case.
    pub fn is_recused(&self, person: Uuid) -> bool {
        self.officers.iter().any(|officer| officer.person == person && officer.recused)
    }

    /// Whether a citizen is among the parties, whose thresholds are the lower ones.
    pub fn has_citizen(&self) -> bool {
        self.parties.iter().any(|party| party.kind != PartyKind::Unit.code())
    }
}
