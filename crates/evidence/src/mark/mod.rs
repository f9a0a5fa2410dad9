//! Marks of a recording (标记): what is to be seen or heard from one moment to another.

pub(crate) mod make;
pub(crate) mod store;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::people::{EvidencePerson, Names};

/// Marks of one item at most.
pub(crate) const MOST_MARKS: i64 = 500;
/// A recording is so long at most, in milliseconds: thirty days.
pub(crate) const LONGEST_MS: i64 = 30 * 24 * 3_600_000;

/// A mark (标记).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EvidenceMark {
    id: Uuid,
    /// From the beginning of the recording, in milliseconds.
    from_ms: i64,
    /// Until there; a single moment where it is missing.
    until_ms: Option<i64>,
    words: String,
    made_by: EvidencePerson,
    made_at: DateTime<Utc>,
}

impl EvidenceMark {
    pub fn of(row: &store::MarkRow, names: &Names) -> Self {
        Self {
            id: row.id,
            from_ms: row.from_ms,
            until_ms: row.until_ms,
            words: row.words.clone(),
            made_by: names.person(row.made_by),
            made_at: row.made_at,
        }
    }
}
