//! The SQL of drivers.

use chrono::{DateTime, NaiveDate, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, QueryBuilder};
use uuid::Uuid;

use crate::scope;

/// A row of `waste_driver`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct DriverRow {
    pub id: Uuid,
    pub region: String,
    pub jurisdiction: String,
    pub carrier: Uuid,
    pub subject: Uuid,
    pub masked: String,
    pub licence_class: String,
    pub licence_until: NaiveDate,
    pub qualified_until: Option<NaiveDate>,
    pub closed: bool,
    pub version: i64,
    pub simulated: bool,
    pub changed_by: Uuid,
    pub changed_at: DateTime<Utc>,
}

/// A driver with his carrier's name.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct NamedDriver {
    #[sqlx(flatten)]
    pub row: DriverRow,
    pub carrier_name: String,
}

/// Which drivers.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub id: Option<Uuid>,
    pub carrier: Option<Uuid>,
    /// Those who drive no more too.
    pub closed: bool,
    pub before: Option<Uuid>,
    pub most: i64,
}

/// Drivers in a scope, the newest first.
pub(crate) async fn list(connection: &mut PgConnection, scope: &Scope, home: &str, wanted: &Wanted) -> sqlx::Result<Vec<NamedDriver>> {
    let mut query = QueryBuilder::new(
        "select d.*, c.name as carrier_name from waste_driver d join waste_carrier c on c.id = d.carrier where d.region = ",
    );
    query.push_bind(home.to_owned());
    scope::push(&mut query, scope, "c.jurisdiction", "c.organisation");
    if let Some(id) = wanted.id {
        query.push(" and d.id = ").push_bind(id);
    }
    if !wanted.closed {
        query.push(" and not d.closed");
    }
    if let Some(carrier) = wanted.carrier {
        query.push(" and d.carrier = ").push_bind(carrier);
    }
    if let Some(before) = wanted.before {
        query.push(" and d.id < ").push_bind(before);
    }
    query.push(" order by d.id desc limit ").push_bind(wanted.most);
    query.build_query_as().fetch_all(connection).await
}

/// One driver in a scope, whether he still drives or not.
pub(crate) async fn one(connection: &mut PgConnection, scope: &Scope, home: &str, id: Uuid) -> sqlx::Result<Option<NamedDriver>> {
    let wanted = Wanted { id: Some(id), closed: true, most: 1, ..Wanted::default() };
    Ok(list(connection, scope, home, &wanted).await?.pop())
}

/// Writes a driver as his version; false where somebody else wrote that version first.
pub(crate) async fn save(connection: &mut PgConnection, row: &DriverRow) -> sqlx::Result<bool> {
    let done = if row.version == 1 {
        sqlx::query(
            "insert into waste_driver (id, region, jurisdiction, carrier, subject, masked, licence_class, licence_until, qualified_until, closed,
                version, simulated, changed_by, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing",
        )
    } else {
        sqlx::query(
            "update waste_driver set jurisdiction = $3, carrier = $4, masked = $6, licence_class = $7, licence_until = $8, qualified_until = $9,
                closed = $10, version = $11, simulated = $12, changed_by = $13, changed_at = $14
             where id = $1 and region = $2 and subject = $5 and version = $11 - 1",
        )
    };
    let done = done
        .bind(row.id)
        .bind(&row.region)
        .bind(&row.jurisdiction)
        .bind(row.carrier)
        .bind(row.subject)
        .bind(&row.masked)
        .bind(&row.licence_class)
        .bind(row.licence_until)
        .bind(row.qualified_until)
        .bind(row.closed)
        .bind(row.version)
        .bind(row.simulated)
        .bind(row.changed_by)
        .bind(row.changed_at)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps who looked, and why.
pub(crate) async fn keep_reveal(
    connection: &mut PgConnection,
    driver: Uuid,
    person: Uuid,
    at: DateTime<Utc>,
    reason: &str,
) -> sqlx::Result<()> {
    sqlx::query("insert into waste_reveal (driver, person, at, reason) values ($1, $2, $3, $4)")
        .bind(driver)
        .bind(person)
        .bind(at)
        .bind(reason)
        .execute(connection)
        .await
        .map(drop)
}

/// Who looked at a driver's data.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct RevealRow {
    pub person: Uuid,
    pub at: DateTime<Utc>,
    pub reason: String,
}

/// Who looked at a driver's data, the newest first.
pub(crate) async fn reveals(connection: &mut PgConnection, driver: Uuid, most: i64) -> sqlx::Result<Vec<RevealRow>> {
    sqlx::query_as("select person, at, reason from waste_reveal where driver = $1 order by at desc limit $2")
        .bind(driver)
        .bind(most)
        .fetch_all(connection)
        .await
}
