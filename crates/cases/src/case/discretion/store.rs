//! SQL of discretion in cases.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use identity::Scope;
use sqlx::{FromRow, PgConnection, QueryBuilder, types::Json};
use uuid::Uuid;

use super::super::{KIND, basis::CaseBasisStep};
use crate::scope;

/// What was weighed.
#[derive(Debug, Clone, FromRow)]
pub(in crate::case) struct WeighingRow {
    pub ordinal: i32,
    pub benchmark: Uuid,
    pub benchmark_number: i32,
    pub benchmark_version: String,
    pub organisation: bool,
    pub answers: Json<std::collections::BTreeMap<String, String>>,
    pub circumstances: Vec<String>,
    pub points: i32,
    pub tier: String,
    pub low_fen: i64,
    pub high_fen: i64,
    pub proposed_fen: i64,
    pub steps: Json<Vec<CaseBasisStep>>,
    pub weighed_by: Uuid,
    pub weighed_at: DateTime<Utc>,
}

/// A deviation.
#[derive(Debug, Clone, FromRow)]
pub(in crate::case) struct DeviationRow {
    pub ordinal: i32,
    pub weighing: i32,
    pub fine_fen: i64,
    pub reason: String,
    pub asked_by: Uuid,
    pub asked_at: DateTime<Utc>,
    pub approved_by: Option<Uuid>,
    pub approved_at: Option<DateTime<Utc>>,
    pub note: Option<String>,
}

pub(super) async fn last_weighing(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Option<WeighingRow>> {
    sqlx::query_as("select * from case_weighing where region = $1 and case_id = $2 order by ordinal desc limit 1")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_optional(connection)
        .await
}

pub(super) async fn last_deviation(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Option<DeviationRow>> {
    sqlx::query_as("select * from case_deviation where region = $1 and case_id = $2 order by ordinal desc limit 1")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_optional(connection)
        .await
}

pub(super) async fn insert_weighing(connection: &mut PgConnection, key: &KeyOf, row: &WeighingRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into case_weighing (region, case_id, ordinal, benchmark, benchmark_number, benchmark_version, organisation, answers,
            circumstances, points, tier, low_fen, high_fen, proposed_fen, steps, weighed_by, weighed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(row.ordinal)
    .bind(row.benchmark)
    .bind(row.benchmark_number)
    .bind(&row.benchmark_version)
    .bind(row.organisation)
    .bind(&row.answers)
    .bind(&row.circumstances)
    .bind(row.points)
    .bind(&row.tier)
    .bind(row.low_fen)
    .bind(row.high_fen)
    .bind(row.proposed_fen)
    .bind(&row.steps)
    .bind(row.weighed_by)
    .bind(row.weighed_at)
    .execute(connection)
    .await
    .map(drop)
}

pub(super) async fn insert_deviation(connection: &mut PgConnection, key: &KeyOf, row: &DeviationRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into case_deviation (region, case_id, ordinal, weighing, fine_fen, reason, asked_by, asked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(row.ordinal)
    .bind(row.weighing)
    .bind(row.fine_fen)
    .bind(&row.reason)
    .bind(row.asked_by)
    .bind(row.asked_at)
    .execute(connection)
    .await
    .map(drop)
}

pub(super) async fn approve(connection: &mut PgConnection, key: &KeyOf, row: &DeviationRow) -> sqlx::Result<()> {
    sqlx::query(
        "update case_deviation set approved_by = $4, approved_at = $5, note = $6
         where region = $1 and case_id = $2 and ordinal = $3 and approved_by is null",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(row.ordinal)
    .bind(row.approved_by)
    .bind(row.approved_at)
    .bind(&row.note)
    .execute(connection)
    .await
    .map(drop)
}

/// How the fines of like cases lie, in fen.
#[derive(Debug, FromRow)]
pub(super) struct SpreadRow {
    pub cases: i64,
    pub least: Option<i64>,
    pub most: Option<i64>,
    /// Lower quartile, median, upper quartile.
    pub quartiles: Option<Vec<i64>>,
}

/// The fines of other decided cases of the same matter and tier since a day, within a scope.
pub(super) async fn spread(
    connection: &mut PgConnection,
    scope: &Scope,
    key: &KeyOf,
    (matter, tier): (&str, &str),
    since: DateTime<Utc>,
) -> sqlx::Result<SpreadRow> {
    let mut query = QueryBuilder::new(
        "select count(*) as cases, min(fine) as least, max(fine) as most,
            percentile_disc(array[0.25, 0.5, 0.75]) within group (order by fine) as quartiles
         from (select (c.plan ->> 'fine_fen')::bigint as fine from enforcement_case c
            join docket d on d.region = c.region and d.id = c.id
            join lateral (select w.tier from case_weighing w where w.region = c.region and w.case_id = c.id order by w.ordinal desc limit 1) w
                on true
            where c.fined and d.kind = ",
    );
    query.push_bind(KIND).push(" and c.matter_code = ").push_bind(matter.to_owned());
    query.push(" and w.tier = ").push_bind(tier.to_owned()).push(" and c.decided_at >= ").push_bind(since);
    query.push(" and c.id <> ").push_bind(key.id.uuid());
    scope::push(&mut query, scope);
    query.push(") as likes");
    query.build_query_as().fetch_one(connection).await
}
