//! A lead's own row beside its docket header.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::FromRow;
use uuid::Uuid;

use super::{State, facets};

/// The row.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub struct LeadRecord {
    /// Home district.
    pub region: String,
    /// The docket's id.
    pub id: Uuid,
    /// Source code.
    pub source: String,
    /// The source's own key for it: the same key again is the same lead.
    pub source_key: String,
    /// What the reporter follows it by, without an account.
    pub tracking_code: String,
    /// The reporter's words.
    pub description: String,
    /// The place in words.
    pub address: Option<String>,
    /// The unit grid, 15 digits.
    pub grid: Option<String>,
    /// The class code of its day.
    pub class_code: Option<String>,
    /// The catalogue version that the code is of.
    pub class_version: Option<String>,
    /// The component, 17 digits.
    pub component_code: Option<String>,
    /// The filing standard that was ticked.
    pub standard: Option<String>,
    /// The closing standard that was ticked.
    pub closing_standard: Option<String>,
    /// The disposal limit's value.
    pub limit_value: Option<f64>,
    /// The disposal limit's unit.
    pub limit_unit: Option<String>,
    /// The limit is the configured default, because the class has none settled.
    pub limit_provisional: bool,
    /// What the source says besides.
    pub details: Value,
    /// The reporter in the personal vault.
    pub reporter_subject: Option<Uuid>,
    /// The reporter, if a person with an account.
    pub reporter_person: Option<Uuid>,
    /// When the reporter saw it.
    pub occurred_at: Option<DateTime<Utc>>,
    /// The person named to fix it.
    pub handler: Option<Uuid>,
    /// The person appointed to follow it up until the source has its answer (跟办人).
    pub follower: Option<Uuid>,
    /// What the last verification said.
    pub verified: Option<bool>,
    /// What the last check said.
    pub check_passed: Option<bool>,
    /// The state it was suspended from.
    pub suspended_from: Option<String>,
    /// Hours of an extension that waits for an answer.
    pub extension_hours: Option<i32>,
    /// Its reason.
    pub extension_reason: Option<String>,
    /// Extensions granted.
    pub extensions: i32,
    /// Units that sent it back.
    pub sent_back_by: Vec<Uuid>,
    /// The leader who has it in charge (包案领导).
    pub leader: Option<Uuid>,
    /// Since when.
    pub charged_at: Option<DateTime<Utc>>,
    /// Why.
    pub charge_reason: Option<String>,
    /// The unit that raised it to the one that has it (上提单位).
    pub raised_from: Option<Uuid>,
    /// Units that raised it.
    pub raised_by: Vec<Uuid>,
    /// What stands against closing it.
    pub closing_holds: Vec<Uuid>,
    /// How often it had to be fixed again.
    pub rework_count: i32,
    /// The lead it was merged into.
    pub merged_into: Option<Uuid>,
    /// The unit's reply, which the reporter reads.
    pub reply: Option<String>,
    /// The reporter's rating, 1 to 5.
    pub stars: Option<i16>,
    /// The reporter's words with the rating.
    pub rating_comment: Option<String>,
}

impl LeadRecord {
    /// What it is found by beside words and place.
    pub(crate) fn facets(&self, state: State) -> Vec<String> {
        facets::of(self.class_code.as_deref(), &self.source, state)
    }
}

/// A photo of a lead.
#[derive(Debug, Clone, FromRow)]
pub struct PhotoRecord {
    /// The file.
    pub file: String,
    /// What it shows.
    pub role: String,
    /// When it was added.
    pub at: DateTime<Utc>,
    /// Since when the public does not see it.
    pub withheld_at: Option<DateTime<Utc>>,
}
