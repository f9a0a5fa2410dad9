//! The discretion benchmark: the sample weighed, what is left open refused, and no fact that lightens by being worse.

use std::collections::BTreeMap;

use law::discretion::{Benchmark, Direction, Facts, FactsError, Kind, Verdict};
use proptest::prelude::*;

fn sample() -> Benchmark {
    serde_json::from_str::<Benchmark>(include_str!("../../../../data/discretion-sample.json")).unwrap().checked().unwrap()
}

fn facts(times: u64, area: u64, attitude: &str, direction: Direction) -> Facts {
    let values = [("times", times.to_string()), ("area", area.to_string()), ("attitude", attitude.to_owned())];
    let values: BTreeMap<String, String> = values.into_iter().map(|(code, value)| (code.to_owned(), value)).collect();
    Facts { party: Kind::Person, values, direction }
}

#[test]
fn factors_give_points_points_a_tier_and_the_tier_a_range() {
    let weighed = sample().weigh(&facts(2, 8, "late", Direction::Plain)).unwrap();
    assert_eq!((weighed.points, weighed.tier.as_str(), weighed.low, weighed.high), (25, "一般", 185, 365));
    let texts: Vec<&str> = weighed.steps.iter().map(|step| step.text.as_str()).collect();
    assert_eq!(texts[0], "对公民的法定幅度为 50 元至 500 元");
    assert_eq!(texts[1], "一年内违法次数：2 次，属“第二次”，+10 分，累计 10 分");
    assert_eq!(*texts.last().unwrap(), "该阶次为幅度的 30% 至 70%，即 185 元至 365 元");
    assert!(weighed.steps.iter().all(|step| !step.basis.is_empty()));
}

#[test]
fn what_must_be_lighter_is_one_tier_lower_and_what_is_mitigated_may_fall_below() {
    let lighter = sample().weigh(&facts(2, 8, "late", Direction::Lighter)).unwrap();
    assert_eq!((lighter.tier.as_str(), lighter.low, lighter.high), ("从轻", 50, 185));
    let mitigated = sample().weigh(&facts(1, 1, "partly", Direction::Mitigated)).unwrap();
    assert_eq!(mitigated.judge(20).verdict, Verdict::Fits);
    assert_eq!(lighter.judge(20).verdict, Verdict::Unlawful);
}

#[test]
fn a_sum_outside_the_tier_needs_a_reason_and_one_outside_the_law_is_refused() {
    let weighed = sample().weigh(&facts(2, 8, "late", Direction::Plain)).unwrap();
    assert_eq!(weighed.judge(200).verdict, Verdict::Fits);
    let deviation = weighed.judge(500);
    assert_eq!(deviation.verdict, Verdict::Deviates);
    assert!(deviation.reason.contains("须写明理由，并经再一级审批"));
    for yuan in [0, 49, 501] {
        assert_eq!(weighed.judge(yuan).verdict, Verdict::Unlawful, "{yuan}");
    }
}

#[test]
fn facts_that_are_missing_or_unknown_are_refused() {
    let (sample, mut facts) = (sample(), facts(2, 8, "late", Direction::Plain));
    facts.values.insert("attitude".to_owned(), "rude".to_owned());
    assert!(matches!(sample.weigh(&facts), Err(FactsError::Value { known, .. }) if known.contains("拒不改正")));
    facts.values.insert("attitude".to_owned(), "late".to_owned());
    facts.values.insert("area".to_owned(), "-1".to_owned());
    assert!(matches!(sample.weigh(&facts), Err(FactsError::Value { .. })));
    facts.values.remove("area");
    assert_eq!(sample.weigh(&facts), Err(FactsError::Missing("影响面积".to_owned())));
    facts.values.insert("colour".to_owned(), "red".to_owned());
    assert_eq!(sample.weigh(&facts), Err(FactsError::Unknown("colour".to_owned())));
}

#[test]
fn a_benchmark_with_a_gap_an_overlap_or_a_double_is_refused() {
    let spoiled = |spoil: fn(&mut Benchmark)| {
        let mut benchmark = sample();
        spoil(&mut benchmark);
        benchmark.checked().unwrap_err().to_string()
    };
    assert!(spoiled(|it| it.tiers[1].from_percent = 40).contains("空档"));
    assert!(spoiled(|it| it.tiers[1].from_percent = 20).contains("空档、重叠"));
    assert!(spoiled(|it| it.tiers.swap(1, 2)).contains("轻重颠倒"));
    assert!(spoiled(|it| it.tiers[0].from_points = 0).contains("没有阶次"));
    assert!(spoiled(|it| it.tiers.clear()).contains("1 至 50 项"));
    assert!(spoiled(|it| it.ranges[0].min = 501).contains("无效"));
    assert!(spoiled(|it| it.ranges[1].party = Kind::Person).contains("重复"));
    assert!(spoiled(|it| it.factors[0].values[1].up_to = Some(1)).contains("递增"));
    assert!(spoiled(|it| it.factors[0].values[2].up_to = Some(9)).contains("最后一级"));
    assert!(spoiled(|it| it.factors[2].values[0].points = 1_001).contains("分值"));
    assert!(serde_json::from_str::<Benchmark>(r#"{"matter":"M001","surprise":1}"#).is_err());
}

proptest! {
    #[test]
    fn a_tier_lies_in_the_law_and_worse_facts_never_cost_less(times in 1u64..9, area in 0u64..40, more in 0u64..9, attitude in 0usize..3) {
        let attitudes = ["partly", "late", "refuses"];
        let sample = sample();
        let weighed = sample.weigh(&facts(times, area, attitudes[attitude], Direction::Plain)).unwrap();
        prop_assert!(weighed.lawful.min <= weighed.low && weighed.low <= weighed.high && weighed.high <= weighed.lawful.max);
        let worse = sample.weigh(&facts(times + more, area + more, attitudes[(attitude + 1).min(2)], Direction::Plain)).unwrap();
        prop_assert!(worse.points >= weighed.points && worse.low >= weighed.low && worse.high >= weighed.high);
        let lighter = sample.weigh(&facts(times, area, attitudes[attitude], Direction::Lighter)).unwrap();
        prop_assert!(lighter.high <= weighed.high);
    }
}
