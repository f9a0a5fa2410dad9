//! The sweep: what was delivered long ago is deleted.

use std::time::Duration;

use chrono::{DateTime, Duration as Span, Utc};
use sqlx::PgConnection;

use crate::{Notify, notification, store, webhook};

/// How long delivered events and deliveries stay.
const DELIVERED: Span = Span::days(7);
/// How long dead deliveries stay to be looked at.
const DEAD: Span = Span::days(90);
/// How long notifications stay.
const NOTIFICATIONS: Span = Span::days(180);
/// Rows in one statement.
const AT_ONCE: i64 = 5000;

pub(crate) async fn run(notify: Notify) {
    while !notify.pause(Duration::from_secs(600)).await {
        if let Err(error) = notify.sweep().await {
            tracing::warn!(%error, "the sweep of notify failed and is tried again");
        }
    }
}

impl Notify {
    /// Deletes notifications that are older than a time, so many at most, in the caller's transaction; says how many.
    ///
    /// # Errors
    /// The database's.
    pub async fn drop_before(&self, connection: &mut PgConnection, before: DateTime<Utc>, most: i64) -> sqlx::Result<i64> {
        Ok(i64::try_from(notification::store::purge(connection, before, most).await?).unwrap_or(i64::MAX))
    }

    /// How many notifications are older than a time.
    ///
    /// # Errors
    /// The database's.
    pub async fn count_before(&self, before: DateTime<Utc>) -> sqlx::Result<i64> {
        notification::store::count_before(self.database.pool(), before).await
    }

    /// Deletes what is long past and says how many rows. Dead deliveries are kept for ninety days.
    ///
    /// # Errors
    /// The database's; the next call goes on where this one stopped.
    pub async fn sweep(&self) -> sqlx::Result<u64> {
        let (pool, now) = (self.database.pool(), self.clock.now());
        let mut all = 0;
        loop {
            let gone = store::purge(pool, now - DELIVERED, AT_ONCE).await?
                + webhook::store::purge(pool, now - DELIVERED, now - DEAD, AT_ONCE).await?
                + notification::store::purge(pool, now - NOTIFICATIONS, AT_ONCE).await?;
            all += gone;
            if gone == 0 {
                return Ok(all);
            }
        }
    }
}
