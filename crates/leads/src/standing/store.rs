//! SQL of how leads stand.

use chrono::{DateTime, Utc};
use identity::Scope;
use serde_json::Value;
use sqlx::{FromRow, PgPool, QueryBuilder};
use uuid::Uuid;

use crate::list::store::push_scope;

#[derive(Debug, FromRow)]
pub(super) struct StandingRow {
    pub region: String,
    pub id: Uuid,
    pub number: String,
    pub state: String,
    pub unit: Option<Uuid>,
    pub jurisdiction: String,
    pub class_code: Option<String>,
    pub simulated: bool,
    pub limit_name: Option<String>,
    pub round: Option<i32>,
    pub due_at: Option<DateTime<Utc>>,
    pub warn_at: Option<DateTime<Utc>>,
    pub timer: Option<Value>,
}

/// Leads with the limit of each that matters most: the disposal limit where it runs, the one that ends first where it does not.
pub(super) async fn standings(pool: &PgPool, scope: Option<&Scope>, ids: &[Uuid]) -> sqlx::Result<Vec<StandingRow>> {
    let mut query = QueryBuilder::new(
        "select d.region, d.id, d.number, d.state, d.unit, d.jurisdiction, l.class_code, d.simulated, t.name as limit_name, t.round, t.due_at,
            t.warn_at, t.timer
         from docket d join lead l on l.region = d.region and l.id = d.id
         left join lateral (select * from deadline own where own.region = d.region and own.docket_id = d.id and own.state = 'running'
            order by (own.name = 'fix') desc, own.due_at limit 1) t on true
         where d.kind = 'lead' and d.id = any(",
    );
    query.push_bind(ids.to_vec()).push(")");
    if let Some(scope) = scope {
        push_scope(&mut query, scope);
    }
    query.push(" order by d.id");
    query.build_query_as().fetch_all(pool).await
}
