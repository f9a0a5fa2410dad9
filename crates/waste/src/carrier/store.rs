//! The SQL of carriers.

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, QueryBuilder};
use uuid::Uuid;

use crate::{scope, words::like};

/// A row of `waste_carrier`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct CarrierRow {
    pub id: Uuid,
    pub region: String,
    pub jurisdiction: String,
    pub name: String,
    pub credit_code: String,
    pub organisation: Option<Uuid>,
    pub address: Option<String>,
    pub note: Option<String>,
    pub closed: bool,
    pub version: i64,
    pub simulated: bool,
    pub changed_by: Uuid,
    pub changed_at: DateTime<Utc>,
}

/// A carrier with what it has.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct CountedCarrier {
    #[sqlx(flatten)]
    pub row: CarrierRow,
    pub vehicles: i64,
    pub drivers: i64,
}

/// Which carriers.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub id: Option<Uuid>,
    pub words: Option<String>,
    pub closed: bool,
    pub before: Option<Uuid>,
    pub most: i64,
}

/// Carriers in a scope, the newest first.
pub(crate) async fn list(connection: &mut PgConnection, scope: &Scope, home: &str, wanted: &Wanted) -> sqlx::Result<Vec<CountedCarrier>> {
    let mut query = QueryBuilder::new(
        "select c.*, (select count(*) from waste_vehicle v where v.carrier = c.id and not v.closed) as vehicles,
            (select count(*) from waste_driver d where d.carrier = c.id and not d.closed) as drivers
         from waste_carrier c where c.region = ",
    );
    query.push_bind(home.to_owned());
    scope::push(&mut query, scope, "c.jurisdiction", "c.organisation");
    if let Some(id) = wanted.id {
        query.push(" and c.id = ").push_bind(id);
    }
    if let Some(words) = &wanted.words {
        query.push(" and (c.name ilike ").push_bind(like(words)).push(" or c.credit_code ilike ").push_bind(like(words)).push(")");
    }
    if !wanted.closed {
        query.push(" and not c.closed");
    }
    if let Some(before) = wanted.before {
        query.push(" and c.id < ").push_bind(before);
    }
    query.push(" order by c.id desc limit ").push_bind(wanted.most);
    query.build_query_as().fetch_all(connection).await
}

/// One carrier in a scope, closed or not.
pub(crate) async fn one(connection: &mut PgConnection, scope: &Scope, home: &str, id: Uuid) -> sqlx::Result<Option<CountedCarrier>> {
    let wanted = Wanted { id: Some(id), closed: true, most: 1, ..Wanted::default() };
    Ok(list(connection, scope, home, &wanted).await?.pop())
}

/// A carrier, whoever asks: what a permit names.
pub(crate) async fn named(connection: &mut PgConnection, home: &str, id: Uuid) -> sqlx::Result<Option<CarrierRow>> {
    sqlx::query_as("select * from waste_carrier where region = $1 and id = $2").bind(home).bind(id).fetch_optional(connection).await
}

/// The open carriers by their codes.
pub(crate) async fn by_code(connection: &mut PgConnection, home: &str, codes: &[String]) -> sqlx::Result<Vec<CarrierRow>> {
    sqlx::query_as("select * from waste_carrier where region = $1 and credit_code = any($2) and not closed")
        .bind(home)
        .bind(codes)
        .fetch_all(connection)
        .await
}

/// Writes a carrier as its version; false where its code is another's, or somebody else wrote that version first.
pub(crate) async fn save(connection: &mut PgConnection, row: &CarrierRow) -> sqlx::Result<bool> {
    let done = if row.version == 1 {
        sqlx::query(
            "insert into waste_carrier (id, region, jurisdiction, name, credit_code, organisation, address, note, closed, version, simulated,
                changed_by, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing",
        )
    } else {
        sqlx::query(
            "update waste_carrier set jurisdiction = $3, name = $4, organisation = $6, address = $7, note = $8, closed = $9, version = $10,
                simulated = $11, changed_by = $12, changed_at = $13
             where id = $1 and region = $2 and credit_code = $5 and version = $10 - 1",
        )
    };
    let done = done
        .bind(row.id)
        .bind(&row.region)
        .bind(&row.jurisdiction)
        .bind(&row.name)
        .bind(&row.credit_code)
        .bind(row.organisation)
        .bind(&row.address)
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
