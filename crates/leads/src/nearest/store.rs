//! SQL of the places of people on duty.

use chrono::{DateTime, Utc};
use kernel::position::Position;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::Sharing;

/// The last place of somebody on duty.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct DutyPosition {
    pub person_id: Uuid,
    pub unit_id: Uuid,
    pub lon: f64,
    pub lat: f64,
    pub accuracy: Option<f32>,
    pub at: DateTime<Utc>,
}

/// Places that are read for a lead: more people are on duty in no district.
const MOST: i64 = 2_000;

/// The setting of a district; not shared where it made none.
pub(crate) async fn sharing(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Sharing> {
    let row: Option<(bool, i16)> =
        sqlx::query_as("select sharing, hours from duty_position_setting where region = $1").bind(region).fetch_optional(executor).await?;
    Ok(row.map_or_else(Sharing::default, |(on, hours)| Sharing { on, hours }))
}

pub(super) async fn lock_setting(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query("lock table duty_position_setting in share row exclusive mode").execute(connection).await.map(drop)
}

pub(super) async fn set_sharing(connection: &mut PgConnection, region: &str, sharing: Sharing) -> sqlx::Result<()> {
    sqlx::query(
        "insert into duty_position_setting (region, sharing, hours) values ($1, $2, $3)
         on conflict (region) do update set sharing = excluded.sharing, hours = excluded.hours",
    )
    .bind(region)
    .bind(sharing.on)
    .bind(sharing.hours)
    .execute(connection)
    .await
    .map(drop)
}

/// Keeps where somebody is, in place of where he was. What is older than what is kept is left out.
pub(super) async fn put(
    pool: &PgPool,
    region: &str,
    (person, unit): (Uuid, Uuid),
    position: Position,
    accuracy: Option<f32>,
    (at, until): (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into duty_position as d (person_id, region, unit_id, lon, lat, accuracy, at, until) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (person_id) do update set region = excluded.region, unit_id = excluded.unit_id, lon = excluded.lon, lat = excluded.lat,
            accuracy = excluded.accuracy, at = excluded.at, until = excluded.until where d.at <= excluded.at",
    )
    .bind(person)
    .bind(region)
    .bind(unit)
    .bind(position.lon)
    .bind(position.lat)
    .bind(accuracy)
    .bind(at)
    .bind(until)
    .execute(pool)
    .await
    .map(drop)
}

/// When somebody last shared where he is.
pub(super) async fn shared_at(pool: &PgPool, person: Uuid) -> sqlx::Result<Option<DateTime<Utc>>> {
    sqlx::query_scalar("select at from duty_position where person_id = $1").bind(person).fetch_optional(pool).await
}

pub(super) async fn forget(pool: &PgPool, person: Uuid) -> sqlx::Result<()> {
    sqlx::query("delete from duty_position where person_id = $1").bind(person).execute(pool).await.map(drop)
}

/// Forgets every place of a district.
pub(super) async fn forget_all(connection: &mut PgConnection, region: &str) -> sqlx::Result<()> {
    sqlx::query("delete from duty_position where region = $1").bind(region).execute(connection).await.map(drop)
}

/// Forgets what was measured before this moment, and what belongs to a turn that is over.
pub(super) async fn sweep(pool: &PgPool, before: DateTime<Utc>, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query("delete from duty_position where at < $1 or until <= $2").bind(before).bind(now).execute(pool).await?;
    Ok(done.rows_affected())
}

/// The places of a district that were measured since, of turns that are not over.
pub(super) async fn since(pool: &PgPool, region: &str, since: DateTime<Utc>, now: DateTime<Utc>) -> sqlx::Result<Vec<DutyPosition>> {
    sqlx::query_as(
        "select person_id, unit_id, lon, lat, accuracy, at from duty_position where region = $1 and at >= $2 and until > $3
         order by at desc limit $4",
    )
    .bind(region)
    .bind(since)
    .bind(now)
    .bind(MOST)
    .fetch_all(pool)
    .await
}
