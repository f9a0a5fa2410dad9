//! SQL of watching discretion.

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgExecutor, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use super::{super::KIND, settings::DiscretionWatchLimits};
use crate::scope;

/// Matters and units of one answer at most.
const MOST: i64 = 500;

/// The fines of a matter in a unit.
#[derive(Debug, FromRow)]
pub(super) struct FigureRow {
    pub matter_code: String,
    pub matter_name: String,
    pub unit: Option<Uuid>,
    pub cases: i64,
    /// At the statute's maximum.
    pub maximum: i64,
    /// The most frequent fine, in fen.
    pub mode_fen: i64,
    /// How many have it.
    pub same: i64,
    /// To how many different sums of points the factors of these came.
    pub kinds: i64,
    /// How many were weighed by a benchmark at all.
    pub weighed: i64,
}

/// A case behind a figure.
#[derive(Debug, FromRow)]
pub(super) struct FinedRow {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub decided_at: DateTime<Utc>,
    pub fine: i64,
    pub most: Option<i64>,
    pub tier: Option<String>,
    pub points: Option<i32>,
}

/// Where and when.
pub(super) struct Wanted<'a> {
    pub scope: &'a Scope,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
}

/// The fined cases of a stretch within a scope, as `fined`.
fn fined(wanted: &Wanted<'_>) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new(
        "with fined as (select c.id, d.number, d.title, d.unit, c.matter_code, c.matter_name, c.decided_at,
            (c.plan ->> 'fine_fen')::bigint as fine, c.fine_max_fen as most, w.tier, w.points
         from enforcement_case c join docket d on d.region = c.region and d.id = c.id
         left join lateral (select w.tier, w.points from case_weighing w where w.region = c.region and w.case_id = c.id
            order by w.ordinal desc limit 1) w on true
         where c.fined and d.kind = ",
    );
    query.push_bind(KIND).push(" and c.decided_at >= ").push_bind(wanted.from).push(" and c.decided_at < ").push_bind(wanted.to);
    scope::push(&mut query, wanted.scope);
    query.push(") ");
    query
}

pub(super) async fn figures(pool: &PgPool, wanted: &Wanted<'_>) -> sqlx::Result<Vec<FigureRow>> {
    let mut query = fined(wanted);
    query.push(
        ", modes as (select matter_code, unit, fine, count(*) as same, count(distinct points) as kinds,
            row_number() over (partition by matter_code, unit order by count(*) desc, fine desc) as place
            from fined group by matter_code, unit, fine)
         select f.matter_code, max(f.matter_name) as matter_name, f.unit, count(*) as cases,
            count(*) filter (where f.fine >= f.most) as maximum, m.fine as mode_fen, m.same, m.kinds, count(f.points) as weighed
         from fined f join modes m on m.matter_code = f.matter_code and m.unit is not distinct from f.unit and m.place = 1
         group by f.matter_code, f.unit, m.fine, m.same, m.kinds order by count(*) desc, f.matter_code, f.unit limit ",
    );
    query.push_bind(MOST);
    query.build_query_as().fetch_all(pool).await
}

/// The cases behind a figure of a matter and unit: all, those at the maximum, or those of one sum.
pub(super) async fn behind(
    pool: &PgPool,
    wanted: &Wanted<'_>,
    (matter, unit): (&str, Option<Uuid>),
    (maximum, fine): (bool, Option<i64>),
) -> sqlx::Result<Vec<FinedRow>> {
    let mut query = fined(wanted);
    query
        .push("select id, number, title, decided_at, fine, most, tier, points from fined where matter_code = ")
        .push_bind(matter.to_owned());
    query.push(" and unit is not distinct from ").push_bind(unit);
    if maximum {
        query.push(" and fine >= most");
    }
    if let Some(fine) = fine {
        query.push(" and fine = ").push_bind(fine);
    }
    query.push(" order by decided_at desc, id desc limit ").push_bind(MOST);
    query.build_query_as().fetch_all(pool).await
}

pub(super) async fn limits(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Option<DiscretionWatchLimits>> {
    sqlx::query_as("select least_cases, maximum_percent, uniform_percent from case_watch_setting where region = $1")
        .bind(region)
        .fetch_optional(executor)
        .await
}

pub(super) async fn keep(
    executor: impl PgExecutor<'_>,
    region: &str,
    limits: &DiscretionWatchLimits,
    (by, at): (Uuid, DateTime<Utc>),
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into case_watch_setting (region, least_cases, maximum_percent, uniform_percent, changed_by, changed_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (region) do update set least_cases = $2, maximum_percent = $3, uniform_percent = $4,
            changed_by = $5, changed_at = $6",
    )
    .bind(region)
    .bind(limits.least_cases)
    .bind(limits.maximum_percent)
    .bind(limits.uniform_percent)
    .bind(by)
    .bind(at)
    .execute(executor)
    .await
    .map(drop)
}
