//! SQL of the lists.

use chrono::{DateTime, Utc};
use identity::Scope;
use serde::{Deserialize, Serialize};
use sqlx::{PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use super::{
    filter::{Filter, Queue, Sort, WantedLight},
    row::RowRecord,
};

const COLUMNS: &str = "select d.id, d.number, d.title, d.state, d.open, d.version, d.lon, d.lat, d.holder_role, d.holder_unit,
    d.holder_person, d.unit, d.due_at, d.warn_at, d.opened_at, d.simulated, l.source, l.class_code, l.address, l.grid,
    (select p.file from lead_photo p where p.region = d.region and p.lead_id = d.id order by p.ordinal limit 1) as photo
    from docket d join lead l on l.region = d.region and l.id = d.id ";

/// Where the next page begins.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Cursor {
    /// The last row's due time, when the list is sorted by it.
    pub due_at: Option<DateTime<Utc>>,
    /// The last row.
    pub id: Uuid,
}

/// A filter after parsing.
pub(crate) struct Wanted<'a> {
    pub filter: &'a Filter,
    pub scope: &'a Scope,
    pub states: Option<Vec<&'static str>>,
    pub words: Vec<String>,
    /// A number or its beginning, when the search text is one.
    pub number: Option<String>,
    pub class: Option<&'a str>,
    pub region: Option<&'a str>,
    pub cursor: Option<Cursor>,
    pub now: DateTime<Utc>,
    pub rows: i64,
}

/// Narrows to what a scope covers. Every list goes through here.
pub(crate) fn push_scope(query: &mut QueryBuilder<Postgres>, scope: &Scope) {
    // Everywhere: nothing to narrow.
    if !scope.regions.iter().any(String::is_empty) {
        query.push(" and (false");
        for region in &scope.regions {
            query.push(" or (d.jurisdiction >= ").push_bind(region.clone()).push(" and d.jurisdiction < ").push_bind(after(region)).push(")");
        }
        query.push(")");
    }
    if let Some(units) = &scope.units {
        query.push(" and d.unit = any(").push_bind(units.clone()).push(")");
    }
}

/// The first text in byte order that no longer begins with `prefix` of digits.
pub(crate) fn after(prefix: &str) -> String {
    // ':' follows '9' in ASCII.
    format!("{prefix}:")
}

/// The rows of one page and, if one word search walks by months, the months it may look at.
pub(crate) async fn page(pool: &PgPool, wanted: &Wanted<'_>, months: Option<(i32, i32)>) -> sqlx::Result<Vec<RowRecord>> {
    let mut query = QueryBuilder::new(COLUMNS);
    let filter = wanted.filter;
    if months.is_some() {
        query.push("join docket_words w on w.region = d.region and w.docket_id = d.id ");
    }
    query.push("where d.kind = 'lead'");
    push_scope(&mut query, wanted.scope);
    if let Some((from, to)) = months {
        query.push(" and w.month between ").push_bind(from).push(" and ").push_bind(to);
        query.push(" and w.words @> ").push_bind(wanted.words.clone());
    }
    if let Some(number) = &wanted.number {
        query.push(" and d.number >= ").push_bind(number.clone()).push(" and d.number < ").push_bind(after(number));
    }
    if let Some(states) = &wanted.states {
        query.push(" and d.state = any(").push_bind(states.iter().map(|state| (*state).to_owned()).collect::<Vec<_>>()).push(")");
    }
    if filter.queue == Some(Queue::Extension) {
        query.push(" and l.extension_hours is not null");
    }
    match filter.light {
        Some(WantedLight::Red) => query.push(" and d.open and d.due_at <= ").push_bind(wanted.now),
        Some(WantedLight::Yellow) => {
            query.push(" and d.open and d.due_at > ").push_bind(wanted.now).push(" and d.warn_at <= ").push_bind(wanted.now)
        }
        Some(WantedLight::Green) => query.push(" and d.open and d.warn_at > ").push_bind(wanted.now),
        None => &mut query,
    };
    if let Some(source) = filter.source.as_deref().filter(|source| !source.is_empty()) {
        query.push(" and l.source = ").push_bind(source.to_owned());
    }
    if let Some(class) = wanted.class {
        query.push(" and l.class_code >= ").push_bind(class.to_owned()).push(" and l.class_code < ").push_bind(after(class));
    }
    if let Some(region) = wanted.region {
        query.push(" and d.jurisdiction >= ").push_bind(region.to_owned()).push(" and d.jurisdiction < ").push_bind(after(region));
    }
    if let Some(unit) = filter.unit {
        query.push(" and d.unit = ").push_bind(unit);
    }
    if let Some(from) = filter.from {
        query.push(" and d.opened_at >= ").push_bind(from);
    }
    if let Some(to) = filter.to {
        query.push(" and d.opened_at < ").push_bind(to);
    }
    match (filter.sort, &wanted.cursor) {
        (Sort::Newest, Some(cursor)) => {
            query.push(" and d.id < ").push_bind(cursor.id);
        }
        (Sort::Due, Some(Cursor { due_at: Some(due_at), id })) => {
            query.push(" and (d.due_at, d.id) > (").push_bind(*due_at).push(", ").push_bind(*id).push(")");
        }
        _ => {}
    }
    match filter.sort {
        Sort::Newest => query.push(" order by d.id desc limit "),
        // What has no running limit is not due: it stands in no list sorted by due time.
        Sort::Due => query.push(" and d.open and d.due_at is not null order by d.due_at, d.id limit "),
    };
    query.push_bind(wanted.rows + 1);
    query.build_query_as().fetch_all(pool).await
}

/// The first and last month of the search words, to walk between.
pub(crate) async fn months(pool: &PgPool) -> sqlx::Result<Option<(i32, i32)>> {
    let (first, last): (Option<i32>, Option<i32>) =
        sqlx::query_as("select (select min(month) from docket_words), (select max(month) from docket_words)").fetch_one(pool).await?;
    Ok(first.zip(last))
}

/// What waits for a person: named, for his unit, or for one of his roles on his ground.
pub(crate) async fn todo(pool: &PgPool, scope: &Scope, units: &[Uuid], roles: &[String], cursor: Option<Cursor>, rows: i64) -> sqlx::Result<Vec<RowRecord>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push("where d.kind = 'lead' and d.open and (d.holder_person = ").push_bind(scope.person.uuid());
    query.push(" or (d.holder_person is null and d.holder_unit = any(").push_bind(units.to_vec());
    query.push(")) or (d.holder_person is null and d.holder_role = any(").push_bind(roles.to_vec()).push(")");
    query.push("))");
    push_region_scope(&mut query, scope);
    if let Some(Cursor { id, .. }) = cursor {
        query.push(" and d.id < ").push_bind(id);
    }
    query.push(" order by d.id desc limit ").push_bind(rows + 1);
    query.build_query_as().fetch_all(pool).await
}

/// By place alone: what is held by a unit says so itself.
fn push_region_scope(query: &mut QueryBuilder<Postgres>, scope: &Scope) {
    let by_place = Scope { units: None, ..scope.clone() };
    push_scope(query, &by_place);
}

/// How many stand in each state, and how many wait for an answer to an extension.
pub(crate) async fn counts(pool: &PgPool, scope: &Scope) -> sqlx::Result<(Vec<(String, i64)>, i64)> {
    let mut by_state = QueryBuilder::new("select d.state, count(*) from docket d where d.kind = 'lead' and d.open");
    push_scope(&mut by_state, scope);
    by_state.push(" group by d.state");
    let states = by_state.build_query_as().fetch_all(pool).await?;
    let mut extension = QueryBuilder::new(
        "select count(*) from lead l join docket d on d.region = l.region and d.id = l.id where l.extension_hours is not null and d.state in ('dispatched', 'fixing')",
    );
    push_scope(&mut extension, scope);
    Ok((states, extension.build_query_scalar().fetch_one(pool).await?))
}

/// How many are green, yellow, red.
pub(crate) async fn lights(pool: &PgPool, scope: &Scope, now: DateTime<Utc>) -> sqlx::Result<(i64, i64, i64)> {
    let mut query = QueryBuilder::new("select count(*) filter (where d.warn_at > ");
    query.push_bind(now).push("), count(*) filter (where d.warn_at <= ").push_bind(now).push(" and d.due_at > ").push_bind(now);
    query.push("), count(*) filter (where d.due_at <= ").push_bind(now).push(") from docket d where d.kind = 'lead' and d.open and d.due_at is not null");
    push_scope(&mut query, scope);
    query.build_query_as().fetch_one(pool).await
}

/// One row.
pub(crate) async fn one(pool: &PgPool, id: Uuid) -> sqlx::Result<Option<RowRecord>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push("where d.kind = 'lead' and d.id = ").push_bind(id);
    query.build_query_as().fetch_optional(pool).await
}
