//! Which leads are spared (不予删除): disputed, suspected, held, or asked about.

use std::collections::HashSet;

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

/// Those of these leads that are spared.
pub(super) async fn spared(room: &Privacy, connection: &mut PgConnection, leads: &[Uuid]) -> sqlx::Result<HashSet<Uuid>> {
    let region = room.home_region();
    let mut spared: HashSet<Uuid> = store::spared(connection, region, leads).await?.into_iter().collect();
    if let Some(disputes) = room.disputes() {
        spared.extend(disputes.disputed(connection, region, leads).await?);
    }
    Ok(spared)
}
