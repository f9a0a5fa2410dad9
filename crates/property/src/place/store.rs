//! The SQL of storage places.

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgPool, QueryBuilder};
use uuid::Uuid;

use crate::scope;

/// A row of `property_place`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct PlaceRow {
    pub id: Uuid,
    pub region: String,
    pub jurisdiction: String,
    pub name: String,
    pub kind: String,
    pub address: Option<String>,
    pub capacity: Option<i32>,
    pub keeper_role: String,
    pub closed: bool,
    pub version: i64,
    pub changed_by: Uuid,
    pub changed_at: DateTime<Utc>,
}

/// A place with what is in it, and when it was last counted.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct PlaceCounted {
    #[sqlx(flatten)]
    pub place: PlaceRow,
    pub items: i64,
    pub counted_at: Option<DateTime<Utc>>,
    pub counting: bool,
}

/// The places that serve a scope's ground, open ones first; at most `most`.
pub(crate) async fn list(pool: &PgPool, scope: &Scope, region: &str, most: i64) -> sqlx::Result<Vec<PlaceCounted>> {
    let mut query = QueryBuilder::new(
        "select p.*, (select count(*) from property_item i where i.place = p.id) as items,
            (select max(s.finished_at) from property_stocktake s where s.place = p.id) as counted_at,
            exists (select from property_stocktake s where s.place = p.id and s.state = 'open') as counting
         from property_place p where p.region = ",
    );
    query.push_bind(region.to_owned());
    scope::push_meeting(&mut query, scope, "p.jurisdiction");
    query.push(" order by p.closed, p.name limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// A place that serves a scope's ground.
pub(crate) async fn one(connection: &mut PgConnection, scope: &Scope, id: Uuid) -> sqlx::Result<Option<PlaceRow>> {
    let mut query = QueryBuilder::new("select p.* from property_place p where p.id = ");
    query.push_bind(id);
    scope::push_meeting(&mut query, scope, "p.jurisdiction");
    query.build_query_as().fetch_optional(connection).await
}

/// Holds these places, in the order of their ids, against a stock-take that would begin and against others who would fill them; says how
/// many are being counted.
pub(crate) async fn hold(connection: &mut PgConnection, places: &[Uuid]) -> sqlx::Result<i64> {
    sqlx::query("select id from property_place where id = any($1) order by id for no key update")
        .bind(places)
        .execute(&mut *connection)
        .await?;
    sqlx::query_scalar("select count(*) from property_stocktake where place = any($1) and state = 'open'")
        .bind(places)
        .fetch_one(connection)
        .await
}

/// Holds a place alone: nothing goes in or out of it until the commit.
pub(crate) async fn hold_alone(connection: &mut PgConnection, place: Uuid) -> sqlx::Result<()> {
    sqlx::query("select id from property_place where id = $1 for update").bind(place).execute(connection).await.map(drop)
}

pub(crate) async fn items(connection: &mut PgConnection, place: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from property_item where place = $1").bind(place).fetch_one(connection).await
}

/// Adds a place; `false` where the district has one of that name.
pub(crate) async fn insert(connection: &mut PgConnection, row: &PlaceRow) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into property_place (id, region, jurisdiction, name, kind, address, capacity, keeper_role, closed, version, changed_by, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (region, name) do nothing",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(&row.jurisdiction)
    .bind(&row.name)
    .bind(&row.kind)
    .bind(&row.address)
    .bind(row.capacity)
    .bind(&row.keeper_role)
    .bind(row.closed)
    .bind(row.version)
    .bind(row.changed_by)
    .bind(row.changed_at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a place of the version before this one anew; `false` where it changed meanwhile.
pub(crate) async fn update(connection: &mut PgConnection, row: &PlaceRow) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update property_place set address = $3, capacity = $4, keeper_role = $5, closed = $6, version = $2, changed_by = $7, changed_at = $8
         where id = $1 and version = $2 - 1",
    )
    .bind(row.id)
    .bind(row.version)
    .bind(&row.address)
    .bind(row.capacity)
    .bind(&row.keeper_role)
    .bind(row.closed)
    .bind(row.changed_by)
    .bind(row.changed_at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A place, whoever may see it.
pub(crate) async fn any(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<PlaceRow>> {
    sqlx::query_as("select * from property_place where id = $1").bind(id).fetch_optional(connection).await
}

/// The names of these places.
pub(crate) async fn names(connection: &mut PgConnection, places: &[Uuid]) -> sqlx::Result<Vec<(Uuid, String)>> {
    sqlx::query_as("select id, name from property_place where id = any($1)").bind(places).fetch_all(connection).await
}
