//! SQL of reviews and suits.

use chrono::{DateTime, NaiveDate, Utc};
use docket::KeyOf;
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use super::RemedyKind;
use crate::{decision::store::like, scope};

/// A record as it is kept.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct RemedyRow {
    pub id: Uuid,
    pub region: String,
    pub case_id: Uuid,
    pub kind: String,
    pub version: i32,
    pub body: String,
    pub number: String,
    pub matter: String,
    pub received_on: NaiveDate,
    pub answer_due_at: DateTime<Utc>,
    pub warn_at: DateTime<Utc>,
    pub answered_on: Option<NaiveDate>,
    pub answers: Option<Uuid>,
    pub hearing_at: Option<DateTime<Utc>>,
    pub outcome: Option<String>,
    pub served_on: Option<NaiveDate>,
    pub followed: String,
    pub opened_by: Option<Uuid>,
    pub opened_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
}

impl RemedyRow {
    pub(crate) fn kind(&self) -> RemedyKind {
        self.kind.parse().unwrap_or(RemedyKind::Review)
    }

    pub(crate) fn key(&self) -> KeyOf {
        KeyOf { region: self.region.clone(), id: self.case_id.into() }
    }
}

pub(crate) async fn insert(connection: &mut PgConnection, row: &RemedyRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into remedy_record (id, region, case_id, kind, body, number, matter, received_on, answer_due_at, warn_at, answers, followed,
            opened_by, opened_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(row.case_id)
    .bind(&row.kind)
    .bind(&row.body)
    .bind(&row.number)
    .bind(&row.matter)
    .bind(row.received_on)
    .bind(row.answer_due_at)
    .bind(row.warn_at)
    .bind(row.answers)
    .bind(&row.followed)
    .bind(row.opened_by)
    .bind(row.opened_at)
    .execute(connection)
    .await
    .map(drop)
}

pub(crate) async fn keep(connection: &mut PgConnection, row: &RemedyRow) -> sqlx::Result<()> {
    sqlx::query(
        "update remedy_record set version = version + 1, body = $2, number = $3, received_on = $4, answer_due_at = $5, warn_at = $6,
            answered_on = $7, answers = $8, hearing_at = $9, outcome = $10, served_on = $11, followed = $12, closed_at = $13
         where id = $1",
    )
    .bind(row.id)
    .bind(&row.body)
    .bind(&row.number)
    .bind(row.received_on)
    .bind(row.answer_due_at)
    .bind(row.warn_at)
    .bind(row.answered_on)
    .bind(row.answers)
    .bind(row.hearing_at)
    .bind(&row.outcome)
    .bind(row.served_on)
    .bind(&row.followed)
    .bind(row.closed_at)
    .execute(connection)
    .await
    .map(drop)
}

/// The docket of a record.
pub(crate) async fn key_of(executor: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<KeyOf>> {
    let found: Option<(String, Uuid)> =
        sqlx::query_as("select region, case_id from remedy_record where id = $1").bind(id).fetch_optional(executor).await?;
    Ok(found.map(|(region, id)| KeyOf { region, id: id.into() }))
}

/// A record, held; whoever holds it holds its case first.
pub(crate) async fn held(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<RemedyRow>> {
    sqlx::query_as("select * from remedy_record where id = $1 for update").bind(id).fetch_optional(connection).await
}

/// The records of a case, the newest first.
pub(crate) async fn of_case(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<RemedyRow>> {
    sqlx::query_as("select * from remedy_record where region = $1 and case_id = $2 order by opened_at desc, id desc limit 50")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_all(connection)
        .await
}

/// Which records are asked for.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub open: bool,
    pub kind: Option<RemedyKind>,
    pub text: Option<String>,
    pub before: Option<Uuid>,
}

/// A record in a list, with its case.
#[derive(Debug, FromRow)]
pub(crate) struct ListedRow {
    #[sqlx(flatten)]
    pub row: RemedyRow,
    pub case_number: String,
}

const FROM: &str = " from remedy_record m join docket d on d.region = m.region and d.id = m.case_id where true";

/// Records within a scope, the newest first.
pub(crate) async fn list(pool: &PgPool, ground: &Scope, wanted: &Wanted, most: i64) -> sqlx::Result<Vec<ListedRow>> {
    let mut query = QueryBuilder::<Postgres>::new("select m.*, d.number as case_number");
    query.push(FROM);
    scope::push(&mut query, ground);
    if wanted.open {
        query.push(" and m.outcome is null");
    }
    if let Some(kind) = wanted.kind {
        query.push(" and m.kind = ").push_bind(kind.code());
    }
    if let Some(text) = &wanted.text {
        query.push(" and (d.number like ").push_bind(like(text)).push(" or m.number ilike ").push_bind(like(text));
        query.push(" or m.matter ilike ").push_bind(like(text)).push(" or m.body ilike ").push_bind(like(text)).push(")");
    }
    if let Some(before) = wanted.before {
        query.push(" and m.id < ").push_bind(before);
    }
    query.push(" order by m.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// How many run, and of how many the answer is late.
pub(crate) async fn counts(pool: &PgPool, ground: &Scope, now: DateTime<Utc>) -> sqlx::Result<(i64, i64)> {
    let mut query = QueryBuilder::<Postgres>::new("select count(*), count(*) filter (where m.answered_on is null and m.answer_due_at < ");
    query.push_bind(now).push(")").push(FROM);
    scope::push(&mut query, ground);
    query.push(" and m.outcome is null");
    query.build_query_as().fetch_one(pool).await
}

/// A matter: how many run, stood and fell.
pub(crate) type Tally = (String, i64, i64, i64);

/// The matters most in dispute, within a scope.
pub(crate) async fn tally(pool: &PgPool, ground: &Scope, most: i64) -> sqlx::Result<Vec<Tally>> {
    let mut query = QueryBuilder::<Postgres>::new(
        "select m.matter, count(*) filter (where m.outcome is null), count(*) filter (where m.outcome in ('upheld', 'rejected', 'not-accepted', 'lapsed', 'ended')),
            count(*) filter (where m.outcome in ('revoked', 'changed', 'unlawful', 'void'))",
    );
    query.push(FROM);
    scope::push(&mut query, ground);
    query.push(" group by m.matter order by count(*) desc, m.matter limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// What ended in a period within a scope, the first first.
pub(super) async fn ended(
    pool: &PgPool,
    ground: &Scope,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    most: i64,
) -> sqlx::Result<Vec<super::EndedRemedy>> {
    let mut query = QueryBuilder::<Postgres>::new(
        "select m.case_id, d.unit, m.kind = 'suit' as suit, m.outcome in ('revoked', 'changed', 'unlawful', 'void') as fell",
    );
    query.push(FROM);
    scope::push(&mut query, ground);
    query.push(" and m.closed_at >= ").push_bind(from).push(" and m.closed_at < ").push_bind(to);
    query.push(" order by m.closed_at, m.id limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}
