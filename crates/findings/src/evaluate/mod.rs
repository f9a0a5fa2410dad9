//! What a track says under a rule set (判定). Pure: the same points, ground, rules and ears of others give the same findings, in the same
//! order, whenever they are asked.

mod course;
mod lasting;
mod places;
mod signal;

use kernel::codes;
use serde::{Deserialize, Serialize};

use crate::{Fix, Ground, Rule, RuleSet};

pub use signal::{Gap, Heard, gaps};

pub(crate) use course::Course;

codes! {
    /// A number that decided (判定数值).
    #[schema(as = FindingMeasure)]
    Measure {
        /// How long it lasted.
        Seconds = "seconds", "持续";
        /// The points of it that held.
        Points = "points", "涉及轨迹点";
        /// How far beside.
        Metres = "metres", "最大偏离";
        /// How far from where it may be unloaded.
        Away = "away", "距核准场所";
        /// How fast, at most.
        Speed = "speed", "最高车速";
        /// What the rule lets.
        Limit = "limit", "规则限值";
        /// How heavy, at most.
        Weight = "weight", "最大载重";
        /// What it may carry.
        Rated = "rated", "核定载质量";
        /// How long it stood at the wash bay.
        Washed = "washed", "在冲洗台停留";
        /// How far it moved meanwhile.
        Moved = "moved", "其间移动";
        /// Others that were heard there and then.
        Others = "others", "同时同地有信号的其他车辆";
        /// Jumps that no vehicle makes.
        Jumps = "jumps", "异常跳变";
    }
}

impl Measure {
    /// Its unit.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Seconds | Self::Washed => "秒",
            Self::Points => "点",
            Self::Metres | Self::Away | Self::Moved => "米",
            Self::Speed => "km/h",
            Self::Limit => "",
            Self::Weight | Self::Rated => "千克",
            Self::Others => "辆",
            Self::Jumps => "次",
        }
    }
}

/// A number that decided, with what it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// What.
    pub measure: Measure,
    /// How much, to a tenth.
    pub value: f64,
}

impl Number {
    pub(crate) fn of(measure: Measure, value: f64) -> Self {
        Self { measure, value: (value * 10.0).round() / 10.0 }
    }
}

/// What a vehicle is found to have done.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The rule.
    pub rule: Rule,
    /// From, in seconds since 1970.
    pub from: i64,
    /// To.
    pub to: i64,
    /// It went on as far as points go.
    pub open: bool,
    /// Where it is to be looked at.
    pub lon: f64,
    /// Where it is to be looked at.
    pub lat: f64,
    /// What decided.
    pub numbers: Vec<Number>,
    /// What else is to be known: permits, places.
    pub words: String,
    /// The places of the ground that it was held against.
    pub places: Vec<u32>,
}

/// Every finding of a track, by time and rule. `fixes` are in the order of their times; the vehicle is found in the register by its
/// [`crate::plate_key`]; of others only what [`gaps`] asked for is used.
#[must_use]
pub fn evaluate(fixes: &[Fix], key: &str, ground: &Ground, rules: &RuleSet, heard: &Heard) -> Vec<Found> {
    let course = Course::of(fixes, key, ground, rules);
    let mut found = lasting::look(&course);
    found.extend(places::look(&course));
    found.extend(signal::dark(&course, heard));
    found.extend(signal::tampered(&course));
    found.sort_by_key(|it| (it.from, it.rule, it.to));
    found
}
