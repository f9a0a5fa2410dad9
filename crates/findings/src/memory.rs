//! What a day was asked about before (已问过的): a day is judged many times, what it asks of others' tracks need not be read as often.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use chrono::NaiveDate;

use crate::Fix;

/// How long an answer is believed: late points of others change it, seldom.
const KEEP: Duration = Duration::from_secs(600);
/// Answers of a kind that are remembered.
const MOST: usize = 50_000;

/// Answers by question.
#[derive(Debug)]
pub(crate) struct Answers<Q, A>(Mutex<HashMap<Q, (Instant, A)>>);

impl<Q, A> Default for Answers<Q, A> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<Q: Eq + Hash, A: Copy> Answers<Q, A> {
    /// What was answered, if that is not long ago.
    pub(crate) fn known(&self, question: &Q) -> Option<A> {
        let answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        answers.get(question).filter(|(at, _)| at.elapsed() < KEEP).map(|(_, answer)| *answer)
    }

    /// Keeps an answer; when there are too many, those that are believed no more go, and if that is not enough, all.
    pub(crate) fn keep(&self, question: Q, answer: A) {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= MOST {
            answers.retain(|_, (at, _)| at.elapsed() < KEEP);
        }
        if answers.len() >= MOST {
            answers.clear();
        }
        answers.insert(question, (Instant::now(), answer));
    }
}

/// What is remembered between judgements.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// How many others were heard while a vehicle was silent: vehicle, from, to.
    pub others: Answers<(i64, i64, i64), u32>,
    /// The last fix of a vehicle before what its day is judged with.
    pub before: Answers<(i64, NaiveDate), Option<Fix>>,
}
