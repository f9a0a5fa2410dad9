//! SQL of courses.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

/// Where a lead came from.
#[derive(Debug, FromRow)]
pub(super) struct SourceRow {
    pub region: String,
    pub id: Uuid,
    pub source: String,
}

/// A line of a ledger.
#[derive(Debug, FromRow)]
pub(super) struct LineRow {
    pub docket_id: Uuid,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub action: String,
    pub payload: String,
}

/// A limit's round.
#[derive(Debug, FromRow)]
pub(super) struct LimitRow {
    pub docket_id: Uuid,
    pub name: String,
    pub due_at: Option<DateTime<Utc>>,
    pub met: bool,
}

fn parts(keys: &[KeyOf]) -> (Vec<&str>, Vec<Uuid>) {
    keys.iter().map(|key| (key.region.as_str(), key.id.uuid())).unzip()
}

pub(super) async fn sources(connection: &mut PgConnection, keys: &[KeyOf]) -> sqlx::Result<Vec<SourceRow>> {
    let (regions, ids) = parts(keys);
    sqlx::query_as(
        "select l.region, l.id, l.source from unnest($1::text[], $2::uuid[]) as k(region, id)
         join lead l on l.region = k.region and l.id = k.id",
    )
    .bind(regions)
    .bind(ids)
    .fetch_all(connection)
    .await
}

pub(super) async fn lines(connection: &mut PgConnection, keys: &[KeyOf], actions: &[&str]) -> sqlx::Result<Vec<LineRow>> {
    let (regions, ids) = parts(keys);
    sqlx::query_as(
        "select e.docket_id, e.at, e.actor, e.action, e.payload from unnest($1::text[], $2::uuid[]) as k(region, id)
         join ledger_entry e on e.region = k.region and e.docket_id = k.id
         where e.action = any($3) order by e.docket_id, e.seq",
    )
    .bind(regions)
    .bind(ids)
    .bind(actions)
    .fetch_all(connection)
    .await
}

pub(super) async fn limits(connection: &mut PgConnection, keys: &[KeyOf]) -> sqlx::Result<Vec<LimitRow>> {
    let (regions, ids) = parts(keys);
    sqlx::query_as(
        "select d.docket_id, d.name, d.due_at, d.state = 'met' as met from unnest($1::text[], $2::uuid[]) as k(region, id)
         join deadline d on d.region = k.region and d.docket_id = k.id order by d.docket_id, d.name, d.round",
    )
    .bind(regions)
    .bind(ids)
    .fetch_all(connection)
    .await
}

pub(super) async fn keys_after(connection: &mut PgConnection, after: Uuid, most: i64) -> sqlx::Result<Vec<KeyOf>> {
    let rows: Vec<(String, Uuid)> = sqlx::query_as("select region, id from lead where id > $1 order by id limit $2")
        .bind(after)
        .bind(most)
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|(region, id)| KeyOf { region, id: id.into() }).collect())
}
