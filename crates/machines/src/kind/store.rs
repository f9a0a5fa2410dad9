//! SQL of the kinds' settings, and of what verdicts make of them.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgPool, types::Json};
use uuid::Uuid;

use super::{ALL, KindSetting, Rules, of};

#[derive(Debug, FromRow)]
struct Row {
    number: i16,
    setting: Json<Rules>,
    paused_at: Option<DateTime<Utc>>,
    version: i64,
}

fn setting(kind: &'static super::Kind, row: Option<Row>) -> KindSetting {
    match row {
        Some(row) => KindSetting { kind, rules: row.setting.0, paused_at: row.paused_at, version: row.version },
        None => KindSetting { kind, rules: Rules::of(kind), paused_at: None, version: 0 },
    }
}

/// All kinds as the city set them, in order.
pub(crate) async fn all(pool: &PgPool, region: &str) -> sqlx::Result<Vec<KindSetting>> {
    let mut rows: Vec<Row> = sqlx::query_as("select number, setting, paused_at, version from machine_kind where region = $1")
        .bind(region)
        .fetch_all(pool)
        .await?;
    let mut take = |number: i16| rows.iter().position(|row| row.number == number).map(|at| rows.swap_remove(at));
    Ok(ALL.iter().map(|kind| setting(kind, take(kind.number))).collect())
}

/// One kind, locked until the transaction ends where it was set.
pub(crate) async fn one(connection: &mut PgConnection, region: &str, number: i16) -> sqlx::Result<Option<KindSetting>> {
    let Some(kind) = of(number) else { return Ok(None) };
    let row = sqlx::query_as("select number, setting, paused_at, version from machine_kind where region = $1 and number = $2 for update")
        .bind(region)
        .bind(number)
        .fetch_optional(connection)
        .await?;
    Ok(Some(setting(kind, row)))
}

/// Writes a kind's rules as version `wanted.version`, whether it is paused with it; false when somebody else wrote that version first.
pub(crate) async fn save(connection: &mut PgConnection, region: &str, wanted: &KindSetting) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into machine_kind as k (region, number, setting, paused_at, version) values ($1, $2, $3, $4, $5)
         on conflict (region, number) do update set setting = excluded.setting, paused_at = excluded.paused_at, version = excluded.version
         where k.version = excluded.version - 1",
    )
    .bind(region)
    .bind(wanted.kind.number)
    .bind(Json(&wanted.rules))
    .bind(wanted.paused_at)
    .bind(wanted.version)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Pauses a kind in the whole district.
pub(crate) async fn pause_kind(connection: &mut PgConnection, region: &str, setting: &KindSetting, now: DateTime<Utc>) -> sqlx::Result<()> {
    let paused = KindSetting { paused_at: Some(now), version: setting.version + 1, ..setting.clone() };
    save(connection, region, &paused).await.map(drop)
}

/// Pauses the device of a sighting for its kind.
pub(crate) async fn pause_watch(connection: &mut PgConnection, region: &str, sighting: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "update watch w set paused_at = coalesce(w.paused_at, $3)
         from sighting s where s.region = $1 and s.id = $2 and w.region = s.region and w.device = s.device and w.kind = s.kind",
    )
    .bind(region)
    .bind(sighting)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// Lets a kind file by itself again, on every device, and forgets the verdicts that paused it.
pub(crate) async fn resume(connection: &mut PgConnection, region: &str, number: i16) -> sqlx::Result<()> {
    // Locked in the order in which events lock them.
    sqlx::query(
        "with own as (select device from watch where region = $1 and kind = $2 order by device for update)
         update watch w set paused_at = null, confirmed = 0, refuted = 0 from own where w.region = $1 and w.kind = $2 and w.device = own.device",
    )
    .bind(region)
    .bind(number)
    .execute(connection)
    .await?;
    Ok(())
}

/// Confirmed and refuted of the device and kind of a sighting.
pub(crate) async fn verdicts_of_watch(connection: &mut PgConnection, region: &str, sighting: Uuid) -> sqlx::Result<(i64, i64)> {
    sqlx::query_as(
        "select w.confirmed::bigint, w.refuted::bigint from watch w
         join sighting s on s.region = w.region and s.device = w.device and s.kind = w.kind where s.region = $1 and s.id = $2",
    )
    .bind(region)
    .bind(sighting)
    .fetch_one(connection)
    .await
}

/// Confirmed and refuted of a kind in the whole district.
pub(crate) async fn verdicts_of_kind(connection: &mut PgConnection, region: &str, number: i16) -> sqlx::Result<(i64, i64)> {
    sqlx::query_as("select coalesce(sum(confirmed), 0), coalesce(sum(refuted), 0) from watch where region = $1 and kind = $2")
        .bind(region)
        .bind(number)
        .fetch_one(connection)
        .await
}

/// Kind, confirmed, refuted, sightings that wait, devices that are paused: of every kind that was ever seen.
pub(crate) async fn standing(pool: &PgPool, region: &str) -> sqlx::Result<Vec<(i16, i64, i64, i64, i64)>> {
    sqlx::query_as(
        "select w.kind, sum(w.confirmed), sum(w.refuted),
            (select count(*) from sighting s where s.state = 'waiting' and s.region = $1 and s.kind = w.kind),
            count(*) filter (where w.paused_at is not null)
         from watch w where w.region = $1 group by w.kind",
    )
    .bind(region)
    .fetch_all(pool)
    .await
}
