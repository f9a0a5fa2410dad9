//! What two leads are held against each other by.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use kernel::{position::Position, words::bigrams};

use super::named::{self, Names};

/// One lead's traits.
#[derive(Debug, Clone)]
pub(crate) struct Traits {
    /// Where.
    pub position: Option<Position>,
    /// When it was seen, or else reported.
    pub at: DateTime<Utc>,
    /// The class, five digits.
    pub class: Option<String>,
    /// The reporter's words.
    pub text: String,
    /// The distinct bigrams of the words.
    pub grams: BTreeSet<String>,
    /// Numbers of houses, poles, floors: what follows the digits says of what.
    pub numbers: BTreeSet<String>,
    /// Places that the words and the address name.
    pub(super) names: Names,
}

/// Signs after digits that make them the number of a thing in a street.
const COUNTED: [char; 12] = ['号', '栋', '幢', '弄', '室', '楼', '单', '杆', '路', '座', '层', '米'];

impl Traits {
    /// Of a lead's own row and header.
    pub(crate) fn new(position: Option<Position>, at: DateTime<Utc>, class: Option<String>, text: String) -> Self {
        let grams = bigrams(&text).into_iter().collect();
        let numbers = numbers(&text);
        let names = named::names(&text);
        Self { position, at, class, text, grams, numbers, names }
    }

    /// With the address that was written beside the words.
    pub(crate) fn with_address(mut self, address: Option<&str>) -> Self {
        for (kind, names) in address.map(named::names).unwrap_or_default() {
            let known = self.names.entry(kind).or_default();
            for name in names {
                if !known.contains(&name) {
                    known.push(name);
                }
            }
        }
        self
    }
}

/// Digits with the sign that follows them, such as `37号`.
fn numbers(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut digits = String::new();
    for character in text.chars() {
        if character.is_ascii_digit() {
            digits.push(character);
            continue;
        }
        if COUNTED.contains(&character) && (1..=5).contains(&digits.len()) {
            found.insert(format!("{digits}{character}"));
        }
        digits.clear();
    }
    found
}

/// Numbers by which the words may name another lead: six digits and more, with hyphens or Latin letters between; eight of them at most.
pub(crate) fn named_numbers(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for token in text.split(|character: char| !(character.is_ascii_alphanumeric() || character == '-')) {
        let token = token.trim_matches('-');
        let digits = token.bytes().filter(u8::is_ascii_digit).count();
        if digits >= 6 && token.len() <= 64 && !found.iter().any(|known| known == token) && found.len() < 8 {
            found.push(token.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_counts_with_what_it_counts() {
        let found = numbers("建国路37号2栋，电话12345678，第3天，B2楼");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["2栋", "2楼", "37号"]);
    }

    #[test]
    fn named_numbers_are_long_and_few() {
        assert_eq!(named_numbers("此前工单 FZ-20261101-0042 已反映，3 天了（20261022-000123）"), ["FZ-20261101-0042", "20261022-000123"]);
        assert!(named_numbers("37号2栋，12345").is_empty());
        let many = (0..20).map(|n| format!("{} ", 1_000_000 + n)).collect::<String>();
        assert_eq!(named_numbers(&many).len(), 8);
    }
}
