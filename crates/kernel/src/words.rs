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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_in_pairs_and_latin_whole() {
        assert_eq!(bigrams("路灯不亮，A6区 12345"), ["路灯", "灯不", "不亮", "a6", "12345"]);
        assert!(bigrams("灯").is_empty());
    }
}
