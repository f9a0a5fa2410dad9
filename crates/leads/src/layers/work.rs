//! Raising by itself what ran out at one level (到期自动上提).

use std::time::Duration;

use docket::Actor;
use http_api::Answer;
use uuid::Uuid;

use super::{above, store};
use crate::{Leads, act::raise_by_rule};

/// How often the rule looks.
const LOOK: Duration = Duration::from_secs(30);
/// So many are read at once,
const BATCH: i64 = 200;
/// and so often in a look; the rest is the next look's.
const MOST_BATCHES: usize = 20;

impl Leads {
    /// Raises what ran out, for as long as it is let.
    pub async fn work_layers(&self) {
        loop {
            match self.raise_by_rule().await {
                Ok(0) => {}
                Ok(raised) => tracing::info!(raised, "leads were raised to the level above by the rule"),
                Err(error) => tracing::warn!(code = error.problem().code, "the rule of levels could not work; tried again shortly"),
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// One look of the rule; answers how many leads it raised. Nothing where the city has not turned it on.
    ///
    /// # Errors
    /// The database's; what was raised before stays raised.
    pub async fn raise_by_rule(&self) -> Answer<usize> {
        if !self.settings().await?.layers.automatic {
            return Ok(0);
        }
        let tree = self.identity().organisations().await?;
        let lower: Vec<Uuid> = tree.all().into_iter().map(|unit| unit.id).filter(|unit| above(&tree, *unit).is_some()).collect();
        let pool = self.database().pool();
        let (mut raised, mut refused, mut after) = (0, 0, None);
        for _ in 0..MOST_BATCHES {
            let found = store::run_out(pool, self.home_region(), &lower, self.clock().now(), after, BATCH).await?;
            for (key, _) in &found {
                let mut transaction = pool.begin().await?;
                match raise_by_rule(self, &mut transaction, key, Actor::System("rules")).await {
                    Ok(_) => {
                        transaction.commit().await?;
                        raised += 1;
                    }
                    // It moved on meanwhile, or something of it is not as it should be: the others do not wait for it.
                    Err(error) => {
                        refused += 1;
                        tracing::debug!(lead = %key.id, code = error.problem().code, "a lead was not raised by the rule");
                    }
                }
            }
            after = found.last().map(|(key, due)| (*due, key.id.uuid()));
            if found.len() < usize::try_from(BATCH).unwrap_or(usize::MAX) {
                break;
            }
        }
        if refused > 0 {
            tracing::info!(refused, "leads that ran out were not raised by the rule");
        }
        Ok(raised)
    }
}
