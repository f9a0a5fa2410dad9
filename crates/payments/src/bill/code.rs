//! The code of a bill (缴款码): nineteen digits by chance and one that checks them.

use rand::RngExt;

/// Digits of a code.
const LENGTH: usize = 20;

/// The check digit over the other digits: ISO/IEC 7064 MOD 11,10, which finds every single wrong digit.
fn check(digits: &[u8]) -> u8 {
    let mut product = 10;
    for digit in digits {
        let sum = (product + u32::from(*digit)) % 10;
        product = (if sum == 0 { 10 } else { sum }) * 2 % 11;
    }
    u8::try_from((11 - product) % 10).unwrap_or_default()
}

/// A new code; its first digit is not nought, so that no spreadsheet cuts it.
pub(crate) fn new() -> String {
    let mut random = rand::rng();
    let mut digits = vec![random.random_range(1..=9_u8)];
    digits.extend((2..LENGTH).map(|_| random.random_range(0..=9_u8)));
    digits.push(check(&digits));
    digits.iter().map(|digit| char::from(b'0' + digit)).collect()
}

/// A code as people type it, with spaces or dashes; nothing where it cannot be one.
pub(crate) fn read(text: &str) -> Option<String> {
    let code: String = text.chars().filter(|it| !it.is_whitespace() && *it != '-').collect();
    let digits: Vec<u8> = code.bytes().map(|byte| byte.wrapping_sub(b'0')).collect();
    let (last, others) = digits.split_last()?;
    let right = digits.len() == LENGTH && digits.iter().all(|digit| *digit <= 9) && digits[0] > 0;
    (right && check(others) == *last).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_with_one_wrong_digit_is_none() {
        // The example of the standard: 0794 has the check digit 5.
        assert_eq!(check(&[0, 7, 9, 4]), 5);
        let code = new();
        assert_eq!(read(&format!(" {} {}", &code[..4], &code[4..])), Some(code.clone()));
        for place in 0..LENGTH {
            for other in b'0'..=b'9' {
                let mut wrong = code.clone().into_bytes();
                if wrong[place] != other {
                    wrong[place] = other;
                    assert_eq!(read(&String::from_utf8(wrong).unwrap()), None);
                }
            }
        }
        for text in ["", "1", "一二三四五六七八九十一二三四五六七八九十", &code[1..]] {
            assert_eq!(read(text), None);
        }
    }
}
