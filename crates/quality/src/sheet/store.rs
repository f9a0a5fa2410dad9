//! SQL of score sheets.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, types::Json};
use uuid::Uuid;

use super::{body::SheetBody, write::NewSheet};

/// A version of a sheet.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct SheetRow {
    pub id: Uuid,
    pub code: String,
    pub number: i32,
    pub state: String,
    pub version: i32,
    pub title: String,
    pub body: Json<SheetBody>,
    pub reason: String,
    pub shipped: bool,
    pub created_by: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub settled_at: Option<DateTime<Utc>>,
}

const ROW: &str =
    "select id, code, number, state, version, title, body, reason, shipped, created_by, created_at, settled_at from review_sheet ";

pub(super) async fn list(pool: &PgPool, most: i64) -> sqlx::Result<Vec<SheetRow>> {
    let mut query = sqlx::QueryBuilder::new(ROW);
    query.push("where state <> 'discarded' order by code, number desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

pub(crate) async fn read(executor: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<SheetRow>> {
    let mut query = sqlx::QueryBuilder::new(ROW);
    query.push("where id = ").push_bind(id);
    query.build_query_as().fetch_optional(executor).await
}

/// The draft of a code, held.
pub(super) async fn draft(connection: &mut PgConnection, code: &str) -> sqlx::Result<Option<SheetRow>> {
    let mut query = sqlx::QueryBuilder::new(ROW);
    query.push("where state = 'draft' and code = ").push_bind(code.to_owned()).push(" for update");
    query.build_query_as().fetch_optional(connection).await
}

pub(super) async fn insert(connection: &mut PgConnection, id: Uuid, new: &NewSheet, (by, at): (Uuid, DateTime<Utc>)) -> sqlx::Result<()> {
    sqlx::query(
        "insert into review_sheet (id, code, number, state, title, body, reason, created_by, created_at)
         values ($1, $2, (select coalesce(max(number), 0) + 1 from review_sheet where code = $2), 'draft', $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(&new.code)
    .bind(&new.title)
    .bind(Json(&new.body))
    .bind(&new.reason)
    .bind(by)
    .bind(at)
    .execute(connection)
    .await
    .map(drop)
}

pub(super) async fn rewrite(connection: &mut PgConnection, id: Uuid, new: &NewSheet, (by, at): (Uuid, DateTime<Utc>)) -> sqlx::Result<()> {
    sqlx::query(
        "update review_sheet set version = version + 1, title = $2, body = $3, reason = $4, created_by = $5, created_at = $6
         where id = $1 and state = 'draft'",
    )
    .bind(id)
    .bind(&new.title)
    .bind(Json(&new.body))
    .bind(&new.reason)
    .bind(by)
    .bind(at)
    .execute(connection)
    .await
    .map(drop)
}

/// Publishes or discards a draft that stands as it was seen; says whether it did.
pub(super) async fn settle(
    connection: &mut PgConnection,
    (id, version): (Uuid, i32),
    state: &str,
    (by, at): (Uuid, DateTime<Utc>),
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update review_sheet set state = $3, settled_by = $4, settled_at = $5, version = version + 1
         where id = $1 and version = $2 and state = 'draft'",
    )
    .bind(id)
    .bind(version)
    .bind(state)
    .bind(by)
    .bind(at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The shipped sheet, published, where its code is new.
pub(super) async fn seed(pool: &PgPool, shipped: &NewSheet, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "insert into review_sheet (id, code, number, state, title, body, reason, shipped, created_at, settled_at)
         select $1, $2, 1, 'published', $3, $4, $5, true, $6, $6 where not exists (select from review_sheet where code = $2)
         on conflict do nothing",
    )
    .bind(Uuid::now_v7())
    .bind(&shipped.code)
    .bind(&shipped.title)
    .bind(Json(&shipped.body))
    .bind(&shipped.reason)
    .bind(at)
    .execute(pool)
    .await
    .map(drop)
}
