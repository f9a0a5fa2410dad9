//! The SQL of the list of permits.

use chrono::{DateTime, NaiveDate, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, QueryBuilder};
use uuid::Uuid;

use super::super::{KIND, store};
use crate::words::like;

/// Which permits.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub id: Option<Uuid>,
    pub states: Option<Vec<&'static str>>,
    pub words: Option<String>,
    /// From it or to it.
    pub place: Option<Uuid>,
    pub carrier: Option<Uuid>,
    pub vehicle: Option<Uuid>,
    pub before: Option<Uuid>,
    pub most: i64,
}

/// A permit as a row of a list.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct ListedPermit {
    pub id: Uuid,
    pub application: String,
    pub number: Option<String>,
    pub state: String,
    pub version: i64,
    pub opened_at: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
    pub warn_at: Option<DateTime<Utc>>,
    pub simulated: bool,
    pub site: Uuid,
    pub site_name: String,
    pub carrier: Uuid,
    pub carrier_name: String,
    pub material: String,
    pub volume_m3: i64,
    pub valid_from: NaiveDate,
    pub valid_until: NaiveDate,
    pub vehicles: i32,
}

/// Permits in a scope, the newest first.
pub(crate) async fn list(connection: &mut PgConnection, scope: &Scope, home: &str, wanted: &Wanted) -> sqlx::Result<Vec<ListedPermit>> {
    let mut query = QueryBuilder::new(
        "select d.id, d.number as application, m.number, d.state, d.version, d.opened_at, d.due_at, d.warn_at, d.simulated, m.site,
            s.name as site_name, v.carrier, c.name as carrier_name, v.material, v.volume_m3, v.valid_from, v.valid_until,
            cardinality(v.vehicles) as vehicles",
    );
    query.push(store::JOINED).push_bind(KIND).push(" and d.region = ").push_bind(home.to_owned());
    store::push_scope(&mut query, scope);
    if let Some(id) = wanted.id {
        query.push(" and d.id = ").push_bind(id);
    }
    if let Some(states) = &wanted.states {
        query.push(" and d.state = any(").push_bind(states.clone()).push(")");
    }
    if let Some(words) = &wanted.words {
        query.push(" and (d.number ilike ").push_bind(like(words)).push(" or m.number ilike ").push_bind(like(words));
        query.push(" or s.name ilike ").push_bind(like(words)).push(" or c.name ilike ").push_bind(like(words)).push(")");
    }
    if let Some(place) = wanted.place {
        query.push(" and (m.site = ").push_bind(place).push(" or ").push_bind(place).push(" = any(v.disposals))");
    }
    if let Some(carrier) = wanted.carrier {
        query.push(" and v.carrier = ").push_bind(carrier);
    }
    if let Some(vehicle) = wanted.vehicle {
        query.push(" and v.vehicles @> array[").push_bind(vehicle).push("]::uuid[]");
    }
    if let Some(before) = wanted.before {
        query.push(" and d.id < ").push_bind(before);
    }
    query.push(" order by d.id desc limit ").push_bind(wanted.most);
    query.build_query_as().fetch_all(connection).await
}

/// How many permits in force on a day name a vehicle as its carrier's, whoever asks: whether it may carry is no question of who may see.
pub(crate) async fn in_force(connection: &mut PgConnection, home: &str, vehicle: Uuid, day: NaiveDate) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from waste_permit_version v join waste_vehicle c on c.id = $2 and c.carrier = v.carrier
         where v.region = $1 and v.vehicles @> array[$2]::uuid[] and v.from_at is not null and v.until_at is null
            and v.valid_from <= $3 and coalesce(v.extended_until, v.valid_until) >= $3",
    )
    .bind(home)
    .bind(vehicle)
    .bind(day)
    .fetch_one(connection)
    .await
}
