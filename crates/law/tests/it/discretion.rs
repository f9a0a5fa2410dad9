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
    // Mitigated comes down a tier like lighter does, and is proposed at its low end.
    let mitigated = sample().weigh(&facts(2, 8, "late", Direction::Mitigated)).unwrap();
    assert_eq!((mitigated.tier.as_str(), mitigated.low, mitigated.high, mitigated.proposed()), ("从轻", 0, 185, 50));
    assert_eq!(mitigated.judge(300).verdict, Verdict::Deviates);
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

    /// 行政处罚法第三十、三十二条: mitigated is at the most lighter, and lighter at the most what the facts alone give.
    #[test]
    fn what_is_mitigated_is_never_heavier_than_what_is_lighter(times in 1u64..9, area in 0u64..40, attitude in 0usize..3, amounts: bool) {
        let sample = if amounts { in_amounts() } else { sample() };
        let attitude = ["partly", "late", "refuses"][attitude];
        let weighed = |direction| sample.weigh(&facts(times, area, attitude, direction)).unwrap();
        let (plain, lighter, mitigated) = (weighed(Direction::Plain), weighed(Direction::Lighter), weighed(Direction::Mitigated));
        prop_assert!(mitigated.low <= lighter.low && lighter.low <= plain.low);
        prop_assert!(mitigated.high <= lighter.high && lighter.high <= plain.high);
        prop_assert!(mitigated.proposed() <= lighter.proposed() && lighter.proposed() <= plain.proposed());
        prop_assert!((mitigated.low..=mitigated.high).contains(&mitigated.proposed()));
    }
}

/// The sample in amounts instead of per cents, with circumstances.
fn in_amounts() -> Benchmark {
    let mut benchmark = sample();
    for (tier, (min, max)) in benchmark.tiers.iter_mut().zip([(50, 150), (151, 300), (301, 500)]) {
        let of = |party| law::discretion::FineRange { party, min, max };
        (tier.amounts, tier.from_percent, tier.to_percent) = (vec![of(Kind::Person), of(Kind::Organisation)], 0, 0);
    }
    benchmark.circumstances = serde_json::from_str(
        r#"[{"code":"youth","label":"已满十四周岁不满十八周岁","article":"行政处罚法第三十条","effect":"lighter"},
            {"code":"merit","label":"有立功表现","article":"行政处罚法第三十二条","effect":"mitigated"},
            {"code":"emergency","label":"违反突发事件应对措施","article":"行政处罚法第四十九条","effect":"heavier"}]"#,
    )
    .unwrap();
    benchmark
}

#[test]
fn every_fault_is_named_with_its_place() {
    let faults = |spoil: fn(&mut Benchmark)| {
        let mut benchmark = in_amounts();
        spoil(&mut benchmark);
        benchmark.faults().into_iter().map(|it| it.pointer).collect::<Vec<_>>()
    };
    assert!(faults(|_| ()).is_empty());
    assert_eq!(faults(|it| it.tiers[1].amounts[0].min = 160), ["/tiers/1/amounts"], "a gap");
    assert_eq!(faults(|it| it.tiers[1].amounts[0].min = 140), ["/tiers/1/amounts"], "an overlap");
    assert_eq!(faults(|it| it.tiers[2].amounts[1].max = 501), ["/tiers/2/amounts", "/tiers/2/amounts"], "out of the statute's range");
    assert_eq!(faults(|it| it.tiers[0].amounts.clear()), ["/tiers/0/amounts", "/tiers/0/amounts"]);
    assert_eq!(faults(|it| it.circumstances[1].code = "youth".into()), ["/circumstances"]);
    let two = faults(|it| {
        it.factors[0].values[0].points = 2_000;
        it.factors[2].monotone = true;
        it.factors[2].values[1].points = -9;
    });
    assert_eq!(two, ["/factors/0/values/0/points", "/factors/2/values/1/points"]);
    let mut short = sample();
    short.tiers[2].to_percent = 90;
    assert_eq!(short.faults()[0].pointer, "/tiers/2/to_percent");
}

#[test]
fn circumstances_of_the_law_move_the_tier_and_name_their_articles() {
    let benchmark = in_amounts();
    let directed = |codes: &[&str]| benchmark.directed(&codes.iter().map(|&it| it.to_owned()).collect::<Vec<_>>());
    assert_eq!(directed(&[]).unwrap().0, Direction::Plain);
    assert_eq!(directed(&["youth"]).unwrap().0, Direction::Lighter);
    assert_eq!(directed(&["youth", "emergency"]).unwrap().0, Direction::Plain);
    let (direction, steps) = directed(&["emergency", "merit"]).unwrap();
    assert_eq!((direction, steps[0].basis.as_str()), (Direction::Mitigated, "行政处罚法第四十九条"));
    assert!(directed(&["nonsense"]).is_err());
    let weighed = |direction| benchmark.weigh(&facts(2, 8, "late", direction)).unwrap();
    let (plain, heavier) = (weighed(Direction::Plain), weighed(Direction::Heavier));
    assert_eq!((plain.tier.as_str(), plain.low, plain.high, plain.proposed()), ("一般", 151, 300, 225));
    assert_eq!((heavier.tier.as_str(), heavier.low, heavier.high), ("从重", 301, 500));
}

proptest! {
    /// Whatever a sound benchmark says: every answer has exactly one result, the same each time, within the law; and a factor that is
    /// declared to grow graver never costs less further on.
    #[test]
    fn evaluation_is_total_deterministic_and_monotone_where_declared(
        points in prop::collection::vec(0i32..40, 2..6), cuts in prop::collection::btree_set(1u8..100, 0..4), min in 0u64..500, width in 1u64..100_000,
        given in 0u64..12, more in 0u64..12,
    ) {
        let mut sorted = points;
        sorted.sort_unstable();
        let last = sorted.len() - 1;
        let values = sorted.iter().enumerate().map(|(at, points)| law::discretion::Value {
            code: format!("v{at}"), label: format!("第{at}级"), points: *points, up_to: (at < last).then_some(at as u64 * 2),
        }).collect();
        let edges: Vec<u8> = std::iter::once(0).chain(cuts).chain([100]).collect();
        let benchmark = Benchmark {
            factors: vec![law::discretion::Factor { code: "n".into(), label: "数".into(), values, unit: Some("次".into()), monotone: true }],
            ranges: vec![law::discretion::FineRange { party: Kind::Person, min, max: min + width }],
            tiers: edges.windows(2).enumerate().map(|(at, pair)| law::discretion::Tier {
                label: format!("阶次{at}"), from_points: at as i32 * 7, from_percent: pair[0], to_percent: pair[1], amounts: Vec::new(),
            }).collect(),
            ..sample()
        };
        prop_assert_eq!(benchmark.faults(), Vec::new());
        let weigh = |number: u64| benchmark.weigh(&Facts {
            party: Kind::Person, values: [("n".to_owned(), number.to_string())].into(), direction: Direction::Plain,
        });
        let (one, other) = (weigh(given).unwrap(), weigh(given + more).unwrap());
        prop_assert_eq!(&one, &weigh(given).unwrap());
        prop_assert!(min <= one.low && one.low <= one.high && one.high <= min + width, "{one:?}");
        prop_assert!((one.low..=one.high).contains(&one.proposed()));
        prop_assert!(other.points >= one.points && other.low >= one.low && other.high >= one.high);
    }
}
