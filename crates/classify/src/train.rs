//! Learning a model from labelled texts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    calibrate::sharpness,
    grams::{Gram, MOST_CHARACTERS, walk},
    model::Model,
    solve::{Task, Vectors},
    vocabulary::{Tally, Vocabulary},
};

/// The most samples that one model learns from.
pub const MOST_SAMPLES: usize = 200_000;
/// The most labels of one model.
pub const MOST_LABELS: usize = 1_000;
/// The longest label, in characters.
pub const MOST_LABEL_CHARACTERS: usize = 100;
/// The most characters of all texts together, each read up to [`MOST_CHARACTERS`]: learning takes about a hundred bytes for each.
const MOST_TEXT: usize = 10_000_000;
/// The most products of samples and labels: learning keeps four numbers for each.
const MOST_PRODUCTS: usize = 40_000_000;
/// The most grams of one model, and the most weights: 64 MB of them. The grams of the most samples stay.
pub(crate) const MOST_ROWS: usize = 200_000;
pub(crate) const MOST_WEIGHTS: usize = 16_000_000;
/// What fewer samples have is a name or a slip of the pen, and would be learned by heart.
const SHARED_BY: u32 = 2;

/// Why nothing was learned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrainError {
    /// Fewer than two labels.
    #[error("训练至少需要两个不同的标签，现有 {0} 个；请补充其他类别的样本")]
    TooFewLabels(usize),
    /// More than [`MOST_LABELS`] labels.
    #[error("标签超过 {MOST_LABELS} 个；请先合并少见的标签")]
    TooManyLabels,
    /// More than [`MOST_SAMPLES`] samples.
    #[error("样本超过 {MOST_SAMPLES} 条；请缩短取样的时间范围")]
    TooManySamples,
    /// Texts of more characters than are learned from.
    #[error("样本文本合计超过 {MOST_TEXT} 字；请缩短取样的时间范围")]
    TooMuchText,
    /// Samples times labels are more than is learned from.
    #[error("样本数与标签数之积超过 {MOST_PRODUCTS}；请缩短取样的时间范围或合并少见的标签")]
    TooManyProducts,
    /// A label without characters; the number counts samples from 1.
    #[error("第 {0} 条样本没有标签")]
    NoLabel(usize),
    /// A label of more than [`MOST_LABEL_CHARACTERS`] characters; the number counts samples from 1.
    #[error("第 {0} 条样本的标签超过 {MOST_LABEL_CHARACTERS} 字")]
    LongLabel(usize),
    /// No two texts have a Han character in common.
    #[error("样本之间没有相同的字词，无法训练；请补充样本")]
    NothingShared,
    /// Texts made so that their grams cannot be kept apart quickly; none that people write.
    #[error("样本含有大量异常字符组合，无法训练；请检查样本来源")]
    Contrived,
}

/// Learns a model; see [`Model::train`].
pub(crate) fn train<'s>(samples: impl IntoIterator<Item = (&'s str, &'s str)>) -> Result<Model, TrainError> {
    let (texts, named) = accept(samples)?;
    let numbered: BTreeMap<&str, u32> = named.iter().copied().collect::<BTreeSet<_>>().into_iter().zip(0..).collect();
    match numbered.len() {
        0 | 1 => return Err(TrainError::TooFewLabels(numbered.len())),
        labels if labels > MOST_LABELS => return Err(TrainError::TooManyLabels),
        labels if labels * texts.len() > MOST_PRODUCTS => return Err(TrainError::TooManyProducts),
        _ => {}
    }
    let label_of: Vec<u32> = named.iter().map(|name| numbered[name]).collect();
    let vocabulary = vocabulary(&texts, MOST_ROWS.min(MOST_WEIGHTS / numbered.len()))?;
    let vectors = vectors(&vocabulary, &texts);
    let task = Task { vectors: &vectors, label_of: &label_of, labels: numbered.len(), rows: vocabulary.len() };
    let sharpness = sharpness(&task);
    let all: Vec<u32> = (0..).take(texts.len()).collect();
    let weights = task.solve(&all);
    Ok(Model { labels: numbered.into_keys().map(str::to_owned).collect(), vocabulary, weights, sharpness })
}

/// The texts and their labels, each by sample, when they are within bounds.
fn accept<'s>(samples: impl IntoIterator<Item = (&'s str, &'s str)>) -> Result<(Vec<&'s str>, Vec<&'s str>), TrainError> {
    let (mut texts, mut labels) = (Vec::new(), Vec::new());
    let mut characters = 0;
    for (text, label) in samples {
        if texts.len() == MOST_SAMPLES {
            return Err(TrainError::TooManySamples);
        }
        let label = label.trim();
        characters += text.chars().take(MOST_CHARACTERS).count();
        texts.push(text);
        labels.push(label);
        if label.is_empty() {
            return Err(TrainError::NoLabel(texts.len()));
        }
        if label.chars().count() > MOST_LABEL_CHARACTERS {
            return Err(TrainError::LongLabel(texts.len()));
        }
        if characters > MOST_TEXT {
            return Err(TrainError::TooMuchText);
        }
    }
    Ok((texts, labels))
}

/// The grams that samples share, `most` of them, with their rarities.
fn vocabulary(texts: &[&str], most: usize) -> Result<Vocabulary, TrainError> {
    // How many samples have the gram, and the last of them, counted from 1.
    let mut seen: HashMap<Gram, (u32, u32)> = HashMap::new();
    for (number, text) in (1_u32..).zip(texts) {
        walk(text, |it| {
            let (count, last) = seen.entry(it.gram).or_default();
            if *last != number {
                (*count, *last) = (*count + 1, number);
            }
        });
    }
    let mut shared: Vec<(Gram, u32)> = seen.into_iter().map(|(gram, (count, _))| (gram, count)).filter(|it| it.1 >= SHARED_BY).collect();
    shared.sort_unstable_by_key(|(gram, count)| (std::cmp::Reverse(*count), *gram));
    shared.truncate(most);
    shared.sort_unstable();
    let rarity = shared.iter().map(|(_, count)| rarity(texts.len(), *count)).collect();
    let grams: Vec<Gram> = shared.into_iter().map(|(gram, _)| gram).collect();
    if grams.is_empty() { Err(TrainError::NothingShared) } else { Vocabulary::new(grams, rarity).ok_or(TrainError::Contrived) }
}

/// What an occurrence of a gram counts that `sharing` of the `samples` have: the square of the usual inverse document frequency.
fn rarity(samples: usize, sharing: u32) -> f32 {
    let inverse = ((1.0 + samples as f64) / (1.0 + f64::from(sharing))).ln() + 1.0;
    (inverse * inverse) as f32
}

/// The texts as vectors of length one; a text without a known gram is a vector of nothing.
fn vectors(vocabulary: &Vocabulary, texts: &[&str]) -> Vectors {
    let mut tally = Tally::new(vocabulary);
    let mut vectors = Vectors::default();
    for text in texts {
        let start = vectors.entries.len();
        let mut square = 0.0_f32;
        tally.read(vocabulary, text, |row, count| {
            square += count * count;
            vectors.entries.push((row as u32, count));
        });
        let length = square.sqrt();
        vectors.entries[start..].iter_mut().for_each(|(_, count)| *count /= length);
        vectors.ends.push(vectors.entries.len());
    }
    vectors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_samples_have_counts_least() {
        assert_eq!(rarity(100, 100), 1.0);
        assert!(rarity(100, 2) > rarity(100, 50));
    }

    #[test]
    fn the_grams_of_the_most_samples_stay() {
        let texts = ["路灯坏", "路灯亮", "路面坏"];
        assert_eq!(vocabulary(&texts, 100).unwrap().len(), 4);
        let row = |vocabulary: &Vocabulary, character: char| vocabulary.row(u64::from(u32::from(character)));
        let smallest = vocabulary(&texts, 1).unwrap();
        assert_eq!(row(&smallest, '路'), Some(0));
        assert_eq!(row(&smallest, '灯'), None);
        assert_eq!(vocabulary(&["甲", "乙"], 100), Err(TrainError::NothingShared));
    }
}
