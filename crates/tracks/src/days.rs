//! The days that are kept, and the work that goes on beside.

use std::time::Duration;

use chrono::TimeDelta;
use kernel::clock::shanghai;

use crate::{Tracks, point::begin_of, store};

/// How often it is looked whether a day is past its period.
const LOOK: Duration = Duration::from_secs(3_600);
/// Days under which no period counts.
const SHORTEST: u16 = 183;

impl Tracks {
    /// Drops the partitions of days past the period, and the ended alarms of them; says how many days went.
    ///
    /// # Errors
    /// The database's.
    pub async fn drop_old_days(&self) -> sqlx::Result<i32> {
        let today = self.clock().now().with_timezone(&shanghai()).date_naive();
        let first = today - TimeDelta::days(self.settings().keep_days.max(SHORTEST).into());
        let gone = store::drop_before(self.pool(), first).await?;
        let before = chrono::DateTime::from_timestamp(begin_of(first), 0).unwrap_or_default();
        store::drop_alarms_before(self.pool(), before).await?;
        Ok(gone)
    }

    /// Empties the inbox again and again, and drops old days, for as long as it is let. Cut off at any moment, nothing is lost.
    pub async fn work(&self) {
        let mut looked: Option<tokio::time::Instant> = None;
        loop {
            let mut more = false;
            match self.settle().await {
                Ok(settled) => more = settled.more,
                Err(error) => tracing::warn!(%error, "points could not be moved out of the inbox; tried again shortly"),
            }
            // However much comes: under load old days go too.
            if looked.is_none_or(|at| at.elapsed() >= LOOK) {
                looked = Some(tokio::time::Instant::now());
                if let Err(error) = self.drop_old_days().await {
                    tracing::warn!(%error, "days past their period could not be dropped; tried again later");
                }
            }
            // What came meanwhile is taken at once.
            if !more {
                tokio::time::sleep(self.settings().settle).await;
            }
        }
    }
}
