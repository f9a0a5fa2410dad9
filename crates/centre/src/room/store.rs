//! The SQL of rooms.

use chrono::{DateTime, NaiveTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, QueryBuilder};
use uuid::Uuid;

use crate::scope;

/// A row of `centre_room`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct RoomRow {
    pub id: Uuid,
    pub number: i32,
    pub region: String,
    pub jurisdiction: String,
    pub name: String,
    pub kind: String,
    pub seats: i32,
    pub weekdays: Vec<i16>,
    pub opens: NaiveTime,
    pub closes: NaiveTime,
    pub equipment: Vec<String>,
    pub records: bool,
    pub closed: bool,
    pub version: i64,
    pub changed_by: Uuid,
    pub changed_at: DateTime<Utc>,
}

/// The rooms that serve a scope's ground, open ones first; at most `most`.
pub(crate) async fn list(connection: &mut PgConnection, scope: &Scope, region: &str, most: i64) -> sqlx::Result<Vec<RoomRow>> {
    let mut query = QueryBuilder::new("select * from centre_room r where r.region = ");
    query.push_bind(region.to_owned());
    scope::push(&mut query, scope, "r.jurisdiction");
    query.push(" order by r.closed, r.kind, r.name limit ").push_bind(most);
    query.build_query_as().fetch_all(connection).await
}

/// A room that serves a scope's ground.
pub(crate) async fn one(connection: &mut PgConnection, scope: &Scope, region: &str, id: Uuid) -> sqlx::Result<Option<RoomRow>> {
    let mut query = QueryBuilder::new("select * from centre_room r where r.region = ");
    query.push_bind(region.to_owned()).push(" and r.id = ").push_bind(id);
    scope::push(&mut query, scope, "r.jurisdiction");
    query.build_query_as().fetch_optional(connection).await
}

/// Adds a room; nothing where the name is known.
pub(crate) async fn insert(connection: &mut PgConnection, row: &RoomRow) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into centre_room (id, region, jurisdiction, name, kind, seats, weekdays, opens, closes, equipment, records, closed, version,
            changed_by, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict (region, name) do nothing",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(&row.jurisdiction)
    .bind(&row.name)
    .bind(&row.kind)
    .bind(row.seats)
    .bind(&row.weekdays)
    .bind(row.opens)
    .bind(row.closes)
    .bind(&row.equipment)
    .bind(row.records)
    .bind(row.closed)
    .bind(row.version)
    .bind(row.changed_by)
    .bind(row.changed_at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Changes a room that stands at the version before; `false` where another was faster.
pub(crate) async fn update(connection: &mut PgConnection, row: &RoomRow) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update centre_room set seats = $2, weekdays = $3, opens = $4, closes = $5, equipment = $6, records = $7, closed = $8,
            version = $9, changed_by = $10, changed_at = $11 where id = $1 and version = $9 - 1",
    )
    .bind(row.id)
    .bind(row.seats)
    .bind(&row.weekdays)
    .bind(row.opens)
    .bind(row.closes)
    .bind(&row.equipment)
    .bind(row.records)
    .bind(row.closed)
    .bind(row.version)
    .bind(row.changed_by)
    .bind(row.changed_at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}
