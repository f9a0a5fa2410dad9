//! Raising by itself what ran out at one level (到期自动上提).

use std::time::Duration;

use docket::Actor;
use http_api::Answer;
use uuid::Uuid;

use super::{above, store};
use crate::{Leads, act::raise_by_rule};

/// How often the rule looks.
const LOOK: Duration = Duration::from_secs(30);
/// What one look takes on at most; the rest is the next look's.
const BATCH: i64 = 200;

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
        let mut raised = 0;
        for key in store::run_out(pool, self.home_region(), &lower, self.clock().now(), BATCH).await? {
            let mut transaction = pool.begin().await?;
            match raise_by_rule(self, &mut transaction, &key, Actor::System("rules")).await {
                Ok(_) => {}
                // It moved on meanwhile: the next look sees it as it is.
                Err(refused) if refused.problem().code == "action-refused" => continue,
                Err(error) => return Err(error),
            }
            transaction.commit().await?;
            raised += 1;
        }
        Ok(raised)
    }
}
