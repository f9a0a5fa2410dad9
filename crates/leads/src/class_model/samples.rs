//! What a model learns from: leads whose class a person confirmed (样本).

use std::collections::HashMap;

use catalogue::Catalogue;
use sqlx::FromRow;

/// The newest so many leads are learned from.
pub(super) const MOST: usize = 20_000;
/// A class with fewer samples is left to the table of words.
pub(super) const LEAST_OF_A_CLASS: usize = 3;
/// With fewer samples nothing is learned: the table of words is better than a model of so little.
pub(super) const LEAST: usize = 100;

/// A lead whose class a person confirmed.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Sample {
    /// The words of the report.
    pub text: String,
    /// The class it has.
    pub class: String,
    /// The class that was proposed when it came in.
    pub proposed: Option<String>,
    /// A simulated lead.
    pub simulated: bool,
}

impl Sample {
    /// Whether a person gave it another class than was proposed.
    pub fn is_corrected(&self) -> bool {
        self.proposed.as_ref().is_some_and(|proposed| *proposed != self.class)
    }
}

/// The samples under the classes in force: a class of 2013 that has one heir is that heir; what has none, and classes with too few
/// samples, are left out.
pub(super) fn of_today(catalogue: &Catalogue, mut samples: Vec<Sample>) -> Vec<Sample> {
    let today: std::collections::HashSet<String> = catalogue.matters().into_iter().map(|class| class.code.clone()).collect();
    samples.retain_mut(|sample| {
        if today.contains(&sample.class) {
            return true;
        }
        match catalogue.heirs_of(false, &sample.class).as_slice() {
            [heir] => {
                sample.class.clone_from(&heir.code);
                true
            }
            _ => false,
        }
    });
    let mut count: HashMap<String, usize> = HashMap::new();
    for sample in &samples {
        *count.entry(sample.class.clone()).or_default() += 1;
    }
    samples.retain(|sample| count[&sample.class] >= LEAST_OF_A_CLASS);
    samples
}
