//! SQL of what cases hold of others' property.

use chrono::{DateTime, Utc};
use identity::Scope;
use law::procedure::Case;
use sqlx::{FromRow, PgConnection, QueryBuilder, types::Json};
use uuid::Uuid;

use crate::{
    case::{penalty::Plan, record::ClockRow},
    scope,
};

/// A case with what its property is judged by.
#[derive(Debug, FromRow)]
pub(super) struct HoldingRow {
    pub id: Uuid,
    pub number: String,
    pub jurisdiction: String,
    pub facts: Json<Case>,
    pub plan: Option<Json<Plan>>,
    pub decided_at: Option<DateTime<Utc>>,
}

/// A period over property.
#[derive(Debug, FromRow)]
pub(super) struct HeldClockRow {
    pub case_id: Uuid,
    #[sqlx(flatten)]
    pub clock: ClockRow,
}

pub(super) async fn rows(connection: &mut PgConnection, region: &str, cases: &[Uuid]) -> sqlx::Result<Vec<HoldingRow>> {
    sqlx::query_as(
        "select c.id, d.number, d.jurisdiction, c.facts, c.plan, c.decided_at from enforcement_case c
         join docket d on d.region = c.region and d.id = c.id where c.region = $1 and c.id = any($2)",
    )
    .bind(region)
    .bind(cases)
    .fetch_all(connection)
    .await
}

pub(super) async fn clocks(connection: &mut PgConnection, region: &str, cases: &[Uuid]) -> sqlx::Result<Vec<HeldClockRow>> {
    sqlx::query_as(
        "select case_id, clock, rule, days, from_at, due_at, ended_at, ran_out from case_clock
         where region = $1 and case_id = any($2) and clock in ('registration', 'seizure')",
    )
    .bind(region)
    .bind(cases)
    .fetch_all(connection)
    .await
}

pub(super) async fn parties(connection: &mut PgConnection, region: &str, cases: &[Uuid]) -> sqlx::Result<Vec<(Uuid, i16)>> {
    sqlx::query_as("select case_id, ordinal from case_party where region = $1 and case_id = any($2) order by ordinal")
        .bind(region)
        .bind(cases)
        .fetch_all(connection)
        .await
}

pub(super) async fn officers(connection: &mut PgConnection, region: &str, cases: &[Uuid]) -> sqlx::Result<Vec<(Uuid, Uuid)>> {
    sqlx::query_as("select case_id, person from case_officer where region = $1 and case_id = any($2) and not recused order by ordinal")
        .bind(region)
        .bind(cases)
        .fetch_all(connection)
        .await
}

/// The cases on a scope's ground whose facts say that something is held.
pub(super) async fn holding(connection: &mut PgConnection, region: &str, scope: &Scope, most: i64) -> sqlx::Result<Vec<Uuid>> {
    let mut query =
        QueryBuilder::new("select c.id from enforcement_case c join docket d on d.region = c.region and d.id = c.id where c.region = ");
    query.push_bind(region.to_owned());
    query.push(
        " and (c.facts ->> 'registration' in ('held', 'expired') or c.facts ->> 'seizure' in ('urgent', 'held', 'extended', 'expired'))",
    );
    scope::push(&mut query, scope);
    // The oldest first: what was taken long ago is nearest to its end.
    query.push(" order by c.id limit ").push_bind(most);
    query.build_query_scalar().fetch_all(connection).await
}
