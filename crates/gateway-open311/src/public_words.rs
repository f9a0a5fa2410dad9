//! Words on their way to everybody: numbers by which a person is reached or known, and e-mail addresses, are blotted out.
//!
//! Reporters write their telephone into the text although there is a field for it.

use chrono::NaiveDate;

/// From so many digits on a run of digits may be a telephone number; shorter ones are house numbers, lamp posts, years.
const TELEPHONE: usize = 7;
const BLOT: &str = "＊＊＊";

/// The words without such numbers and addresses.
pub(crate) fn public_words(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let taken = match (number(rest), address(rest)) {
            (Some(end), _) | (None, Some(end)) => {
                shown.push_str(BLOT);
                end
            }
            (None, None) => {
                let end = harmless(rest);
                shown.push_str(&rest[..end]);
                end
            }
        };
        rest = &rest[taken..];
    }
    shown
}

/// How far a text without a number or an address in front may be passed over: its digits, the letters of its word, or one character.
fn harmless(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let letters = text[..word(text)].bytes().take_while(|byte| !byte.is_ascii_digit()).count();
    digits.max(letters).max(text.chars().next().map_or(1, char::len_utf8))
}

/// Where a run of digits that may be somebody's number ends, if one stands in front. Blanks and hyphens may part it.
fn number(text: &str) -> Option<usize> {
    let mut digits = 0;
    let mut end = 0;
    let mut gap = false;
    for (at, character) in text.char_indices() {
        if matches!(character, '0'..='9' | '０'..='９') || (digits >= 17 && matches!(character, 'X' | 'x')) {
            digits += 1;
            end = at + character.len_utf8();
            gap = false;
        } else if digits > 0 && !gap && matches!(character, ' ' | '-') {
            gap = true;
        } else {
            break;
        }
    }
    let is_date = NaiveDate::parse_from_str(&text[..end], "%Y-%m-%d").is_ok();
    (digits >= TELEPHONE && !is_date).then_some(end)
}

/// Where an e-mail address ends, if one stands in front.
fn address(text: &str) -> Option<usize> {
    let local = word(text);
    let rest = text[local..].strip_prefix('@')?;
    let domain = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')).count();
    (local > 0 && domain > 0).then_some(local + 1 + domain)
}

/// The length of the ASCII word in front.
fn word(text: &str) -> usize {
    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+')).count()
}

#[cfg(test)]
mod tests {
    use super::public_words;

    #[test]
    fn numbers_of_people_are_blotted_out_and_others_stay() {
        assert_eq!(public_words("路灯 32 号不亮，2026 年起"), "路灯 32 号不亮，2026 年起");
        assert_eq!(public_words("请打138 0000 1234。"), "请打＊＊＊。");
        assert_eq!(public_words("身份证33048219900101123X"), "身份证＊＊＊");
        assert_eq!(public_words("0573-85012345找我"), "＊＊＊找我");
        assert_eq!(public_words("信箱 a.b@localhost，谢谢"), "信箱 ＊＊＊，谢谢");
        assert_eq!(public_words("2026-11-22 起"), "2026-11-22 起");
        assert_eq!(public_words("A13800001234"), "A＊＊＊", "a letter in front does not hide it");
    }
}
