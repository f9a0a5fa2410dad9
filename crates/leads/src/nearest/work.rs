//! Forgetting where people on duty were.

use std::time::Duration;

use chrono::TimeDelta;
use http_api::Answer;

use super::store;
use crate::Leads;

/// How often it is looked.
const LOOK: Duration = Duration::from_secs(60);

impl Leads {
    /// Forgets places that are older than the district keeps them, and those of turns that are over, for as long as it is let.
    pub async fn work_duty_positions(&self) {
        loop {
            if let Err(error) = self.forget_duty_positions().await {
                tracing::warn!(code = error.problem().code, "old places of people on duty could not be forgotten; tried again shortly");
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// One look; answers how many places were forgotten.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget_duty_positions(&self) -> Answer<u64> {
        let (now, sharing) = (self.clock().now(), self.settings().await?.nearest);
        Ok(store::sweep(self.database().pool(), now - TimeDelta::hours(i64::from(sharing.hours)), now).await?)
    }
}
