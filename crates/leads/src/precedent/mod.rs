//! Precedents (判例): a settled boundary dispute (权属争议) as a rule that dispatch proposes first and cites.
//!
//! A person records which unit such things belong to in such a place, who decided it, when and why. Invariants: a precedent decides before
//! every dispatch rule; among those that fit the one that says most about place, then about class, then the newest. It is never removed:
//! leads cite its number.

pub(crate) mod list;
pub(crate) mod save;
pub(crate) mod store;
pub(crate) mod withdraw;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use sqlx::{FromRow, PgConnection};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    Leads,
    settings::{Snapshot, dispatch::Proposed},
};

/// A settled boundary dispute (判例).
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(crate) struct Precedent {
    pub region: String,
    pub id: Uuid,
    /// What people cite.
    pub number: i64,
    pub unit_id: Uuid,
    /// The first digits of the classes; any of them.
    pub class_prefixes: Vec<String>,
    /// The first digits of the grid; empty for the whole district.
    pub region_prefix: String,
    pub reason: String,
    /// Who decided: a meeting, an office, a letter's number.
    pub decided_by: String,
    pub decided_on: NaiveDate,
    pub active: bool,
    /// Why it was withdrawn.
    pub withdrawn_for: Option<String>,
    /// How many dispatches cite it.
    pub used: i64,
    pub used_at: Option<DateTime<Utc>>,
    pub recorded_by: Option<Uuid>,
    pub recorded_at: DateTime<Utc>,
    pub version: i64,
}

/// More than this no district settles; the reader is bounded all the same.
pub(crate) const MOST: i64 = 1_000;

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<Leads> {
    OpenApiRouter::new().routes(routes!(list::list, save::record)).routes(routes!(save::change)).routes(routes!(withdraw::withdraw))
}

/// Counts the dispatches that cite a precedent in what the ledger keeps of them; nothing for those that cite none. Always in the order of
/// their ids, so that two writers never wait for each other.
pub(crate) async fn cite<'a>(
    connection: &mut PgConnection,
    region: &str,
    payloads: impl IntoIterator<Item = &'a Value>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let mut uses = std::collections::BTreeMap::<Uuid, i64>::new();
    for payload in payloads {
        if let Some(id) = payload.get("precedent").and_then(Value::as_str).and_then(|id| Uuid::parse_str(id).ok()) {
            *uses.entry(id).or_default() += 1;
        }
    }
    for (id, times) in uses {
        store::count_uses(connection, region, id, times, now).await?;
    }
    Ok(())
}

impl Precedent {
    /// The ground it disposes of.
    pub(crate) fn ground(&self) -> &str {
        if self.region_prefix.is_empty() { &self.region } else { &self.region_prefix }
    }

    /// The longest of its class prefixes that fits; none where it is about other things or another place.
    fn fits(&self, region: &str, class: &str, grid: &str) -> Option<usize> {
        let here = self.active && self.region == region && grid.starts_with(&self.region_prefix);
        let prefixes = self.class_prefixes.iter().filter(|prefix| here && class.starts_with(prefix.as_str()));
        prefixes.map(String::len).max()
    }

    /// The precedent as people cite it.
    pub(crate) fn cited(&self) -> String {
        format!("判例第 {} 号：{}（{} {}）", self.number, self.reason, self.decided_by, self.decided_on)
    }

    fn proposed(&self) -> Proposed {
        Proposed { unit: self.unit_id.into(), reason: self.cited(), rule: self.id, rule_set: None }
    }

    /// The precedent as the history of settings keeps it.
    fn traced(&self) -> Value {
        json!({
            "precedent": self.number, "unit": self.unit_id, "class_prefixes": self.class_prefixes, "region_prefix": self.region_prefix,
            "reason": self.reason, "decided_by": self.decided_by, "decided_on": self.decided_on, "active": self.active,
            "withdrawn_for": self.withdrawn_for,
        })
    }
}

impl Snapshot {
    /// The precedents that fit, the one that decides first.
    pub(crate) fn precedents_for(&self, region: &str, class: &str, grid: &str) -> Vec<Proposed> {
        let fitting = self.precedents.iter().filter_map(|one| Some((one, one.fits(region, class, grid)?)));
        let mut fitting: Vec<(&Precedent, usize)> = fitting.collect();
        fitting.sort_by_key(|(one, prefix)| std::cmp::Reverse((one.region_prefix.len(), *prefix, one.number)));
        fitting.into_iter().map(|(one, _)| one.proposed()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn precedent(number: i64, classes: &[&str], place: &str) -> Precedent {
        Precedent {
            region: "330482".into(),
            id: Uuid::from_u128(number.unsigned_abs().into()),
            number,
            unit_id: Uuid::from_u128(100 + u128::from(number.unsigned_abs())),
            class_prefixes: classes.iter().map(|&class| class.to_owned()).collect(),
            region_prefix: place.into(),
            reason: "桥下归水利".into(),
            decided_by: "区协调会".into(),
            decided_on: NaiveDate::from_ymd_opt(2026, 11, 2).unwrap(),
            active: true,
            withdrawn_for: None,
            used: 0,
            used_at: None,
            recorded_by: None,
            recorded_at: DateTime::UNIX_EPOCH,
            version: 1,
        }
    }

    #[test]
    fn the_nearest_place_decides_then_the_class_then_the_newest() {
        let withdrawn = Precedent { active: false, ..precedent(9, &["06025"], "330482001002003") };
        let precedents = vec![
            precedent(1, &["06"], "330482001"),
            precedent(2, &["06025", "06026"], ""),
            precedent(3, &["06"], "330482001"),
            precedent(4, &["06025"], "330482001"),
            withdrawn,
        ];
        let settings = Snapshot { precedents, ..Snapshot::default() };
        let numbers = |class, grid| -> Vec<u128> {
            settings.precedents_for("330482", class, grid).iter().map(|found| found.rule.as_u128()).collect()
        };
        assert_eq!(numbers("06025", "330482001002003"), [4, 3, 1, 2]);
        assert_eq!(numbers("06026", "330482002002003"), [2]);
        assert_eq!(numbers("09006", "330482001002003"), [0_u128; 0]);
        assert!(settings.precedents_for("330483", "06025", "330482001002003").is_empty());
        assert_eq!(settings.precedents[0].cited(), "判例第 1 号：桥下归水利（区协调会 2026-11-02）");
    }
}
