//! Which leads are spared (不予删除): disputed, suspected, held, or asked about.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use sqlx::PgConnection;
use uuid::Uuid;

use super::store;
use crate::Privacy;

/// Who knows which leads are disputed or suspected (存在争议或疑点).
pub trait Disputes: Send + Sync {
    /// Those of these leads about which something is open.
    fn disputed<'a>(
        &'a self,
        connection: &'a mut PgConnection,
        region: &'a str,
        leads: &'a [Uuid],
    ) -> BoxFuture<'a, sqlx::Result<Vec<Uuid>>>;
}

/// Who keeps the events of machines (机器事件).
pub trait MachineEvents: Send + Sync {
    /// Drops events that were taken before a day, so many at most, but for those of what is not over and of `held` leads; says how many.
    fn drop_before<'a>(
        &'a self,
        connection: &'a mut PgConnection,
        region: &'a str,
        before: DateTime<Utc>,
        held: &'a [Uuid],
        most: i64,
    ) -> BoxFuture<'a, sqlx::Result<i64>>;

    /// How many [`MachineEvents::drop_before`] would drop in all, and how many stay though they are as old.
    fn count_before<'a>(
        &'a self,
        connection: &'a mut PgConnection,
        region: &'a str,
        before: DateTime<Utc>,
        held: &'a [Uuid],
    ) -> BoxFuture<'a, sqlx::Result<(i64, i64)>>;
}

/// Those of these leads that are spared.
pub(super) async fn spared(room: &Privacy, connection: &mut PgConnection, leads: &[Uuid]) -> sqlx::Result<HashSet<Uuid>> {
    let region = room.home_region();
    let mut spared: HashSet<Uuid> = store::spared(connection, region, leads).await?.into_iter().collect();
    if let Some(disputes) = room.disputes() {
        spared.extend(disputes.disputed(connection, region, leads).await?);
    }
    Ok(spared)
}
