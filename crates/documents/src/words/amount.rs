//! Sums of money in capitals (大写金额) and digits, as 支付结算办法 annex 1 wants them written.

/// The digits in capitals.
const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
/// What each place of a group of four is worth.
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
/// What each group is worth.
const GROUPS: [&str; 5] = ["", "万", "亿", "兆", "京"];

/// A sum of fen in capitals: `200000` is 贰仟元整.
#[must_use]
pub fn capitals(fen: u64) -> String {
    let (yuan, rest) = (fen / 100, fen % 100);
    let (jiao, fen) = (rest / 10, rest % 10);
    let mut words = String::new();
    if yuan > 0 {
        words.push_str(&whole(yuan));
        words.push('元');
    }
    match (jiao, fen) {
        (0, 0) if yuan == 0 => words.push_str("零元整"),
        (0, 0) => words.push('整'),
        // After yuan without jiao, 零 keeps the fen in its place.
        (0, fen) => {
            if yuan > 0 {
                words.push('零');
            }
            words.push(digit(fen));
            words.push('分');
        }
        (jiao, 0) => {
            words.push(digit(jiao));
            words.push_str("角整");
        }
        (jiao, fen) => {
            words.push(digit(jiao));
            words.push('角');
            words.push(digit(fen));
            words.push('分');
        }
    }
    words
}

fn digit(value: u64) -> char {
    DIGITS[(value % 10) as usize]
}

/// A whole number above zero in capitals.
fn whole(number: u64) -> String {
    let mut words = String::new();
    // Whether a zero stands between what was said and what comes.
    let mut gap = false;
    for group in (0..GROUPS.len()).rev() {
        let four = number / 10_000_u64.pow(group as u32) % 10_000;
        if four == 0 {
            gap = gap || !words.is_empty();
            continue;
        }
        for place in (0..PLACES.len()).rev() {
            let value = four / 10_u64.pow(place as u32) % 10;
            if value == 0 {
                gap = gap || !words.is_empty();
                continue;
            }
            if gap {
                words.push('零');
                gap = false;
            }
            words.push(digit(value));
            words.push_str(PLACES[place]);
        }
        words.push_str(GROUPS[group]);
        // Zeros at the end of a group are said only where the next group has something to say.
        gap = four.is_multiple_of(10) && group > 0;
    }
    words
}

/// A sum of fen in digits with separators: `200000` is 2,000.00.
#[must_use]
pub fn digits(fen: u64) -> String {
    let yuan = (fen / 100).to_string();
    let grouped: Vec<&str> = yuan.as_bytes().rchunks(3).rev().map(|part| std::str::from_utf8(part).unwrap_or_default()).collect();
    format!("{}.{:02}", grouped.join(","), fen % 100)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sums_are_said_as_a_bank_writes_them() {
        for (fen, expected) in [
            (0, "零元整"),
            (1, "壹分"),
            (10, "壹角整"),
            (105, "壹元零伍分"),
            (150, "壹元伍角整"),
            (20_000, "贰佰元整"),
            (200_000, "贰仟元整"),
            (100_500, "壹仟零伍元整"),
            (1_000_000, "壹万元整"),
            (1_050_000, "壹万零伍佰元整"),
            (1_500_000, "壹万伍仟元整"),
            (10_000_100, "壹拾万零壹元整"),
            (10_203_004_056, "壹亿零贰佰零叁万零肆拾元伍角陆分"),
            (100_000_000_000, "壹拾亿元整"),
            (140_950, "壹仟肆佰零玖元伍角整"),
            (600_714, "陆仟零柒元壹角肆分"),
            (10_700_053, "壹拾万零柒仟元伍角叁分"),
        ] {
            assert_eq!(capitals(fen), expected, "{fen}");
        }
        assert_eq!((digits(0), digits(200_000), digits(123_456_789)), ("0.00".into(), "2,000.00".into(), "1,234,567.89".into()));
    }

    /// Reads capitals back: the other way round, by another rule.
    fn read(words: &str) -> u64 {
        let (mut total, mut group, mut value) = (0, 0, 0);
        for char in words.chars() {
            match char {
                '拾' | '佰' | '仟' => {
                    group += value * 10_u64.pow(1 + "拾佰仟".chars().position(|it| it == char).unwrap() as u32);
                    value = 0;
                }
                '万' | '亿' | '兆' | '京' => {
                    total += (group + value) * 10_000_u64.pow(1 + "万亿兆京".chars().position(|it| it == char).unwrap() as u32) * 100;
                    (group, value) = (0, 0);
                }
                '元' => {
                    total += (group + value) * 100;
                    (group, value) = (0, 0);
                }
                '角' => (total, value) = (total + value * 10, 0),
                '分' => (total, value) = (total + value, 0),
                '整' => {}
                digit => value = DIGITS.iter().position(|it| *it == digit).unwrap() as u64,
            }
        }
        total
    }

    proptest! {
        #[test]
        fn what_is_said_is_the_sum_and_no_zero_is_said_twice(fen in prop_oneof![0_u64..100_000_000, 0_u64..10_000_000_000_000_000]) {
            let words = capitals(fen);
            prop_assert_eq!(read(&words), fen, "{}", words);
            prop_assert!(!words.contains("零零") && (fen == 0 || !words.contains("零元")), "{}", words);
        }
    }
}
