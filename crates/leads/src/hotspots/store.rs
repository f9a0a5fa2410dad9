//! SQL of the hot spots.

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use crate::list::store::push_scope;

/// A report as a point.
#[derive(Debug, FromRow)]
pub(super) struct PointRow {
    pub id: Uuid,
    pub lon: f64,
    pub lat: f64,
    pub class_code: String,
    pub opened_at: DateTime<Utc>,
    pub open: bool,
}

const COLUMNS: &str = "select d.id, d.lon, d.lat, l.class_code, d.opened_at, d.open ";

/// The newest reports since an id was made that have place and class, within a scope.
pub(super) async fn points(pool: &PgPool, scope: &Scope, since: Uuid, category: Option<&str>, most: i64) -> sqlx::Result<Vec<PointRow>> {
    let mut query = QueryBuilder::<Postgres>::new(COLUMNS);
    query.push("from docket d join lead l on l.region = d.region and l.id = d.id where d.kind = 'lead' and d.id >= ").push_bind(since);
    query.push(" and d.lon is not null and d.lat is not null and d.state not in ('rejected', 'voided') and l.class_code is not null");
    if let Some(category) = category {
        query.push(" and left(l.class_code, 2) = ").push_bind(category.to_owned());
    }
    push_scope(&mut query, scope);
    query.push(" order by d.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// Reports of a category in the cells of places since an id was made, within a scope, the newest of each cell.
pub(super) async fn around(
    pool: &PgPool,
    scope: &Scope,
    cells: &[i64],
    since: Uuid,
    category: &str,
    most_each: i64,
) -> sqlx::Result<Vec<PointRow>> {
    let mut query = QueryBuilder::<Postgres>::new(COLUMNS);
    // Open ones and others stand apart in the index, each with the newest first.
    query.push("from (select cell, open from unnest(").push_bind(cells.to_vec());
    query.push("::bigint[]) as cell cross join unnest(array[true, false]) as open) wanted ");
    query.push("cross join lateral (select * from docket own where place_cell(own.lon, own.lat) = wanted.cell and own.lon is not null ");
    query.push("and own.lat is not null and own.open = wanted.open and own.id >= ").push_bind(since);
    query.push(" order by own.id desc limit ").push_bind(most_each);
    query.push(") d cross join lateral (select * from lead own where own.region = d.region and own.id = d.id offset 0) l ");
    query
        .push("where d.kind = 'lead' and d.state not in ('rejected', 'voided') and left(l.class_code, 2) = ")
        .push_bind(category.to_owned());
    push_scope(&mut query, scope);
    query.build_query_as().fetch_all(pool).await
}

/// Who reported each of these: by the blind index of his telephone, his account, or else as somebody of his own.
pub(super) async fn reporters(pool: &PgPool, ids: &[Uuid]) -> sqlx::Result<Vec<(Uuid, String)>> {
    sqlx::query_as(
        "select l.id, coalesce(encode(p.blind, 'hex'), l.reporter_person::text, l.id::text)
         from unnest($1::uuid[]) as asked(id)
         cross join lateral (select * from lead own where own.id = asked.id offset 0) l
         left join personal p on p.region = l.region and p.subject = l.reporter_subject and p.field = 'telephone'",
    )
    .bind(ids)
    .fetch_all(pool)
    .await
}

/// A lead of a spot, as it is listed.
#[derive(Debug, FromRow)]
pub(super) struct NamedRow {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub state: String,
    pub opened_at: DateTime<Utc>,
}

pub(super) async fn named(pool: &PgPool, ids: &[Uuid]) -> sqlx::Result<Vec<NamedRow>> {
    sqlx::query_as("select id, number, title, state, opened_at from docket where id = any($1) and kind = 'lead' order by id desc")
        .bind(ids)
        .fetch_all(pool)
        .await
}
