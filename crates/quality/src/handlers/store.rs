//! SQL of best handlers: weights, and what file review found of officers.

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgExecutor, PgPool, QueryBuilder, types::Json};
use uuid::Uuid;

use super::settings::HandlerWeights;
use crate::scope;

/// What closed rounds found of an officer.
#[derive(Debug, FromRow)]
pub(super) struct ReviewedRow {
    pub officer: Uuid,
    pub files: i64,
    pub tenths: i64,
    pub failed: i64,
}

/// Files that were scored in a period within a scope, by officer.
pub(super) async fn reviewed(pool: &PgPool, ground: &Scope, from: DateTime<Utc>, to: DateTime<Utc>) -> sqlx::Result<Vec<ReviewedRow>> {
    let mut query = QueryBuilder::new(
        "select f.officer, count(*) as files, sum(case when f.vetoed then 0 else f.tenths end)::bigint as tenths,
            count(*) filter (where f.failed) as failed
         from review_file f where f.state = 'scored' and f.officer is not null and f.scored_at >= ",
    );
    query.push_bind(from).push(" and f.scored_at < ").push_bind(to);
    scope::push(&mut query, ground, "f");
    query.push(" group by f.officer limit 5000");
    query.build_query_as().fetch_all(pool).await
}

pub(super) async fn weights(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Option<HandlerWeights>> {
    let found: Option<Json<HandlerWeights>> =
        sqlx::query_scalar("select weights from quality_setting where region = $1").bind(region).fetch_optional(executor).await?;
    Ok(found.map(|it| it.0))
}

pub(super) async fn keep(
    executor: impl PgExecutor<'_>,
    region: &str,
    weights: &HandlerWeights,
    (by, at): (Uuid, DateTime<Utc>),
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into quality_setting (region, weights, changed_by, changed_at) values ($1, $2, $3, $4)
         on conflict (region) do update set weights = $2, changed_by = $3, changed_at = $4",
    )
    .bind(region)
    .bind(Json(weights))
    .bind(by)
    .bind(at)
    .execute(executor)
    .await
    .map(drop)
}
