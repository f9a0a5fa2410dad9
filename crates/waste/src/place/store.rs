//! The SQL of places.

use chrono::{DateTime, NaiveDate, Utc};
use identity::Scope;
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection, QueryBuilder, types::Json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{scope, shape::Spot, words::like};

/// A gate of a site (出入口).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WasteGate {
    pub name: String,
    /// Longitude and latitude, WGS-84 in degrees.
    #[schema(value_type = Vec<f64>)]
    pub at: Spot,
    /// The way out is hardened (出口硬化).
    pub hardened: bool,
    /// There is a wash bay (洗车台).
    pub wash_bay: bool,
}

/// A row of `waste_place`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct PlaceRow {
    pub id: Uuid,
    pub region: String,
    pub jurisdiction: String,
    pub kind: String,
    pub name: String,
    pub address: Option<String>,
    pub organisation: Option<Uuid>,
    pub builder: Option<String>,
    pub contractor: Option<String>,
    pub area: Json<Vec<Spot>>,
    pub gates: Json<Vec<WasteGate>>,
    pub capacity_m3: Option<i64>,
    pub daily_m3: Option<i32>,
    pub reuse_percent: Option<i16>,
    pub valid_from: NaiveDate,
    pub valid_until: Option<NaiveDate>,
    pub note: Option<String>,
    pub closed: bool,
    pub version: i64,
    pub simulated: bool,
    pub changed_by: Uuid,
    pub changed_at: DateTime<Utc>,
}

/// Which places.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub id: Option<Uuid>,
    pub kind: Option<&'static str>,
    pub words: Option<String>,
    /// Closed ones too.
    pub closed: bool,
    pub before: Option<Uuid>,
    pub most: i64,
}

/// Places in a scope, the newest first.
pub(crate) async fn list(connection: &mut PgConnection, scope: &Scope, home: &str, wanted: &Wanted) -> sqlx::Result<Vec<PlaceRow>> {
    let mut query = QueryBuilder::new("select * from waste_place p where p.region = ");
    query.push_bind(home.to_owned());
    // Where waste comes from and may go is public (嘉兴市建筑垃圾管理条例第六条): an enterprise that applies must be able to name it. Where it is
    // dumped is the house's own.
    if let Some(units) = &scope.units {
        query.push(" and (p.kind <> 'black_spot' or p.organisation = any(").push_bind(units.clone()).push("))");
    }
    scope::push(&mut query, &Scope { units: None, ..scope.clone() }, "p.jurisdiction", "p.organisation");
    if let Some(id) = wanted.id {
        query.push(" and p.id = ").push_bind(id);
    }
    if let Some(kind) = wanted.kind {
        query.push(" and p.kind = ").push_bind(kind);
    }
    if let Some(words) = &wanted.words {
        query.push(" and (p.name ilike ").push_bind(like(words)).push(" or p.address ilike ").push_bind(like(words));
        query.push(" or p.contractor ilike ").push_bind(like(words)).push(")");
    }
    if !wanted.closed {
        query.push(" and not p.closed");
    }
    if let Some(before) = wanted.before {
        query.push(" and p.id < ").push_bind(before);
    }
    query.push(" order by p.id desc limit ").push_bind(wanted.most);
    query.build_query_as().fetch_all(connection).await
}

/// One place in a scope, closed or not.
pub(crate) async fn one(connection: &mut PgConnection, scope: &Scope, home: &str, id: Uuid) -> sqlx::Result<Option<PlaceRow>> {
    let wanted = Wanted { id: Some(id), closed: true, most: 1, ..Wanted::default() };
    Ok(list(connection, scope, home, &wanted).await?.pop())
}

/// Some places, whoever asks: what a permit names.
pub(crate) async fn some(connection: &mut PgConnection, home: &str, ids: &[Uuid]) -> sqlx::Result<Vec<PlaceRow>> {
    sqlx::query_as("select * from waste_place where region = $1 and id = any($2)").bind(home).bind(ids).fetch_all(connection).await
}

/// Writes a place as its version; false where its name is taken, or somebody else wrote that version first.
pub(crate) async fn save(connection: &mut PgConnection, row: &PlaceRow) -> sqlx::Result<bool> {
    let done = if row.version == 1 {
        sqlx::query(
            "insert into waste_place (id, region, jurisdiction, kind, name, address, organisation, builder, contractor, area, gates, capacity_m3,
                daily_m3, reuse_percent, valid_from, valid_until, note, closed, version, simulated, changed_by, changed_at, closed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                case when $18 then $22 end)
             on conflict do nothing",
        )
    } else {
        sqlx::query(
            "update waste_place set jurisdiction = $3, name = $5, address = $6, organisation = $7, builder = $8, contractor = $9, area = $10,
                gates = $11, capacity_m3 = $12, daily_m3 = $13, reuse_percent = $14, valid_from = $15, valid_until = $16, note = $17,
                closed = $18, version = $19, simulated = $20, changed_by = $21, changed_at = $22,
                closed_at = case when $18 then coalesce(closed_at, $22) end
             where id = $1 and region = $2 and kind = $4 and version = $19 - 1",
        )
    };
    let done = done
        .bind(row.id)
        .bind(&row.region)
        .bind(&row.jurisdiction)
        .bind(&row.kind)
        .bind(&row.name)
        .bind(&row.address)
        .bind(row.organisation)
        .bind(&row.builder)
        .bind(&row.contractor)
        .bind(&row.area)
        .bind(&row.gates)
        .bind(row.capacity_m3)
        .bind(row.daily_m3)
        .bind(row.reuse_percent)
        .bind(row.valid_from)
        .bind(row.valid_until)
        .bind(&row.note)
        .bind(row.closed)
        .bind(row.version)
        .bind(row.simulated)
        .bind(row.changed_by)
        .bind(row.changed_at)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether a name of this kind is another place's.
pub(crate) async fn named(connection: &mut PgConnection, row: &PlaceRow) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from waste_place where region = $1 and kind = $2 and name = $3 and id <> $4)")
        .bind(&row.region)
        .bind(&row.kind)
        .bind(&row.name)
        .bind(row.id)
        .fetch_one(connection)
        .await
}

/// Closes one transaction's look at many tables against what others write meanwhile.
pub(crate) async fn one_moment(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query("set transaction isolation level repeatable read, read only").execute(connection).await.map(drop)
}
