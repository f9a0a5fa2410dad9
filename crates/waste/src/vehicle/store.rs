//! The SQL of vehicles.

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, QueryBuilder};
use uuid::Uuid;

use crate::{scope, words::like};

/// A row of `waste_vehicle`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct VehicleRow {
    pub id: Uuid,
    pub region: String,
    pub jurisdiction: String,
    pub plate: String,
    pub colour: i16,
    pub carrier: Uuid,
    pub rated_kg: i32,
    pub box_litres: i32,
    pub model: Option<String>,
    pub note: Option<String>,
    pub closed: bool,
    pub version: i64,
    pub simulated: bool,
    pub changed_by: Uuid,
    pub changed_at: DateTime<Utc>,
}

/// A vehicle with its carrier's name.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct NamedVehicle {
    #[sqlx(flatten)]
    pub row: VehicleRow,
    pub carrier_name: String,
}

/// Which vehicles.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub id: Option<Uuid>,
    pub words: Option<String>,
    pub carrier: Option<Uuid>,
    pub closed: bool,
    pub before: Option<Uuid>,
    pub most: i64,
}

/// Vehicles in a scope, the newest first.
pub(crate) async fn list(connection: &mut PgConnection, scope: &Scope, home: &str, wanted: &Wanted) -> sqlx::Result<Vec<NamedVehicle>> {
    let mut query = QueryBuilder::new(
        "select v.*, c.name as carrier_name from waste_vehicle v join waste_carrier c on c.id = v.carrier where v.region = ",
    );
    query.push_bind(home.to_owned());
    // Its ground is its carrier's, whatever that was when the vehicle was entered.
    scope::push(&mut query, scope, "c.jurisdiction", "c.organisation");
    if let Some(id) = wanted.id {
        query.push(" and v.id = ").push_bind(id);
    }
    if let Some(words) = &wanted.words {
        query.push(" and (v.plate ilike ").push_bind(like(words)).push(" or c.name ilike ").push_bind(like(words)).push(")");
    }
    if let Some(carrier) = wanted.carrier {
        query.push(" and v.carrier = ").push_bind(carrier);
    }
    if !wanted.closed {
        query.push(" and not v.closed");
    }
    if let Some(before) = wanted.before {
        query.push(" and v.id < ").push_bind(before);
    }
    query.push(" order by v.id desc limit ").push_bind(wanted.most);
    query.build_query_as().fetch_all(connection).await
}

/// One vehicle in a scope, in use or not.
pub(crate) async fn one(connection: &mut PgConnection, scope: &Scope, home: &str, id: Uuid) -> sqlx::Result<Option<NamedVehicle>> {
    let wanted = Wanted { id: Some(id), closed: true, most: 1, ..Wanted::default() };
    Ok(list(connection, scope, home, &wanted).await?.pop())
}

/// Some vehicles, whoever asks: what a permit names.
pub(crate) async fn some(connection: &mut PgConnection, home: &str, ids: &[Uuid]) -> sqlx::Result<Vec<NamedVehicle>> {
    sqlx::query_as(
        "select v.*, c.name as carrier_name from waste_vehicle v join waste_carrier c on c.id = v.carrier
         where v.region = $1 and v.id = any($2) order by v.plate",
    )
    .bind(home)
    .bind(ids)
    .fetch_all(connection)
    .await
}

/// Vehicles by plate, held until the commit, so that two imports at once do not write over each other.
pub(crate) async fn by_plates(connection: &mut PgConnection, home: &str, plates: &[String]) -> sqlx::Result<Vec<VehicleRow>> {
    sqlx::query_as("select * from waste_vehicle where region = $1 and plate = any($2) order by id for update")
        .bind(home)
        .bind(plates)
        .fetch_all(connection)
        .await
}

/// Writes a vehicle as its version; false where its plate is another's, or somebody else wrote that version first.
pub(crate) async fn save(connection: &mut PgConnection, row: &VehicleRow) -> sqlx::Result<bool> {
    let done = if row.version == 1 {
        sqlx::query(
            "insert into waste_vehicle (id, region, jurisdiction, plate, colour, carrier, rated_kg, box_litres, model, note, closed, version,
                simulated, changed_by, changed_at, closed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, case when $11 then $15 end) on conflict do nothing",
        )
    } else {
        sqlx::query(
            "update waste_vehicle set jurisdiction = $3, carrier = $6, rated_kg = $7, box_litres = $8, model = $9, note = $10, closed = $11,
                version = $12, simulated = $13, changed_by = $14, changed_at = $15, closed_at = case when $11 then coalesce(closed_at, $15) end,
                carrier_at = case when carrier = $6 then carrier_at else $15 end
             where id = $1 and region = $2 and plate = $4 and colour = $5 and version = $12 - 1",
        )
    };
    let done = done
        .bind(row.id)
        .bind(&row.region)
        .bind(&row.jurisdiction)
        .bind(&row.plate)
        .bind(row.colour)
        .bind(row.carrier)
        .bind(row.rated_kg)
        .bind(row.box_litres)
        .bind(&row.model)
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
