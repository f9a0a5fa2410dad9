//! About which reports a suspicion waits to be judged: nobody is paid for them before a person looked.

use futures::future::BoxFuture;
use rewards::Doubts;
use scrutiny::Scrutiny;
use sqlx::PgConnection;
use uuid::Uuid;

/// The room that knows of suspicions.
pub struct OpenSuspicions(pub Scrutiny);

impl Doubts for OpenSuspicions {
    fn doubted<'a>(
        &'a self,
        connection: &'a mut PgConnection,
        region: &'a str,
        leads: &'a [Uuid],
    ) -> BoxFuture<'a, sqlx::Result<Vec<Uuid>>> {
        Box::pin(async move { self.0.suspected(connection, region, leads).await })
    }
}
