//! SQL of closing what is gone.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgPool};
use uuid::Uuid;

/// Notes that the unit of a filed sighting's lead replied, or that it is to do it again.
pub(crate) async fn replied(connection: &mut PgConnection, lead: Uuid, at: Option<DateTime<Utc>>) -> sqlx::Result<()> {
    sqlx::query("update sighting set replied_at = $2, closing_left = null where lead_id = $1 and state = 'filed' and replied_at is distinct from $2")
        .bind(lead)
        .bind(at)
        .execute(connection)
        .await?;
    Ok(())
}

/// A sighting whose lead may be closed.
#[derive(Debug, FromRow)]
pub(super) struct GoneRecord {
    pub id: Uuid,
    pub lead: Uuid,
    pub device_name: String,
    /// Looks in a row that did not see it.
    pub absent: i32,
    /// The newest look that did not see it.
    pub gone_at: DateTime<Utc>,
}

/// Sightings of these kinds that are gone and whose unit replied, the oldest first. Only of devices that stay where they are: what moves looked
/// somewhere else. What the device saw again since is not gone; and a look of before the reply says nothing of it.
pub(super) async fn to_close(pool: &PgPool, region: &str, kinds: &[i16], most: i64) -> sqlx::Result<Vec<GoneRecord>> {
    sqlx::query_as(
        "select s.id, s.lead_id as lead, d.name as device_name, w.absent, greatest(w.last_at, s.gone_at) as gone_at
         from sighting s join watch w on w.region = s.region and w.device = s.device and w.kind = s.kind
         join device d on d.region = s.region and d.code = s.device and d.kind in ('video', 'sensor')
         where s.region = $1 and s.state = 'filed' and s.replied_at is not null and s.gone_at is not null and s.lead_id is not null
            and s.kind = any($2) and w.sighting is null and w.absent > 0 and w.last_at >= s.replied_at
         order by s.id limit $3",
    )
    .bind(region)
    .bind(kinds)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// Notes that a sighting's lead was looked at: it is closed, or left to people for a reason.
pub(super) async fn looked(pool: &PgPool, region: &str, id: Uuid, why: Option<&str>) -> sqlx::Result<()> {
    sqlx::query(
        "update sighting set replied_at = null, closing_left = $3, version = version + 1 where region = $1 and id = $2 and state = 'filed'",
    )
    .bind(region)
    .bind(id)
    .bind(why)
    .execute(pool)
    .await?;
    Ok(())
}
