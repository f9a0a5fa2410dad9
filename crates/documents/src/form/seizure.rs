//! Sealing and seizing (查封、扣押): C02, C03.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    block::{CaseOf, Officer, Party, Remedies, Thing},
    make::form,
    missing::Wanted,
};
use crate::words::{self, Route};

/// Sealed where it stands, or taken away (查封或者扣押).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 查封.
    Seal,
    /// 扣押.
    #[default]
    Seize,
}

form! {
    /// C02 查封（扣押）决定书 (decision to seal or to seize), handed over on the spot with C03.
    Seizure {
        /// The case.
        case: CaseOf,
        /// Against whom.
        party: Party,
        /// Which.
        measure: Measure,
        /// Why.
        reasons: Vec<String>,
        /// By which provision.
        basis: String,
        /// Days, at most thirty.
        days: u32,
        /// From.
        from_on: Option<NaiveDate>,
        /// To.
        to_on: Option<NaiveDate>,
        /// Where things are kept.
        kept_at: String,
        /// The things.
        things: Vec<Thing>,
        /// Before whom it may be fought.
        remedies: Remedies,
        /// Its day.
        decided_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政强制法第二十四条")
        .party(&it.party)
        .texts(&it.reasons, "reasons", "查封、扣押的理由")
        .text(&it.basis, "basis", "查封、扣押的依据")
        .when(it.from_on.is_some() && it.to_on.is_some(), "period", "查封、扣押的期限")
        .when(!it.things.is_empty() && it.things.iter().all(|one| !one.name.trim().is_empty() && !one.quantity.trim().is_empty()), "things", "场所、设施或者财物的名称、数量")
        .remedies(&it.remedies)
        .when(it.decided_on.is_some(), "date", "决定日期")
        .and_by("行政强制法第二十五条")
        .when((1..=30).contains(&it.days), "thirty-days", "不超过三十日的期限")
        // Whether the first day counts is not settled: the days and the dates differ by one at most.
        .when(it.from_on.zip(it.to_on).is_none_or(|(from, to)| (i64::from(it.days) - 1..=i64::from(it.days)).contains(&(to - from).num_days())), "days-agree", "与起止日期一致的天数");
    words |it| vec![("remedies", words::remedies(Route::Free, "本决定", &it.remedies.review(), &it.remedies.court))]
}

form! {
    /// C03 查封（扣押）物品清单 (list of things), in two copies.
    SeizureList {
        /// The case.
        case: CaseOf,
        /// Whose things.
        party: Party,
        /// Which measure.
        measure: Measure,
        /// The decision that it belongs to.
        decision_number: String,
        /// The things.
        things: Vec<Thing>,
        /// Who took them.
        officers: Vec<Officer>,
        /// Its day.
        listed_on: Option<NaiveDate>,
    }
    missing |it| Wanted::by("行政强制法第二十四条")
        .text(it.party.name(), "party", "当事人姓名或者名称")
        .when(!it.things.is_empty() && it.things.iter().all(|one| !one.name.trim().is_empty() && !one.quantity.trim().is_empty()), "things", "物品的名称、数量")
        .when(it.listed_on.is_some(), "date", "日期")
        .and_by("行政强制法第十八条")
        .officers(&it.officers)
}
