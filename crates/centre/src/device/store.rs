//! The SQL of equipment.

use chrono::{DateTime, NaiveDate, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, QueryBuilder};
use uuid::Uuid;

use crate::{scope, words::like};

/// A row of `centre_device`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct DeviceRow {
    pub id: Uuid,
    pub region: String,
    pub jurisdiction: String,
    pub code: String,
    pub kind: String,
    pub name: String,
    pub serial: Option<String>,
    pub state: String,
    pub holder: Option<Uuid>,
    pub issued_at: Option<DateTime<Utc>>,
    pub maintain_days: Option<i32>,
    pub maintained_on: NaiveDate,
    pub moves: i32,
    pub simulated: bool,
    pub entered_by: Uuid,
    pub entered_at: DateTime<Utc>,
}

/// A row of `centre_device_line`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct LineRow {
    pub device: Uuid,
    pub ordinal: i32,
    pub kind: String,
    pub at: DateTime<Utc>,
    pub person: Option<Uuid>,
    pub note: Option<String>,
    pub noted_by: Uuid,
}

/// Which devices.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub words: Option<String>,
    pub code: Option<String>,
    pub state: Option<String>,
    pub id: Option<Uuid>,
    pub before: Option<Uuid>,
    pub most: i64,
}

/// Devices on a scope's ground, the newest first.
pub(crate) async fn list(connection: &mut PgConnection, scope: &Scope, region: &str, wanted: &Wanted) -> sqlx::Result<Vec<DeviceRow>> {
    let mut query = QueryBuilder::new("select * from centre_device d where d.region = ");
    query.push_bind(region.to_owned());
    scope::push(&mut query, scope, "d.jurisdiction");
    if let Some(code) = &wanted.code {
        query.push(" and d.code = ").push_bind(code.clone());
    }
    if let Some(words) = &wanted.words {
        query.push(" and (d.name ilike ").push_bind(like(words));
        query.push(" or d.code ilike ").push_bind(like(words));
        query.push(" or d.serial ilike ").push_bind(like(words)).push(")");
    }
    if let Some(state) = &wanted.state {
        query.push(" and d.state = ").push_bind(state.clone());
    }
    if let Some(id) = wanted.id {
        query.push(" and d.id = ").push_bind(id);
    }
    if let Some(before) = wanted.before {
        query.push(" and d.id < ").push_bind(before);
    }
    query.push(" order by d.id desc limit ").push_bind(wanted.most);
    query.build_query_as().fetch_all(connection).await
}

/// Holds a device on a scope's ground until the commit.
pub(crate) async fn hold(connection: &mut PgConnection, scope: &Scope, region: &str, id: Uuid) -> sqlx::Result<Option<DeviceRow>> {
    let mut query = QueryBuilder::new("select * from centre_device d where d.region = ");
    query.push_bind(region.to_owned()).push(" and d.id = ").push_bind(id);
    scope::push(&mut query, scope, "d.jurisdiction");
    query.push(" for update");
    query.build_query_as().fetch_optional(connection).await
}

/// The device that writes this number into its recordings.
pub(crate) async fn by_serial(connection: &mut PgConnection, scope: &Scope, region: &str, serial: &str) -> sqlx::Result<Option<DeviceRow>> {
    let mut query = QueryBuilder::new("select * from centre_device d where d.region = ");
    query.push_bind(region.to_owned()).push(" and d.serial = ").push_bind(serial.to_owned());
    scope::push(&mut query, scope, "d.jurisdiction");
    query.build_query_as().fetch_optional(connection).await
}

/// Enters a device; `false` where another has its number.
pub(crate) async fn insert(connection: &mut PgConnection, row: &DeviceRow) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into centre_device (id, region, jurisdiction, code, kind, name, serial, state, maintain_days, maintained_on, simulated,
            entered_by, entered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(&row.jurisdiction)
    .bind(&row.code)
    .bind(&row.kind)
    .bind(&row.name)
    .bind(&row.serial)
    .bind(&row.state)
    .bind(row.maintain_days)
    .bind(row.maintained_on)
    .bind(row.simulated)
    .bind(row.entered_by)
    .bind(row.entered_at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Adds a line and writes how the device stands after it.
pub(crate) async fn add(connection: &mut PgConnection, row: &DeviceRow, line: &LineRow) -> sqlx::Result<()> {
    sqlx::query("insert into centre_device_line (device, ordinal, kind, at, person, note, noted_by) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(line.device)
        .bind(line.ordinal)
        .bind(&line.kind)
        .bind(line.at)
        .bind(line.person)
        .bind(&line.note)
        .bind(line.noted_by)
        .execute(&mut *connection)
        .await?;
    sqlx::query("update centre_device set state = $2, holder = $3, issued_at = $4, maintained_on = $5, moves = $6 where id = $1")
        .bind(row.id)
        .bind(&row.state)
        .bind(row.holder)
        .bind(row.issued_at)
        .bind(row.maintained_on)
        .bind(row.moves)
        .execute(connection)
        .await
        .map(drop)
}

/// The lines of a device, the newest first; at most `most`.
pub(crate) async fn lines(connection: &mut PgConnection, device: Uuid, most: i64) -> sqlx::Result<Vec<LineRow>> {
    sqlx::query_as("select * from centre_device_line where device = $1 order by ordinal desc limit $2")
        .bind(device)
        .bind(most)
        .fetch_all(connection)
        .await
}
