//! The discretion benchmark (裁量基准) as data: factors give points, points a tier, the tier a part of the lawful range, each step
//! with its reason (行政处罚法第五条第二款、第三十四条).

mod judge;
mod weigh;

pub use judge::{Judgement, Verdict};
pub use weigh::{Direction, Facts, FactsError, WeighStep, Weighed};

use serde::{Deserialize, Serialize};

/// The most factors, values of a factor, ranges and tiers of one benchmark.
const MOST: usize = 50;
/// The most points of one value; beyond the sum of fifty of them nothing overflows.
const MOST_POINTS: i32 = 1_000;
/// The largest fine of a range, in yuan.
const MOST_YUAN: u64 = 100_000_000;

/// One matter's benchmark, as a file holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Benchmark {
    /// The matter's id in the matter library (执法事项).
    pub matter: String,
    /// The matter's name.
    pub name: String,
    /// The article that sets the range.
    pub article: String,
    /// Who published it, when, in which version; a sample says so here.
    pub version: String,
    /// The lawful range for each kind of party.
    pub ranges: Vec<FineRange>,
    /// What is weighed.
    pub factors: Vec<Factor>,
    /// The tiers, lightest first; each begins where the one before ends.
    pub tiers: Vec<Tier>,
}

/// The kind of party, as the matter library tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A natural person (公民).
    Person,
    /// A legal person or other organisation (法人或者其他组织).
    Organisation,
}

impl Kind {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Person => "公民",
            Self::Organisation => "法人或者其他组织",
        }
    }
}

/// The lawful range of a fine (法定幅度), in yuan; both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FineRange {
    /// Whose.
    pub party: Kind,
    /// The least; 0 where the article names none.
    pub min: u64,
    /// The most.
    pub max: u64,
}

/// One thing that is weighed (裁量因素).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// Its code.
    pub code: String,
    /// Its name in Chinese.
    pub label: String,
    /// The values it can have.
    pub values: Vec<Value>,
    /// The unit of a number (平方米、次); none where a value is chosen by its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// One value of a factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// Its code; of a number, the name of the band.
    pub code: String,
    /// What people read.
    pub label: String,
    /// The points it gives.
    pub points: i32,
    /// Of a number: up to this, itself included; none for the last band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<u64>,
}

/// A tier (裁量阶次): from so many points on, a part of the range.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Its name: 从轻、一般、从重.
    pub label: String,
    /// The points with which it begins; the lightest begins at or below what the factors can give.
    pub from_points: i32,
    /// Where its part of the range begins, in per cent of the way from least to most.
    pub from_percent: u8,
    /// Where it ends.
    pub to_percent: u8,
}

/// Why a benchmark cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("裁量基准不能使用：{0}")]
pub struct BenchmarkError(String);

impl Benchmark {
    /// The benchmark, if nothing in it is missing, doubled or left open.
    ///
    /// # Errors
    /// What is wrong, in Chinese.
    pub fn checked(self) -> Result<Self, BenchmarkError> {
        match self.fault() {
            Some(fault) => Err(BenchmarkError(fault)),
            None => Ok(self),
        }
    }

    fn fault(&self) -> Option<String> {
        let counts = [self.ranges.len(), self.factors.len(), self.tiers.len()];
        if counts.iter().any(|count| *count == 0 || *count > MOST) {
            return Some(format!("幅度、因素、阶次各须 1 至 {MOST} 项"));
        }
        if let Some(range) = self.ranges.iter().find(|range| range.min > range.max || range.max == 0 || range.max > MOST_YUAN) {
            return Some(format!("{}的幅度 {} 至 {} 元无效", range.party.label(), range.min, range.max));
        }
        if doubled(self.ranges.iter().map(|range| range.party.label())) || doubled(self.factors.iter().map(|factor| factor.code.as_str())) {
            return Some("幅度或者因素重复".to_owned());
        }
        self.factors.iter().find_map(Factor::fault).or_else(|| self.tiers_fault())
    }

    fn tiers_fault(&self) -> Option<String> {
        let least: i32 = self.factors.iter().filter_map(|factor| factor.values.iter().map(|value| value.points).min()).sum();
        if self.tiers[0].from_points > least {
            return Some(format!("最轻阶次自 {} 分起，低于该分的情形没有阶次", self.tiers[0].from_points));
        }
        if let Some(tier) = self.tiers.iter().find(|tier| tier.from_percent > tier.to_percent || tier.to_percent > 100) {
            return Some(format!("阶次“{}”的比例无效", tier.label));
        }
        let unordered = self.tiers.windows(2).find(|pair| {
            pair[0].from_points >= pair[1].from_points
                || pair[0].to_percent > pair[1].to_percent
                || pair[1].from_percent != pair[0].to_percent
        });
        unordered.map(|pair| format!("阶次“{}”与“{}”之间有空档、重叠或者轻重颠倒", pair[0].label, pair[1].label))
    }
}

impl Factor {
    fn fault(&self) -> Option<String> {
        let label = &self.label;
        if self.values.is_empty() || self.values.len() > MOST || doubled(self.values.iter().map(|value| value.code.as_str())) {
            return Some(format!("因素“{label}”没有取值、取值过多或者重复"));
        }
        if self.values.iter().any(|value| value.points.abs() > MOST_POINTS) {
            return Some(format!("因素“{label}”的分值超过 {MOST_POINTS}"));
        }
        let limits: Vec<Option<u64>> = self.values.iter().map(|value| value.up_to).collect();
        let (last, bands) = limits.split_last()?;
        let rising = bands.iter().all(Option::is_some) && bands.windows(2).all(|pair| pair[0] < pair[1]);
        let sound = if self.unit.is_some() { last.is_none() && rising } else { limits.iter().all(Option::is_none) };
        (!sound).then(|| format!("因素“{label}”的数值区间应逐级递增，最后一级不设上限"))
    }
}

fn doubled<'a>(mut codes: impl Iterator<Item = &'a str>) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    !codes.all(|code| seen.insert(code))
}
