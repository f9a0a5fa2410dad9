//! SQL of repairs.

use chrono::{DateTime, NaiveDate, Utc};
use docket::KeyOf;
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use super::RepairState;
use crate::scope;

/// A request as it is kept.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct RepairRow {
    pub id: Uuid,
    pub region: String,
    pub publication: Uuid,
    pub state: String,
    pub version: i32,
    pub via: String,
    pub promise: String,
    pub received_at: DateTime<Utc>,
    pub received_by: Option<Uuid>,
    pub due_at: DateTime<Utc>,
    pub warn_at: DateTime<Utc>,
    pub checked_by: Option<Uuid>,
    pub checked_at: Option<DateTime<Utc>>,
    pub found: Option<String>,
    pub proposed: Option<bool>,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTime<Utc>>,
    pub reason: Option<String>,
    pub told_at: Option<DateTime<Utc>>,
}

impl RepairRow {
    pub(crate) fn state(&self) -> RepairState {
        self.state.parse().unwrap_or(RepairState::Refused)
    }
}

pub(crate) async fn insert(connection: &mut PgConnection, row: &RepairRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into credit_repair (id, region, publication, state, via, promise, received_at, received_by, due_at, warn_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(row.publication)
    .bind(&row.state)
    .bind(&row.via)
    .bind(&row.promise)
    .bind(row.received_at)
    .bind(row.received_by)
    .bind(row.due_at)
    .bind(row.warn_at)
    .execute(connection)
    .await
    .map(drop)
}

pub(crate) async fn keep(connection: &mut PgConnection, row: &RepairRow) -> sqlx::Result<()> {
    sqlx::query(
        "update credit_repair set version = version + 1, state = $2, checked_by = $3, checked_at = $4, found = $5, proposed = $6,
            decided_by = $7, decided_at = $8, reason = $9
         where id = $1",
    )
    .bind(row.id)
    .bind(&row.state)
    .bind(row.checked_by)
    .bind(row.checked_at)
    .bind(&row.found)
    .bind(row.proposed)
    .bind(row.decided_by)
    .bind(row.decided_at)
    .bind(&row.reason)
    .execute(connection)
    .await
    .map(drop)
}

/// The publication that a request is about.
pub(crate) async fn publication_of(executor: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar("select publication from credit_repair where id = $1").bind(id).fetch_optional(executor).await
}

/// A request, held; whoever holds it holds its case first.
pub(crate) async fn held(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<RepairRow>> {
    sqlx::query_as("select * from credit_repair where id = $1 for update").bind(id).fetch_optional(connection).await
}

/// The open request of a publication.
pub(crate) async fn open_of(connection: &mut PgConnection, publication: Uuid) -> sqlx::Result<Option<RepairRow>> {
    sqlx::query_as("select * from credit_repair where publication = $1 and state in ('received', 'checked')")
        .bind(publication)
        .fetch_optional(connection)
        .await
}

/// The requests of a case, the newest first.
pub(crate) async fn of_case(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<RepairRow>> {
    sqlx::query_as(
        "select r.* from credit_repair r join publication p on p.id = r.publication where p.region = $1 and p.case_id = $2
         order by r.received_at desc limit 50",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .fetch_all(connection)
    .await
}

/// Which requests are asked for.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub open: bool,
    pub before: Option<Uuid>,
}

/// A request in a list, with its case.
#[derive(Debug, FromRow)]
pub(crate) struct ListedRow {
    #[sqlx(flatten)]
    pub row: RepairRow,
    pub case_id: Uuid,
    pub case_number: String,
}

const FROM: &str =
    " from credit_repair r join publication p on p.id = r.publication join docket d on d.region = p.region and d.id = p.case_id where true";

/// Requests within a scope, the newest first.
pub(crate) async fn list(pool: &PgPool, ground: &Scope, wanted: &Wanted, most: i64) -> sqlx::Result<Vec<ListedRow>> {
    let mut query = QueryBuilder::<Postgres>::new("select r.*, p.case_id, d.number as case_number");
    query.push(FROM);
    scope::push(&mut query, ground);
    if wanted.open {
        query.push(" and r.state in ('received', 'checked')");
    }
    if let Some(before) = wanted.before {
        query.push(" and r.id < ").push_bind(before);
    }
    query.push(" order by r.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// How many wait, and how many of them are late.
pub(crate) async fn counts(pool: &PgPool, ground: &Scope, now: DateTime<Utc>) -> sqlx::Result<(i64, i64)> {
    let mut query = QueryBuilder::<Postgres>::new("select count(*), count(*) filter (where r.due_at < ");
    query.push_bind(now).push(")").push(FROM);
    scope::push(&mut query, ground);
    query.push(" and r.state in ('received', 'checked')");
    query.build_query_as().fetch_one(pool).await
}

/// What the credit platform is told: decision number, enterprise or 姓某某, credit code, day.
pub(crate) type Told = (Uuid, Option<String>, Option<String>, Option<String>, DateTime<Utc>);

/// Granted repairs that were not told yet, or those since a day; within a scope.
pub(crate) async fn granted(connection: &mut PgConnection, ground: &Scope, since: Option<NaiveDate>, most: i64) -> sqlx::Result<Vec<Told>> {
    let mut query =
        QueryBuilder::<Postgres>::new("select r.id, p.content->>'number', p.content->>'party', p.content->>'credit_code', r.decided_at");
    query.push(FROM);
    scope::push(&mut query, ground);
    query.push(" and r.state = 'granted'");
    match since {
        Some(day) => query.push(" and (r.decided_at at time zone 'Asia/Shanghai')::date >= ").push_bind(day),
        None => query.push(" and r.told_at is null"),
    };
    query.push(" order by r.decided_at, r.id limit ").push_bind(most);
    query.build_query_as().fetch_all(connection).await
}

pub(crate) async fn told(connection: &mut PgConnection, ids: &[Uuid], now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update credit_repair set told_at = coalesce(told_at, $2) where id = any($1)")
        .bind(ids)
        .bind(now)
        .execute(connection)
        .await
        .map(drop)
}
