//! D01 案件调查终结报告 (report at the end of the inquiry).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    block::{CaseOf, Evidence, Officer, Opinion, Party, Penalty},
    make::form,
    missing::Wanted,
};

/// A fact with what proves it (事实与证据).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProvenFact {
    /// The fact.
    pub fact: String,
    /// What proves it.
    pub evidence: Vec<Evidence>,
}

form! {
    /// D01 案件调查终结报告 (report at the end of the inquiry).
    ClosingReport {
        /// The case.
        case: CaseOf,
        /// The party.
        party: Party,
        /// Filed.
        filed_on: Option<NaiveDate>,
        /// How the inquiry went.
        course: Vec<String>,
        /// The facts, each with its evidence.
        facts: Vec<ProvenFact>,
        /// What was violated.
        violated: String,
        /// By which provision a penalty is proposed.
        basis: String,
        /// Factors of discretion.
        discretion: Vec<String>,
        /// What is proposed.
        proposals: Vec<Penalty>,
        /// The officers.
        officers: Vec<Officer>,
        /// What the head of the unit says.
        unit_opinion: Opinion,
        /// Its day.
        reported_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政处罚法第五十七条")
        .text(it.party.name(), "party", "当事人")
        .when(!it.facts.is_empty() && it.facts.iter().all(|one| !one.fact.trim().is_empty()), "facts", "违法事实")
        .when(it.facts.iter().all(|one| one.evidence.iter().any(|piece| !piece.name.trim().is_empty())), "evidence", "每一项事实的证据")
        .text(&it.basis, "basis", "处理依据")
        .when(it.proposals.iter().any(|one| !one.text.trim().is_empty()), "proposal", "处理意见")
        .when(it.reported_on.is_some(), "date", "日期")
        .and_by("行政处罚法第四十二条")
        .officers(&it.officers)
}
