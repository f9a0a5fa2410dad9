//! The events that the run over periods drops: those of the machines' room.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use machines::Machines;
use privacy::MachineEvents;
use sqlx::PgConnection;
use uuid::Uuid;

/// The machines, as privacy asks for their events.
pub struct KeptEvents(pub Machines);

impl MachineEvents for KeptEvents {
    fn drop_before<'a>(
        &'a self,
        connection: &'a mut PgConnection,
        region: &'a str,
        before: DateTime<Utc>,
        held: &'a [Uuid],
        most: i64,
    ) -> BoxFuture<'a, sqlx::Result<i64>> {
        Box::pin(self.0.drop_events_before(connection, region, before, held, most))
    }

    fn count_before<'a>(
        &'a self,
        connection: &'a mut PgConnection,
        region: &'a str,
        before: DateTime<Utc>,
        held: &'a [Uuid],
    ) -> BoxFuture<'a, sqlx::Result<(i64, i64)>> {
        Box::pin(self.0.count_events_before(connection, region, before, held))
    }
}
