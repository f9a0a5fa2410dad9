//! Rule sets (规则集): versions of how every rule is set. What was published never changes; it holds from the next day on, so that no day is
//! judged by two.

pub(crate) mod draft;
pub(crate) mod list;
pub(crate) mod publish;
pub(crate) mod store;
pub(crate) mod what_if;

use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Rule, Setting};

/// A rule with how it is set.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = FindingRuleLine)]
pub struct Line {
    /// Which rule.
    pub rule: Rule,
    /// How it is set.
    #[serde(flatten)]
    pub setting: Setting,
}

/// How every rule is set (规则集).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = FindingRuleSet)]
pub struct RuleSet {
    /// Points that must agree before a vehicle counts as loaded or as empty, 1 to 10.
    pub load_points: u8,
    /// From this speed on it is on the way, in km/h.
    pub moving_kmh: f64,
    /// Up to this speed it stands, in km/h.
    pub stopped_kmh: f64,
    /// The night begins, in minutes after midnight in the city.
    pub night_from: u16,
    /// The night ends.
    pub night_until: u16,
    /// Each rule once.
    pub rules: Vec<Line>,
}

impl RuleSet {
    /// As it is shipped.
    #[must_use]
    pub fn shipped() -> Self {
        let rules = Rule::ALL.iter().map(|rule| Line { rule: *rule, setting: rule.shipped() }).collect();
        Self { load_points: 3, moving_kmh: 5.0, stopped_kmh: 3.0, night_from: 22 * 60, night_until: 5 * 60, rules }
    }

    /// How a rule is set; one that is not named is not looked for.
    #[must_use]
    pub fn of(&self, rule: Rule) -> Setting {
        let found = self.rules.iter().find(|line| line.rule == rule).map(|line| line.setting);
        found.unwrap_or(Setting { active: false, ..rule.shipped() })
    }

    /// Whether a minute of the day is of the night.
    #[must_use]
    pub fn is_night(&self, minute: u16) -> bool {
        if self.night_from <= self.night_until {
            (self.night_from..self.night_until).contains(&minute)
        } else {
            minute >= self.night_from || minute < self.night_until
        }
    }

    /// Refuses what no rule can be.
    ///
    /// # Errors
    /// `finding-rules-invalid`, with the field.
    pub fn check(&self) -> Result<(), Problem> {
        let wrong = |field: &'static str, detail: &str| Err(Problem::invalid("finding-rules-invalid", detail).field(field, detail));
        if !(1..=10).contains(&self.load_points) {
            return wrong("load_points", "装卸判定点数应为 1 至 10");
        }
        let speeds = 0.0..=120.0;
        if !speeds.contains(&self.moving_kmh) || !speeds.contains(&self.stopped_kmh) || self.stopped_kmh >= self.moving_kmh {
            return wrong("moving_kmh", "行驶车速应大于停车车速，均在 0 至 120 km/h");
        }
        if self.night_from >= 1_440 || self.night_until > 1_440 {
            return wrong("night_from", "夜间起止应在一天之内");
        }
        if Rule::ALL.iter().any(|rule| self.rules.iter().filter(|line| line.rule == *rule).count() != 1) {
            return wrong("rules", "每条规则应恰好出现一次");
        }
        for Line { rule, setting } in &self.rules {
            let fine = (1..=32).contains(&setting.of)
                && (1..=setting.of).contains(&setting.need)
                && setting.dwell_s <= 6 * 3_600
                && setting.grace_s <= 3_600
                && (0.0..=10_000.0).contains(&setting.limit);
            if !fine {
                let detail = format!("“{}”：点数 1 至 32，持续不超过 6 小时，宽限不超过 1 小时，限值 0 至 10000", rule.label());
                return wrong("rules", &detail);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_is_fine_and_comes_back_as_it_was() {
        let shipped = RuleSet::shipped();
        shipped.check().unwrap();
        let again: RuleSet = serde_json::from_value(serde_json::to_value(&shipped).unwrap()).unwrap();
        assert_eq!(again, shipped);
        assert!(shipped.is_night(23 * 60) && shipped.is_night(0) && shipped.is_night(299) && !shipped.is_night(300));
        let mut twice = shipped.clone();
        twice.rules[1].rule = twice.rules[0].rule;
        assert!(twice.check().is_err());
        let mut wrong = shipped;
        wrong.rules[3].setting.need = 9;
        assert!(wrong.check().is_err());
    }
}
