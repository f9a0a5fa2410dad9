//! SQL of the calendar of hearings.

use chrono::{DateTime, Utc};
use identity::Scope;
use law::procedure::Case;
use sqlx::{FromRow, PgPool, QueryBuilder, types::Json};
use uuid::Uuid;

use crate::scope;

/// A case with a hearing.
#[derive(Debug, FromRow)]
pub(super) struct HearingRecord {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub hearing_at: DateTime<Utc>,
    pub facts: Json<Case>,
    /// This hearing was held: the facts forget it when the case is investigated anew.
    pub held: bool,
    pub officer: Option<Uuid>,
    pub simulated: bool,
}

const ROW: &str = "select d.id, d.number, d.title, c.hearing_at, c.facts, d.simulated,
    exists (select from case_step s where s.region = c.region and s.case_id = c.id and s.action = 'hold-hearing' and s.at >= c.hearing_at) as held,
    (select o.person from case_officer o where o.region = c.region and o.case_id = c.id and not o.recused order by o.ordinal limit 1) as officer
    from enforcement_case c join docket d on d.region = c.region and d.id = c.id where c.hearing_at >= ";

/// Hearings from a time on, before another, by time.
pub(super) async fn between(
    pool: &PgPool,
    scope: &Scope,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    rows: i64,
) -> sqlx::Result<Vec<HearingRecord>> {
    let mut query = QueryBuilder::new(ROW);
    query.push_bind(from).push(" and c.hearing_at < ").push_bind(to);
    scope::push(&mut query, scope);
    query.push(" order by c.hearing_at, d.id limit ").push_bind(rows);
    query.build_query_as().fetch_all(pool).await
}
