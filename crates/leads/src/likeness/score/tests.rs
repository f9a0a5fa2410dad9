//! The pairs that the weights were set on, and what holds whatever the weights.

use chrono::{DateTime, Duration, TimeZone, Utc};
use kernel::position::Position;
use proptest::prelude::*;

use super::*;
use crate::likeness::{SHOWN, SURE};

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 2, 4, 0, 0).unwrap()
}

/// A lead so many metres north and hours earlier.
fn lead(text: &str, class: Option<&str>, metres: Option<f64>, hours: i64) -> Traits {
    let position = metres.map(|metres| Position::new(121.0, 30.7 + metres / 111_320.0).unwrap());
    Traits::new(position, noon() - Duration::hours(hours), class.map(str::to_owned), text.to_owned())
}

/// What a city says every day is common, the rest is not.
fn city() -> &'static Rarity {
    static CITY: std::sync::OnceLock<Rarity> = std::sync::OnceLock::new();
    CITY.get_or_init(made_city)
}

fn made_city() -> Rarity {
    let common = [
        "路灯不亮影响出行希望尽快处理",
        "垃圾成堆没有人管影响居民希望有关部门处理",
        "店外经营占用人行道影响行人通行",
        "井盖破损请尽快维修",
        "车辆乱停占用消防通道请相关部门处理",
        "施工噪声晚上很大影响休息希望解决",
        "小区门口有人摆摊卖水果占道",
        "道路破损坑洼积水请维修",
    ];
    let lines: Vec<String> = (0..1_600).map(|n| kernel::words::bigrams(common[n % common.len()]).join(" ")).collect();
    Rarity::of(lines.iter().map(String::as_str))
}

fn of(one: &Traits, other: &Traits) -> f64 {
    score(one, other, city(), Beside::default()).score
}

#[test]
fn the_same_thing_in_other_words_is_shown_and_says_why() {
    let new = lead("建国路公交站旁边路灯不亮，晚上很黑", Some("01037"), Some(0.0), 0);
    let old = lead("建国路公交站台的路灯坏了，已经两天不亮", Some("01037"), Some(35.0), 2);
    let found = score(&new, &old, city(), Beside { picture: Some(3), ..Beside::default() });
    assert!(found.score > 0.9, "{found:?}");
    assert_eq!(found.reasons, ["相距 35 米", "同类", "2 小时前", "描述共有“建国路公交站”“路灯”“不亮”", "照片相似"]);
    assert!(of(&new, &old) >= SHOWN, "without the picture: {}", of(&new, &old));
}

#[test]
fn another_thing_of_the_same_class_nearby_is_not_shown() {
    let new = lead("菜场北门有人摆摊卖水果占道", Some("09005"), Some(0.0), 0);
    for (other, metres, hours) in [
        (lead("烧烤店把桌椅摆到人行道上，油烟呛人", Some("09005"), Some(60.0), 30), 60.0, 30),
        (lead("早餐车停在学校围墙外叫卖", Some("09005"), Some(90.0), 50), 90.0, 50),
    ] {
        assert!(of(&new, &other) < SHOWN, "{metres} m {hours} h: {}", of(&new, &other));
    }
    let here = lead("解放路37号门口路灯不亮", Some("01037"), Some(0.0), 0);
    let next = lead("解放路85号门口路灯不亮", Some("01037"), Some(150.0), 20);
    assert!(of(&here, &next) < SHOWN, "another number: {}", of(&here, &next));
}

#[test]
fn the_same_words_elsewhere_are_not_shown() {
    let new = lead("小区门口路灯不亮，希望尽快处理", Some("01037"), Some(0.0), 0);
    for metres in [400.0, 2_500.0] {
        let other = lead("小区门口路灯不亮，希望尽快处理", Some("01037"), Some(metres), 5);
        let found = score(&new, &other, city(), Beside { same_text: true, ..Beside::default() });
        assert!(found.score < SHOWN, "{metres}: {found:?}");
    }
}

#[test]
fn long_same_words_without_place_or_class_are_shown() {
    let text = "文化宫东侧喷泉池水发绿，蚊虫很多，老人孩子都在那里玩，池边栏杆还断了两根";
    let found = score(&lead(text, None, None, 0), &lead(text, None, None, 90), city(), Beside { same_text: true, ..Beside::default() });
    assert!(found.score > 0.8 && found.reasons.contains(&"文字完全相同".to_owned()), "{found:?}");
    let told_again = lead("文化宫东侧的喷泉池水发绿发臭，蚊虫很多，栏杆断了两根没人修", None, None, 40);
    assert!(of(&lead(text, None, None, 0), &told_again) >= SHOWN);
    let other = lead("文化宫西侧停车场收费不合理，没有公示牌", None, None, 3);
    assert!(of(&lead(text, None, None, 0), &other) < 0.1);
}

#[test]
fn where_a_place_is_missing_its_name_decides() {
    let new = lead("康宁小区东门垃圾桶满出来了，气味很大", Some("06010"), None, 0);
    let same = lead("康宁小区的垃圾桶好几天没清，满得都掉出来了", Some("06010"), Some(0.0), 5);
    let other = lead("向阳小区东门垃圾桶满出来了，气味很大", Some("06010"), Some(0.0), 5);
    let nameless = lead("垃圾桶满出来了，气味很大", Some("06010"), Some(0.0), 5);
    let found = score(&new, &same, city(), Beside::default());
    assert!(found.score >= SHOWN && found.reasons.contains(&"都在康宁小区".to_owned()), "{found:?}");
    assert!(of(&new, &other) < SHOWN, "another name: {}", of(&new, &other));
    assert!(of(&new, &nameless) < SURE, "no name: {}", of(&new, &nameless));
}

#[test]
fn a_named_number_tells_and_time_is_told_from_both_sides() {
    let (one, other) = (lead("上次反映的事情还没有解决", None, None, 0), lead("河道里有垃圾", None, None, 72));
    let named = score(&one, &other, city(), Beside { named: true, ..Beside::default() });
    assert!(named.score > of(&one, &other) + 0.2);
    assert!(named.reasons.contains(&"3 天前".to_owned()));
    assert!(score(&other, &one, city(), Beside::default()).reasons.contains(&"3 天后".to_owned()));
}

proptest! {
    #[test]
    fn the_score_lies_between_nothing_and_certainty_and_is_the_same_from_both_sides(
        one in "\\PC{0,60}", other in "\\PC{0,60}", metres in proptest::option::of(0.0..5_000.0), hours in 0_i64..2_000, bits in proptest::option::of(0_u32..64),
    ) {
        let (one, other) = (lead(&one, Some("01037"), Some(0.0), 0), lead(&other, Some("06010"), metres, hours));
        let beside = Beside { picture: bits, ..Beside::default() };
        let there = score(&one, &other, city(), beside).score;
        prop_assert!((0.0..=1.0).contains(&there));
        prop_assert!((there - score(&other, &one, city(), beside).score).abs() < 1e-9);
    }

    #[test]
    fn nearer_is_never_less_likely(near in 0.0..4_000.0_f64, more in 0.0..1_000.0_f64) {
        prop_assert!(place(near) >= place(near + more));
    }
}
