//! What the class model and the table of words say together.
//!
//! A class's score is the model's probability plus `weight` times the table's score, brought back to 0–1. How much the table counts is
//! not guessed: [`super::exam`] takes the weight under which most leads were right that neither had seen.

use std::collections::BTreeMap;

use catalogue::suggest::ClassSuggestion;
use classify::Guess;

/// Classes that are proposed at most.
const MOST: usize = 5;
/// Classes that the model is asked for.
pub(super) const MOST_GUESSES: usize = 8;
/// A class that the model holds for less likely, and the table does not know, is not worth a line.
const LEAST: f32 = 0.03;

/// The classes in the order of their scores, each with what it rests on. `name` knows the classes in force; others are left out.
pub(super) fn blend(
    guesses: Vec<Guess>,
    hints: Vec<ClassSuggestion>,
    weight: f64,
    name: impl Fn(&str) -> Option<String>,
) -> Vec<ClassSuggestion> {
    let mut found: BTreeMap<String, (Option<Guess>, Option<ClassSuggestion>)> = BTreeMap::new();
    for guess in guesses.into_iter().filter(|guess| guess.probability >= LEAST) {
        let code = guess.label.clone();
        found.entry(code).or_default().0 = Some(guess);
    }
    for hint in hints {
        let code = hint.code.clone();
        found.entry(code).or_default().1 = Some(hint);
    }
    let mut classes: Vec<ClassSuggestion> = found
        .into_iter()
        .filter_map(|(code, (guess, hint))| {
            let probability = guess.as_ref().map_or(0.0, |guess| f64::from(guess.probability));
            let score = (probability + weight * hint.as_ref().map_or(0.0, |hint| hint.score)) / (1.0 + weight);
            let reason = reason(guess.as_ref(), hint.as_ref());
            let mut words: Vec<String> = guess.into_iter().flat_map(|guess| guess.words).map(|word| word.text).collect();
            words.extend(hint.into_iter().flat_map(|hint| hint.words));
            let mut seen = std::collections::HashSet::new();
            words.retain(|word| seen.insert(word.clone()));
            Some(ClassSuggestion { name: name(&code)?, code, score, words, reason })
        })
        .collect();
    classes.sort_by(|one, other| other.score.total_cmp(&one.score).then_with(|| one.code.cmp(&other.code)));
    classes.truncate(MOST);
    classes
}

fn reason(guess: Option<&Guess>, hint: Option<&ClassSuggestion>) -> String {
    let learned = guess.map(|guess| {
        let words: Vec<String> = guess.words.iter().map(|word| format!("“{}”{:.0}%", word.text, word.share * 100.0)).collect();
        let decided = if words.is_empty() { String::new() } else { format!("，起作用的字词：{}", words.join("、")) };
        format!("类别模型估计 {:.0}%{decided}", guess.probability * 100.0)
    });
    let known = hint.map(|hint| hint.reason.clone());
    learned.into_iter().chain(known).collect::<Vec<_>>().join("；")
}

#[cfg(test)]
mod tests {
    use classify::Word;

    use super::*;

    fn guess(code: &str, probability: f32) -> Guess {
        Guess { label: code.to_owned(), probability, words: vec![Word { text: "路灯".to_owned(), share: 0.6 }] }
    }

    fn hint(code: &str, score: f64) -> ClassSuggestion {
        let words = vec!["路灯".to_owned(), "不亮".to_owned()];
        ClassSuggestion { code: code.to_owned(), name: String::new(), score, words, reason: "描述中出现“路灯”".to_owned() }
    }

    fn named(code: &str) -> Option<String> {
        code.starts_with('0').then(|| format!("类别{code}"))
    }

    #[test]
    fn the_weight_says_whose_word_counts() {
        let both = |weight| blend(vec![guess("01037", 0.7), guess("06010", 0.3)], vec![hint("06010", 0.8)], weight, named);
        assert_eq!(both(0.0)[0].code, "01037");
        assert_eq!(both(2.0)[0].code, "06010");
        assert!(both(2.0).iter().all(|class| (0.0..=1.0).contains(&class.score)));
    }

    #[test]
    fn each_class_stands_once_with_all_it_rests_on() {
        let found = blend(vec![guess("01037", 0.9), guess("99999", 0.1), guess("06010", 0.01)], vec![hint("01037", 0.5)], 1.0, named);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, ["路灯", "不亮"]);
        assert_eq!(found[0].reason, "类别模型估计 90%，起作用的字词：“路灯”60%；描述中出现“路灯”");
    }
}
