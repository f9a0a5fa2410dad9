//! Which leads are disputed or suspected: open notices, and suspicions that nobody judged yet.

use futures::future::BoxFuture;
use pressure::Pressure;
use privacy::Disputes;
use scrutiny::Scrutiny;
use sqlx::PgConnection;
use uuid::Uuid;

/// Both rooms that know of disputes.
pub struct OpenDisputes {
    pub pressure: Pressure,
    pub scrutiny: Scrutiny,
}

impl Disputes for OpenDisputes {
    fn disputed<'a>(
        &'a self,
        connection: &'a mut PgConnection,
        region: &'a str,
        leads: &'a [Uuid],
    ) -> BoxFuture<'a, sqlx::Result<Vec<Uuid>>> {
        Box::pin(async move {
            let mut disputed = self.pressure.pressed_for(connection, region, leads).await?;
            disputed.extend(self.scrutiny.suspected(connection, region, leads).await?);
            Ok(disputed)
        })
    }
}
