//! Decisions of the ordinary procedure (处罚决定): D15 and D16.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    Form,
    block::{CaseOf, Evidence, Officer, Organ, Party, Payment, Penalty, Remedies},
    missing::{Missing, Wanted},
};
use crate::words::{self, Route};

/// What a written penalty decision must hold.
const CONTENT: &str = "行政处罚法第五十九条";

/// D15 行政处罚决定书 (penalty decision of the ordinary procedure).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PenaltyDecision {
    /// Who decides.
    pub organ: Organ,
    /// The case.
    pub case: CaseOf,
    /// Against whom.
    pub party: Party,
    /// The facts (违法事实).
    pub facts: Vec<String>,
    /// What proves them.
    pub evidence: Vec<Evidence>,
    /// Notice, statement and defence, hearing (告知、陈述申辩、听证).
    pub course: Vec<String>,
    /// Discretion and other reasons (裁量理由).
    pub reasons: Vec<String>,
    /// What was violated, in words: 你单位的行为违反了……的规定.
    pub violated: String,
    /// By which provision the penalty is imposed.
    pub basis: String,
    /// The penalties.
    pub penalties: Vec<Penalty>,
    /// The order to correct (责令改正), if one is given.
    pub correction: String,
    /// Where a fine is paid.
    pub payment: Option<Payment>,
    /// Before whom it may be fought.
    pub remedies: Remedies,
    /// Its day.
    pub decided_on: Option<NaiveDate>,
}

impl Form for PenaltyDecision {
    fn missing(&self) -> Vec<Missing> {
        Wanted::by(CONTENT)
            .party(&self.party)
            .texts(&self.facts, "facts", "违法事实")
            .when(self.evidence.iter().any(|one| !one.name.trim().is_empty()), "evidence", "证据")
            .text(&self.violated, "violated", "违反的规定")
            .text(&self.basis, "basis", "行政处罚的依据")
            .penalties(&self.penalties)
            .payment(self.payment.as_ref(), &self.penalties)
            .remedies(&self.remedies)
            .organ(&self.organ)
            .when(self.decided_on.is_some(), "date", "作出决定的日期")
            .and_by("行政处罚法第四十四条、第四十五条")
            .texts(&self.course, "notice", "告知和陈述、申辩情况")
            .end()
    }

    fn words(&self) -> Map<String, Value> {
        let mut said = Map::new();
        let remedies = words::remedies(Route::Free, "本决定", &self.remedies.review(), &self.remedies.court);
        let then = "逾期不申请行政复议、不提起行政诉讼，又不履行本决定的，本机关将依法申请人民法院强制执行。".to_owned();
        said.insert("remedies".to_owned(), remedies.into_iter().chain([then]).collect());
        said.insert("payment".to_owned(), paid(&self.party, self.payment.as_ref()).into());
        said
    }

    fn organ(&self) -> &Organ {
        &self.organ
    }
}

/// How a fine is paid, or that there is none.
fn paid(party: &Party, payment: Option<&Payment>) -> Vec<String> {
    payment.map_or_else(
        || vec!["本决定自送达之日起生效。".to_owned()],
        |it| words::payment(party.you(), &it.bank, &it.bank_address, &it.account, it.online),
    )
}

/// D16 不予行政处罚决定书 (decision not to penalise).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NoPenalty {
    /// Who decides.
    pub organ: Organ,
    /// The case.
    pub case: CaseOf,
    /// About whom.
    pub party: Party,
    /// The facts.
    pub facts: Vec<String>,
    /// What proves them.
    pub evidence: Vec<Evidence>,
    /// Why there is none (不予处罚的理由).
    pub ground: String,
    /// By which provision.
    pub basis: String,
    /// How the party was educated (教育); must be where there was an act.
    pub education: Vec<String>,
    /// Before whom it may be fought.
    pub remedies: Remedies,
    /// The officers who educated.
    pub officers: Vec<Officer>,
    /// Its day.
    pub decided_on: Option<NaiveDate>,
}

impl Form for NoPenalty {
    fn missing(&self) -> Vec<Missing> {
        Wanted::by("行政处罚法第五十七条")
            .party(&self.party)
            .texts(&self.facts, "facts", "查明的事实")
            .text(&self.ground, "ground", "不予处罚的理由")
            .text(&self.basis, "basis", "不予处罚的依据")
            .organ(&self.organ)
            .when(self.decided_on.is_some(), "date", "作出决定的日期")
            .and_by("行政处罚法第三十三条第三款")
            .texts(&self.education, "education", "对当事人的教育")
            .and_by("行政复议法第二十条、行政诉讼法第四十六条")
            .remedies(&self.remedies)
            .end()
    }

    fn words(&self) -> Map<String, Value> {
        let remedies = words::remedies(Route::Free, "本决定", &self.remedies.review(), &self.remedies.court);
        // Nothing is to be performed, so nothing is suspended.
        Map::from_iter([("remedies".to_owned(), remedies.into_iter().take(1).collect())])
    }

    fn organ(&self) -> &Organ {
        &self.organ
    }
}
