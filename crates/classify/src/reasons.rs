//! The words that decided (判定依据): which pieces of a text speak for a label, and how much of all that speaks for it each makes.

use std::collections::HashMap;

use crate::{grams::walk, model::Model};

/// The most words that are named for a label.
pub const MOST_WORDS: usize = 6;
/// Pieces of one character are named only where there is nothing longer.
const SHORTEST: usize = 2;
/// A character belongs to a word when it speaks at least this share of what speaking characters do on average, and of what the
/// loudest of its neighbours so many characters away does: the words beside "物业" that happen to stand there often are not the reason.
const NOTEWORTHY: f32 = 0.4;
const NEIGHBOURS: usize = 2;

/// A word (词语) of the text that speaks for a label.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// As it stands in the text.
    pub text: String,
    /// Its part of all that speaks for the label, from 0 to 1.
    pub share: f32,
}

/// The words of `text` that speak for a label, the weightiest first; none where nothing does.
///
/// What a gram speaks is divided among its characters. Neighbouring characters that speak noticeably are one word, and a word that
/// occurs again is the same word.
pub(crate) fn words(model: &Model, text: &str, label: usize) -> Vec<Word> {
    let characters: Vec<char> = text.trim_start().chars().take(crate::MOST_CHARACTERS).collect();
    let mut speaks = vec![0.0_f32; characters.len()];
    walk(text, |it| {
        if let Some(row) = model.vocabulary.row(it.gram) {
            let part = f32::from(it.times) * model.vocabulary.rarity()[row] * model.weights_of(row)[label] / it.length as f32;
            speaks[it.last + 1 - it.length..=it.last].iter_mut().for_each(|sum| *sum += part);
        }
    });
    let speaking = || speaks.iter().filter(|part| **part > 0.0);
    let all: f32 = speaking().sum();
    if all <= 0.0 {
        return Vec::new();
    }
    let least = NOTEWORTHY * all / speaking().count() as f32;
    let noteworthy: Vec<bool> = (0..speaks.len())
        .map(|at| {
            let around = &speaks[at.saturating_sub(NEIGHBOURS)..speaks.len().min(at + NEIGHBOURS + 1)];
            speaks[at] >= least.max(NOTEWORTHY * around.iter().copied().fold(0.0, f32::max))
        })
        .collect();
    let mut sums: HashMap<String, f32> = HashMap::new();
    let (mut next, mut taken) = (0, 0);
    for piece in noteworthy.chunk_by(|one, next| one == next) {
        let (mut start, mut end) = (next, next + piece.len());
        next = end;
        if !piece[0] {
            continue;
        }
        if piece.len() == 1 {
            // One character is hardly a word: the louder neighbour completes it, if it has any.
            let before = start.checked_sub(1).filter(|at| *at >= taken && speaks[*at] != 0.0);
            let after = Some(end).filter(|at| speaks.get(*at).is_some_and(|part| *part != 0.0));
            match (before, after) {
                (Some(before), Some(after)) if speaks[before] >= speaks[after] => start = before,
                (Some(before), None) => start = before,
                (_, Some(_)) => end += 1,
                (None, None) => {}
            }
        }
        taken = end;
        *sums.entry(characters[start..end].iter().collect()).or_default() += speaks[start..end].iter().sum::<f32>().max(0.0);
    }
    let long = |word: &Word| word.text.chars().count() >= SHORTEST;
    let mut words: Vec<Word> = sums.into_iter().map(|(text, sum)| Word { text, share: sum / all }).collect();
    if words.iter().any(long) {
        words.retain(long);
    }
    words.sort_by(|one, other| other.share.total_cmp(&one.share).then_with(|| one.text.cmp(&other.text)));
    words.truncate(MOST_WORDS);
    words
}
