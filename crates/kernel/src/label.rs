//! Codes on labels (标签编码): letters that say what it is, the day it was given (yymmdd), six digits that count, and a check digit by
//! ISO/IEC 7064, MOD 11,10. Any one digit that is mistyped is found out, and nearly every two that changed places.

/// What was typed or scanned is no code of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeWrong {
    /// It has another shape.
    Shape,
    /// The check digit says that it was mistyped.
    Check,
}

/// Digits behind the letters, the check digit among them.
const DIGITS: usize = 13;

/// The check digit of these digits by ISO/IEC 7064, MOD 11,10 (hybrid system).
fn check(digits: &str) -> u32 {
    let product = digits.chars().filter_map(|c| c.to_digit(10)).fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10
}

/// The code of a number as dockets count, `20261122-000123`, behind these letters.
#[must_use]
pub fn code_of(head: &str, number: &str) -> Option<String> {
    let (day, count) = number.split_once('-')?;
    let digits = format!("{}{count}", day.get(2..)?);
    let fits = digits.len() == DIGITS - 1 && digits.chars().all(|c| c.is_ascii_digit());
    fits.then(|| format!("{head}{digits}{}", check(&digits)))
}

/// Takes what was typed or scanned: blanks and hyphens between, small letters.
///
/// # Errors
/// [`CodeWrong`].
pub fn parse_code(head: &str, text: &str) -> Result<String, CodeWrong> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_uppercase).collect();
    let digits = text.strip_prefix(head).ok_or(CodeWrong::Shape)?;
    if digits.len() != DIGITS || !digits.chars().all(|c| c.is_ascii_digit()) {
        return Err(CodeWrong::Shape);
    }
    let (body, last) = digits.split_at(DIGITS - 1);
    if check(body).to_string() != last {
        return Err(CodeWrong::Check);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_that_of_iso_7064() {
        // 0794 with the check digit 5 is the standard's own example of MOD 11,10.
        assert_eq!(check("0794"), 5);
    }
}
