//! The code on a label (标签编码): `CW`, the day it was given (yymmdd), six digits that count, and a check digit by ISO/IEC 7064, MOD 11,10.
//! Any one digit that is mistyped is found out, and nearly every two that changed places.

use std::fmt;

/// A code with a right check digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

/// What was typed or scanned is no code of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeWrong {
    /// It has another shape.
    Shape,
    /// The check digit says that it was mistyped.
    Check,
}

/// What every code begins with.
const HEAD: &str = "CW";
/// Digits behind the head, the check digit among them.
const DIGITS: usize = 13;

/// The check digit of these digits by ISO/IEC 7064, MOD 11,10 (hybrid system).
fn check(digits: &str) -> u32 {
    let product = digits.chars().filter_map(|c| c.to_digit(10)).fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10
}

impl Code {
    /// The code of a number as dockets count: `20261122-000123`.
    #[must_use]
    pub fn of_number(number: &str) -> Option<Self> {
        let (day, count) = number.split_once('-')?;
        let digits = format!("{}{count}", day.get(2..)?);
        let fits = digits.len() == DIGITS - 1 && digits.chars().all(|c| c.is_ascii_digit());
        fits.then(|| Self(format!("{HEAD}{digits}{}", check(&digits))))
    }

    /// Takes what was typed or scanned: blanks and hyphens between, small letters.
    ///
    /// # Errors
    /// [`CodeWrong`].
    pub fn parse(text: &str) -> Result<Self, CodeWrong> {
        let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_uppercase).collect();
        let digits = text.strip_prefix(HEAD).ok_or(CodeWrong::Shape)?;
        if digits.len() != DIGITS || !digits.chars().all(|c| c.is_ascii_digit()) {
            return Err(CodeWrong::Shape);
        }
        let (body, last) = digits.split_at(DIGITS - 1);
        if check(body).to_string() != last {
            return Err(CodeWrong::Check);
        }
        Ok(Self(text))
    }

    /// The code itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_that_of_iso_7064() {
        // 0794 with the check digit 5 is the standard's own example of MOD 11,10.
        assert_eq!(check("0794"), 5);
        assert_eq!(Code::of_number("20261122-000123").map(|code| code.as_str().len()), Some(15));
    }

    #[test]
    fn every_single_mistyped_digit_is_found_out() {
        let code = Code::of_number("20261122-000123").unwrap();
        assert_eq!(Code::parse(&code.as_str().to_lowercase()), Ok(code.clone()));
        for at in 2..15 {
            for digit in '0'..='9' {
                let mut wrong: Vec<char> = code.as_str().chars().collect();
                if wrong[at] == digit {
                    continue;
                }
                wrong[at] = digit;
                assert_eq!(Code::parse(&wrong.iter().collect::<String>()), Err(CodeWrong::Check));
            }
        }
        assert_eq!(Code::parse("浙F12345"), Err(CodeWrong::Shape));
    }
}
