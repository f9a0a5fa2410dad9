//! A class model: labels, the grams it knows, and one weight for each gram and label.

use crate::{
    bytes::{self, BytesError},
    reasons::{Word, words},
    scorer::{Best, Scorer},
    train::{self, TrainError},
    vocabulary::Vocabulary,
};

/// A class model (类别模型), learned once and read by everybody.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Ascending.
    pub(crate) labels: Vec<String>,
    pub(crate) vocabulary: Vocabulary,
    /// Row after row, a weight for each label; the weights of a row sum to zero, so that each says how much a gram speaks for its
    /// label rather than for the others.
    pub(crate) weights: Vec<f32>,
    /// What scores are multiplied by before they become probabilities; positive.
    pub(crate) sharpness: f32,
}

/// A label that a text may take, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess {
    /// The label.
    pub label: String,
    /// How likely it is, from 0 to 1; all labels together make 1.
    pub probability: f32,
    /// The words that decided (判定依据), the weightiest first.
    pub words: Vec<Word>,
}

impl Model {
    /// Learns a model from texts with their labels. Of a text the first [`crate::MOST_CHARACTERS`] characters are read; labels are
    /// taken without the spaces around them, and each label counts alike, however many samples it has.
    ///
    /// # Errors
    /// Fewer than two labels, too many samples or labels, a label without characters, or texts that share no words.
    pub fn train<'s>(samples: impl IntoIterator<Item = (&'s str, &'s str)>) -> Result<Self, TrainError> {
        train::train(samples)
    }

    /// The labels, ascending.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Something to score many texts with.
    #[must_use]
    pub fn scorer(&self) -> Scorer<'_> {
        Scorer::new(self)
    }

    /// The likeliest label of one text; for many of them use one [`Model::scorer`].
    #[must_use]
    pub fn best(&self, text: &str) -> Option<Best<'_>> {
        self.scorer().best(text)
    }

    /// The `most` likeliest labels, best first, each with the words that speak for it; none where the model knows no word of the text.
    #[must_use]
    pub fn classify(&self, text: &str, most: usize) -> Vec<Guess> {
        let mut scorer = self.scorer();
        let Some(probabilities) = scorer.probabilities(text) else { return Vec::new() };
        let mut ranked: Vec<(usize, f32)> = probabilities.iter().copied().enumerate().collect();
        ranked.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        ranked.truncate(most);
        ranked
            .into_iter()
            .map(|(label, probability)| Guess { label: self.labels[label].clone(), probability, words: words(self, text, label) })
            .collect()
    }

    /// The model as bytes, for a file or a column; a later version reads what an earlier one wrote or says that it does not.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        bytes::write(self)
    }

    /// The model that [`Model::to_bytes`] wrote.
    ///
    /// # Errors
    /// Bytes that are not a whole model of a known version, whatever they are; they cost no more memory than a few times their own.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BytesError> {
        bytes::read(bytes)
    }

    /// The weights of a row, by label.
    #[inline]
    pub(crate) fn weights_of(&self, row: usize) -> &[f32] {
        &self.weights[row * self.labels.len()..(row + 1) * self.labels.len()]
    }
}
