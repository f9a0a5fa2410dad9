//! The one clock hand of the house: tells warnings and missed limits once each, however many programs watch and however often they restart.

use database::Database;
use kernel::clock::SharedClock;

use crate::{
    Change, change, store,
    told::{self, Told},
};

/// How many limits one round looks at.
const ROUND: i64 = 200;

/// What one round did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tick {
    /// Warnings told: the light turned yellow.
    pub warned: u32,
    /// Misses told: the light turned red.
    pub missed: u32,
}

/// Watches limits.
#[derive(Clone)]
pub struct Scheduler {
    pub(crate) database: Database,
    pub(crate) clock: SharedClock,
}

impl Scheduler {
    /// A scheduler over this database by this clock.
    #[must_use]
    pub fn new(database: Database, clock: SharedClock) -> Self {
        Self { database, clock }
    }

    /// Tells what has become due, a docket a transaction. A limit is told under the docket's lock and only while its row says it was
    /// not yet, so a second program, a restart, or somebody who ended the limit meanwhile leaves nothing to tell.
    ///
    /// # Errors
    /// The database's; what was committed before stays told.
    pub async fn tick(&self) -> sqlx::Result<Tick> {
        let now = self.clock.now();
        let mut tick = Tick::default();
        for key in store::dockets_with_due_limits(self.database.pool(), now, ROUND).await? {
            let mut transaction = self.database.pool().begin().await?;
            let Some(Ok(locked)) = change::lock(&mut transaction, &key, None).await? else { continue };
            let warned = told::unwarned(&locked.deadlines, now);
            let missed = told::unsaid(&locked.deadlines, &[], now).len();
            if warned.is_empty() && missed == 0 {
                continue;
            }
            let mut change = Change::default();
            for limit in &warned {
                let (entry, event) = told::say(&locked.header, locked.header.version, limit, Told::Warned);
                change.entries.push(entry);
                change.events.push(event);
            }
            store::mark_told(&mut transaction, &key, now, &warned).await?;
            metrics::counter!("bihuan_limits_told_total", "what" => "warning").increment(warned.len() as u64);
            metrics::counter!("bihuan_limits_told_total", "what" => "missed").increment(missed as u64);
            let count = |limits: usize| u32::try_from(limits).unwrap_or(u32::MAX);
            (tick.warned, tick.missed) = (tick.warned + count(warned.len()), tick.missed + count(missed));
            // What ran out is told by the change itself, as by every change that finds it so.
            locked.change(&mut transaction, now, change).await?;
            transaction.commit().await?;
        }
        Ok(tick)
    }
}
