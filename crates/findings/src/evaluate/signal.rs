//! Rules about the signal itself: silent on purpose, jumps that no vehicle makes.

use std::collections::HashMap;

use super::{Course, Found, Measure, Number};
use crate::{Fix, Rule, RuleSet};

/// Jumps shorter than this are the receiver's, in metres.
const SHORTEST_JUMP_M: f64 = 1_000.0;

/// A silence of a vehicle that was on the way (断线).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// The last point before, in seconds since 1970.
    pub from: i64,
    /// The first point after.
    pub to: i64,
    /// Where it was last heard.
    pub lon: f64,
    /// Where it was last heard.
    pub lat: f64,
}

/// How many other vehicles were heard where and while one was silent, by the begin and end of the silence.
pub type Heard = HashMap<(i64, i64), u32>;

/// The silences of a track that may be on purpose: long enough, and the vehicle was elsewhere afterwards. Whoever evaluates asks how many
/// others were heard there.
#[must_use]
pub fn gaps(fixes: &[Fix], rules: &RuleSet) -> Vec<Gap> {
    let setting = rules.of(Rule::Dark);
    if !setting.active {
        return Vec::new();
    }
    // What is parked and switched off moves little until it is switched on again.
    let dark =
        fixes.windows(2).filter(|pair| pair[1].at - pair[0].at >= setting.dwell_s.into() && pair[0].metres_to(&pair[1]) > setting.limit);
    dark.map(|pair| Gap { from: pair[0].at, to: pair[1].at, lon: pair[0].lon, lat: pair[0].lat }).collect()
}

pub(super) fn dark(course: &Course<'_>, heard: &Heard) -> Vec<Found> {
    let Some(setting) = course.rule(Rule::Dark) else { return Vec::new() };
    let mut found = Vec::new();
    for gap in gaps(course.fixes, course.rules) {
        let others = heard.get(&(gap.from, gap.to)).copied().unwrap_or(0);
        if others < u32::from(setting.need) {
            continue;
        }
        let first = course.fixes.partition_point(|fix| fix.at < gap.to);
        let before = first.saturating_sub(1);
        let moved = course.fixes[before].metres_to(&course.fixes[first]);
        let carried = course.carrying[before];
        let words = format!("断线前{}，恢复时已在别处；其他车辆同时在断线地点有信号", if carried { "载货" } else { "空车" });
        found.push(Found {
            rule: Rule::Dark,
            from: gap.from,
            to: gap.to,
            open: false,
            lon: gap.lon,
            lat: gap.lat,
            numbers: vec![
                Number::of(Measure::Seconds, (gap.to - gap.from) as f64),
                Number::of(Measure::Moved, moved),
                Number::of(Measure::Others, others.into()),
            ],
            words,
            places: vec![],
        });
    }
    found
}

/// Jumps that lie within the rule's time of one another are one finding; one alone is the receiver's.
pub(super) fn tampered(course: &Course<'_>) -> Vec<Found> {
    let Some(setting) = course.rule(Rule::Tampered) else { return Vec::new() };
    let jump = |at: &usize| {
        let (one, next) = (&course.fixes[*at], &course.fixes[at + 1]);
        let metres = one.metres_to(next);
        metres >= SHORTEST_JUMP_M && metres / ((next.at - one.at).max(1) as f64) * 3.6 > setting.limit
    };
    let jumps: Vec<usize> = (0..course.fixes.len().saturating_sub(1)).filter(jump).collect();
    let near = |one: &usize, next: &usize| course.fixes[*next].at - course.fixes[*one].at <= setting.dwell_s.into();
    let mut found = Vec::new();
    for group in jumps.chunk_by(near).filter(|group| group.len() >= usize::from(setting.need)) {
        let (first, last) = (group[0], group[group.len() - 1] + 1);
        let furthest = group.iter().map(|at| course.fixes[*at].metres_to(&course.fixes[at + 1])).fold(0.0, f64::max);
        // Back where it came from: two devices take turns.
        let returns = group.windows(2).any(|pair| course.fixes[pair[0]].metres_to(&course.fixes[pair[1] + 1]) < SHORTEST_JUMP_M);
        let words = if returns {
            "位置在两地之间往返跳变，疑似两台设备共用一个号码"
        } else {
            "相邻位置之间的距离超出车辆可能的行驶速度"
        };
        found.push(Found {
            rule: Rule::Tampered,
            from: course.fixes[first].at,
            to: course.fixes[last].at,
            open: false,
            lon: course.fixes[first].lon,
            lat: course.fixes[first].lat,
            numbers: vec![
                Number::of(Measure::Jumps, group.len() as f64),
                Number::of(Measure::Moved, furthest),
                Number::of(Measure::Limit, setting.limit),
            ],
            words: words.to_owned(),
            places: vec![],
        });
    }
    found
}
