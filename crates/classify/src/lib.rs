//! Class models (类别模型): learned from a city's own labelled texts, they say which label a text takes and which words decided.
//!
//! A text is its grams (字串), one to three neighbouring Han characters. How often each occurs, times how rare it is, makes a vector
//! of length one; one weight for each gram and label, found by least squares in which every label counts alike, makes the scores.
//! Digits and Latin letters are no grams: a model keeps neither a telephone nor a house number.
//!
//! Nothing here does IO, and the same samples in the same order give the same model. Why it is made so, and what it was compared
//! with: decision 0017 in docs/decisions.

mod bytes;
mod calibrate;
mod grams;
mod model;
mod reasons;
mod scorer;
mod solve;
mod train;
mod vocabulary;

pub use bytes::BytesError;
pub use grams::MOST_CHARACTERS;
pub use model::{Guess, Model};
pub use reasons::{MOST_WORDS, Word};
pub use scorer::{Best, Scorer};
pub use train::{MOST_LABEL_CHARACTERS, MOST_LABELS, MOST_SAMPLES, TrainError};
