//! Tracking codes (查询码): what a reporter follows a lead by, without an account, so nobody may guess one.

use rand::RngExt;

/// Crockford's alphabet: no letter that is taken for a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Twelve characters of 32: 60 bits.
const LENGTH: usize = 12;

/// A new code, such as `7K3M-Q7RX-2B9D`.
pub(crate) fn new_code() -> String {
    let mut random = rand::rng();
    let mut code = String::with_capacity(LENGTH + 2);
    for position in 0..LENGTH {
        if position > 0 && position % 4 == 0 {
            code.push('-');
        }
        code.push(char::from(ALPHABET[random.random_range(0..ALPHABET.len())]));
    }
    code
}

/// A code as a person typed it, in the form it is stored in; none if it cannot be one.
pub(crate) fn normalised(text: &str) -> Option<String> {
    let letters: String = text
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let fits = letters.len() == LENGTH && letters.bytes().all(|b| ALPHABET.contains(&b));
    fits.then(|| [&letters[..4], &letters[4..8], &letters[8..]].join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_back_however_it_is_typed() {
        let code = new_code();
        assert_eq!(normalised(&code), Some(code.clone()));
        assert_eq!(normalised(&code.to_lowercase().replace('-', " ")), Some(code));
        assert_eq!(normalised("not a code"), None);
    }
}
