//! Events past their period (到期的机器事件), for who drops them.
//!
//! A key that went with its event cannot make another one: events of more than seven days are refused, and no period is shorter.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::store;
use crate::Machines;

impl Machines {
    /// Drops events that were taken before a day, the oldest first, so many at most; says how many. Those of sightings that are not over,
    /// or whose lead is one of `held`, stay.
    ///
    /// # Errors
    /// The database's.
    pub async fn drop_events_before(
        &self,
        connection: &mut PgConnection,
        region: &str,
        before: DateTime<Utc>,
        held: &[Uuid],
        most: i64,
    ) -> sqlx::Result<i64> {
        store::drop_events_before(connection, region, before, held, most).await
    }

    /// How many events were taken before a day and would be dropped, and how many of them stay.
    ///
    /// # Errors
    /// The database's.
    pub async fn count_events_before(
        &self,
        connection: &mut PgConnection,
        region: &str,
        before: DateTime<Utc>,
        held: &[Uuid],
    ) -> sqlx::Result<(i64, i64)> {
        store::count_events_before(connection, region, before, held).await
    }
}
