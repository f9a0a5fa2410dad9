//! SQL of rounds and their candidates.

use chrono::{DateTime, Utc};
use identity::Scope;
use serde_json::Value;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, QueryBuilder, types::Json};
use uuid::Uuid;

use super::RoundPlan;
use crate::scope;

/// A round.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct RoundRow {
    pub id: Uuid,
    pub region: String,
    pub unit: Option<Uuid>,
    pub name: String,
    pub kind: String,
    pub state: String,
    pub version: i32,
    pub plan: Json<RoundPlan>,
    pub sheet: Uuid,
    pub candidates: i32,
    pub candidates_hash: String,
    pub algorithm: String,
    pub seed: Option<String>,
    pub seed_source: Option<String>,
    pub draw_on: Option<chrono::NaiveDate>,
    pub reviewers: Vec<Uuid>,
    pub simulated: bool,
    pub created_by: Uuid,
    pub created_at: DateTime<Utc>,
    pub drawn_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub close_note: Option<String>,
    pub figures: Option<Value>,
}

/// A candidate as it was listed.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct CandidateRow {
    pub ordinal: i32,
    pub region: String,
    pub case_id: Uuid,
    pub number: String,
    pub stratum: String,
}

pub(super) async fn insert(connection: &mut PgConnection, row: &RoundRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into review_round (id, region, unit, name, kind, state, plan, sheet, candidates, candidates_hash, algorithm, simulated,
            created_by, created_at, seed_source, draw_on)
         values ($1, $2, $3, $4, $5, 'gathered', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(row.unit)
    .bind(&row.name)
    .bind(&row.kind)
    .bind(&row.plan)
    .bind(row.sheet)
    .bind(row.candidates)
    .bind(&row.candidates_hash)
    .bind(&row.algorithm)
    .bind(row.simulated)
    .bind(row.created_by)
    .bind(row.created_at)
    .bind(&row.seed_source)
    .bind(row.draw_on)
    .execute(connection)
    .await
    .map(drop)
}

pub(super) async fn insert_candidates(connection: &mut PgConnection, round: Uuid, rows: &[CandidateRow]) -> sqlx::Result<()> {
    let column = |of: fn(&CandidateRow) -> String| rows.iter().map(of).collect::<Vec<_>>();
    sqlx::query(
        "insert into review_candidate (round, ordinal, region, case_id, number, stratum)
         select $1, t.ordinal, t.region, t.case_id, t.number, t.stratum
         from unnest($2::int4[], $3::text[], $4::uuid[], $5::text[], $6::text[]) as t(ordinal, region, case_id, number, stratum)",
    )
    .bind(round)
    .bind(rows.iter().map(|row| row.ordinal).collect::<Vec<_>>())
    .bind(column(|row| row.region.clone()))
    .bind(rows.iter().map(|row| row.case_id).collect::<Vec<_>>())
    .bind(column(|row| row.number.clone()))
    .bind(column(|row| row.stratum.clone()))
    .execute(connection)
    .await
    .map(drop)
}

/// The candidates of a round, in the order of the list.
pub(super) async fn candidates(executor: impl PgExecutor<'_>, round: Uuid) -> sqlx::Result<Vec<CandidateRow>> {
    sqlx::query_as("select ordinal, region, case_id, number, stratum from review_candidate where round = $1 order by ordinal")
        .bind(round)
        .fetch_all(executor)
        .await
}

/// Rounds within a scope, the newest first.
pub(super) async fn list(pool: &PgPool, ground: &Scope, before: Option<Uuid>, most: i64) -> sqlx::Result<Vec<RoundRow>> {
    let mut query = QueryBuilder::new("select r.* from review_round r where true");
    scope::push(&mut query, ground, "r");
    if let Some(before) = before {
        query.push(" and r.id < ").push_bind(before);
    }
    query.push(" order by r.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

pub(crate) async fn read(executor: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<RoundRow>> {
    sqlx::query_as("select * from review_round where id = $1").bind(id).fetch_optional(executor).await
}

/// A round, shared with others who change something of it while it is open; whoever closes it waits.
pub(crate) async fn shared(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<RoundRow>> {
    sqlx::query_as("select * from review_round where id = $1 for share").bind(id).fetch_optional(connection).await
}

/// A round, held.
pub(super) async fn held(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<RoundRow>> {
    sqlx::query_as("select * from review_round where id = $1 for update").bind(id).fetch_optional(connection).await
}

pub(super) async fn drawn(
    connection: &mut PgConnection,
    id: Uuid,
    (seed, reviewers): (&str, &[Uuid]),
    (by, at): (Uuid, DateTime<Utc>),
) -> sqlx::Result<()> {
    sqlx::query(
        "update review_round set state = 'drawn', version = version + 1, seed = $2, reviewers = $3, drawn_by = $4, drawn_at = $5 where id = $1",
    )
    .bind(id)
    .bind(seed)
    .bind(reviewers)
    .bind(by)
    .bind(at)
    .execute(connection)
    .await
    .map(drop)
}

/// Closes a round with its figures, or gives it up before the draw.
pub(super) async fn end(
    connection: &mut PgConnection,
    id: Uuid,
    (state, note, figures): (&str, &str, Option<Value>),
    (by, at): (Uuid, DateTime<Utc>),
) -> sqlx::Result<()> {
    sqlx::query(
        "update review_round set state = $2, version = version + 1, close_note = $3, figures = $4, closed_by = $5, closed_at = $6 where id = $1",
    )
    .bind(id)
    .bind(state)
    .bind(note)
    .bind(figures)
    .bind(by)
    .bind(at)
    .execute(connection)
    .await
    .map(drop)
}
