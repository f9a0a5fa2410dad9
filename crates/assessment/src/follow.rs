//! Following the leads: who has changed is noted in the relay's transaction, and counted anew beside it.
//!
//! One node at a time does the work. Whatever breaks off is done again: a lead's items are written whole or not at all, and its note goes in
//! the same transaction.

use std::{
    sync::{MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use docket::KeyOf;
use futures::future::BoxFuture;
use notify::{Consumed, Consumer, Event};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    Assessment,
    item::{self, store},
};

/// Leads counted in one transaction.
const BATCH: i64 = 1_000;
/// Days summed in one round.
const DAYS: i64 = 8;
/// How long the work rests when there is nothing to do.
const LOOK: Duration = Duration::from_secs(1);
/// How often stale days are summed at most: until then they are read from their items.
const SUM: Duration = Duration::from_secs(30);
/// The lock under which one node works.
const LOCK: &str = "assessment.follow";

/// Notes which leads have changed.
pub(crate) struct Follower;

impl Consumer for Follower {
    fn name(&self) -> &'static str {
        "assessment.follow"
    }

    fn consume<'a>(&'a self, connection: &'a mut PgConnection, event: &'a Event) -> BoxFuture<'a, Consumed> {
        Box::pin(async move {
            if event.payload.get("kind").and_then(serde_json::Value::as_str) == Some("lead") {
                store::note(connection, &event.region, event.docket_id.uuid()).await?;
            }
            Ok(())
        })
    }
}

/// What was done when everything was brought up to date.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    /// Leads that were looked at.
    pub leads: usize,
    /// Leads whose items became others.
    pub changed: usize,
    /// Days that were summed.
    pub days: usize,
}

impl Assessment {
    /// Works for ever: counts what was there before, then what changes. Cut off at any moment it goes on from there.
    pub async fn work(&self) {
        loop {
            match self.round(false).await {
                Ok(done) if done.leads > 0 || done.days > 0 => tokio::task::yield_now().await,
                Ok(_) => tokio::time::sleep(LOOK).await,
                Err(error) => {
                    tracing::warn!(%error, "indicators could not follow the leads; tried again shortly");
                    tokio::time::sleep(LOOK).await;
                }
            }
        }
    }

    /// Brings everything up to date and answers what that was.
    ///
    /// # Errors
    /// The database's.
    pub async fn catch_up(&self) -> sqlx::Result<Filled> {
        let mut all = Filled::default();
        loop {
            let done = self.round(true).await?;
            if done == Filled::default() {
                return Ok(all);
            }
            all = Filled { leads: all.leads + done.leads, changed: all.changed + done.changed, days: all.days + done.days };
        }
    }

    /// Counts every lead again from the beginning at the next rounds, as after an upgrade that counts otherwise.
    ///
    /// # Errors
    /// The database's.
    pub async fn count_again(&self) -> sqlx::Result<()> {
        let mut connection = self.database().pool().acquire().await?;
        store::set_filled_to(&mut connection, Uuid::nil(), false).await
    }

    /// One transaction's worth of work: what was there before, what has changed, or days to be summed.
    async fn round(&self, at_once: bool) -> sqlx::Result<Filled> {
        let mut transaction = self.database().pool().begin().await?;
        let locked = database::advisory::try_lock_in_transaction(&mut transaction, LOCK).await;
        if !locked.map_err(|error| sqlx::Error::Protocol(error.to_string()))? {
            return Ok(Filled::default());
        }
        let done = match store::filled_to(&mut transaction).await? {
            Some(after) => self.fill(&mut transaction, after).await?,
            None => self.follow(&mut transaction, at_once).await?,
        };
        transaction.commit().await?;
        Ok(done)
    }

    async fn fill(&self, connection: &mut PgConnection, after: Uuid) -> sqlx::Result<Filled> {
        let keys = self.leads().keys_after(connection, after, BATCH).await?;
        let changed = self.count(connection, &keys).await?;
        *self.pace() = None;
        store::set_filled_to(connection, keys.last().map_or(after, |key| key.id.uuid()), keys.is_empty()).await?;
        Ok(Filled { leads: keys.len(), changed, days: 0 })
    }

    async fn follow(&self, connection: &mut PgConnection, at_once: bool) -> sqlx::Result<Filled> {
        let (taken, keys) = store::take_noted(connection, BATCH).await?;
        if taken > 0 {
            let changed = self.count(connection, &keys).await?;
            return Ok(Filled { leads: keys.len(), changed, days: 0 });
        }
        if !at_once && self.pace().is_some_and(|at| at.elapsed() < SUM) {
            return Ok(Filled::default());
        }
        let days = store::stale_days(connection, DAYS).await?;
        for day in &days {
            store::sum(connection, *day).await?;
        }
        if (days.len() as i64) < DAYS {
            // Done for now. Until then, as after the first counting, days follow on one another.
            *self.pace() = Some(Instant::now());
        }
        Ok(Filled { days: days.len(), ..Filled::default() })
    }

    fn pace(&self) -> MutexGuard<'_, Option<Instant>> {
        self.summed().lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn count(&self, connection: &mut PgConnection, keys: &[KeyOf]) -> sqlx::Result<usize> {
        if keys.is_empty() {
            return Ok(0);
        }
        let now = self.clock().now();
        let courses = self.leads().courses(connection, keys).await?;
        let counted: Vec<_> = courses.iter().map(|course| (course.key.clone(), item::items(course, now))).collect();
        store::replace(connection, &counted).await
    }
}
