//! SQL of publications.

use chrono::{DateTime, NaiveDate, Utc};
use docket::KeyOf;
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, Postgres, QueryBuilder, types::Json};
use uuid::Uuid;

use super::{PublicationContent, PublicationState};
use crate::{period::PublicationSeverity, scope};

/// A publication as it is kept.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct PublicationRow {
    pub id: Uuid,
    pub region: String,
    pub case_id: Uuid,
    pub revision: i32,
    pub state: String,
    pub version: i32,
    pub decided_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub warn_at: DateTime<Utc>,
    pub severity: String,
    pub is_natural: bool,
    pub matter: String,
    pub content: Option<Json<PublicationContent>>,
    pub drafted_by: Option<Uuid>,
    pub drafted_at: Option<DateTime<Utc>>,
    pub checked_by: Option<Uuid>,
    pub checked_at: Option<DateTime<Utc>>,
    pub secrecy_by: Option<Uuid>,
    pub secrecy_at: Option<DateTime<Utc>>,
    pub secrecy_note: Option<String>,
    pub ground: Option<String>,
    pub reason: Option<String>,
    pub ended_by: Option<Uuid>,
    pub published_by: Option<Uuid>,
    pub published_at: Option<DateTime<Utc>>,
    pub min_until: Option<NaiveDate>,
    pub max_until: Option<NaiveDate>,
    pub withdraw_from: Option<DateTime<Utc>>,
    pub withdraw_due_at: Option<DateTime<Utc>>,
    pub withdraw_warn_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
}

impl PublicationRow {
    pub(crate) fn state(&self) -> PublicationState {
        self.state.parse().unwrap_or(PublicationState::Dropped)
    }

    pub(crate) fn severity(&self) -> PublicationSeverity {
        self.severity.parse().unwrap_or(PublicationSeverity::General)
    }

    /// The decision fell after this ended, and the case still counts it as public: the case's own withdrawal is missing.
    pub(crate) fn owes_withdrawal(&self) -> bool {
        self.state() != PublicationState::Published && self.withdraw_due_at.is_some()
    }

    pub(crate) fn key(&self) -> KeyOf {
        KeyOf { region: self.region.clone(), id: self.case_id.into() }
    }
}

/// The docket of a publication.
pub(crate) async fn key_of(executor: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<KeyOf>> {
    let found: Option<(String, Uuid)> =
        sqlx::query_as("select region, case_id from publication where id = $1").bind(id).fetch_optional(executor).await?;
    Ok(found.map(|(region, id)| KeyOf { region, id: id.into() }))
}

/// A publication, held until the end of the transaction.
pub(crate) async fn held(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<PublicationRow>> {
    sqlx::query_as("select * from publication where id = $1 for update").bind(id).fetch_optional(connection).await
}

/// The revisions of a case's publication, the newest first.
pub(crate) async fn of_case(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<PublicationRow>> {
    sqlx::query_as("select * from publication where region = $1 and case_id = $2 order by revision desc limit 50")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_all(connection)
        .await
}

pub(crate) async fn insert(connection: &mut PgConnection, row: &PublicationRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into publication (id, region, case_id, revision, state, decided_at, due_at, warn_at, severity, is_natural, matter, ground,
            reason, ended_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(row.case_id)
    .bind(row.revision)
    .bind(&row.state)
    .bind(row.decided_at)
    .bind(row.due_at)
    .bind(row.warn_at)
    .bind(&row.severity)
    .bind(row.is_natural)
    .bind(&row.matter)
    .bind(&row.ground)
    .bind(&row.reason)
    .bind(row.ended_at)
    .execute(connection)
    .await
    .map(drop)
}

/// Keeps a publication that was [`held`] as it is to stand; its version grows.
pub(crate) async fn keep(connection: &mut PgConnection, row: &PublicationRow) -> sqlx::Result<()> {
    sqlx::query(
        "update publication set version = version + 1, state = $2, content = $3, drafted_by = $4, drafted_at = $5, checked_by = $6,
            checked_at = $7, secrecy_by = $8, secrecy_at = $9, secrecy_note = $10, ground = $11, reason = $12, ended_by = $13,
            published_by = $14, published_at = $15, min_until = $16, max_until = $17, withdraw_from = $18, withdraw_due_at = $19,
            withdraw_warn_at = $20, ended_at = $21
         where id = $1",
    )
    .bind(row.id)
    .bind(&row.state)
    .bind(&row.content)
    .bind(row.drafted_by)
    .bind(row.drafted_at)
    .bind(row.checked_by)
    .bind(row.checked_at)
    .bind(row.secrecy_by)
    .bind(row.secrecy_at)
    .bind(&row.secrecy_note)
    .bind(&row.ground)
    .bind(&row.reason)
    .bind(row.ended_by)
    .bind(row.published_by)
    .bind(row.published_at)
    .bind(row.min_until)
    .bind(row.max_until)
    .bind(row.withdraw_from)
    .bind(row.withdraw_due_at)
    .bind(row.withdraw_warn_at)
    .bind(row.ended_at)
    .execute(connection)
    .await
    .map(drop)
}

/// Which publications are asked for at the desk.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub states: Option<Vec<&'static str>>,
    /// Words of the case's number, the matter or an enterprise's name.
    pub text: Option<String>,
    pub late: bool,
    pub before: Option<Uuid>,
    pub now: DateTime<Utc>,
}

/// A publication in a list, with its case.
#[derive(Debug, FromRow)]
pub(crate) struct ListedRow {
    #[sqlx(flatten)]
    pub row: PublicationRow,
    pub case_number: String,
    pub simulated: bool,
}

/// A pattern of what is typed, its own marks taken as they are.
pub(crate) fn like(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// Publications within a scope, the newest first.
pub(crate) async fn list(pool: &PgPool, ground: &Scope, wanted: &Wanted, most: i64) -> sqlx::Result<Vec<ListedRow>> {
    let mut query = QueryBuilder::<Postgres>::new(
        "select p.*, d.number as case_number, d.simulated from publication p join docket d on d.region = p.region and d.id = p.case_id where true",
    );
    scope::push(&mut query, ground);
    if let Some(states) = &wanted.states {
        query.push(" and p.state = any(").push_bind(states.iter().map(|state| (*state).to_owned()).collect::<Vec<_>>()).push(")");
    }
    if let Some(text) = &wanted.text {
        query.push(" and (d.number like ").push_bind(like(text)).push(" or p.matter ilike ").push_bind(like(text));
        query.push(" or (not p.is_natural and p.content->>'party' ilike ").push_bind(like(text)).push("))");
    }
    if wanted.late {
        query.push(" and ((p.state in ('waiting', 'drafted') and p.due_at < ").push_bind(wanted.now);
        query.push(") or p.withdraw_due_at < ").push_bind(wanted.now).push(")");
    }
    if let Some(before) = wanted.before {
        query.push(" and p.id < ").push_bind(before);
    }
    query.push(" order by p.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// How many stand where, within a scope: state, how many, and how many of them are late.
pub(crate) async fn counts(pool: &PgPool, ground: &Scope, now: DateTime<Utc>) -> sqlx::Result<Vec<(String, i64, i64)>> {
    let mut query = QueryBuilder::<Postgres>::new(
        "select p.state, count(*), count(*) filter (where (p.state in ('waiting', 'drafted') and p.due_at < ",
    );
    query.push_bind(now).push(") or p.withdraw_due_at < ").push_bind(now);
    query.push(") from publication p join docket d on d.region = p.region and d.id = p.case_id where true");
    scope::push(&mut query, ground);
    query.push(" group by p.state");
    query.build_query_as().fetch_all(pool).await
}

/// Publications whose period is over, which no withdrawal waits for.
pub(crate) async fn over(pool: &PgPool, today: NaiveDate, most: i64) -> sqlx::Result<Vec<Uuid>> {
    // What waits to be taken back does not end by itself: the withdrawal, with its reason, is the case's.
    sqlx::query_scalar(
        "select id from publication where state = 'published' and max_until < $1 and withdraw_from is null order by max_until limit $2",
    )
    .bind(today)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// Publications that are late and whose case does not say so yet.
pub(crate) async fn late(pool: &PgPool, now: DateTime<Utc>, most: i64) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "(select id from publication where late_told_at is null and state in ('waiting', 'drafted') and due_at < $1 order by due_at limit $2)
         union all
         (select id from publication where late_told_at is null and withdraw_due_at < $1 order by withdraw_due_at limit $2)
         limit $2",
    )
    .bind(now)
    .bind(most)
    .fetch_all(pool)
    .await
}

pub(crate) async fn told_late(connection: &mut PgConnection, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query("update publication set late_told_at = $2 where id = $1 and late_told_at is null")
        .bind(id)
        .bind(now)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// What is late may be late again: a withdrawal after a publication.
pub(crate) async fn forget_late(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query("update publication set late_told_at = null where id = $1").bind(id).execute(connection).await.map(drop)
}
