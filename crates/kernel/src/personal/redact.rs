//! Telephone and identity numbers inside words that people type, hidden before the words leave (脱敏).
//!
//! What is looked for: mainland mobile numbers, fixed lines with their area code, and 18-digit identity numbers whose check digit holds
//! (GB 11643). Digits may be full-width, and blanks, hyphens or brackets may stand between them. Only whole groups of digits are taken, so
//! that a piece of a longer code — a grid of 15 digits, a component of 17, an order of 20 — is never mistaken for a number.

use std::borrow::Cow;

use serde_json::Value;
use uuid::Uuid;

/// The shortest number that is looked for has so many digits.
const SHORTEST: usize = 11;
/// The longest, an identity number, has so many.
const LONGEST: usize = 18;
/// So many characters may stand between two groups of one number.
const WIDEST_GAP: usize = 3;
/// Letters and digits in one piece, so many and more, are a machine's: a digest, a key.
const IDENTIFIER: usize = 24;
/// Digits that stay readable at the end.
const TAIL: usize = 2;
/// Digits that stay readable at the beginning, besides the codes of country and area.
const HEAD: usize = 3;

/// `text` with the digits of telephone and identity numbers replaced by asterisks, but for the first three (after the codes of country and
/// area) and the last two. Nothing else changes, and the text keeps its length in characters.
#[must_use]
pub fn redact(text: &str) -> Cow<'_, str> {
    if text.chars().filter(|c| value(*c).is_some()).count() < SHORTEST {
        return Cow::Borrowed(text);
    }
    let characters: Vec<char> = text.chars().collect();
    let hidden = found(&characters);
    if hidden.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut characters = characters;
    for at in hidden {
        characters[at] = '*';
    }
    Cow::Owned(characters.into_iter().collect())
}

/// The same for every text inside a JSON value. Ids and digests, which are no words, stay.
#[must_use]
pub fn redact_value(value: &Value) -> Value {
    match value {
        Value::String(text) if is_identifier(text) => value.clone(),
        Value::String(text) => Value::String(redact(text).into_owned()),
        Value::Array(items) => Value::Array(items.iter().map(redact_value).collect()),
        Value::Object(fields) => Value::Object(fields.iter().map(|(name, value)| (name.clone(), redact_value(value))).collect()),
        _ => value.clone(),
    }
}

fn is_identifier(text: &str) -> bool {
    Uuid::try_parse(text).is_ok() || (text.len() >= 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// A digit's value, half-width or full-width.
fn value(character: char) -> Option<u8> {
    let digit = match character {
        '0'..='9' => u32::from(character) - u32::from('0'),
        '０'..='９' => u32::from(character) - u32::from('０'),
        _ => return None,
    };
    u8::try_from(digit).ok()
}

/// What people write between the groups of one number.
fn separates(character: char) -> bool {
    matches!(character, '-' | '－' | '\u{2010}'..='\u{2015}' | '−' | '(' | ')' | '（' | '）' | '\u{200b}'..='\u{200d}' | '\u{feff}')
        || (character.is_whitespace() && character != '\n' && character != '\r')
}

fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic() || matches!(character, 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// Digits in one piece.
struct Group {
    /// Its first character.
    from: usize,
    /// The character after its last.
    to: usize,
    /// Only separators stand between it and the group before.
    goes_on: bool,
}

fn groups(characters: &[char]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        if value(characters[at]).is_none() {
            at += 1;
            continue;
        }
        let from = at;
        while at < characters.len() && value(characters[at]).is_some() {
            at += 1;
        }
        let gap = groups.last().map(|before| &characters[before.to..from]);
        let goes_on = gap.is_some_and(|gap| gap.len() <= WIDEST_GAP && gap.iter().all(|c| separates(*c)));
        groups.push(Group { from, to: at, goes_on });
    }
    groups
}

/// The places of the characters to be hidden.
fn found(characters: &[char]) -> Vec<usize> {
    let groups = groups(characters);
    let mut hidden = Vec::new();
    let mut first = 0;
    while first < groups.len() {
        let mut places: Vec<usize> = Vec::with_capacity(LONGEST);
        let mut longest = None;
        for (at, group) in groups.iter().enumerate().skip(first) {
            if (at > first && !group.goes_on) || places.len() + (group.to - group.from) > LONGEST {
                break;
            }
            places.extend(group.from..group.to);
            let lengths = || groups[first..=at].iter().map(|group| group.to - group.from);
            // A fixed line of eight digits begins like one of seven: the longest is taken.
            longest = number(characters, &places, lengths).map(|number| (number, at + 1)).or(longest);
        }
        first = match longest {
            Some((number, next)) => {
                hidden.extend(number);
                next
            }
            None => first + 1,
        };
    }
    hidden
}

/// Which of `places` are to be hidden, if the digits there are a number as a whole.
fn number<L: Iterator<Item = usize>>(characters: &[char], places: &[usize], lengths: impl Fn() -> L) -> Option<Vec<usize>> {
    let (from, to) = (*places.first()?, places.last()? + 1);
    let digits: Vec<u8> = places.iter().filter_map(|at| value(characters[*at])).collect();
    let before = from.checked_sub(1).map(|at| characters[at]);
    let after = characters.get(to).copied();
    if is_identity_number(&digits, None) {
        return (!inside_an_identifier(characters, from, to)).then(|| places[HEAD..places.len() - TAIL].to_vec());
    }
    let ends = |at: usize| characters.get(at).is_none_or(|c| !is_letter(*c) && value(*c).is_none());
    if let Some('x' | 'X' | 'ｘ' | 'Ｘ') = after
        && ends(to + 1)
        && is_identity_number(&digits, Some(10))
    {
        return Some(places[HEAD..=places.len() - TAIL].to_vec());
    }
    let head =
        mobile_head(&digits).filter(|_| !begins_with_a_date(&digits, lengths())).or_else(|| fixed_head(&digits, before == Some('+')))?;
    let letters = before.is_some_and(is_letter) && after.is_some_and(is_letter);
    (!letters && !inside_an_identifier(characters, from, to)).then(|| places[head..places.len() - TAIL].to_vec())
}

/// How many digits of a mobile number (手机号码) stay readable at the beginning; none if it is no such number.
fn mobile_head(digits: &[u8]) -> Option<usize> {
    let own = digits.len().checked_sub(SHORTEST)?;
    let prefix: &[u8] = &digits[..own];
    let known = matches!(prefix, [] | [0] | [8, 6] | [0, 0, 8, 6]);
    (known && digits[own] == 1 && digits[own + 1] >= 3).then_some(own + HEAD)
}

/// The same of a fixed line with its area code (固定电话); after a `+` the code stands without its zero.
fn fixed_head(digits: &[u8], plus: bool) -> Option<usize> {
    // How long country and area code are together, and how short the rest may be: where area codes are short, numbers have eight digits.
    let (head, shortest) = match digits {
        [0, 1, 0, ..] | [0, 2, ..] => (3, 8),
        [0, 3..=9, ..] => (4, 7),
        [8, 6, 1, 0, ..] | [8, 6, 2, ..] if plus => (4, 8),
        [8, 6, 3..=9, ..] if plus => (5, 7),
        _ => return None,
    };
    let own = digits.get(head..)?;
    ((shortest..=8).contains(&own.len()) && own[0] >= 2).then_some(head)
}

/// `1998-03-12 150` has the digits of a mobile number and is none.
fn begins_with_a_date(digits: &[u8], mut lengths: impl Iterator<Item = usize>) -> bool {
    let (Some(4), Some(month @ 1..=2), Some(day @ 1..=2)) = (lengths.next(), lengths.next(), lengths.next()) else { return false };
    let number = |digits: &[u8]| digits.iter().fold(0_u32, |sum, digit| sum * 10 + u32::from(*digit));
    let (year, month, day) = (number(&digits[..4]), number(&digits[4..4 + month]), number(&digits[4 + month..4 + month + day]));
    (1900..2000).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// Whether these are the 18 digits of a citizen's identity number (公民身份号码, GB 11643): province, date of birth and check digit hold.
/// `check` is the check digit where it does not stand among the digits, 10 for X.
fn is_identity_number(digits: &[u8], check: Option<u8>) -> bool {
    /// GB 11643, annex: the weights of the first seventeen digits.
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let (Some(body), rest) = (digits.get(..17), digits.get(17..).unwrap_or_default()) else { return false };
    let check = match (rest, check) {
        ([last], None) => *last,
        ([], Some(check)) => check,
        _ => return false,
    };
    let number = |digits: &[u8]| digits.iter().fold(0_u32, |sum, digit| sum * 10 + u32::from(*digit));
    let province = matches!(number(&body[..2]), 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83);
    let (year, month, day) = (number(&body[6..10]), number(&body[10..12]), number(&body[12..14]));
    let born = (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    province && born && u32::from(check) == (12 - sum % 11) % 11
}

/// Whether the digits are a piece of something that a machine made.
fn inside_an_identifier(characters: &[char], from: usize, to: usize) -> bool {
    let one_piece = |c: &&char| c.is_ascii_alphanumeric();
    let before = characters[..from].iter().rev().take_while(one_piece).count();
    let after = characters[to..].iter().take_while(one_piece).count();
    before + after > 0 && before + (to - from) + after >= IDENTIFIER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_hidden_however_they_are_written() {
        for (typed, left) in [
            ("联系13905731234谢谢", "联系139******34谢谢"),
            ("139-0573-1234", "139-****-**34"),
            ("１３９ ０５７３ １２３４", "１３９ **** **３４"),
            ("+86 139 0573 1234", "+86 139 **** **34"),
            ("8613905731234", "86139******34"),
            ("013905731234", "0139******34"),
            ("1 3 9 0 5 7 3 1 2 3 4", "1 3 9 * * * * * * 3 4"),
            ("Tel13905731234", "Tel139******34"),
            ("13905731234、13805731235", "139******34、138******35"),
            ("13905731234 13805731235", "139******34 138******35"),
            ("共3户 13905731234", "共3户 139******34"),
            ("0573-85012345", "0573-******45"),
            ("（0573）8501234", "（0573）*****34"),
            ("(010) 6234 5678", "(010) **** **78"),
            ("057385012345", "0573******45"),
            ("+86-573-85012345", "+86-573-******45"),
            ("身份证11010519491231002X，", "身份证110*************2X，"),
            ("身份证 110105 19491231 002x", "身份证 110*** ******** **2x"),
            ("440308199901010012", "440*************12"),
        ] {
            assert_eq!(redact(typed), left);
            assert_eq!(redact(left), left, "once is enough");
        }
    }

    #[test]
    fn codes_dates_and_figures_stay() {
        for text in [
            "网格330482901001001",
            "部件 33048290100100117 倾斜",
            "工单 20261122000012345678",
            "20261122-000123",
            "20261122-000123、20261122-000124",
            "110105194912310021",
            "1998-03-12 150 米处",
            "2026-11-22 13:30-15:00",
            "0830-1200 345",
            "热线12345，物业400-820-8820",
            "121.005123,30.705123",
            "3f13905731234b",
            "d13905731234aaaabbbbccccdddd",
            "共 12345678901234567890 元",
        ] {
            assert_eq!(redact(text), text);
        }
    }

    #[test]
    fn ids_inside_json_are_no_words() {
        let photo = format!("13905731234a{}", "b".repeat(52));
        let value = serde_json::json!({
            "note": "电话13905731234", "photos": [photo], "person": "01390573-1234-7abc-8def-0123456789ab", "hours": 13_905_731_234_u64,
        });
        let left = redact_value(&value);
        assert_eq!(left["note"], "电话139******34");
        assert_eq!((&left["photos"], &left["person"], &left["hours"]), (&value["photos"], &value["person"], &value["hours"]));
    }
}
