//! SQL of imports.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{FromRow, PgPool};
use uuid::Uuid;

use super::receive::RowOutcome;

/// An import as its row says.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct ImportRecord {
    pub id: Uuid,
    pub file_name: String,
    pub source: String,
    pub mapping: Value,
    pub encoding: Option<String>,
    pub state: String,
    pub rows_total: Option<i64>,
    pub rows_done: i64,
    pub imported: i64,
    pub present: i64,
    pub rejected: i64,
    pub byte_offset: i64,
    pub error: Option<String>,
    pub created_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

const COLUMNS: &str = "id, file_name, source, mapping, encoding, state, rows_total, rows_done, imported, present, rejected, byte_offset, error, created_at, ended_at";

/// A new import.
pub(crate) struct NewJob<'a> {
    pub id: Uuid,
    pub region: &'a str,
    pub folder: &'a str,
    pub file_name: &'a str,
    pub file_size: i64,
    pub source: &'a str,
    pub mapping: &'a Value,
    pub encoding: &'a str,
    pub by: Option<Uuid>,
}

pub(crate) async fn insert(pool: &PgPool, job: &NewJob<'_>, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "insert into import_job (id, region, folder, file_name, file_size, source, mapping, encoding, state, created_at, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $10)",
    )
    .bind(job.id)
    .bind(job.region)
    .bind(job.folder)
    .bind(job.file_name)
    .bind(job.file_size)
    .bind(job.source)
    .bind(job.mapping)
    .bind(job.encoding)
    .bind(now)
    .bind(job.by)
    .execute(pool)
    .await?;
    Ok(())
}

pub(crate) async fn one(pool: &PgPool, region: &str, id: Uuid) -> sqlx::Result<Option<ImportRecord>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("select {COLUMNS} from import_job where region = $1 and id = $2")))
        .bind(region)
        .bind(id)
        .fetch_optional(pool)
        .await
}

pub(crate) async fn page(pool: &PgPool, region: &str, before: Option<Uuid>, rows: i64) -> sqlx::Result<Vec<ImportRecord>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from import_job where region = $1 and ($2::uuid is null or id < $2) order by id desc limit $3"
    )))
    .bind(region)
    .bind(before)
    .bind(rows)
    .fetch_all(pool)
    .await
}

/// The imports that wait for a worker, the oldest first.
pub(crate) async fn waiting(pool: &PgPool, region: &str) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("select id from import_job where region = $1 and state in ('waiting', 'running') order by id limit 200")
        .bind(region)
        .fetch_all(pool)
        .await
}

/// Takes an import up; nothing when a person paused or cancelled it meanwhile.
pub(crate) async fn take_up(pool: &PgPool, id: Uuid) -> sqlx::Result<Option<ImportRecord>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "update import_job set state = 'running', error = null where id = $1 and state in ('waiting', 'running') returning {COLUMNS}"
    )))
    .bind(id)
    .fetch_optional(pool)
    .await
}

pub(crate) async fn counted(pool: &PgPool, id: Uuid, rows: i64) -> sqlx::Result<()> {
    sqlx::query("update import_job set rows_total = $2 where id = $1").bind(id).bind(rows).execute(pool).await?;
    Ok(())
}

/// How far an import came with these rows; answers its state, or nothing when another worker was here.
pub(crate) async fn advance(
    pool: &PgPool,
    id: Uuid,
    done_before: i64,
    offset: i64,
    outcomes: &[RowOutcome],
) -> sqlx::Result<Option<String>> {
    let count = |wanted: &str| i64::try_from(outcomes.iter().filter(|outcome| outcome.outcome == wanted).count()).unwrap_or(i64::MAX);
    let mut transaction = pool.begin().await?;
    let state: Option<String> = sqlx::query_scalar(
        "update import_job set rows_done = rows_done + $3 + $4 + $5, imported = imported + $3, present = present + $4, rejected = rejected + $5,
            byte_offset = $6 where id = $1 and rows_done = $2 returning state",
    )
    .bind(id)
    .bind(done_before)
    .bind(count("imported"))
    .bind(count("present"))
    .bind(count("rejected"))
    .bind(offset)
    .fetch_optional(&mut *transaction)
    .await?;
    if state.is_none() {
        return Ok(None);
    }
    sqlx::query(
        "insert into import_row (import_id, row, outcome, reason, lead_id)
         select $1, row, outcome, reason, lead from unnest($2::int8[], $3::text[], $4::text[], $5::uuid[]) as t(row, outcome, reason, lead)",
    )
    .bind(id)
    .bind(outcomes.iter().map(|outcome| outcome.row).collect::<Vec<_>>())
    .bind(outcomes.iter().map(|outcome| outcome.outcome).collect::<Vec<_>>())
    .bind(outcomes.iter().map(|outcome| outcome.reason.as_deref()).collect::<Vec<_>>())
    .bind(outcomes.iter().map(|outcome| outcome.lead).collect::<Vec<_>>())
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(state)
}

/// Ends an import: `done`, or `failed` with the reason.
pub(crate) async fn end(pool: &PgPool, id: Uuid, state: &str, error: Option<&str>, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "update import_job set state = $2, error = $3, ended_at = $4, rows_total = case when $2 = 'done' then rows_done else rows_total end
         where id = $1 and state = 'running'",
    )
    .bind(id)
    .bind(state)
    .bind(error)
    .bind(now)
    .execute(pool)
    .await?;
    Ok(())
}

/// A person's order; answers whether the import was in one of the states `from`.
pub(crate) async fn order(pool: &PgPool, region: &str, id: Uuid, from: &[&str], to: &str, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update import_job set state = $4, error = null, ended_at = case when $4 = 'cancelled' then $5 end
         where region = $1 and id = $2 and state = any($3)",
    )
    .bind(region)
    .bind(id)
    .bind(from)
    .bind(to)
    .bind(now)
    .execute(pool)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Of these leads, those that this import made, each with the row that did.
pub(crate) async fn made_by(pool: &PgPool, import: Uuid, leads: &[Uuid]) -> sqlx::Result<Vec<(Uuid, i64)>> {
    sqlx::query_as("select id, (details ->> 'row')::int8 from lead where id = any($2) and details ->> 'import' = $1")
        .bind(import.to_string())
        .bind(leads)
        .fetch_all(pool)
        .await
}

/// What became of a row.
#[derive(Debug, FromRow)]
pub(crate) struct RowRecord {
    pub row: i64,
    pub outcome: String,
    pub reason: Option<String>,
    pub lead_id: Option<Uuid>,
}

pub(crate) async fn rows(pool: &PgPool, import: Uuid, outcome: Option<&str>, after: i64, rows: i64) -> sqlx::Result<Vec<RowRecord>> {
    sqlx::query_as(
        "select row, outcome, reason, lead_id from import_row
         where import_id = $1 and ($2::text is null or outcome = $2) and row > $3 order by row limit $4",
    )
    .bind(import)
    .bind(outcome)
    .bind(after)
    .bind(rows)
    .fetch_all(pool)
    .await
}

/// A saved mapping.
#[derive(Debug, FromRow)]
pub(crate) struct MappingRecord {
    pub id: Uuid,
    pub name: String,
    pub source: String,
    pub columns: Value,
}

pub(crate) async fn mappings(pool: &PgPool, region: &str) -> sqlx::Result<Vec<MappingRecord>> {
    sqlx::query_as("select id, name, source, columns from import_mapping where region = $1 order by name limit 500")
        .bind(region)
        .fetch_all(pool)
        .await
}

/// Saves a mapping under its name; one of the same name is replaced.
pub(crate) async fn save_mapping(pool: &PgPool, region: &str, mapping: &MappingRecord, by: Uuid, now: DateTime<Utc>) -> sqlx::Result<Uuid> {
    sqlx::query_scalar(
        "insert into import_mapping (id, region, name, source, columns, created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (region, name) do update set source = excluded.source, columns = excluded.columns, created_at = excluded.created_at,
            created_by = excluded.created_by
         returning id",
    )
    .bind(mapping.id)
    .bind(region)
    .bind(&mapping.name)
    .bind(&mapping.source)
    .bind(&mapping.columns)
    .bind(now)
    .bind(by)
    .fetch_one(pool)
    .await
}

pub(crate) async fn remove_mapping(pool: &PgPool, region: &str, id: Uuid) -> sqlx::Result<bool> {
    let done = sqlx::query("delete from import_mapping where region = $1 and id = $2").bind(region).bind(id).execute(pool).await?;
    Ok(done.rows_affected() == 1)
}

/// Of these imports, those whose file is still needed: not ended, or ended after `since`.
pub(crate) async fn needed(pool: &PgPool, ids: &[Uuid], since: DateTime<Utc>) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("select id from import_job where id = any($1) and (ended_at is null or ended_at > $2)")
        .bind(ids)
        .bind(since)
        .fetch_all(pool)
        .await
}
