//! Bigrams: what Chinese text is searched by, since most Chinese words have two characters.

use std::collections::BTreeSet;

/// The most bigrams that are kept of one text; a longer text is searched by its beginning.
pub const MOST_BIGRAMS: usize = 400;

/// The distinct bigrams of `text`: neighbouring Han characters in pairs, and Latin words or numbers whole (lower case), up to
/// [`MOST_BIGRAMS`] of them in the order of the text.
#[must_use]
pub fn bigrams(text: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let mut keep = |gram: String| {
        if found.len() < MOST_BIGRAMS && seen.insert(gram.clone()) {
            found.push(gram);
        }
    };
    let mut before: Option<char> = None;
    let mut word = String::new();
    for character in text.chars().chain(std::iter::once(' ')) {
        let latin = character.is_ascii_alphanumeric();
        if latin {
            word.push(character.to_ascii_lowercase());
        } else if !word.is_empty() {
            keep(std::mem::take(&mut word));
        }
        let han = !latin && character.is_alphanumeric();
        if let (Some(first), true) = (before, han) {
            keep(format!("{first}{character}"));
        }
        before = han.then_some(character);
    }
    found
}

/// Those of the bigrams that hold every character once where they can: fewer to look up, and what has all [`bigrams`] has these.
#[must_use]
pub fn covering(text: &str) -> Vec<String> {
    let separate = |character: char| !character.is_alphanumeric() || character.is_ascii_alphanumeric();
    let mut found = Vec::new();
    for run in text.split(separate) {
        let run: Vec<char> = run.chars().collect();
        found.extend(run.chunks_exact(2).map(String::from_iter));
        if run.len() % 2 == 1 && run.len() > 1 {
            found.push(String::from_iter(&run[run.len() - 2..]));
        }
    }
    found.extend(bigrams(text).into_iter().filter(|gram| gram.is_ascii()));
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_in_pairs_and_latin_whole() {
        assert_eq!(bigrams("路灯不亮，A6区 12345"), ["路灯", "灯不", "不亮", "a6", "12345"]);
        assert!(bigrams("灯").is_empty());
    }

    #[test]
    fn covering_words_are_fewer_and_among_all() {
        assert_eq!(covering("路灯不亮了，A6区 12345"), ["12345", "a6", "不亮", "亮了", "路灯"]);
        for text in ["灯", "路灯", "路灯不", "建国路路灯不亮 3号", "ab中c文字", "１２号楼"] {
            let all = bigrams(text);
            assert!(covering(text).iter().all(|gram| all.contains(gram)), "{text}: {:?} {all:?}", covering(text));
            assert_eq!(covering(text).is_empty(), all.is_empty(), "{text}");
        }
    }
}
