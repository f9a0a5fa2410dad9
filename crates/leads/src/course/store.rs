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

/// The head of a lead.
#[derive(Debug, FromRow)]
pub(super) struct HeadRow {
    pub region: String,
    pub id: Uuid,
    pub number: String,
    pub jurisdiction: String,
    pub unit: Option<Uuid>,
    pub open: bool,
    pub state: String,
    pub closed_at: Option<DateTime<Utc>>,
    pub opened_at: DateTime<Utc>,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub reporter_person: Option<Uuid>,
    pub simulated: bool,
}

pub(super) async fn heads(connection: &mut PgConnection, keys: &[KeyOf]) -> sqlx::Result<Vec<HeadRow>> {
    let (regions, ids) = parts(keys);
    sqlx::query_as(
        "select d.region, d.id, d.number, d.jurisdiction, d.unit, d.open, d.state, d.closed_at, d.opened_at, d.lon, d.lat,
            l.reporter_person, d.simulated
         from unnest($1::text[], $2::uuid[]) as k(region, id)
         join docket d on d.region = k.region and d.id = k.id join lead l on l.region = k.region and l.id = k.id",
    )
    .bind(regions)
    .bind(ids)
    .fetch_all(connection)
    .await
}

/// A photo of one of several leads.
#[derive(Debug, FromRow)]
pub(super) struct PhotoRow {
    pub lead_id: Uuid,
    pub file: String,
    pub role: String,
    pub at: DateTime<Utc>,
}

pub(super) async fn photos_of(connection: &mut PgConnection, keys: &[KeyOf]) -> sqlx::Result<Vec<PhotoRow>> {
    let (regions, ids) = parts(keys);
    sqlx::query_as(
        "select p.lead_id, p.file, p.role, p.at from unnest($1::text[], $2::uuid[]) as k(region, id)
         join lead_photo p on p.region = k.region and p.lead_id = k.id order by p.lead_id, p.ordinal",
    )
    .bind(regions)
    .bind(ids)
    .fetch_all(connection)
    .await
}

/// When rounds of the disposal limit ended, and what they were due at.
pub(super) async fn fix_limits(connection: &mut PgConnection, keys: &[KeyOf]) -> sqlx::Result<Vec<(Uuid, DateTime<Utc>, DateTime<Utc>)>> {
    let (regions, ids) = parts(keys);
    sqlx::query_as(
        "select d.docket_id, d.ended_at, d.due_at from unnest($1::text[], $2::uuid[]) as k(region, id)
         join deadline d on d.region = k.region and d.docket_id = k.id
         where d.name = 'fix' and d.ended_at is not null and d.due_at is not null",
    )
    .bind(regions)
    .bind(ids)
    .fetch_all(connection)
    .await
}

/// A line of a ledger with where it was written.
#[derive(Debug, FromRow)]
pub(super) struct PlacedLine {
    pub docket_id: Uuid,
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub action: String,
    pub payload: String,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
}

pub(super) async fn placed_lines(connection: &mut PgConnection, keys: &[KeyOf], actions: &[&str]) -> sqlx::Result<Vec<PlacedLine>> {
    let (regions, ids) = parts(keys);
    sqlx::query_as(
        "select e.docket_id, e.seq, e.at, e.actor, e.action, e.payload, e.lon, e.lat from unnest($1::text[], $2::uuid[]) as k(region, id)
         join ledger_entry e on e.region = k.region and e.docket_id = k.id
         where e.action = any($3) order by e.docket_id, e.seq",
    )
    .bind(regions)
    .bind(ids)
    .bind(actions)
    .fetch_all(connection)
    .await
}

pub(super) async fn photo_uses(connection: &mut PgConnection, files: &[String], most: i64) -> sqlx::Result<Vec<super::evidence::PhotoUse>> {
    sqlx::query_as(
        "select f.file, u.lead, u.number, u.role, u.at from unnest($1::text[]) as f(file) cross join lateral (
            select p.lead_id as lead, d.number, p.role, p.at from lead_photo p join docket d on d.region = p.region and d.id = p.lead_id
            where p.file = f.file order by p.at, p.lead_id, p.ordinal limit $2) as u",
    )
    .bind(files)
    .bind(most)
    .fetch_all(connection)
    .await
}

pub(super) async fn closed_between(
    connection: &mut PgConnection,
    region: &str,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    most: i64,
) -> sqlx::Result<Vec<super::evidence::ClosedLead>> {
    sqlx::query_as(
        "select id, number, jurisdiction, unit from docket where region = $1 and kind = 'lead' and state = 'closed' and unit is not null
            and closed_at >= $2 and closed_at < $3 order by number limit $4",
    )
    .bind(region)
    .bind(from)
    .bind(to)
    .bind(most)
    .fetch_all(connection)
    .await
}
