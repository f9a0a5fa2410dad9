//! All published versions and drafts in memory: some hundred matters fit, and the rules want whole histories.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use http_api::Answer;

use crate::{
    Matters,
    matter::{Finder, MatterFacts, Version, on},
};

/// The library at one revision.
#[derive(Debug)]
pub(crate) struct Library {
    /// Counts the changes.
    pub revision: i64,
    /// The published versions of each matter, in the order of their numbers.
    pub published: BTreeMap<String, Vec<Version>>,
    /// The draft of each matter that has one.
    pub drafts: BTreeMap<String, Version>,
    /// What finds matters by words.
    pub finder: Finder,
}

impl Library {
    /// From all versions in the order of code and number, each with whether it is a draft.
    pub fn new(revision: i64, versions: Vec<(Version, bool)>) -> Self {
        let (mut published, mut drafts) = (BTreeMap::<String, Vec<Version>>::new(), BTreeMap::new());
        for (version, draft) in versions {
            if draft {
                drafts.insert(version.code.clone(), version);
            } else {
                published.entry(version.code.clone()).or_default().push(version);
            }
        }
        let finder = Finder::new(published.values().filter_map(|versions| versions.last()));
        Self { revision, published, drafts, finder }
    }

    /// The published versions of a matter; none where there is no such matter.
    pub fn versions(&self, code: &str) -> &[Version] {
        self.published.get(code).map_or(&[], Vec::as_slice)
    }

    /// What a list shows of a matter: the version that holds on the day, or else the newest, which then says why it is of no use.
    pub fn shown(&self, code: &str, day: NaiveDate) -> Option<&Version> {
        let versions = self.versions(code);
        on(versions, day).or_else(|| versions.last())
    }
}

impl Matters {
    /// The code and the facts of each matter that holds on a day, in the order of codes, for lists.
    ///
    /// # Errors
    /// The database's.
    pub async fn held_on(&self, day: NaiveDate) -> Answer<Vec<(String, MatterFacts)>> {
        let library = self.library().await?;
        let held = library.published.iter().filter_map(|(code, versions)| on(versions, day).map(|it| (code.clone(), it.facts.clone())));
        Ok(held.collect())
    }
}
