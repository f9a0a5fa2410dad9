//! Scoring one text after the other, without asking for memory again.

use crate::{model::Model, vocabulary::Tally};

/// The likeliest label (最可能的标签) of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Best<'a> {
    /// The label.
    pub label: &'a str,
    /// How sure the model is, from one part of the number of labels to 1.
    pub probability: f32,
}

/// Scores texts with a model (评分器). It keeps the memory that scoring needs: make one a thread and use it for many texts.
#[derive(Debug, Clone)]
pub struct Scorer<'a> {
    model: &'a Model,
    tally: Tally,
    scores: Vec<f32>,
}

impl<'a> Scorer<'a> {
    pub(crate) fn new(model: &'a Model) -> Self {
        Self { model, tally: Tally::new(&model.vocabulary), scores: vec![0.0; model.labels.len()] }
    }

    /// The likeliest label; of equals the first in the order of labels. None of a text without any gram that the model knows.
    pub fn best(&mut self, text: &str) -> Option<Best<'a>> {
        self.score(text)?;
        let (mut at, mut highest) = (0, f32::NEG_INFINITY);
        for (label, score) in self.scores.iter().enumerate() {
            if *score > highest {
                (at, highest) = (label, *score);
            }
        }
        let others: f32 = self.scores.iter().map(|score| ((score - highest) * self.model.sharpness).exp()).sum();
        Some(Best { label: &self.model.labels[at], probability: 1.0 / others })
    }

    /// The probability of every label, in the order of labels, together 1; none of a text without any gram that the model knows.
    pub(crate) fn probabilities(&mut self, text: &str) -> Option<&[f32]> {
        self.score(text)?;
        let highest = self.scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        for score in &mut self.scores {
            *score = ((*score - highest) * self.model.sharpness).exp();
        }
        let sum: f32 = self.scores.iter().sum();
        self.scores.iter_mut().for_each(|score| *score /= sum);
        Some(&self.scores)
    }

    /// Fills the scores: the sum of the weights of the text's grams, over the length of its vector.
    #[inline]
    fn score(&mut self, text: &str) -> Option<()> {
        let Self { model, tally, scores } = self;
        scores.fill(0.0);
        let mut square = 0.0;
        tally.read(&model.vocabulary, text, |row, count| {
            square += count * count;
            for (score, weight) in scores.iter_mut().zip(model.weights_of(row)) {
                *score += count * weight;
            }
        });
        if square == 0.0 {
            return None;
        }
        let length = square.sqrt();
        scores.iter_mut().for_each(|score| *score /= length);
        Some(())
    }
}
