//! The discretion benchmark (裁量基准) as data: factors give points, points a tier, the tier a part of the lawful range, each step
//! with its reason (行政处罚法第五条第二款、第三十四条).

mod circumstance;
mod fault;
mod judge;
mod weigh;

pub use circumstance::{Circumstance, Effect};
pub use fault::Fault;
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
    /// What the law itself orders beside the factors (法定情节).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub circumstances: Vec<Circumstance>,
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
    /// Each value is at least as grave as the one before it: checked, so that worse facts never cost less.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub monotone: bool,
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
    #[serde(default)]
    pub from_percent: u8,
    /// Where it ends.
    #[serde(default)]
    pub to_percent: u8,
    /// Instead of per cents: its part in yuan for each kind of party, both ends included. All tiers of a benchmark have it, or none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<FineRange>,
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
        match self.faults().into_iter().next() {
            Some(fault) => Err(BenchmarkError(fault.detail)),
            None => Ok(self),
        }
    }
}
