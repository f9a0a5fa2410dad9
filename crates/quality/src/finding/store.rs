//! SQL of findings.

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, QueryBuilder};
use uuid::Uuid;

use crate::{file::store::FileRow, scope, sheet::body::Found};

/// A finding, with the number and title of its file.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct FindingRow {
    pub id: Uuid,
    pub file: Uuid,
    pub round: Uuid,
    pub region: String,
    pub unit: Option<Uuid>,
    pub officer: Option<Uuid>,
    pub officers: Vec<Uuid>,
    pub title: String,
    pub article: String,
    pub severity: String,
    pub tenths: i32,
    pub note: String,
    pub state: String,
    pub version: i32,
    pub told_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub warn_at: DateTime<Utc>,
    pub answer: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
    pub judgement: Option<String>,
    pub judged_at: Option<DateTime<Utc>>,
    pub number: String,
    pub case_id: Uuid,
    pub case_title: String,
    pub round_name: String,
}

const ROW: &str = "select g.*, f.number, f.case_id, f.title as case_title, r.name as round_name from review_finding g
    join review_file f on f.id = g.file join review_round r on r.id = g.round ";

pub(crate) async fn insert(
    connection: &mut PgConnection,
    file: &FileRow,
    found: &Found,
    tenths: i32,
    (at, (due, warn)): (DateTime<Utc>, (DateTime<Utc>, DateTime<Utc>)),
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into review_finding (id, file, round, region, unit, officer, officers, item, deduction, title, article, severity, tenths, note,
            state, told_at, due_at, warn_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'told', $15, $16, $17)",
    )
    .bind(kernel::id::uuid_at(at))
    .bind(file.id)
    .bind(file.round)
    .bind(&file.region)
    .bind(file.unit)
    .bind(file.officer)
    .bind(&file.officers)
    .bind(&found.item)
    .bind(&found.deduction)
    .bind(&found.title)
    .bind(&found.article)
    .bind(found.severity.code())
    .bind(tenths)
    .bind(&found.note)
    .bind(at)
    .bind(due)
    .bind(warn)
    .execute(connection)
    .await
    .map(drop)
}

pub(crate) async fn of_file(executor: impl PgExecutor<'_>, file: Uuid) -> sqlx::Result<Vec<FindingRow>> {
    let mut query = QueryBuilder::new(ROW);
    query.push("where g.file = ").push_bind(file).push(" order by g.item, g.deduction");
    query.build_query_as().fetch_all(executor).await
}

pub(crate) async fn of_round(executor: impl PgExecutor<'_>, round: Uuid) -> sqlx::Result<Vec<FindingRow>> {
    let mut query = QueryBuilder::new(ROW);
    query.push("where g.round = ").push_bind(round).push(" order by f.rank, g.item, g.deduction");
    query.build_query_as().fetch_all(executor).await
}

pub(super) async fn read(executor: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<FindingRow>> {
    let mut query = QueryBuilder::new(ROW);
    query.push("where g.id = ").push_bind(id);
    query.build_query_as().fetch_optional(executor).await
}

/// A finding, held; whoever holds it holds its file first.
pub(super) async fn held(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<FindingRow>> {
    let mut query = QueryBuilder::new(ROW);
    query.push("where g.id = ").push_bind(id).push(" for update of g");
    query.build_query_as().fetch_optional(connection).await
}

/// Which findings are asked for.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// About this person's cases.
    pub officer: Option<Uuid>,
    pub states: Vec<&'static str>,
    pub round: Option<Uuid>,
    pub severity: Option<&'static str>,
    pub text: Option<String>,
    pub before: Option<Uuid>,
}

/// Findings within a scope, the newest first; those about one's own cases wherever they are.
pub(super) async fn list(pool: &PgPool, ground: Option<&Scope>, wanted: &Wanted, most: i64) -> sqlx::Result<Vec<FindingRow>> {
    let mut query = QueryBuilder::new(ROW);
    query.push("where true");
    if let Some(ground) = ground {
        scope::push(&mut query, ground, "g");
    }
    if let Some(officer) = wanted.officer {
        query.push(" and g.officers @> array[").push_bind(officer).push("]");
    }
    if !wanted.states.is_empty() {
        query.push(" and g.state = any(").push_bind(wanted.states.clone()).push(")");
    }
    if let Some(round) = wanted.round {
        query.push(" and g.round = ").push_bind(round);
    }
    if let Some(severity) = wanted.severity {
        query.push(" and g.severity = ").push_bind(severity);
    }
    if let Some(text) = &wanted.text {
        let like = format!("%{}%", text.replace(['%', '_', '\\'], ""));
        query.push(" and (f.number like ").push_bind(like.clone()).push(" or g.title ilike ").push_bind(like).push(")");
    }
    if let Some(before) = wanted.before {
        query.push(" and g.id < ").push_bind(before);
    }
    query.push(" order by g.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

pub(super) async fn answered(
    connection: &mut PgConnection,
    id: Uuid,
    (state, text): (&str, &str),
    (by, at): (Uuid, DateTime<Utc>),
) -> sqlx::Result<()> {
    sqlx::query(
        "update review_finding set state = $2, answer = $3, answered_by = $4, answered_at = $5, version = version + 1 where id = $1",
    )
    .bind(id)
    .bind(state)
    .bind(text)
    .bind(by)
    .bind(at)
    .execute(connection)
    .await
    .map(drop)
}

/// A judgement; returned, it has a new limit.
pub(super) async fn judged(
    connection: &mut PgConnection,
    id: Uuid,
    (state, text): (&str, &str),
    (by, at): (Uuid, DateTime<Utc>),
    limit: Option<(DateTime<Utc>, DateTime<Utc>)>,
) -> sqlx::Result<()> {
    sqlx::query(
        "update review_finding set state = $2, judgement = $3, judged_by = $4, judged_at = $5, version = version + 1,
            due_at = coalesce($6, due_at), warn_at = coalesce($7, warn_at) where id = $1",
    )
    .bind(id)
    .bind(state)
    .bind(text)
    .bind(by)
    .bind(at)
    .bind(limit.map(|it| it.0))
    .bind(limit.map(|it| it.1))
    .execute(connection)
    .await
    .map(drop)
}
