//! A party's code (当事人查询码): twelve digits, given to one party of one case, kept as a keyed hash.

pub(crate) mod issue;
pub(crate) mod revoke;
pub(crate) mod store;

use docket::vault::Vault;
use rand::RngExt;

/// Digits of a code: what an old person can type from paper. Guessing is held back by locks, rates and the identity check.
const DIGITS: usize = 12;

/// A new code, as it is printed: `0000-0000-0000`.
fn new() -> String {
    let mut random = rand::rng();
    let digits: Vec<char> = (0..DIGITS).map(|_| char::from(b'0' + random.random_range(0..10_u8))).collect();
    digits.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What is kept of a code, however it was typed: with spaces, lines or wide digits. Without the master key nobody can make it again.
pub(crate) fn hash(vault: &Vault, typed: &str) -> Vec<u8> {
    let digits: String = typed.chars().filter_map(plain).take(64).collect();
    vault.blind("party.code", &digits)
}

fn plain(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(c) - 0xff10, 10),
        // A letter makes it another code, not a shorter one.
        c if c.is_alphanumeric() => Some(c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_twelve_digits_and_is_known_however_it_is_typed() {
        let (one, two) = (new(), new());
        assert_ne!(one, two);
        assert!(one.len() == 14 && one.chars().filter(char::is_ascii_digit).count() == DIGITS, "{one}");
        let tidy = |typed: &str| typed.chars().filter_map(plain).collect::<String>();
        assert_eq!(tidy(" 1234－5678 9012 "), "123456789012");
        assert_eq!(tidy("１２３４"), "1234");
        assert_ne!(tidy("12a4"), tidy("124"));
    }
}
