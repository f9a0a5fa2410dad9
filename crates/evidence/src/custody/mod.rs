//! Custody (保管链): who holds an item, from when on, and why it changed hands.

pub(crate) mod hand_over;
pub(crate) mod store;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::people::{EvidencePerson, Names};

/// Lines of one item at most.
pub(crate) const MOST_LINES: i32 = 200;

/// A line of the chain (保管记录).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CustodyLine {
    ordinal: i32,
    /// The person who holds it from here on; otherwise `holder_words` name a place or a body.
    holder: Option<EvidencePerson>,
    holder_words: Option<String>,
    place: Option<String>,
    reason: String,
    noted_by: EvidencePerson,
    noted_at: DateTime<Utc>,
}

impl CustodyLine {
    pub fn of(row: &store::CustodyRow, names: &Names) -> Self {
        Self {
            ordinal: row.ordinal,
            holder: row.holder.map(|holder| names.person(holder)),
            holder_words: row.holder_words.clone(),
            place: row.place.clone(),
            reason: row.reason.clone(),
            noted_by: names.person(row.noted_by),
            noted_at: row.noted_at,
        }
    }
}
