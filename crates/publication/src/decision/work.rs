//! What time does (期限届满): a period of showing ends, and what is late is said to be late in the ledger of its case, once.

use std::time::Duration;

use http_api::Answer;
use serde_json::json;

use super::{PublicationState, store};
use crate::Publications;

/// How often it is looked at.
const LOOK: Duration = Duration::from_secs(30);
/// What one look takes on at most; the rest is the next look's.
const BATCH: i64 = 200;

impl Publications {
    /// Looks after periods for as long as it is let.
    pub async fn work(&self) {
        loop {
            if let Err(error) = self.end_periods().await {
                tracing::warn!(code = error.problem().code, "periods of publication could not be looked at; tried again shortly");
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// One look; answers how many were taken off the public list.
    ///
    /// # Errors
    /// The database's.
    pub async fn end_periods(&self) -> Answer<usize> {
        let (pool, now, today) = (self.database().pool(), self.clock().now(), self.today());
        let mut ended = 0;
        for id in store::over(pool, today, BATCH).await? {
            let mut transaction = pool.begin().await?;
            let Some(key) = store::key_of(&mut *transaction, id).await? else { continue };
            if docket::lock(&mut transaction, &key, None).await?.is_none() {
                continue;
            }
            let Some(mut row) = store::held(&mut transaction, id).await? else { continue };
            if row.state() != PublicationState::Published || row.withdraw_from.is_some() || row.max_until.is_none_or(|until| until >= today)
            {
                continue;
            }
            PublicationState::Ended.code().clone_into(&mut row.state);
            (row.ended_at, row.reason) = (Some(now), Some("公示期满".to_owned()));
            store::keep(&mut transaction, &row).await?;
            self.note(&mut transaction, &key, None, "publication-ended", json!({ "publication": id, "until": row.max_until })).await?;
            transaction.commit().await?;
            ended += 1;
        }
        for id in store::late(pool, now, BATCH).await? {
            let mut transaction = pool.begin().await?;
            let Some(key) = store::key_of(&mut *transaction, id).await? else { continue };
            if docket::lock(&mut transaction, &key, None).await?.is_none() || !store::told_late(&mut transaction, id, now).await? {
                continue;
            }
            self.note(&mut transaction, &key, None, "publication-late", json!({ "publication": id })).await?;
            transaction.commit().await?;
        }
        Ok(ended)
    }
}
