//! The words that two texts share, as a person reads them.

use std::collections::BTreeSet;

use super::Rarity;

/// Shared words that are told.
const MOST_TOLD: usize = 3;
/// A shared word is told up to so many characters.
const LONGEST_TOLD: usize = 10;

/// The longest runs of `text` whose bigrams are all among `shared`, those that tell most first.
pub(super) fn told(text: &str, shared: &BTreeSet<&str>, rarity: &Rarity) -> Vec<String> {
    let mut runs: Vec<(f64, String)> = Vec::new();
    let (mut run, mut weight) = (String::new(), 0.0);
    let mut before: Option<char> = None;
    let close = |run: &mut String, weight: &mut f64, runs: &mut Vec<(f64, String)>| {
        if !run.is_empty() {
            runs.push((*weight, std::mem::take(run)));
        }
        *weight = 0.0;
    };
    for character in text.chars() {
        let gram = before.map(|first| format!("{first}{character}"));
        match gram.filter(|gram| shared.contains(gram.as_str())) {
            Some(gram) => {
                weight += rarity.weight(&gram);
                if run.is_empty() {
                    run.push_str(&gram);
                } else {
                    run.push(character);
                }
            }
            None => close(&mut run, &mut weight, &mut runs),
        }
        before = Some(character);
    }
    close(&mut run, &mut weight, &mut runs);
    runs.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut told: Vec<String> = Vec::new();
    for (_, run) in runs {
        let short: String = run.chars().take(LONGEST_TOLD).collect();
        let short = if run.chars().count() > LONGEST_TOLD { format!("{short}…") } else { short };
        if told.len() < MOST_TOLD && !told.contains(&short) {
            told.push(short);
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_bigrams_are_told_as_one_word() {
        let shared = BTreeSet::from(["路灯", "灯不", "不亮", "夜里"]);
        let rarity = Rarity::default();
        assert_eq!(told("门口路灯不亮，夜里黑", &shared, &rarity), ["路灯不亮", "夜里"]);
        assert!(told("", &shared, &rarity).is_empty());
        let long = "一二三四五六七八九十百千";
        let grams = kernel::words::bigrams(long);
        assert_eq!(told(long, &grams.iter().map(String::as_str).collect(), &rarity), ["一二三四五六七八九十…"]);
    }
}
