//! Which unit a lead goes to (自动派遣): by precedent, else by class × place × time × duty.

use chrono::{DateTime, Datelike, Timelike, Utc};
use kernel::{clock::shanghai, id::OrganisationId};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Rule, Snapshot};

/// The unit that a precedent or a rule names, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proposed {
    pub unit: OrganisationId,
    /// The precedent or rule in Chinese.
    pub reason: String,
    /// The precedent or rule.
    pub rule: Uuid,
    /// The number of the set that a rule stands in; none of a precedent.
    pub rule_set: Option<i64>,
}

impl Proposed {
    /// What the ledger keeps of a dispatch by this rule.
    pub(crate) fn payload(&self) -> Value {
        match self.rule_set {
            Some(number) => json!({ "unit": self.unit, "rule": self.reason, "rule_id": self.rule, "rule_set": number }),
            None => json!({ "unit": self.unit, "rule": self.reason, "precedent": self.rule }),
        }
    }
}

impl Snapshot {
    /// The unit for a class and a grid at `now`: by the precedent that fits, else of the rules that fit, the one with the lowest priority number, and among equals the one
    /// that says most about class and place.
    pub(crate) fn unit_for(&self, region: &str, class: &str, grid: &str, now: DateTime<Utc>) -> Option<Proposed> {
        self.units_for(region, class, grid, now).into_iter().next()
    }

    /// All units that a precedent or a rule names, the best first.
    pub(crate) fn units_for(&self, region: &str, class: &str, grid: &str, now: DateTime<Utc>) -> Vec<Proposed> {
        let mut fitting: Vec<&Rule> = self.rules.iter().filter(|rule| rule.region == region && self.fits(rule, class, grid, now)).collect();
        fitting.sort_by_key(|rule| rule.rank());
        let by_rule =
            |rule: &&Rule| Proposed { unit: rule.unit_id.into(), reason: rule.explain(), rule: rule.id, rule_set: Some(self.rule_set) };
        let mut proposed = self.precedents_for(region, class, grid);
        proposed.extend(fitting.iter().map(by_rule));
        proposed
    }

    fn fits(&self, rule: &Rule, class: &str, grid: &str, now: DateTime<Utc>) -> bool {
        rule.fits(class, grid, now) && (!rule.on_duty || self.is_on_duty(rule, now))
    }

    fn is_on_duty(&self, rule: &Rule, now: DateTime<Utc>) -> bool {
        self.duty.iter().any(|duty| duty.unit_id == rule.unit_id && duty.from_at <= now && now < duty.to_at)
    }
}

impl Rule {
    /// Whether class, place and time are its own; whether its unit must be on duty is asked besides.
    pub(crate) fn fits(&self, class: &str, grid: &str, now: DateTime<Utc>) -> bool {
        class.starts_with(&self.class_prefix) && grid.starts_with(&self.region_prefix) && self.is_in_time(now)
    }

    /// The lower, the earlier it is asked: by priority, and among equals the one that says most about class and place.
    pub(crate) fn rank(&self) -> (i32, usize) {
        (self.priority, usize::MAX - self.class_prefix.len() - self.region_prefix.len())
    }

    fn is_in_time(&self, now: DateTime<Utc>) -> bool {
        let local = now.with_timezone(&shanghai());
        let weekday = i16::try_from(local.weekday().number_from_monday()).unwrap_or(0);
        let hour = i16::try_from(local.hour()).unwrap_or(0);
        let day_fits = self.weekdays.as_ref().is_none_or(|days| days.contains(&weekday));
        let hour_fits = match (self.from_hour, self.to_hour) {
            (Some(from), Some(to)) if from < to => (from..to).contains(&hour),
            // From the evening over midnight into the morning.
            (Some(from), Some(to)) => hour >= from || hour < to,
            _ => true,
        };
        day_fits && hour_fits
    }

    fn explain(&self) -> String {
        let class = if self.class_prefix.is_empty() { "全部类别".to_owned() } else { format!("类别 {} 开头", self.class_prefix) };
        let place = if self.region_prefix.len() <= 6 { "全区".to_owned() } else { format!("区域 {}", self.region_prefix) };
        let duty = if self.on_duty { "，单位在班" } else { "" };
        let note = if self.note.is_empty() { String::new() } else { format!("（{}）", self.note) };
        format!("派遣规则 {}：{class}、{place}{duty}{note}", self.priority)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn rule(priority: i32, class: &str, place: &str) -> Rule {
        Rule {
            id: Uuid::from_u128(1),
            region: "330482".into(),
            priority,
            class_prefix: class.into(),
            region_prefix: place.into(),
            weekdays: None,
            from_hour: None,
            to_hour: None,
            on_duty: false,
            unit_id: Uuid::from_u128(u128::from(priority.unsigned_abs()) * 1000 + class.len() as u128 * 10 + place.len() as u128),
            note: String::new(),
            version: 1,
        }
    }

    #[test]
    fn the_rule_that_says_most_wins_among_equals() {
        let snapshot =
            Snapshot { rules: vec![rule(10, "", "330482"), rule(10, "06", "330482001"), rule(20, "06010", "")], ..Snapshot::default() };
        let noon = Utc.with_ymd_and_hms(2026, 11, 2, 4, 0, 0).unwrap();
        let unit = |class, grid| snapshot.unit_for("330482", class, grid, noon).map(|found| found.unit.uuid());
        assert_eq!(unit("06010", "330482001002003"), Some(snapshot.rules[1].unit_id));
        assert_eq!(unit("09005", "330482002002003"), Some(snapshot.rules[0].unit_id));
        assert_eq!(snapshot.unit_for("330483", "06010", "330483001002003", noon), None);
    }

    #[test]
    fn a_night_rule_spans_midnight() {
        let night = Rule { from_hour: Some(22), to_hour: Some(6), ..rule(1, "", "") };
        let at = |hour| Utc.with_ymd_and_hms(2026, 11, 2, hour, 0, 0).unwrap();
        assert!(night.is_in_time(at(15)), "23:00 in Shanghai");
        assert!(night.is_in_time(at(21)), "05:00 in Shanghai");
        assert!(!night.is_in_time(at(4)), "12:00 in Shanghai");
    }
}
