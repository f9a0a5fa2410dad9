//! The light on every open thing (三色预警).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Green, yellow or red.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// In time (绿灯).
    Green,
    /// The warning point has passed, the limit has not (黄灯).
    Yellow,
    /// The limit has passed (红灯).
    Red,
}

impl Light {
    /// The light at `now` of something to be warned of from `warn_at` and due at `due_at`.
    #[must_use]
    pub fn at(now: DateTime<Utc>, warn_at: DateTime<Utc>, due_at: DateTime<Utc>) -> Self {
        if now >= due_at {
            Self::Red
        } else if now >= warn_at {
            Self::Yellow
        } else {
            Self::Green
        }
    }
}
