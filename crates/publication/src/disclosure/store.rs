//! The SQL of what is public in advance and in process.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, PgConnection, PgPool, types::Json};
use uuid::Uuid;

use super::Lines;

/// A row of `disclosure`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct DisclosureRow {
    pub id: Uuid,
    pub region: String,
    pub kind: String,
    pub version: i32,
    pub state: String,
    pub title: String,
    pub body: String,
    pub lines: Json<Lines>,
    pub days: Option<i32>,
    pub drafted_by: Uuid,
    pub drafted_at: DateTime<Utc>,
    pub published_by: Option<Uuid>,
    pub published_at: Option<DateTime<Utc>>,
    pub shown_until: Option<NaiveDate>,
    pub ended_by: Option<Uuid>,
    pub ended_at: Option<DateTime<Utc>>,
    pub reason: Option<String>,
    pub simulated: bool,
}

/// The newest of everything, at most `most`.
pub(crate) async fn list(pool: &PgPool, region: &str, most: i64) -> sqlx::Result<Vec<DisclosureRow>> {
    sqlx::query_as("select * from disclosure where region = $1 order by drafted_at desc, id desc limit $2")
        .bind(region)
        .bind(most)
        .fetch_all(pool)
        .await
}

/// What the public sees today: lists, and notices whose days are not over.
pub(crate) async fn shown(pool: &PgPool, region: &str, today: NaiveDate, most: i64) -> sqlx::Result<Vec<DisclosureRow>> {
    sqlx::query_as(
        "select * from disclosure where region = $1 and state = 'published' and (shown_until is null or shown_until >= $2)
         order by published_at desc, id desc limit $3",
    )
    .bind(region)
    .bind(today)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// One that was public once.
pub(crate) async fn was_public(pool: &PgPool, region: &str, id: Uuid) -> sqlx::Result<Option<DisclosureRow>> {
    sqlx::query_as("select * from disclosure where region = $1 and id = $2 and published_at is not null")
        .bind(region)
        .bind(id)
        .fetch_optional(pool)
        .await
}

/// Holds one until the commit.
pub(crate) async fn hold(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<DisclosureRow>> {
    sqlx::query_as("select * from disclosure where region = $1 and id = $2 for update")
        .bind(region)
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// Adds a draft under the next number of its kind; who drafts the same kind meanwhile waits. Answers the number.
pub(crate) async fn insert(connection: &mut PgConnection, row: &DisclosureRow) -> sqlx::Result<i32> {
    sqlx::query("select pg_advisory_xact_lock(hashtext($1 || ' ' || $2))")
        .bind(&row.region)
        .bind(&row.kind)
        .execute(&mut *connection)
        .await?;
    sqlx::query_scalar(
        "insert into disclosure (id, region, kind, version, state, title, body, lines, days, drafted_by, drafted_at, simulated)
         select $1, $2, $3, coalesce(max(version), 0) + 1, 'drafted', $4, $5, $6, $7, $8, $9, $10 from disclosure where region = $2 and kind = $3
         returning version",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(&row.kind)
    .bind(&row.title)
    .bind(&row.body)
    .bind(&row.lines)
    .bind(row.days)
    .bind(row.drafted_by)
    .bind(row.drafted_at)
    .bind(row.simulated)
    .fetch_one(connection)
    .await
}

/// What is public of a kind gives way to another version.
pub(crate) async fn replace(connection: &mut PgConnection, region: &str, kind: &str, by: Uuid, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "update disclosure set state = 'replaced', ended_by = $3, ended_at = $4 where region = $1 and kind = $2 and state = 'published'",
    )
    .bind(region)
    .bind(kind)
    .bind(by)
    .bind(at)
    .execute(connection)
    .await
    .map(drop)
}

/// Writes what a step changed.
pub(crate) async fn update(connection: &mut PgConnection, row: &DisclosureRow) -> sqlx::Result<()> {
    sqlx::query(
        "update disclosure set state = $2, published_by = $3, published_at = $4, shown_until = $5, ended_by = $6, ended_at = $7, reason = $8
         where id = $1",
    )
    .bind(row.id)
    .bind(&row.state)
    .bind(row.published_by)
    .bind(row.published_at)
    .bind(row.shown_until)
    .bind(row.ended_by)
    .bind(row.ended_at)
    .bind(&row.reason)
    .execute(connection)
    .await
    .map(drop)
}

/// Notes that somebody shows the certificate; what he showed before ends, and what is long over goes.
pub(crate) async fn show(
    connection: &mut PgConnection,
    (region, code): (&str, &str),
    person: Uuid,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query("delete from shown_certificate where person = $1 or until < $2").bind(person).bind(now).execute(&mut *connection).await?;
    sqlx::query("insert into shown_certificate (code, region, person, shown_at, until) values ($1, $2, $3, $4, $5)")
        .bind(code)
        .bind(region)
        .bind(person)
        .bind(now)
        .bind(until)
        .execute(connection)
        .await
        .map(drop)
}

/// Who shows this certificate now, and until when.
pub(crate) async fn shown_by(
    connection: &mut PgConnection,
    region: &str,
    code: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<(Uuid, DateTime<Utc>)>> {
    sqlx::query_as("select person, until from shown_certificate where region = $1 and code = $2 and until >= $3")
        .bind(region)
        .bind(code)
        .bind(now)
        .fetch_optional(connection)
        .await
}
