//! The SQL of benchmarks.

use chrono::{DateTime, NaiveDate, Utc};
use law::discretion::Benchmark;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, types::Json};
use uuid::Uuid;

use super::BenchmarkInForce;

/// A version as the table holds it.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Row {
    pub id: Uuid,
    pub matter: String,
    pub number: i32,
    pub state: String,
    pub rules: Json<Benchmark>,
    pub reason: String,
    pub sample: bool,
    pub drafted_by: Option<Uuid>,
    pub drafted_at: DateTime<Utc>,
    pub reviewed_by: Option<Uuid>,
    pub reviewed_at: Option<DateTime<Utc>>,
    pub review_note: Option<String>,
    pub effective_from: Option<NaiveDate>,
    pub published_by: Option<Uuid>,
    pub published_at: Option<DateTime<Utc>>,
    pub withdrawn_from: Option<NaiveDate>,
    pub withdrawn_by: Option<Uuid>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub withdrawn_reason: Option<String>,
    pub version: i64,
}

/// Which versions are listed.
#[derive(Debug, Default)]
pub(super) struct Wanted<'a> {
    pub matter: Option<&'a str>,
    pub state: Option<&'static str>,
    pub before: Option<(DateTime<Utc>, Uuid)>,
}

pub(super) async fn page(pool: &PgPool, wanted: &Wanted<'_>, rows: i64) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(
        "SELECT * FROM benchmark_version WHERE ($1::text IS NULL OR matter = $1) AND ($2::text IS NULL AND state <> 'discarded' OR state = $2)
           AND ($3::timestamptz IS NULL OR (drafted_at, id) < ($3, $4)) ORDER BY drafted_at DESC, id DESC LIMIT $5",
    )
    .bind(wanted.matter)
    .bind(wanted.state)
    .bind(wanted.before.map(|it| it.0))
    .bind(wanted.before.map(|it| it.1))
    .bind(rows)
    .fetch_all(pool)
    .await
}

pub(super) async fn one(executor: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<Row>> {
    sqlx::query_as("SELECT * FROM benchmark_version WHERE id = $1").bind(id).fetch_optional(executor).await
}

pub(super) async fn locked(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Row>> {
    sqlx::query_as("SELECT * FROM benchmark_version WHERE id = $1 FOR UPDATE").bind(id).fetch_optional(connection).await
}

/// Whether a matter has a draft, and the highest number of its versions. Whoever writes holds the library.
pub(super) async fn of_matter(connection: &mut PgConnection, matter: &str) -> sqlx::Result<(bool, i32)> {
    sqlx::query("SELECT FROM matter_library FOR UPDATE").execute(&mut *connection).await?;
    sqlx::query_as(
        "SELECT coalesce(bool_or(state IN ('draft', 'reviewed') AND NOT sample), false), coalesce(max(number), 0) FROM benchmark_version WHERE matter = $1",
    )
    .bind(matter)
    .fetch_one(connection)
    .await
}

pub(super) async fn any(connection: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT FROM benchmark_version)").fetch_one(connection).await
}

pub(super) async fn insert(connection: &mut PgConnection, row: &Row) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO benchmark_version (id, matter, number, state, rules, reason, sample, drafted_by, drafted_at)
         VALUES ($1, $2, $3, 'draft', $4, $5, $6, $7, $8)",
    )
    .bind(row.id)
    .bind(&row.matter)
    .bind(row.number)
    .bind(&row.rules)
    .bind(&row.reason)
    .bind(row.sample)
    .bind(row.drafted_by)
    .bind(row.drafted_at)
    .execute(connection)
    .await
    .map(drop)
}

/// Writes everything of a version but its id, matter and number; the version counts on.
pub(super) async fn update(connection: &mut PgConnection, row: &Row) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE benchmark_version SET state = $2, rules = $3, reason = $4, drafted_by = $5, drafted_at = $6, reviewed_by = $7,
           reviewed_at = $8, review_note = $9, effective_from = $10, published_by = $11, published_at = $12, withdrawn_from = $13,
           withdrawn_by = $14, withdrawn_at = $15, withdrawn_reason = $16, version = version + 1 WHERE id = $1",
    )
    .bind(row.id)
    .bind(&row.state)
    .bind(&row.rules)
    .bind(&row.reason)
    .bind(row.drafted_by)
    .bind(row.drafted_at)
    .bind(row.reviewed_by)
    .bind(row.reviewed_at)
    .bind(&row.review_note)
    .bind(row.effective_from)
    .bind(row.published_by)
    .bind(row.published_at)
    .bind(row.withdrawn_from)
    .bind(row.withdrawn_by)
    .bind(row.withdrawn_at)
    .bind(&row.withdrawn_reason)
    .execute(connection)
    .await
    .map(drop)
}

/// Of each matter the benchmark that counts on a day.
pub(super) async fn all_in_force(connection: &mut PgConnection, day: NaiveDate) -> sqlx::Result<Vec<BenchmarkInForce>> {
    let found: Vec<(Uuid, i32, NaiveDate, Json<Benchmark>)> = sqlx::query_as(
        "SELECT DISTINCT ON (matter) id, number, effective_from, rules FROM benchmark_version
         WHERE effective_from <= $1 AND (state = 'published' OR state = 'withdrawn' AND withdrawn_from > $1)
         ORDER BY matter, effective_from DESC, number DESC",
    )
    .bind(day)
    .fetch_all(connection)
    .await?;
    let rows = found.into_iter();
    Ok(rows.map(|(id, number, effective_from, rules)| BenchmarkInForce { id, number, effective_from, rules: rules.0 }).collect())
}

pub(super) async fn in_force(connection: &mut PgConnection, matter: &str, day: NaiveDate) -> sqlx::Result<Option<BenchmarkInForce>> {
    let found: Option<(Uuid, i32, NaiveDate, Json<Benchmark>)> = sqlx::query_as(
        "SELECT id, number, effective_from, rules FROM benchmark_version
         WHERE matter = $1 AND effective_from <= $2
           AND (state = 'published' OR state = 'withdrawn' AND withdrawn_from > $2)
         ORDER BY effective_from DESC, number DESC LIMIT 1",
    )
    .bind(matter)
    .bind(day)
    .fetch_optional(connection)
    .await?;
    Ok(found.map(|(id, number, effective_from, rules)| BenchmarkInForce { id, number, effective_from, rules: rules.0 }))
}
