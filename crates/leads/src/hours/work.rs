//! Counting again what runs at a unit whose hours changed.

use std::time::Duration;

use database::advisory;
use http_api::Answer;
use uuid::Uuid;

use super::store;
use crate::{Leads, import::receive::out_of_reach};

/// How often the worker looks by itself.
const LOOK: Duration = Duration::from_secs(2);
/// How long it waits after the database's failures.
const LATER: Duration = Duration::from_secs(10);
/// By then every program counts by the new version: its settings are at most two seconds old.
const SEEN_BY_ALL_SECONDS: i64 = 5;
/// So many leads are looked at together.
const ROUND: i64 = 500;

impl Leads {
    /// Counts again what is waiting, for as long as it is let. Cut off at any moment, it begins that unit anew and finds done what is done.
    pub async fn work_unit_hours(&self) {
        loop {
            let pause = match self.recount_unit_hours().await {
                Ok(true) => continue,
                Ok(false) => LOOK,
                Err(error) => {
                    tracing::warn!(code = error.problem().code, "limits of a unit with new hours wait for the database");
                    LATER
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// Counts the limits of the unit again that has waited longest, if any does and nobody else counts; `true` when it did.
    ///
    /// # Errors
    /// The database's; it is counted later.
    pub async fn recount_unit_hours(&self) -> Answer<bool> {
        let (pool, region, now) = (self.database().pool(), self.home_region(), self.clock().now());
        let before = now - chrono::Duration::seconds(SEEN_BY_ALL_SECONDS);
        let Some((number, unit)) = store::waiting(pool, region, before).await? else { return Ok(false) };
        // Let go when this is over, or with its connection.
        let lock = format!("leads.unit_hours.{region}");
        let Some(_held) = advisory::try_hold(pool, &lock).await.map_err(|_| out_of_reach())? else { return Ok(false) };
        self.settings().await?;
        let (mut moved, mut after) = (0, Uuid::nil());
        loop {
            let keys = store::running_of(pool, region, unit, after, ROUND).await?;
            let Some(last) = keys.last() else { break };
            after = last.id.uuid();
            for key in &keys {
                moved += i64::from(self.recount(key).await?);
            }
        }
        store::recounted(pool, region, number, unit, moved, self.clock().now()).await?;
        tracing::info!(number, moved, "limits of a unit were counted again with its hours");
        Ok(true)
    }
}
