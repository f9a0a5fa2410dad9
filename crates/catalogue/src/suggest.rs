//! Which class a text is about, by rules and words, with the words that decided (按规则与词语推荐类别).
//!
//! Two sources of evidence: everyday words kept as data (`data/class-words.csv`), and pairs of characters that the text shares
//! with a class's official name. Neither is hidden: a suggestion shows what it rests on, and a person corrects it.

use std::collections::HashMap;

use kernel::words::bigrams;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{class::Edition, error::CatalogueError};

const WORDS: &str = include_str!("../../../data/class-words.csv");
/// How much a full match of the official name counts; the words of the table weigh 2 to 5.
const NAME_WEIGHT: f64 = 3.0;
/// Pairs of characters found in many names say nothing.
const COMMON_IN: usize = 14;
const MOST: usize = 5;

/// A class that a text may be about.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ClassSuggestion {
    /// The class's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// From 0 to 1; comparable within one answer.
    pub score: f64,
    /// The words that decided.
    pub words: Vec<String>,
    /// The reason in Chinese.
    pub reason: String,
}

#[derive(Debug, Deserialize)]
struct Line {
    code: String,
    words: String,
    weight: f64,
}

#[derive(Debug)]
struct Rule {
    class: usize,
    /// All of them must stand in the text.
    parts: Vec<String>,
    weight: f64,
}

/// The rules of one edition, ready to be asked.
#[derive(Debug, Default)]
pub(crate) struct Suggester {
    classes: Vec<(String, String)>,
    rules: Vec<Rule>,
    names: HashMap<String, Vec<usize>>,
    pairs_of: Vec<usize>,
}

impl Suggester {
    pub fn new(edition: &Edition) -> Result<Self, CatalogueError> {
        let classes: Vec<(String, String)> = edition.matters().map(|c| (c.code.clone(), c.name.clone())).collect();
        let index: HashMap<&str, usize> = classes.iter().enumerate().map(|(i, c)| (c.0.as_str(), i)).collect();
        let mut rules = Vec::new();
        for line in csv::Reader::from_reader(WORDS.as_bytes()).deserialize::<Line>() {
            let line = line.map_err(|error| CatalogueError::Data { file: "class-words.csv", reason: error.to_string() })?;
            // A word may outlive its class: another edition simply does not use it.
            let Some(class) = index.get(line.code.as_str()) else { continue };
            for word in line.words.split('|') {
                rules.push(Rule { class: *class, parts: word.split('+').map(str::to_owned).collect(), weight: line.weight });
            }
        }
        let mut names: HashMap<String, Vec<usize>> = HashMap::new();
        let mut pairs_of = Vec::with_capacity(classes.len());
        for (i, (_, name)) in classes.iter().enumerate() {
            let pairs = bigrams(name.strip_suffix("异常").unwrap_or(name));
            pairs_of.push(pairs.len());
            for pair in pairs {
                names.entry(pair).or_default().push(i);
            }
        }
        names.retain(|_, owners| owners.len() <= COMMON_IN);
        Ok(Self { classes, rules, names, pairs_of })
    }

    /// The likeliest classes, best first; none where nothing speaks for any.
    pub fn classes(&self, text: &str) -> Vec<ClassSuggestion> {
        let mut evidence: HashMap<usize, (f64, Vec<String>)> = HashMap::new();
        for rule in &self.rules {
            if rule.parts.iter().all(|part| text.contains(part.as_str())) {
                let (score, words) = evidence.entry(rule.class).or_default();
                let fresh: Vec<&String> = rule.parts.iter().filter(|p| !words.contains(p)).collect();
                // What another rule of the class has counted already adds little: it is the same evidence said longer.
                let new = fresh.len() as f64 / rule.parts.len() as f64;
                *score += rule.weight * new.max(0.15) + fresh.len() as f64 * 0.2;
                words.extend(fresh.into_iter().cloned());
            }
        }
        let mut shared: HashMap<usize, Vec<String>> = HashMap::new();
        for pair in bigrams(text) {
            for class in self.names.get(&pair).into_iter().flatten() {
                shared.entry(*class).or_default().push(pair.clone());
            }
        }
        for (class, pairs) in shared {
            let share = pairs.len() as f64 / self.pairs_of[class].max(1) as f64;
            if share < 0.34 {
                continue;
            }
            let (score, words) = evidence.entry(class).or_default();
            *score += NAME_WEIGHT * share;
            let fresh: Vec<String> = pairs.into_iter().filter(|p| !words.iter().any(|w| w.contains(p.as_str()))).collect();
            words.extend(fresh);
        }
        let mut found: Vec<ClassSuggestion> = evidence
            .into_iter()
            .map(|(class, (score, words))| {
                let (code, name) = self.classes[class].clone();
                let shown: Vec<String> = words.iter().take(6).map(|w| format!("“{w}”")).collect();
                let reason = format!("描述中出现{}", shown.join("、"));
                ClassSuggestion { code, name, score: score / (score + 2.0), words, reason }
            })
            .collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.code.cmp(&b.code)));
        found.truncate(MOST);
        found
    }
}
