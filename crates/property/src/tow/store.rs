//! The SQL of towed vehicles.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgPool};
use uuid::Uuid;

/// A row of `property_tow`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct TowRow {
    pub item: Uuid,
    pub plate: String,
    pub proof: Option<Vec<u8>>,
    pub towed_from: String,
    pub reason: String,
    pub article: String,
    pub told_how: Option<String>,
    pub told_at: Option<DateTime<Utc>>,
    pub told_by: Option<Uuid>,
}

pub(crate) async fn insert(connection: &mut PgConnection, row: &TowRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into property_tow (item, plate, proof, towed_from, reason, article, told_how, told_at, told_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(row.item)
    .bind(&row.plate)
    .bind(&row.proof)
    .bind(&row.towed_from)
    .bind(&row.reason)
    .bind(&row.article)
    .bind(&row.told_how)
    .bind(row.told_at)
    .bind(row.told_by)
    .execute(connection)
    .await
    .map(drop)
}

/// What is known of a towed vehicle.
pub(crate) async fn of(connection: &mut PgConnection, item: Uuid) -> sqlx::Result<Option<TowRow>> {
    sqlx::query_as("select * from property_tow where item = $1").bind(item).fetch_optional(connection).await
}

/// Whether a vehicle of this plate is in a yard already.
pub(crate) async fn is_in(connection: &mut PgConnection, region: &str, plate: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from property_tow t join property_item i on i.id = t.item
            where t.plate = $2 and i.region = $1 and i.state in ('listed', 'stored'))",
    )
    .bind(region)
    .bind(plate)
    .fetch_one(connection)
    .await
}

/// Keeps how the driver was told; `false` where that is known already.
pub(crate) async fn tell(connection: &mut PgConnection, item: Uuid, how: &str, at: DateTime<Utc>, by: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query("update property_tow set told_how = $2, told_at = $3, told_by = $4 where item = $1 and told_at is null")
        .bind(item)
        .bind(how)
        .bind(at)
        .bind(by)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// What the public is told of a vehicle that stands in a yard.
#[derive(Debug, FromRow)]
pub(crate) struct FoundRow {
    pub held_from: DateTime<Utc>,
    pub towed_from: String,
    pub reason: String,
    pub article: String,
    pub place_name: String,
    pub place_address: Option<String>,
    pub simulated: bool,
}

/// The vehicle of this proof, while it stands in a yard.
pub(crate) async fn by_proof(pool: &PgPool, region: &str, plate: &str, proof: &[u8]) -> sqlx::Result<Option<FoundRow>> {
    sqlx::query_as(
        "select i.held_from, t.towed_from, t.reason, t.article, p.name as place_name, p.address as place_address, i.simulated
         from property_tow t join property_item i on i.id = t.item join property_place p on p.id = i.place
         where i.region = $1 and t.plate = $2 and t.proof = $3 order by i.id desc limit 1",
    )
    .bind(region)
    .bind(plate)
    .bind(proof)
    .fetch_optional(pool)
    .await
}
