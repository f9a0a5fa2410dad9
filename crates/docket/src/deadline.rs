//! Time limits of a docket as rows; what they mean and how they count is the kernel's.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{FromRow, PgConnection};

use crate::{KeyOf, store};

/// What a limit is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeadlineState {
    /// Counting.
    Running,
    /// Stopped for a while (挂账).
    Paused,
    /// Ended in time.
    Met,
    /// Ended late.
    Missed,
    /// No longer of any meaning, for example because the docket was voided.
    Cancelled,
}

impl DeadlineState {
    /// The code in the table.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A limit as it is to stand after a change: inserted, or the row of the same name and round replaced.
#[derive(Debug, Clone)]
pub struct DeadlineWrite {
    /// Which limit, such as `fix`.
    pub name: &'static str,
    /// 1 for the first, one more for every restart.
    pub round: i32,
    /// What it is doing.
    pub state: DeadlineState,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ends; unknown while it is paused.
    pub due_at: Option<DateTime<Utc>>,
    /// When the light turns yellow.
    pub warn_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// The kernel's record.
    pub timer: Value,
}

impl DeadlineWrite {
    /// Whether `row` is the limit that is written.
    pub(crate) fn is_of(&self, row: &DeadlineRow) -> bool {
        self.name == row.name && self.round == row.round
    }
}

/// A limit as it stands.
#[derive(Debug, Clone, FromRow)]
pub struct DeadlineRow {
    /// Which limit.
    pub name: String,
    /// Which round of it.
    pub round: i32,
    /// State code.
    pub state: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ends.
    pub due_at: Option<DateTime<Utc>>,
    /// When the light turns yellow.
    pub warn_at: Option<DateTime<Utc>>,
    /// When its warning was told.
    pub warned_at: Option<DateTime<Utc>>,
    /// When it was told to be overdue.
    pub fired_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// The kernel's record.
    pub timer: Value,
}

/// The limits of a docket, oldest first.
///
/// # Errors
/// The database's.
pub async fn deadlines(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<DeadlineRow>> {
    store::deadlines(connection, key).await
}
