//! A version of a matter (事项版本): published ones never change, and the newest that covers a day holds on that day.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::facts::MatterFacts;

/// A version.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// The matter.
    pub code: String,
    /// Counts from 1 within the matter.
    pub number: i32,
    /// What it says.
    pub facts: MatterFacts,
    /// Why it was made.
    pub reason: String,
    /// It came with the program.
    pub shipped: bool,
    /// When it was entered.
    pub created_at: DateTime<Utc>,
    /// By whom; nobody for what was shipped.
    pub created_by: Option<Uuid>,
    /// When it was published; nothing for a draft.
    pub settled_at: Option<DateTime<Utc>>,
    /// By whom.
    pub settled_by: Option<Uuid>,
}

/// The version that holds on a day: the newest of those published that cover it. `versions` are in the order of their numbers.
#[must_use]
pub fn on(versions: &[Version], day: NaiveDate) -> Option<&Version> {
    versions.iter().rev().find(|version| version.facts.covers(day))
}
