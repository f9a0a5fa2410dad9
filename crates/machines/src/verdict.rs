//! What a verdict changes beyond its sighting (研判的后果): how much a device and a kind are believed.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    Machines, kind,
    precision::Precision,
    sighting::{Verdict, store},
};

impl Machines {
    /// Counts a verdict. Where the device, or the kind in the whole district, is surely right less often than the city asks, it files
    /// nothing by itself any more until somebody lets it (自动暂停).
    pub(crate) async fn count_verdict(
        &self,
        connection: &mut PgConnection,
        region: &str,
        id: Uuid,
        kind: i16,
        verdict: Verdict,
    ) -> sqlx::Result<()> {
        store::count(connection, region, id, verdict).await?;
        let now = self.clock().now();
        let Some(setting) = kind::store::one(connection, region, kind).await? else { return Ok(()) };
        let (confirmed, refuted) = kind::store::verdicts_of_watch(connection, region, id).await?;
        if setting.rules.automatic && Precision::of(confirmed, refuted).is_surely_below(setting.rules.floor) {
            kind::store::pause_watch(connection, region, id, now).await?;
        }
        let (confirmed, refuted) = kind::store::verdicts_of_kind(connection, region, kind).await?;
        if setting.rules.automatic && setting.paused_at.is_none() && Precision::of(confirmed, refuted).is_surely_below(setting.rules.floor)
        {
            kind::store::pause_kind(connection, region, &setting, now).await?;
            tracing::warn!(kind, confirmed, refuted, "a kind files nothing by itself any more: too many were wrong");
        }
        Ok(())
    }

    /// Lets the watch of a sighting go, quiet for as long as the kind's rules say.
    pub(crate) async fn let_go(&self, connection: &mut PgConnection, region: &str, id: Uuid, kind: i16) -> sqlx::Result<()> {
        let now = self.clock().now();
        let quiet_until = kind::store::one(connection, region, kind).await?.map_or(now, |setting| setting.rules.quiet_from(now));
        store::let_go(connection, region, id, quiet_until).await
    }
}
