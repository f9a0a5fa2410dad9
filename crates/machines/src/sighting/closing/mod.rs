//! Closing the leads of what is gone (自动结案): the unit replied, the device looked again and saw nothing, and the city wants that to be enough.

pub(crate) mod store;

use http_api::Answer;
use kernel::clock::shanghai;

use crate::{Machines, kind, port::Closing};

/// Leads of one look.
const BATCH: i64 = 64;

impl Machines {
    /// Closes the leads of sightings that are gone; answers how many it looked at. Cut off at any moment, it looks again, and what is closed
    /// already stays so.
    ///
    /// # Errors
    /// The desk's or the database's; the rest is looked at later.
    pub async fn close_seen_gone(&self) -> Answer<usize> {
        let (pool, region) = (self.database().pool(), self.home_region());
        let snapshot = self.snapshot().await?;
        let closing: Vec<i16> =
            kind::ALL.iter().map(|kind| kind.number).filter(|it| snapshot.kind(*it).is_some_and(|setting| setting.rules.closes)).collect();
        if closing.is_empty() {
            return Ok(0);
        }
        let gone = store::to_close(pool, region, &closing, BATCH).await?;
        for one in &gone {
            let at = one.gone_at.with_timezone(&shanghai()).format("%Y-%m-%d %H:%M");
            let seen = format!("{}连续 {} 次未再看到，最近一次 {at}", one.device_name, one.absent);
            let left = match self.desk().close(one.lead, &seen).await? {
                Closing::Closed => None,
                Closing::Left(why) => Some(why),
            };
            store::looked(pool, region, one.id, left.as_deref()).await?;
        }
        Ok(gone.len())
    }
}
