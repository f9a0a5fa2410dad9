//! What several new kinds list: things and what becomes of them, photos, costs, instalments, materials.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// A thing and what becomes of it (物品处理).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settled {
    /// What it is.
    pub name: String,
    /// Model, size.
    pub specification: String,
    /// How many, with the unit.
    pub quantity: String,
    /// What becomes of it: 退还, 没收, 送检, 移送, 销毁.
    pub result: String,
    /// Remarks.
    pub note: String,
}

/// Whether each thing says what it is, how many, and what becomes of it.
pub(crate) fn settled(things: &[Settled]) -> bool {
    let whole = |one: &Settled| [&one.name, &one.quantity, &one.result].iter().all(|text| !text.trim().is_empty());
    !things.is_empty() && things.iter().all(whole)
}

/// A photo, by its facts (照片).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Photo {
    /// What it shows (拍摄内容).
    pub shows: String,
    /// When it was taken.
    pub taken_at: Option<NaiveDateTime>,
    /// Where.
    pub place: String,
    /// By whom.
    pub taker: String,
    /// Where the original is kept (原始存储介质).
    pub original: String,
    /// SHA-256 of the original, in hexadecimal.
    pub digest: String,
}

/// Whether each photo says what it shows, when and where it was taken and by whom.
pub(crate) fn pictured(photos: &[Photo]) -> bool {
    let whole = |one: &Photo| one.taken_at.is_some() && [&one.shows, &one.place, &one.taker].iter().all(|text| !text.trim().is_empty());
    !photos.is_empty() && photos.iter().all(whole)
}

/// A position of a bill or an estimate (费用).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Cost {
    /// For what.
    pub name: String,
    /// How much of it, with the unit.
    pub quantity: String,
    /// What it costs.
    pub amount_fen: Option<u64>,
    /// Remarks.
    pub note: String,
}

/// A sum that is due on a day (分期).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Instalment {
    /// Until when.
    pub due_on: Option<NaiveDate>,
    /// How much.
    pub amount_fen: Option<u64>,
}

/// The sum of what is due; nothing where a day or a sum is missing.
pub(crate) fn planned(plan: &[Instalment]) -> Option<u64> {
    if plan.is_empty() || plan.iter().any(|one| one.due_on.is_none()) {
        return None;
    }
    total(plan.iter().map(|one| one.amount_fen.filter(|&fen| fen > 0)))
}

/// The sum of amounts; nothing where one is missing, or where they are more than a number holds.
pub(crate) fn total(mut amounts: impl Iterator<Item = Option<u64>>) -> Option<u64> {
    amounts.try_fold(0u64, |sum, amount| sum.checked_add(amount?))
}

/// A paper that is handed over with another (材料).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Material {
    /// What it is.
    pub name: String,
    /// Copies.
    pub copies: u32,
    /// Pages.
    pub pages: u32,
    /// Remarks.
    pub note: String,
}

/// Whether each material is named.
pub(crate) fn listed(materials: &[Material]) -> bool {
    !materials.is_empty() && materials.iter().all(|one| !one.name.trim().is_empty())
}

/// A sample that is taken (样品).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sample {
    /// What it is.
    pub name: String,
    /// Model, size.
    pub specification: String,
    /// Batch or day of make.
    pub batch: String,
    /// How many it was taken from (抽样基数).
    pub base: String,
    /// How many were taken.
    pub quantity: String,
    /// How it was sealed (封样情况).
    pub sealing: String,
}
