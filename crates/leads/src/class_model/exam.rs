//! Learning a model and trying it (训练与试算): learned from the older leads, tried on the newest, as it will be used.

use std::collections::{BTreeMap, HashSet};

use catalogue::suggest::ClassSuggestion;
use classify::{Model, TrainError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    blend::{MOST_GUESSES, blend},
    samples::{LEAST, Sample},
};

/// The newest part of the samples, which the tried model did not see.
const TRIED_PART: usize = 5;
/// What the table of words may count beside the model.
const WEIGHTS: [f64; 5] = [0.0, 0.25, 0.5, 1.0, 2.0];
/// Confusions that are told.
const MOST_CONFUSIONS: usize = 20;

/// What a model was learned from, and how it did on leads that it had not seen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ClassModelReport)]
pub(crate) struct Report {
    /// Leads it was learned from.
    pub samples: usize,
    /// Classes it knows.
    pub classes: usize,
    /// Samples whose proposed class a person had changed.
    pub corrected: usize,
    /// Samples that are simulated.
    pub simulated: usize,
    /// How much the table of words counts beside the model; 1 is as much.
    pub words_weight: f64,
    /// The newest leads that it was tried on; texts that stood among the older ones too are left out.
    pub tried: usize,
    /// Of them, whose class stood first.
    pub right: usize,
    /// Of them, whose class stood among the first three.
    pub right_of_three: usize,
    /// Of them, how many the table of words alone had right.
    pub right_by_words: usize,
    /// Of them, how many the model that was in use had right; it may have learned from some of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right_by_used: Option<usize>,
    /// Each class with how often it was tried and right, the most frequent first.
    pub by_class: Vec<ClassTried>,
    /// The most frequent mistakes.
    pub confusions: Vec<Confusion>,
}

/// How a class did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct ClassTried {
    /// The class.
    pub code: String,
    /// Its name, when it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Leads of it that were tried.
    pub tried: usize,
    /// Of them, right.
    pub right: usize,
}

/// A mistake that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Confusion {
    /// The class that a person confirmed.
    pub code: String,
    /// Its name, when it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The class that was proposed; none where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed: Option<String>,
    /// Its name, when it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed_name: Option<String>,
    /// How often.
    pub times: usize,
}

/// Why nothing was learned.
#[derive(Debug, thiserror::Error)]
pub(super) enum ExamError {
    /// Too few samples.
    #[error("经人工确认类别的线索只有 {0} 件（每类至少 3 件才计入），至少需要 {LEAST} 件；请先受理并确认更多线索")]
    TooFew(usize),
    /// The learning's own.
    #[error(transparent)]
    Train(#[from] TrainError),
}

/// Learns from the samples, the oldest first. `words` is the table of words, `used` what proposes now.
pub(super) fn examine(
    samples: &[Sample],
    words: impl Fn(&str) -> Vec<ClassSuggestion>,
    used: Option<impl Fn(&str) -> Vec<ClassSuggestion>>,
) -> Result<(Model, Report), ExamError> {
    if samples.len() < LEAST {
        return Err(ExamError::TooFew(samples.len()));
    }
    let (older, newest) = samples.split_at(samples.len() - samples.len() / TRIED_PART);
    let words_weight = weigh(older, &words)?;
    let tried_model = train(older)?;
    let proposed = |text: &str| together(&tried_model, &words, words_weight, text);

    let mut report = Report { samples: samples.len(), words_weight, ..Report::default() };
    report.corrected = samples.iter().filter(|sample| sample.is_corrected()).count();
    report.simulated = samples.iter().filter(|sample| sample.simulated).count();
    let mut by_class: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut confusions: BTreeMap<(&str, Option<String>), usize> = BTreeMap::new();
    for sample in unseen(older, newest) {
        let found = proposed(&sample.text);
        let right = is_first(&found, &sample.class);
        let tried = by_class.entry(&sample.class).or_default();
        tried.0 += 1;
        tried.1 += usize::from(right);
        report.tried += 1;
        report.right += usize::from(right);
        report.right_of_three += usize::from(found.iter().take(3).any(|class| class.code == sample.class));
        report.right_by_words += usize::from(is_first(&words(&sample.text), &sample.class));
        if let Some(used) = &used {
            *report.right_by_used.get_or_insert_default() += usize::from(is_first(&used(&sample.text), &sample.class));
        }
        if !right {
            *confusions.entry((&sample.class, found.into_iter().next().map(|class| class.code))).or_default() += 1;
        }
    }
    report.by_class =
        by_class.into_iter().map(|(code, (tried, right))| ClassTried { code: code.to_owned(), name: None, tried, right }).collect();
    report.by_class.sort_by_key(|class| std::cmp::Reverse(class.tried));
    report.confusions = confusions
        .into_iter()
        .map(|((code, proposed), times)| Confusion { code: code.to_owned(), name: None, proposed, proposed_name: None, times })
        .collect();
    report.confusions.sort_by_key(|confusion| std::cmp::Reverse(confusion.times));
    report.confusions.truncate(MOST_CONFUSIONS);
    let model = train(samples)?;
    report.classes = model.labels().len();
    Ok((model, report))
}

/// How much the table of words counts: what makes most of the newest of these right, by a model of the others.
fn weigh(samples: &[Sample], words: &impl Fn(&str) -> Vec<ClassSuggestion>) -> Result<f64, ExamError> {
    let (older, newest) = samples.split_at(samples.len() - samples.len() / TRIED_PART);
    let model = train(older)?;
    let right = |weight: f64| {
        unseen(older, newest).filter(|sample| is_first(&together(&model, words, weight, &sample.text), &sample.class)).count()
    };
    let counted: Vec<(f64, usize)> = WEIGHTS.into_iter().map(|weight| (weight, right(weight))).collect();
    // Of equals the smallest: what the city's own leads say comes before what the table says of all cities.
    Ok(counted.iter().rev().max_by_key(|(_, right)| *right).map_or(0.0, |(weight, _)| *weight))
}

fn train(samples: &[Sample]) -> Result<Model, TrainError> {
    Model::train(samples.iter().map(|sample| (sample.text.as_str(), sample.class.as_str())))
}

fn together(model: &Model, words: &impl Fn(&str) -> Vec<ClassSuggestion>, weight: f64, text: &str) -> Vec<ClassSuggestion> {
    blend(model.classify(text, MOST_GUESSES), words(text), weight, |code| Some(code.to_owned()))
}

/// The newest whose words do not stand among the older ones: to know them by heart is no skill.
fn unseen<'s>(older: &'s [Sample], newest: &'s [Sample]) -> impl Iterator<Item = &'s Sample> {
    let seen: HashSet<&str> = older.iter().map(|sample| sample.text.trim()).collect();
    newest.iter().filter(move |sample| !seen.contains(sample.text.trim()))
}

fn is_first(found: &[ClassSuggestion], class: &str) -> bool {
    found.first().is_some_and(|first| first.code == class)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(number: usize) -> Sample {
        let (class, subject) = [("01037", "路灯不亮"), ("06010", "垃圾没人清"), ("09006", "摊位占道")][number % 3];
        let place = char::from_u32(0x4e00 + (number * 7 % 5_000) as u32).unwrap();
        Sample { text: format!("{place}路{subject}{place}"), class: class.to_owned(), proposed: None, simulated: number < 10 }
    }

    fn nothing(_: &str) -> Vec<ClassSuggestion> {
        Vec::new()
    }

    #[test]
    fn what_was_learned_from_the_older_is_tried_on_the_newest() {
        let mut samples: Vec<Sample> = (0..200).map(sample).collect();
        samples[150].proposed = Some("06010".to_owned());
        // One of the newest says what an older one said.
        samples[190].text = samples[1].text.clone();
        let (model, report) = examine(&samples, nothing, None::<fn(&str) -> Vec<ClassSuggestion>>).unwrap();
        assert_eq!(model.labels(), ["01037", "06010", "09006"]);
        assert_eq!((report.samples, report.classes, report.tried, report.simulated), (200, 3, 39, 10));
        assert_eq!(report.corrected, 1);
        assert_eq!((report.right, report.right_of_three, report.right_by_words, report.right_by_used), (39, 39, 0, None));
        assert!(report.confusions.is_empty());
        assert_eq!(report.by_class.iter().map(|class| class.tried).sum::<usize>(), 39);
    }

    #[test]
    fn the_table_counts_where_it_is_right() {
        // Two classes whose words the model cannot tell apart; the table knows a word that is in each text once.
        let telling = |number: usize| if (number / 7).is_multiple_of(2) { ("01037", "灯") } else { ("06010", "圾") };
        let samples: Vec<Sample> = (0..300)
            .map(|number| {
                let (class, word) = telling(number);
                Sample {
                    text: format!("甲乙{word}{}", "丙".repeat(number + 1)), class: class.to_owned(), proposed: None, simulated: false
                }
            })
            .collect();
        let knows = |text: &str| {
            let code = if text.contains('灯') { "01037" } else { "06010" };
            vec![ClassSuggestion { code: code.to_owned(), name: String::new(), score: 0.9, words: Vec::new(), reason: String::new() }]
        };
        let (_, report) = examine(&samples, knows, Some(nothing)).unwrap();
        assert_eq!((report.right_by_words, report.right_by_used), (report.tried, Some(0)));
        assert_eq!(report.right, report.tried);
    }

    #[test]
    fn of_too_little_nothing_is_learned() {
        let samples: Vec<Sample> = (0..99).map(sample).collect();
        let refused = examine(&samples, nothing, None::<fn(&str) -> Vec<ClassSuggestion>>).unwrap_err();
        assert!(refused.to_string().contains("只有 99 件"));
    }
}
