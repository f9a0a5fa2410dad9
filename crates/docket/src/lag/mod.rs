//! The lag (滞后) of telling: how long the oldest limit that ran out has waited to be told.

mod store;

use chrono::TimeDelta;

use crate::Scheduler;

/// How far telling is behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lag {
    /// Limits whose warning or due time has passed and that are not told, up to a hundred thousand.
    pub untold: i64,
    /// For how long the oldest of them waits; zero when there is none.
    pub behind: TimeDelta,
}

impl Scheduler {
    /// How far behind telling is now.
    ///
    /// # Errors
    /// The database's.
    pub async fn lag(&self) -> sqlx::Result<Lag> {
        let now = self.clock.now();
        let (untold, oldest) = store::untold(self.database.pool(), now).await?;
        Ok(Lag { untold, behind: oldest.map_or(TimeDelta::zero(), |oldest| now - oldest) })
    }
}
