//! Weighing the facts of one case by a benchmark, with every step told.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Benchmark, Factor, FineRange, Kind, Tier, Value};

/// What the law itself orders, beside the factors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Nothing.
    #[default]
    Plain,
    /// Must be lighter within the range (从轻), 行政处罚法第三十条、第三十二条.
    Lighter,
    /// May go below the least (减轻), same articles.
    Mitigated,
    /// Must be graver within the range (从重): 行政处罚法第四十九条, and what other laws name.
    Heavier,
}

impl Direction {
    /// What it is called where it lowers the tier.
    const fn lightens(self) -> Option<&'static str> {
        match self {
            Self::Lighter => Some("从轻"),
            Self::Mitigated => Some("减轻"),
            Self::Plain | Self::Heavier => None,
        }
    }
}

/// The facts of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The kind of party.
    pub party: Kind,
    /// The value of each factor: a code, or a whole number where the factor has a unit.
    pub values: BTreeMap<String, String>,
    /// What the law orders.
    pub direction: Direction,
}

/// Why the facts cannot be weighed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactsError {
    /// The article sets no range for this kind of party.
    #[error("该条款没有对{0}的罚款幅度")]
    NoRange(&'static str),
    /// A factor has no value.
    #[error("缺少因素“{0}”")]
    Missing(String),
    /// The benchmark has no such factor.
    #[error("裁量基准没有因素“{0}”")]
    Unknown(String),
    /// The factor has no such value.
    #[error("因素“{factor}”没有取值“{value}”，可用：{known}")]
    Value {
        /// The factor.
        factor: String,
        /// What was given.
        value: String,
        /// What there is.
        known: String,
    },
}

/// One step of the way (推算过程).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeighStep {
    /// The article or the benchmark.
    pub basis: String,
    /// The step in Chinese.
    pub text: String,
}

/// The tier and the range for one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Weighed {
    /// The matter's id.
    pub matter: String,
    /// The version of the benchmark.
    pub version: String,
    /// The points.
    pub points: i32,
    /// The tier's name.
    pub tier: String,
    /// The least of the tier, in whole yuan.
    pub low: u64,
    /// The most of the tier, in whole yuan.
    pub high: u64,
    /// The lawful range.
    pub lawful: FineRange,
    /// What the law orders.
    pub direction: Direction,
    /// The way to it.
    pub steps: Vec<WeighStep>,
}

impl Benchmark {
    /// Weighs `facts`.
    ///
    /// # Errors
    /// A factor that is missing, unknown, or has a value that the benchmark does not know.
    pub fn weigh(&self, facts: &Facts) -> Result<Weighed, FactsError> {
        let lawful = self.ranges.iter().find(|range| range.party == facts.party).ok_or(FactsError::NoRange(facts.party.label()))?;
        if let Some(unknown) = facts.values.keys().find(|code| !self.factors.iter().any(|factor| factor.code == **code)) {
            return Err(FactsError::Unknown(unknown.clone()));
        }
        let benchmark = format!("裁量基准（{}）", self.version);
        let mut steps = vec![WeighStep {
            basis: self.article.clone(),
            text: format!("对{}的法定幅度为 {} 元至 {} 元", facts.party.label(), lawful.min, lawful.max),
        }];
        let mut points = 0;
        for factor in &self.factors {
            let given = facts.values.get(&factor.code).ok_or_else(|| FactsError::Missing(factor.label.clone()))?;
            let value = factor.value(given)?;
            points += value.points;
            let shown = factor.unit.as_ref().map_or_else(|| value.label.clone(), |unit| format!("{given} {unit}，属“{}”", value.label));
            let text = format!("{}：{shown}，{:+} 分，累计 {points} 分", factor.label, value.points);
            steps.push(WeighStep { basis: benchmark.clone(), text });
        }
        let mut place = self.tiers.iter().rposition(|tier| tier.from_points <= points).unwrap_or(0);
        steps.push(WeighStep { basis: benchmark.clone(), text: format!("{points} 分属“{}”阶次", self.tiers[place].label) });
        // What must be mitigated is at the most what must be lighter.
        if let Some(word) = facts.direction.lightens().filter(|_| place > 0) {
            place -= 1;
            let text = format!("有应当{word}的情形，降为“{}”阶次", self.tiers[place].label);
            steps.push(WeighStep { basis: "行政处罚法第三十条、第三十二条".to_owned(), text });
        }
        if facts.direction == Direction::Heavier && place + 1 < self.tiers.len() {
            place += 1;
            let text = format!("有应当从重的情形，升为“{}”阶次", self.tiers[place].label);
            steps.push(WeighStep { basis: "行政处罚法第四十九条等".to_owned(), text });
        }
        let tier = &self.tiers[place];
        let (mut low, high, text) = match tier.amount(facts.party) {
            Some(own) => (own.min, own.max, format!("该阶次为 {} 元至 {} 元", own.min, own.max)),
            None => {
                let (low, high) = (at(lawful, tier.from_percent, Round::Up), at(lawful, tier.to_percent, Round::Down));
                let shown = high.max(low);
                (low, high, format!("该阶次为幅度的 {}% 至 {}%，即 {low} 元至 {shown} 元", tier.from_percent, tier.to_percent))
            }
        };
        steps.push(WeighStep { basis: benchmark, text });
        if facts.direction == Direction::Mitigated {
            low = 0;
            let text = format!("有应当减轻的情形，可以低于 {} 元，须写明理由；建议数额取最低", lawful.min);
            steps.push(WeighStep { basis: "行政处罚法第三十条、第三十二条".to_owned(), text });
        }
        Ok(self.told(tier, points, (low, high.max(low)), *lawful, facts.direction, steps))
    }

    fn told(
        &self,
        tier: &Tier,
        points: i32,
        (low, high): (u64, u64),
        lawful: FineRange,
        direction: Direction,
        steps: Vec<WeighStep>,
    ) -> Weighed {
        let (matter, version) = (self.matter.clone(), self.version.clone());
        Weighed { matter, version, points, tier: tier.label.clone(), low, high, lawful, direction, steps }
    }
}

impl Weighed {
    /// The sum that is proposed where nothing else tells: the middle of the tier, in whole yuan; never below the statute's least. What is to be
    /// mitigated begins at that least: how far below it a fine goes, the reasons must say.
    #[must_use]
    pub fn proposed(&self) -> u64 {
        let low = self.low.max(self.lawful.min);
        if self.direction == Direction::Mitigated {
            return low.max(1).min(self.high);
        }
        low + self.high.saturating_sub(low) / 2
    }
}

impl Factor {
    fn value(&self, given: &str) -> Result<&Value, FactsError> {
        let found = match &self.unit {
            Some(_) => {
                given.parse::<u64>().ok().and_then(|number| self.values.iter().find(|value| value.up_to.is_none_or(|most| number <= most)))
            }
            None => self.values.iter().find(|value| value.code == given),
        };
        found.ok_or_else(|| {
            let known = match &self.unit {
                Some(unit) => format!("整数（{unit}）"),
                None => self.values.iter().map(|value| format!("{}（{}）", value.code, value.label)).collect::<Vec<_>>().join("、"),
            };
            FactsError::Value { factor: self.label.clone(), value: given.to_owned(), known }
        })
    }
}

enum Round {
    Up,
    Down,
}

/// The sum at this part of the range, in whole yuan: the least of a tier rounds up and the most down, so that both lie in it.
fn at(range: &FineRange, percent: u8, round: Round) -> u64 {
    let way = (range.max - range.min) * u64::from(percent);
    range.min
        + match round {
            Round::Up => way.div_ceil(100),
            Round::Down => way / 100,
        }
}
