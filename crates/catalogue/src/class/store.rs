//! The SQL of classes and limits.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, PgConnection, PgPool};
use uuid::Uuid;

#[derive(Debug, FromRow)]
pub(crate) struct EditionRow {
    pub id: String,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct ClassRow {
    pub catalogue_id: String,
    pub kind: String,
    pub code: String,
    pub name: String,
    pub category_code: String,
    pub category_name: String,
    pub predecessor_kind: Option<String>,
    pub predecessor_code: Option<String>,
    pub local: bool,
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct LimitRow {
    pub id: Uuid,
    pub catalogue_id: String,
    pub kind: String,
    pub code: String,
    pub conditions: Vec<String>,
    pub minutes: i32,
    pub unit: String,
}

pub(crate) async fn editions(pool: &PgPool) -> sqlx::Result<Vec<EditionRow>> {
    sqlx::query_as("SELECT id, valid_from, valid_to FROM catalogue_version ORDER BY valid_from").fetch_all(pool).await
}

pub(crate) async fn classes(pool: &PgPool) -> sqlx::Result<Vec<ClassRow>> {
    sqlx::query_as(
        "SELECT catalogue_id, kind, code, name, category_code, category_name, predecessor_kind, predecessor_code, local FROM class",
    )
    .fetch_all(pool)
    .await
}

pub(crate) async fn limits(pool: &PgPool) -> sqlx::Result<Vec<LimitRow>> {
    sqlx::query_as("SELECT id, catalogue_id, kind, code, conditions, minutes, unit FROM class_limit").fetch_all(pool).await
}

/// What was seeded last; holds the row until the transaction ends, so that two programs do not seed at once.
pub(crate) async fn lock_seeded(connection: &mut PgConnection) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT seeded FROM catalogue_state FOR UPDATE").fetch_one(connection).await
}

pub(crate) async fn mark_seeded(connection: &mut PgConnection, checksum: &str) -> sqlx::Result<()> {
    sqlx::query("UPDATE catalogue_state SET seeded = $1, revision = revision + 1").bind(checksum).execute(connection).await?;
    Ok(())
}

pub(crate) async fn put_edition(
    connection: &mut PgConnection,
    id: &str,
    name: &str,
    from: NaiveDate,
    to: Option<NaiveDate>,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO catalogue_version (id, name, valid_from, valid_to) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, valid_from = EXCLUDED.valid_from, valid_to = EXCLUDED.valid_to",
    )
    .bind(id)
    .bind(name)
    .bind(from)
    .bind(to)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn put_classes(connection: &mut PgConnection, rows: &[ClassRow]) -> sqlx::Result<()> {
    let column = |pick: fn(&ClassRow) -> &str| rows.iter().map(|r| pick(r).to_owned()).collect::<Vec<_>>();
    sqlx::query(
        "INSERT INTO class (catalogue_id, kind, code, name, category_code, category_name, predecessor_kind, predecessor_code, local)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bool[])
         ON CONFLICT (catalogue_id, kind, code) DO UPDATE SET name = EXCLUDED.name, category_code = EXCLUDED.category_code,
           category_name = EXCLUDED.category_name, predecessor_kind = EXCLUDED.predecessor_kind,
           predecessor_code = EXCLUDED.predecessor_code, local = EXCLUDED.local",
    )
    .bind(column(|r| &r.catalogue_id))
    .bind(column(|r| &r.kind))
    .bind(column(|r| &r.code))
    .bind(column(|r| &r.name))
    .bind(column(|r| &r.category_code))
    .bind(column(|r| &r.category_name))
    .bind(rows.iter().map(|r| r.predecessor_kind.clone()).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.predecessor_code.clone()).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.local).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds a class. False when the code is taken.
pub(crate) async fn add_class(connection: &mut PgConnection, row: &ClassRow) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO class (catalogue_id, kind, code, name, category_code, category_name, local)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    )
    .bind(&row.catalogue_id)
    .bind(&row.kind)
    .bind(&row.code)
    .bind(&row.name)
    .bind(&row.category_code)
    .bind(&row.category_name)
    .bind(row.local)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Adds a limit. False when the class has the same one already.
pub(crate) async fn add_limit(
    connection: &mut PgConnection,
    row: &LimitRow,
    source: &str,
    now: DateTime<Utc>,
    by: Option<Uuid>,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO class_limit (id, catalogue_id, kind, code, conditions, minutes, unit, source, created_at, created_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
    )
    .bind(row.id)
    .bind(&row.catalogue_id)
    .bind(&row.kind)
    .bind(&row.code)
    .bind(&row.conditions)
    .bind(row.minutes)
    .bind(&row.unit)
    .bind(source)
    .bind(now)
    .bind(by)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Counts a change; every process reloads what it holds in memory.
pub(crate) async fn raise_revision(connection: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar("UPDATE catalogue_state SET revision = revision + 1 RETURNING revision").fetch_one(connection).await
}

pub(crate) async fn revision(pool: &PgPool) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT revision FROM catalogue_state").fetch_one(pool).await
}
