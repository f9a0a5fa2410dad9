//! The code on a label (标签编码): `CW`, the day it was given (yymmdd), six digits that count, and a check digit by ISO/IEC 7064, MOD 11,10.
//! Any one digit that is mistyped is found out, and nearly every two that changed places.

use std::fmt;

pub use kernel::label::CodeWrong;

/// A code with a right check digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

/// What every code begins with.
const HEAD: &str = "CW";

impl Code {
    /// The code of a number as dockets count: `20261122-000123`.
    #[must_use]
    pub fn of_number(number: &str) -> Option<Self> {
        kernel::label::code_of(HEAD, number).map(Self)
    }

    /// Takes what was typed or scanned: blanks and hyphens between, small letters.
    ///
    /// # Errors
    /// [`CodeWrong`].
    pub fn parse(text: &str) -> Result<Self, CodeWrong> {
        kernel::label::parse_code(HEAD, text).map(Self)
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
