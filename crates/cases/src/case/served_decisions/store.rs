//! SQL of decisions that were served.

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{PgPool, QueryBuilder};

use super::{super::KIND, DecisionServed};
use crate::scope;

/// Cases with a step that served their decision in a span of time.
pub(super) async fn served(
    pool: &PgPool,
    scope: &Scope,
    region: &str,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    most: i64,
) -> sqlx::Result<Vec<DecisionServed>> {
    let mut query = QueryBuilder::new(
        "select d.id, d.number, d.title, min(s.at) as entered_at from case_step s join docket d on d.region = s.region and d.id = s.case_id
         where s.action in ('serve-decision', 'hand-decision') and s.region = ",
    );
    query.push_bind(region.to_owned()).push(" and s.at >= ").push_bind(from).push(" and s.at < ").push_bind(until);
    query.push(" and d.kind = ").push_bind(KIND);
    scope::push(&mut query, scope);
    query.push(" group by d.id, d.number, d.title order by entered_at desc, d.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}
