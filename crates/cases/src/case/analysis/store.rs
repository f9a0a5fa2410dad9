//! SQL of case analysis.

use identity::Scope;
use sqlx::{FromRow, PgPool, Postgres, QueryBuilder};

use super::AnalysisBy;
use crate::case::course::{
    ConcludedCase, ConcludedWanted,
    store::{COLUMNS, RESULT, narrow},
};

/// A value, and the cases that have it.
#[derive(Debug, FromRow)]
pub(super) struct Counted {
    pub key: String,
    /// A name that came with it, such as the matter's.
    pub name: Option<String>,
    pub cases: i64,
    pub penalties: i64,
    pub no_penalties: i64,
    pub revoked: i64,
    pub fined: i64,
    pub fine_fen: i64,
    /// Half of the fines are at most this.
    pub median_fen: Option<i64>,
    /// Days from opening to conclusion, on average.
    pub days: f64,
}

/// The fine of a case, in fen; nothing where none was decided.
const FINE: &str = "case when c.fined then (c.plan ->> 'fine_fen')::bigint end";
/// Days of the city from opening to conclusion.
const DAYS: &str = "((s.at at time zone 'Asia/Shanghai')::date - (d.opened_at at time zone 'Asia/Shanghai')::date)";

/// The value that a case has; of fields the matter, which the library tells the field of.
const fn key(by: AnalysisBy) -> &'static str {
    match by {
        AnalysisBy::Field | AnalysisBy::Matter => "c.matter_code",
        AnalysisBy::Track => "c.track",
        AnalysisBy::Region => "coalesce(b.township, left(d.jurisdiction, 9))",
        AnalysisBy::Unit => "coalesce(d.unit::text, '')",
        AnalysisBy::Month => "to_char(s.at at time zone 'Asia/Shanghai', 'YYYY-MM')",
        AnalysisBy::Result => RESULT,
        AnalysisBy::Amount => {
            "case when not c.fined or coalesce((c.plan ->> 'fine_fen')::bigint, 0) = 0 then '0'
             when (c.plan ->> 'fine_fen')::bigint <= 20000 then '1' when (c.plan ->> 'fine_fen')::bigint <= 100000 then '2'
             when (c.plan ->> 'fine_fen')::bigint <= 1000000 then '3' when (c.plan ->> 'fine_fen')::bigint <= 10000000 then '4' else '5' end"
        }
        AnalysisBy::Duration => {
            "case when (s.at at time zone 'Asia/Shanghai')::date - (d.opened_at at time zone 'Asia/Shanghai')::date <= 0 then '0'
             when (s.at at time zone 'Asia/Shanghai')::date - (d.opened_at at time zone 'Asia/Shanghai')::date <= 30 then '1'
             when (s.at at time zone 'Asia/Shanghai')::date - (d.opened_at at time zone 'Asia/Shanghai')::date <= 60 then '2'
             when (s.at at time zone 'Asia/Shanghai')::date - (d.opened_at at time zone 'Asia/Shanghai')::date <= 90 then '3' else '4' end"
        }
    }
}

/// Cases by value, those with most first; at most `most` values.
pub(super) async fn counted(
    pool: &PgPool,
    scope: &Scope,
    wanted: &ConcludedWanted,
    by: AnalysisBy,
    most: i64,
) -> sqlx::Result<Vec<Counted>> {
    let mut query = QueryBuilder::<Postgres>::new("select ");
    query.push(key(by)).push(" as key, max(c.matter_name) as name, count(*) as cases, count(*) filter (where ").push(RESULT);
    query.push(" = 'penalty') as penalties, count(*) filter (where ").push(RESULT).push(" = 'no_penalty') as no_penalties, ");
    query.push(
        "count(*) filter (where c.facts ->> 'remedy' = 'revoked') as revoked, count(*) filter (where c.fined) as fined, coalesce(sum(",
    );
    query.push(FINE).push("), 0)::bigint as fine_fen, (percentile_disc(0.5) within group (order by ").push(FINE);
    query.push("))::bigint as median_fen, avg(").push(DAYS).push(")::float8 as days");
    narrow(&mut query, scope, wanted);
    query.push(" group by 1 order by count(*) desc, 1 limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// The cases that have one of these values, the newest first.
pub(super) async fn behind(
    pool: &PgPool,
    scope: &Scope,
    wanted: &ConcludedWanted,
    by: AnalysisBy,
    values: Option<Vec<String>>,
    most: i64,
) -> sqlx::Result<Vec<ConcludedCase>> {
    let mut query = QueryBuilder::<Postgres>::new("select ");
    query.push(COLUMNS).push(RESULT).push(" as result");
    narrow(&mut query, scope, wanted);
    if let Some(values) = values {
        query.push(" and ").push(key(by)).push(" = any(").push_bind(values).push(")");
    }
    query.push(" order by s.at desc, d.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}
