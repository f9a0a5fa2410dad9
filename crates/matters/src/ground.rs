//! What a case stands on (办案依据): the version of a matter of the act's day, who enforces it where and by what, and whether the law changed
//! since (从旧兼从轻).

use chrono::NaiveDate;
use http_api::Answer;
use kernel::problem::Problem;

use crate::{
    FineParty, Matters, PowerHolder, Version,
    empowerment::Enforcing,
    law::{MatterVerdict, OLD_OR_LIGHTER, choose},
};

/// An announcement that decides who has the power.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroundAnnouncement {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// When it was announced.
    pub announced_on: NaiveDate,
    /// From which day on it counts.
    pub effective_from: NaiveDate,
}

/// What a case about a matter stands on.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The version that judges the act, of its day.
    pub version: Version,
    /// Who has the power at the place on the day of the act.
    pub holder: PowerHolder,
    /// The township of the place; nothing for the county as a whole.
    pub township: Option<String>,
    /// The bureau, as the transfer or the law names it; nothing where a township has the power.
    pub organ: Option<String>,
    /// The announcement that decides; nothing where none ever named the matter.
    pub announcement: Option<GroundAnnouncement>,
    /// Why, in Chinese.
    pub why: String,
    /// The article.
    pub citation: &'static str,
}

/// Which version an act is judged by when it is decided later.
#[derive(Debug, Clone)]
pub struct OwnedChoice {
    /// The version of the day of the act.
    pub of_act: Option<Version>,
    /// The version of the day of the decision.
    pub at_decision: Option<Version>,
    /// Which counts.
    pub verdict: MatterVerdict,
    /// The number of the version to decide by; nothing where there is none, or where a person must first compare.
    pub chosen: Option<i32>,
    /// Why, in Chinese.
    pub why: String,
}

fn unknown() -> Problem {
    Problem::not_found("matter-unknown", "没有这个编号的执法事项")
}

impl Matters {
    /// What a case about a matter stands on, for an act of a day in a place: a region code of 6 to 15 digits.
    ///
    /// # Errors
    /// `matter-unknown`; `matter-no-law` where nothing that is published judges an act of that day; `matter-elsewhere`, `query-invalid`.
    pub async fn ground(&self, code: &str, region: &str, act: NaiveDate, party: FineParty) -> Answer<Ground> {
        let library = self.library().await?;
        let versions = library.versions(code);
        if versions.is_empty() {
            return Err(unknown().into());
        }
        let choice = choose(versions, act, act, party);
        let Some(version) = choice.of_act.cloned() else {
            return Err(Problem::conflict("matter-no-law", choice.why).citing(OLD_OR_LIGHTER).into());
        };
        let enforcing: Enforcing = self.who_enforces(code, region, act).await?;
        let (organ, why, citation) = enforcing.told();
        let announcement = enforcing.by.map(|by| GroundAnnouncement {
            number: by.number,
            title: by.title,
            announced_on: by.announced_on,
            effective_from: by.effective_from,
        });
        Ok(Ground { version, holder: enforcing.holder, township: enforcing.township, organ, announcement, why, citation })
    }

    /// Which version of a matter judges an act of one day that is decided on another.
    ///
    /// # Errors
    /// `matter-unknown`.
    pub async fn choice_of(&self, code: &str, act: NaiveDate, decision: NaiveDate, party: FineParty) -> Answer<OwnedChoice> {
        let library = self.library().await?;
        let versions = library.versions(code);
        if versions.is_empty() {
            return Err(unknown().into());
        }
        let choice = choose(versions, act, decision, party);
        Ok(OwnedChoice {
            of_act: choice.of_act.cloned(),
            at_decision: choice.at_decision.cloned(),
            verdict: choice.verdict,
            chosen: choice.chosen().map(|version| version.number),
            why: choice.why,
        })
    }
}
