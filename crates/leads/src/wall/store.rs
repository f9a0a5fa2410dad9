//! SQL of the wall. Each question is a range of an index: today's ids, today's closings, what is open.

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use crate::list::store::push_scope;

/// What is asked.
pub(super) struct Asked<'a> {
    pub region: &'a str,
    pub scope: &'a Scope,
    /// The first moment of today.
    pub day: DateTime<Utc>,
    pub now: DateTime<Utc>,
    /// The smallest id of today.
    pub first_id: Uuid,
}

#[derive(Debug, FromRow)]
pub(super) struct Reported {
    pub hour: i32,
    pub count: i64,
}

#[derive(Debug, FromRow)]
pub(super) struct Closed {
    pub hour: i32,
    pub code: String,
    pub count: i64,
}

#[derive(Debug, FromRow)]
pub(super) struct Place {
    pub code: String,
    pub open: i64,
    pub red: i64,
}

fn leads_where(query: &mut QueryBuilder<Postgres>, asked: &Asked<'_>) {
    query.push(" where d.kind = 'lead' and d.region = ").push_bind(asked.region.to_owned());
    push_scope(query, asked.scope);
}

pub(super) async fn reported_by_hour(pool: &PgPool, asked: &Asked<'_>) -> sqlx::Result<Vec<Reported>> {
    let mut query = QueryBuilder::new(
        "select extract(hour from d.opened_at at time zone 'Asia/Shanghai')::int4 as hour, count(*) as count from docket d",
    );
    leads_where(&mut query, asked);
    query.push(" and d.id >= ").push_bind(asked.first_id).push(" group by 1");
    query.build_query_as().fetch_all(pool).await
}

pub(super) async fn closed_by_hour(pool: &PgPool, asked: &Asked<'_>) -> sqlx::Result<Vec<Closed>> {
    let mut query = QueryBuilder::new(
        "select extract(hour from d.closed_at at time zone 'Asia/Shanghai')::int4 as hour, left(d.jurisdiction, 9) as code, count(*) as count from docket d",
    );
    leads_where(&mut query, asked);
    query.push(" and d.state = 'closed' and d.closed_at >= ").push_bind(asked.day).push(" group by 1, 2");
    query.build_query_as().fetch_all(pool).await
}

/// Of the leads closed today whose disposal was timed: how many in time, how many at all.
pub(super) async fn on_time(pool: &PgPool, asked: &Asked<'_>) -> sqlx::Result<(i64, i64)> {
    let mut query = QueryBuilder::new(
        "select count(*) filter (where t.state = 'met'), count(*) from docket d cross join lateral (
            select state from deadline where region = d.region and docket_id = d.id and name = 'fix' order by round desc limit 1) t",
    );
    leads_where(&mut query, asked);
    query.push(" and t.state in ('met', 'missed') and d.state = 'closed' and d.closed_at >= ").push_bind(asked.day);
    query.build_query_as().fetch_one(pool).await
}

pub(super) async fn filed(pool: &PgPool, asked: &Asked<'_>) -> sqlx::Result<i64> {
    let mut query = QueryBuilder::new(
        "select count(distinct e.docket_id) from ledger_entry e join docket d on d.region = e.region and d.id = e.docket_id",
    );
    leads_where(&mut query, asked);
    query.push(" and e.action = 'file' and e.at >= ").push_bind(asked.day);
    query.build_query_scalar().fetch_one(pool).await
}

pub(super) async fn open_by_place(pool: &PgPool, asked: &Asked<'_>, states: &[&str]) -> sqlx::Result<Vec<Place>> {
    let mut query = QueryBuilder::new("select left(d.jurisdiction, 9) as code, count(*) as open, count(*) filter (where d.due_at <= ");
    query.push_bind(asked.now).push(") as red from docket d");
    leads_where(&mut query, asked);
    let states: Vec<String> = states.iter().map(|state| (*state).to_owned()).collect();
    query.push(" and d.open and d.state = any(").push_bind(states).push(") group by 1 order by 1");
    query.build_query_as().fetch_all(pool).await
}
