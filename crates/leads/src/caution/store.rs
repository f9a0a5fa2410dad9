//! SQL of marks. Each path runs along an index and ends at a limit.

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use crate::list::store::push_scope;

/// A lead that was reported with a picture.
#[derive(Debug, FromRow)]
pub(super) struct Reported {
    pub id: Uuid,
    pub number: String,
    pub file: String,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
}

/// Other leads within a scope that were reported with one of these pictures; those that were merged belong to where they went.
pub(super) async fn reported_with(pool: &PgPool, scope: &Scope, id: Uuid, files: &[String], most_each: i64) -> sqlx::Result<Vec<Reported>> {
    let mut query = QueryBuilder::<Postgres>::new("select d.id, d.number, asked.file, d.lon, d.lat from unnest(");
    query.push_bind(files.to_vec()).push("::text[]) as asked(file) cross join lateral (select region, lead_id from lead_photo own ");
    query.push("where own.file = asked.file and own.role = 'report' and own.lead_id <> ").push_bind(id);
    query.push(" order by own.lead_id desc limit ").push_bind(most_each);
    query.push(") found join docket d on d.region = found.region and d.id = found.lead_id where d.state <> 'merged'");
    push_scope(&mut query, scope);
    query.push(" order by d.id desc");
    query.build_query_as().fetch_all(pool).await
}

/// Reports of a cell that are looked at.
const MOST_OF_A_CELL: i64 = 200;

/// Reports of these sources in the cells of places since an id was made, the newest of each cell: where and when.
pub(super) async fn lately(pool: &PgPool, cells: &[i64], since: Uuid, sources: &[String]) -> sqlx::Result<Vec<(f64, f64, DateTime<Utc>)>> {
    sqlx::query_as(
        "select d.lon, d.lat, d.opened_at
         from (select cell, open from unnest($1::bigint[]) as cell cross join unnest(array[true, false]) as open) wanted
         cross join lateral (
            select * from docket own where place_cell(own.lon, own.lat) = wanted.cell and own.lon is not null and own.lat is not null
                and own.open = wanted.open and own.id >= $2
            order by own.id desc limit $4) d
         cross join lateral (select source from lead own where own.region = d.region and own.id = d.id offset 0) l
         where d.kind = 'lead' and l.source = any($3)",
    )
    .bind(cells)
    .bind(since)
    .bind(sources)
    .bind(MOST_OF_A_CELL)
    .fetch_all(pool)
    .await
}
