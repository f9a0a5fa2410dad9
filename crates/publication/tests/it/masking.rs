//! Nothing that leads to a person survives masking, whatever stands around it. All persons and numbers are made up.

use proptest::prelude::*;
use publication::mask::mask;

/// Names nobody bears, of the kinds that are met.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![Just("测甲乙"), Just("欧阳测丙"), Just("验丁"), Just("测戊己")].prop_map(str::to_owned)
}

fn number() -> impl Strategy<Value = String> {
    let digits =
        |n: usize| proptest::collection::vec(0_u8..10, n).prop_map(|it| it.iter().map(|d| char::from(b'0' + d)).collect::<String>());
    prop_oneof![
        (3_u8..10, digits(9)).prop_map(|(second, rest)| format!("1{second}{rest}")),
        (3_u8..10, digits(9)).prop_map(|(second, rest)| format!("1{second}{} {} {}", &rest[..1], &rest[1..5], &rest[5..])),
        // An identity number: any 18 digits, whether its check digit holds or not.
        digits(17).prop_map(|it| format!("3{it}")),
        digits(17).prop_map(|it| format!("3{}X", &it[..16])),
        digits(18).prop_map(|it| format!("6{it}")),
        digits(15).prop_map(|it| format!("6{} {} {} {}", &it[..3], &it[3..7], &it[7..11], &it[11..])),
        digits(5).prop_map(|it| format!("浙F{it}")),
        digits(5).prop_map(|it| format!("浙A·D{it}")),
        (1_u16..9999).prop_map(|it| format!("{it}号")),
        (1_u16..99, 1_u16..9, 101_u16..999).prop_map(|(a, b, c)| format!("{a}幢{b}单元{c}室")),
    ]
}

fn around() -> impl Strategy<Value = String> {
    prop_oneof![Just(""), Just("在长街"), Just("，当事人为"), Just("证人："), Just("（见附件）"), Just("停放的"), Just("于上午占道经营，")]
        .prop_map(str::to_owned)
}

/// The digits of a number, as they would be recognised.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_name_and_no_number_survives(before in around(), name in name(), between in around(), number in number(), after in around()) {
        let text = format!("{before}{name}{between}{number}{after}{name}");
        let masked = mask(&text, std::slice::from_ref(&name));
        prop_assert!(!masked.text.contains(&name), "{text} became {}", masked.text);
        prop_assert!(!masked.text.contains(&number), "{text} became {}", masked.text);
        prop_assert!(!digits(&masked.text).contains(&digits(&number)), "{text} became {}", masked.text);
        prop_assert!(!masked.marks.is_empty());
        let again = mask(&masked.text, &[name]);
        prop_assert_eq!(&again.text, &masked.text, "what is masked stays as it is");
    }

    #[test]
    fn words_without_a_person_stay(count in 1_u32..99, area in 1_u32..999) {
        let text = format!("2026年10月{}日堆放物料{area}立方米，依据条例第{count}条第一款，罚款{area}元", count % 28 + 1);
        prop_assert_eq!(mask(&text, &[]).text, text);
    }
}
