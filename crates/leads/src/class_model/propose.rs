//! Proposing classes for a text (推荐类别): by the model in use and the table of words, or by the table alone.

use std::sync::Arc;

use catalogue::{Catalogue, suggest::ClassSuggestion};

use super::{
    blend::{MOST_GUESSES, blend},
    held::Used,
};
use crate::Leads;

/// What proposes classes at the moment.
pub(crate) struct Proposer {
    catalogue: Catalogue,
    used: Option<Arc<Used>>,
}

impl Proposer {
    pub(super) fn new(catalogue: Catalogue, used: Option<Arc<Used>>) -> Self {
        Self { catalogue, used }
    }

    /// The number of the model in use.
    pub(crate) fn model(&self) -> Option<i64> {
        self.used.as_ref().map(|used| used.number)
    }

    /// The classes that a text may be about, best first, each with the words that decided.
    pub(crate) fn classes(&self, text: &str) -> Vec<ClassSuggestion> {
        let hints = self.catalogue.suggest(text);
        match &self.used {
            None => hints,
            Some(used) => blend(used.model.classify(text, MOST_GUESSES), hints, used.words_weight, |code| {
                self.catalogue.class(code).map(|class| class.name.clone())
            }),
        }
    }
}

impl Leads {
    /// What proposes classes now.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn proposer(&self) -> sqlx::Result<Proposer> {
        let used = match self.settings().await?.class_model.number {
            Some(number) => self.class_model(number).await?,
            None => None,
        };
        Ok(Proposer::new(self.catalogue().clone(), used))
    }
}
