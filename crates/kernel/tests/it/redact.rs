//! Words that people type lose every telephone and identity number, and nothing else.

use kernel::personal::redact;
use proptest::prelude::*;

/// Words without a digit, with everything that may stand beside one.
fn words() -> impl Strategy<Value = String> {
    "[路灯井盖坏了请联系我电话：，。（）a-zA-Z .、+]{0,12}"
}

/// What stands on both sides of a number in these tests: no letter, which could make it a piece of an identifier.
fn beside() -> impl Strategy<Value = String> {
    "[路灯井盖坏了请联系我电话：，。、]{0,8}"
}

fn check_digit(body: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(WEIGHTS).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize]
}

/// A mobile number, a fixed line or an identity number as plain digits.
fn number() -> impl Strategy<Value = String> {
    let identity = ("(11|33|44|65)[0-9]{4}(19|20)[0-9]{2}", 1_u32..=12, 1_u32..=28, 0_u32..1_000).prop_map(|(head, month, day, order)| {
        let body = format!("{head}{month:02}{day:02}{order:03}");
        format!("{body}{}", check_digit(&body))
    });
    prop_oneof!["1[3-9][0-9]{9}", "0[3-9][0-9]{2}[2-9][0-9]{6,7}", "0(10|2[0-9])[2-9][0-9]{7}", identity]
}

/// The same number as somebody might type it.
fn typed() -> impl Strategy<Value = (String, String)> {
    (
        number(),
        any::<bool>(),
        proptest::collection::vec((0_usize..18, prop_oneof![Just(" "), Just("-"), Just("－"), Just("\u{3000}")]), 0..4),
    )
        .prop_map(|(number, wide, gaps)| {
            // `1998-03-12 150` is a date and a figure: numbers that begin like a year are typed in one piece here.
            let gaps = if number.starts_with("19") { Vec::new() } else { gaps };
            let mut text = String::new();
            for (at, digit) in number.chars().enumerate() {
                // Before the X of an identity number nobody leaves a gap.
                if at > 0
                    && digit != 'X'
                    && let Some((_, gap)) = gaps.iter().find(|(place, _)| *place == at)
                {
                    text.push_str(gap);
                }
                let full = digit.to_digit(10).and_then(|value| char::from_u32(u32::from('０') + value));
                text.push(full.filter(|_| wide).unwrap_or(digit));
            }
            (number, text)
        })
}

fn digits(text: &str) -> String {
    text.chars()
        .map(|c| if ('０'..='９').contains(&c) { char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap() } else { c })
        .filter(char::is_ascii_digit)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_text_without_numbers_is_never_touched(text in words()) {
        prop_assert_eq!(redact(&text), text.as_str());
    }

    #[test]
    fn every_number_is_hidden((number, typed) in typed(), before in beside(), after in beside()) {
        let text = format!("{before}{typed}{after}");
        let left = redact(&text);
        prop_assert_ne!(left.as_ref(), text.as_str(), "{}", number);
        prop_assert!(digits(&left).len() <= 6, "{} is left of {}", left, number);
        prop_assert_eq!(left.chars().count(), text.chars().count());
        let kept = left.chars().zip(text.chars()).all(|(left, typed)| left == typed || (left == '*' && digits(&typed.to_string()).len() == 1));
        prop_assert!(kept, "{}", left);
        prop_assert_eq!(redact(&left), left.as_ref());
    }

    #[test]
    fn codes_of_the_house_stay(
        code in prop_oneof![
            "330482[0-9]{9}",
            "330482[0-9]{11}",
            "20[0-9]{18}",
            "(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9])-[0-9]{6}",
            "[0-9]{1,7}",
        ],
        before in beside(),
        after in beside(),
    ) {
        let text = format!("{before}{code}{after}");
        prop_assert_eq!(redact(&text), text.as_str());
    }

    #[test]
    fn any_text_keeps_its_length(text in "\\PC{0,60}|[0-9０-９ xX（）()a-f－-]{0,60}") {
        prop_assert_eq!(redact(&text).chars().count(), text.chars().count());
    }
}
