//! The worker that replays filings (试算): one replay at a time in the whole house, batch by batch, so that it can be watched and cancelled.

use std::time::Duration;

use database::advisory;
use http_api::Answer;

use super::{
    replay::{Book, Replay, Turns},
    store,
};
use crate::{Leads, import::receive::out_of_reach, list::store::id_at};

/// How often the worker looks by itself.
const LOOK: Duration = Duration::from_secs(1);
/// How long it waits after the database's failures.
const LATER: Duration = Duration::from_secs(10);
/// Days that are replayed.
pub(super) const DAYS: i64 = 90;
/// A lead is looked at if it came so many days before the span: it may have been filed within it.
const LEAD_IN: i64 = 30;
/// Leads that a replay looks at, the newest; a county of a million people has some 100,000 in ninety days.
const MOST: i64 = 300_000;
/// Leads of a batch.
const BATCH: i64 = 1_000;

impl Leads {
    /// Replays what is asked for, for as long as it is let. Cut off at any moment, it begins the replay anew.
    pub async fn work_what_ifs(&self) {
        loop {
            let pause = match self.replay_what_if().await {
                Ok(true) => continue,
                Ok(false) => LOOK,
                Err(error) => {
                    tracing::warn!(code = error.problem().code, "a replay of dispatch rules waits for the database");
                    LATER
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// Replays what is asked for, if anything is and nobody else does; `true` when it did.
    ///
    /// # Errors
    /// The database's; it is replayed later.
    pub async fn replay_what_if(&self) -> Answer<bool> {
        let (pool, region) = (self.database().pool(), self.home_region());
        let Some((id, base, draft, from, to)) = store::to_work(pool, region).await? else { return Ok(false) };
        // Let go when this is over, or with its connection.
        let lock = format!("leads.what_if.{region}");
        let Some(_held) = advisory::try_hold(pool, &lock).await.map_err(|_| out_of_reach())? else { return Ok(false) };
        let present = store::one_set(pool, region, base).await?.map(|set| set.rules.0).unwrap_or_default();
        let turns = Turns::new(store::duty_in(pool, region, from, to).await?);
        let begin = id_at(from - chrono::Duration::days(LEAD_IN));
        let (total, cut) = store::since(pool, region, begin, MOST).await?;
        if !store::begin(pool, id, total).await? {
            return Ok(true);
        }
        let mut replay = Replay::new(Book::new(present), Book::new(draft.0), turns, from, to);
        let (mut after, mut done) = (cut.unwrap_or(begin), 0);
        loop {
            let batch = store::filings(pool, region, after, BATCH).await?;
            let Some(last) = batch.last() else { break };
            after = last.id;
            done += i64::try_from(batch.len()).unwrap_or(BATCH);
            let verdicts: Vec<_> = batch.iter().filter_map(|filing| replay.look(filing)).collect();
            if !store::keep(pool, id, done.min(total), &verdicts).await? {
                return Ok(true);
            }
        }
        let report = replay.end(cut.is_some(), |class| self.category_name(class));
        store::settle(pool, region, id, self.clock().now(), &report).await?;
        Ok(true)
    }
}
