//! The backlog (积压): what the relay and the webhooks still have before them.

mod store;

use chrono::{DateTime, Utc};
use database::Database;

use crate::Notify;

/// What waits to be told, counted up to a hundred thousand each.
#[derive(Debug, Clone, Copy, PartialEq, sqlx::FromRow)]
pub struct Backlog {
    /// Events that the relay has not taken.
    pub events: i64,
    /// For how many seconds the oldest of them waits; zero when there is none.
    pub behind_seconds: f64,
    /// Events that a consumer could not take yet and that are tried again.
    pub events_failing: i64,
    /// Events that were given up for a consumer.
    pub events_given_up: i64,
    /// Deliveries (推送) that wait for their first or next try.
    pub deliveries: i64,
    /// Those of them that failed at least once.
    pub deliveries_failing: i64,
    /// Deliveries that were given up after a day and are still listed.
    pub deliveries_dead: i64,
}

impl Backlog {
    /// What waits at this moment, for who has the database alone.
    ///
    /// # Errors
    /// The database's.
    pub async fn read(database: &Database, now: DateTime<Utc>) -> sqlx::Result<Self> {
        store::backlog(database.pool(), now).await
    }
}

impl Notify {
    /// What waits now.
    ///
    /// # Errors
    /// The database's.
    pub async fn backlog(&self) -> sqlx::Result<Backlog> {
        Backlog::read(&self.database, self.clock.now()).await
    }
}
