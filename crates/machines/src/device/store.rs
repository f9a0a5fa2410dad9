//! SQL of the devices.

use chrono::{DateTime, Utc};
use identity::Scope;
use kernel::position::Position;
use sqlx::{FromRow, PgConnection, PgPool, Postgres, QueryBuilder, Row, postgres::PgRow};

use super::Device;
use crate::scope;

/// A district keeps no more; events of further ones are refused as unknown.
pub(crate) const MOST: i64 = 50_000;

impl FromRow<'_, PgRow> for Device {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let kind: String = row.try_get("kind")?;
        let (lon, lat): (Option<f64>, Option<f64>) = (row.try_get("lon")?, row.try_get("lat")?);
        Ok(Self {
            code: row.try_get("code")?,
            name: row.try_get("name")?,
            kind: kind.parse().map_err(|()| sqlx::Error::Protocol("a device has an unreadable kind".to_owned()))?,
            position: lon.zip(lat).and_then(|(lon, lat)| Position::new(lon, lat).ok()),
            jurisdiction: row.try_get("jurisdiction")?,
            address: row.try_get("address")?,
            sender: row.try_get("sender")?,
            active: row.try_get("active")?,
            simulated: row.try_get("simulated")?,
            version: row.try_get("version")?,
        })
    }
}

/// Every device of a district.
pub(crate) async fn all(pool: &PgPool, region: &str) -> sqlx::Result<Vec<Device>> {
    sqlx::query_as("select * from device where region = $1 order by code limit $2").bind(region).bind(MOST).fetch_all(pool).await
}

/// A device, locked until the transaction ends.
pub(crate) async fn lock(connection: &mut PgConnection, region: &str, code: &str) -> sqlx::Result<Option<Device>> {
    sqlx::query_as("select * from device where region = $1 and code = $2 for update")
        .bind(region)
        .bind(code)
        .fetch_optional(connection)
        .await
}

/// Writes a device as version `device.version`; false when somebody else wrote that version first.
pub(crate) async fn save(connection: &mut PgConnection, region: &str, device: &Device) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into device as d (region, code, name, kind, lon, lat, jurisdiction, address, sender, active, simulated, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (region, code) do update set name = excluded.name, kind = excluded.kind, lon = excluded.lon, lat = excluded.lat,
            jurisdiction = excluded.jurisdiction, address = excluded.address, sender = excluded.sender, active = excluded.active,
            simulated = excluded.simulated, version = excluded.version
         where d.version = excluded.version - 1",
    )
    .bind(region)
    .bind(&device.code)
    .bind(&device.name)
    .bind(device.kind.code())
    .bind(device.position.map(|it| it.lon))
    .bind(device.position.map(|it| it.lat))
    .bind(&device.jurisdiction)
    .bind(&device.address)
    .bind(device.sender)
    .bind(device.active)
    .bind(device.simulated)
    .bind(device.version)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A device as it is listed, with what came of it.
#[derive(Debug)]
pub(crate) struct Listed {
    pub device: Device,
    pub confirmed: i64,
    pub refuted: i64,
    pub paused_kinds: i64,
    pub last_at: Option<DateTime<Utc>>,
}

/// A page of devices within a scope, by code.
pub(crate) async fn list(pool: &PgPool, scope: &Scope, words: Option<&str>, after: Option<&str>, most: i64) -> sqlx::Result<Vec<Listed>> {
    let mut query = QueryBuilder::<Postgres>::new(
        "select d.*, w.confirmed, w.refuted, w.paused_kinds, w.seen_at from device d
         left join lateral (select coalesce(sum(confirmed), 0) as confirmed, coalesce(sum(refuted), 0) as refuted,
            count(paused_at) as paused_kinds, max(last_at) as seen_at
            from watch w where w.region = d.region and w.device = d.code) w on true where true",
    );
    scope::push(&mut query, "d", scope);
    if let Some(words) = words {
        let like = format!("%{}%", words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        query.push(" and (d.name like ").push_bind(like.clone()).push(" or d.code like ").push_bind(like).push(")");
    }
    if let Some(after) = after {
        query.push(" and d.code > ").push_bind(after.to_owned());
    }
    query.push(" order by d.code limit ").push_bind(most);
    let rows = query.build().fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            Ok(Listed {
                device: Device::from_row(row)?,
                confirmed: row.try_get("confirmed")?,
                refuted: row.try_get("refuted")?,
                paused_kinds: row.try_get("paused_kinds")?,
                last_at: row.try_get("seen_at")?,
            })
        })
        .collect()
}
