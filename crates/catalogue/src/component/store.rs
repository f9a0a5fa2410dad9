//! The SQL of components.

use chrono::{DateTime, Utc};
use kernel::position::Position;
use serde_json::Value;
use sqlx::{FromRow, PgConnection, PgPool};

use super::Spot;

/// A component as the table holds it.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub(crate) struct Row {
    pub code: String,
    pub class_code: String,
    pub name: String,
    pub grid_code: String,
    pub state: String,
    pub attributes: Value,
    pub lon: f64,
    pub lat: f64,
    pub simulated: bool,
}

/// Every component that is still there, for the index in memory.
pub(crate) async fn spots(pool: &PgPool) -> sqlx::Result<Vec<Spot>> {
    let rows: Vec<(String, String, f64, f64)> =
        sqlx::query_as("SELECT code, name, lon, lat FROM component WHERE state NOT IN ('废弃', '移除')").fetch_all(pool).await?;
    let spot = |(code, name, lon, lat)| Some(Spot { code, name, position: Position::new(lon, lat).ok()? });
    Ok(rows.into_iter().filter_map(spot).collect())
}

/// Writes components; returns how many were new or changed.
pub(crate) async fn put(connection: &mut PgConnection, rows: &[Row], now: DateTime<Utc>) -> sqlx::Result<u64> {
    let column = |pick: fn(&Row) -> &str| rows.iter().map(|r| pick(r).to_owned()).collect::<Vec<_>>();
    let done = sqlx::query(
        "INSERT INTO component AS old (code, class_code, name, grid_code, state, attributes, lon, lat, simulated, updated_at)
         SELECT code, class_code, name, grid_code, state, attributes, lon, lat, simulated, $10
         FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::float8[], $8::float8[], $9::bool[])
           AS new (code, class_code, name, grid_code, state, attributes, lon, lat, simulated)
         ON CONFLICT (code) DO UPDATE SET class_code = EXCLUDED.class_code, name = EXCLUDED.name, grid_code = EXCLUDED.grid_code,
           state = EXCLUDED.state, attributes = EXCLUDED.attributes, lon = EXCLUDED.lon, lat = EXCLUDED.lat,
           simulated = EXCLUDED.simulated, updated_at = EXCLUDED.updated_at
         WHERE (old.name, old.grid_code, old.state, old.attributes, old.lon, old.lat, old.simulated)
           IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.grid_code, EXCLUDED.state, EXCLUDED.attributes, EXCLUDED.lon, EXCLUDED.lat, EXCLUDED.simulated)",
    )
    .bind(column(|r| &r.code))
    .bind(column(|r| &r.class_code))
    .bind(column(|r| &r.name))
    .bind(column(|r| &r.grid_code))
    .bind(column(|r| &r.state))
    .bind(rows.iter().map(|r| r.attributes.clone()).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.lon).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.lat).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.simulated).collect::<Vec<_>>())
    .bind(now)
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

/// What to list.
#[derive(Debug, Default)]
pub(crate) struct Filter<'a> {
    pub after: Option<&'a str>,
    pub class: Option<&'a str>,
    /// A part of the name, or the beginning of the code.
    pub words: Option<&'a str>,
    pub codes: Option<&'a [String]>,
}

/// Components of a scope's regions, in the order of their codes.
pub(crate) async fn list_in_scope(pool: &PgPool, regions: &[String], filter: &Filter<'_>, limit: i64) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(
        "SELECT code, class_code, name, grid_code, state, attributes, lon, lat, simulated FROM component
         WHERE EXISTS (SELECT FROM unnest($1::text[]) AS prefix WHERE starts_with(grid_code, prefix))
           AND ($2::text IS NULL OR code > $2)
           AND ($3::text IS NULL OR class_code = $3)
           AND ($4::text IS NULL OR strpos(name, $4) > 0 OR starts_with(code, $4))
           AND ($5::text[] IS NULL OR code = ANY($5))
         ORDER BY code LIMIT $6",
    )
    .bind(regions)
    .bind(filter.after)
    .bind(filter.class)
    .bind(filter.words)
    .bind(filter.codes)
    .bind(limit)
    .fetch_all(pool)
    .await
}
