//! SQL of cases as those see them who look at how they were handled.

use docket::KeyOf;
use identity::Scope;
use sqlx::{PgConnection, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use super::{super::KIND, ConcludedCase, ConcludedWanted, PowerGiven, PowerUsed};
use crate::scope;

/// The steps that conclude a case, literally as the index has them.
pub(in crate::case) const CONCLUDING: &str = "('decide', 'decide-on-spot', 'decide-no-penalty', 'withdraw', 'terminate')";
/// The result that follows from the last of these steps.
pub(in crate::case) const RESULT: &str = "case s.action when 'decide-no-penalty' then 'no_penalty' when 'withdraw' then 'withdrawn'
    when 'terminate' then 'terminated' else 'penalty' end";

/// The concluded cases of a period within a scope: after `from` and its joins, with `s` the step, `c` the case, `d` the docket.
pub(in crate::case) fn narrow(query: &mut QueryBuilder<Postgres>, scope: &Scope, wanted: &ConcludedWanted) {
    query.push(" from case_step s join enforcement_case c on c.region = s.region and c.id = s.case_id ");
    query.push("join docket d on d.region = s.region and d.id = s.case_id ");
    query.push("left join case_basis b on b.region = s.region and b.case_id = s.case_id where s.action in ");
    query.push(CONCLUDING).push(" and s.at >= ").push_bind(wanted.from).push(" and s.at < ").push_bind(wanted.to);
    query.push(" and d.kind = ").push_bind(KIND);
    // What was decided anew counts once, by the last.
    query.push(" and not exists (select from case_step l where l.region = s.region and l.case_id = s.case_id and l.ordinal > s.ordinal ");
    query.push("and l.action in ").push(CONCLUDING).push(")");
    if !wanted.ground.is_empty() {
        query.push(" and d.jurisdiction >= ").push_bind(wanted.ground.clone());
        query.push(" and d.jurisdiction < ").push_bind(format!("{}:", wanted.ground));
    }
    if let Some(unit) = wanted.unit {
        query.push(" and d.unit = ").push_bind(unit);
    }
    if !wanted.tracks.is_empty() {
        query.push(" and c.track = any(").push_bind(wanted.tracks.clone()).push(")");
    }
    if !wanted.results.is_empty() {
        query.push(" and ").push(RESULT).push(" = any(").push_bind(wanted.results.clone()).push(")");
    }
    scope::push(query, scope);
}

/// The columns of [`ConcludedCase`].
pub(in crate::case) const COLUMNS: &str = "d.region, d.id, d.number, d.title, c.track, c.matter_code, c.matter_name, d.unit, d.jurisdiction,
    (select o.person from case_officer o where o.region = c.region and o.case_id = c.id and not o.recused order by o.ordinal limit 1) as officer,
    s.at as concluded_at, d.opened_at, coalesce(c.facts ->> 'remedy' = 'revoked', false) as revoked, d.simulated, ";

pub(super) async fn concluded(pool: &PgPool, scope: &Scope, wanted: &ConcludedWanted, most: i64) -> sqlx::Result<Vec<ConcludedCase>> {
    let mut query = QueryBuilder::new("select ");
    query.push(COLUMNS).push(RESULT).push(" as result");
    narrow(&mut query, scope, wanted);
    query.push(" order by s.at, d.id limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// Whoever opened, handled, took a step of, weighed, let deviate or sent back a case.
pub(super) async fn participants(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "select opened_by from enforcement_case where region = $1 and id = $2
         union select person from case_officer where region = $1 and case_id = $2
         union select person from case_step where region = $1 and case_id = $2 and person is not null
         union select weighed_by from case_weighing where region = $1 and case_id = $2
         union select asked_by from case_deviation where region = $1 and case_id = $2
         union select approved_by from case_deviation where region = $1 and case_id = $2 and approved_by is not null
         union select person from case_remark where region = $1 and case_id = $2",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .fetch_all(connection)
    .await
}

pub(super) async fn power_used(pool: &PgPool, scope: &Scope, given: &[PowerGiven]) -> sqlx::Result<Vec<PowerUsed>> {
    let (mut matters, mut townships, mut since, mut before) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for it in given {
        matters.push(it.matter.clone());
        townships.push(it.township.clone());
        since.push(it.since);
        before.push(it.before);
    }
    let mut query =
        QueryBuilder::<Postgres>::new("select g.matter, g.township, u.before, u.opened, u.decided, u.overturned, u.last_at from unnest(");
    query.push_bind(matters).push("::text[], ").push_bind(townships).push("::text[], ").push_bind(since).push("::timestamptz[], ");
    query
        .push_bind(before)
        .push("::timestamptz[]) with ordinality as g(matter, township, since, earlier, place) cross join lateral (select ");
    query.push("count(*) filter (where d.opened_at < g.since) as before, count(*) filter (where d.opened_at >= g.since) as opened, ");
    query.push("count(*) filter (where d.opened_at >= g.since and c.decided_at is not null) as decided, ");
    query.push(
        "count(*) filter (where d.opened_at >= g.since and c.facts ->> 'remedy' = 'revoked') as overturned, max(d.opened_at) as last_at ",
    );
    query.push("from enforcement_case c join docket d on d.region = c.region and d.id = c.id ");
    query.push("left join case_basis b on b.region = c.region and b.case_id = c.id ");
    query.push(
        "where c.matter_code = g.matter and coalesce(b.township, left(d.jurisdiction, 9)) = g.township and d.opened_at >= g.earlier ",
    );
    query.push("and d.kind = ").push_bind(KIND);
    scope::push(&mut query, scope);
    query.push(") u order by g.place");
    query.build_query_as().fetch_all(pool).await
}

pub(super) async fn first_officers(pool: &PgPool, cases: &[Uuid]) -> sqlx::Result<Vec<(Uuid, Uuid)>> {
    sqlx::query_as(
        "select distinct on (case_id) case_id, person from case_officer where case_id = any($1) and not recused order by case_id, ordinal",
    )
    .bind(cases)
    .fetch_all(pool)
    .await
}

pub(super) async fn matter_of(pool: &PgPool, key: &KeyOf) -> sqlx::Result<Option<(String, String)>> {
    sqlx::query_as("select matter_code, matter_name from enforcement_case where region = $1 and id = $2")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_optional(pool)
        .await
}
