//! What a version of a matter says.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    codes::{FineCondition, FineParty, HearingHint, MatterRank, MatterStatus, MatterTarget, MatterVerified, SimpleUse},
    fine::{FineRange, simple_use},
};

/// What must come before a fine, in the law's words and as a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FinePrecondition {
    /// The words; nothing where the law asks for nothing.
    pub text: Option<String>,
    /// What the program makes of them.
    pub condition: FineCondition,
    /// The law leaves the fine to the organ (可以处).
    pub optional: bool,
}

/// The facts of one version of a matter (事项内容).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MatterFacts {
    /// The code of the place's own catalogue (监管事项、权力事项编码), where known.
    pub external_code: Option<String>,
    /// The field (领域).
    pub domain: String,
    /// The conduct, in the project's words.
    pub name: String,
    /// The instrument.
    pub law: String,
    /// How high it stands.
    pub rank: MatterRank,
    /// Where it applies: 全国, a province or a city.
    pub region: String,
    /// That place as the beginning of region codes; empty for the whole country.
    pub region_prefix: String,
    /// The article that the conduct breaks, such as `第11(1)条`; nothing where it is the penalty article.
    pub violated_article: Option<String>,
    /// The article that carries the penalty.
    pub penalty_article: String,
    /// Who may be penalised.
    pub target: MatterTarget,
    /// What must come before.
    pub precondition: FinePrecondition,
    /// The range for citizens.
    pub individual: Option<FineRange>,
    /// The range for legal persons and other organisations.
    pub organisation: Option<FineRange>,
    /// A fine that is no fixed range.
    pub formula: Option<String>,
    /// Confiscation, closure, substitute performance and the like.
    pub other_measure: Option<String>,
    /// When a hearing must be offered.
    pub hearing: HearingHint,
    /// The department that the text names.
    pub enforcer: String,
    /// How far it may be relied upon.
    pub status: MatterStatus,
    /// The first day; nothing where the library does not know it.
    pub effective_from: Option<NaiveDate>,
    /// The last day.
    pub effective_to: Option<NaiveDate>,
    /// Caveats.
    pub note: Option<String>,
    /// How it was checked.
    pub verified: MatterVerified,
    /// Where it was read.
    pub source: String,
}

impl MatterFacts {
    /// The range for a kind of party.
    #[must_use]
    pub fn range(&self, party: FineParty) -> Option<FineRange> {
        match party {
            FineParty::Individual => self.individual,
            FineParty::Organisation => self.organisation,
        }
    }

    /// Whether a fine of this party can be decided on the spot (行政处罚法第五十一条); `None` where the party is no target.
    #[must_use]
    pub fn simple_use(&self, party: FineParty) -> Option<SimpleUse> {
        simple_use(self.range(party), self.formula.as_deref(), self.other_measure.as_deref(), party)
    }

    /// Whether it holds on a day, as far as the library knows.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.effective_from.is_none_or(|from| from <= day) && self.effective_to.is_none_or(|to| day <= to)
    }

    /// Whether the law leaves the range to local law: no figure may be typed without choosing a local row.
    #[must_use]
    pub fn needs_local_row(&self) -> bool {
        self.individual.is_none()
            && self.organisation.is_none()
            && self.formula.as_deref().is_some_and(|formula| formula.contains("未定幅度") || formula.contains("地方规定"))
    }

    /// Whether it applies in a region.
    #[must_use]
    pub fn applies_in(&self, region: &str) -> bool {
        region.starts_with(&self.region_prefix)
    }

    /// The law's name without an edition in brackets, as statutes are found by.
    #[must_use]
    pub fn law_title(&self) -> &str {
        self.law.split(['(', '（']).next().unwrap_or(&self.law).trim()
    }
}
