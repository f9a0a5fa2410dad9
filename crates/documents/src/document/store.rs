//! SQL of documents.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

/// A document's row.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct DocumentRecord {
    pub id: Uuid,
    pub region: String,
    pub docket_id: Uuid,
    pub docket_kind: String,
    pub kind: String,
    pub template: i32,
    pub state: String,
    pub subject: Uuid,
    pub number: Option<String>,
    pub file: Option<String>,
    pub pages: Option<i32>,
    pub drafted_by: Uuid,
    pub drafted_at: DateTime<Utc>,
    pub issued_by: Option<Uuid>,
    pub issued_at: Option<DateTime<Utc>>,
    pub voided_by: Option<Uuid>,
    pub voided_at: Option<DateTime<Utc>>,
    pub void_reason: Option<String>,
    pub version: i64,
}

/// The kind of a docket; nothing where there is none of this id.
pub(crate) async fn docket_kind(pool: &PgPool, region: &str, docket: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("select kind from docket where region = $1 and id = $2").bind(region).bind(docket).fetch_optional(pool).await
}

/// Keeps a draft.
pub(crate) async fn insert(connection: &mut PgConnection, draft: &DocumentRecord) -> sqlx::Result<()> {
    sqlx::query(
        "insert into document (id, region, docket_id, docket_kind, kind, template, state, subject, drafted_by, drafted_at)
         values ($1, $2, $3, $4, $5, $6, 'draft', $7, $8, $9)",
    )
    .bind(draft.id)
    .bind(&draft.region)
    .bind(draft.docket_id)
    .bind(&draft.docket_kind)
    .bind(&draft.kind)
    .bind(draft.template)
    .bind(draft.subject)
    .bind(draft.drafted_by)
    .bind(draft.drafted_at)
    .execute(connection)
    .await
    .map(drop)
}

/// One document.
pub(crate) async fn one(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<DocumentRecord>> {
    sqlx::query_as("select * from document where region = $1 and id = $2").bind(region).bind(id).fetch_optional(connection).await
}

/// One document, whose row this transaction now holds.
pub(crate) async fn locked(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<DocumentRecord>> {
    sqlx::query_as("select * from document where region = $1 and id = $2 for update").bind(region).bind(id).fetch_optional(connection).await
}

/// The documents of a docket, the oldest first.
pub(crate) async fn of_docket(executor: impl PgExecutor<'_>, region: &str, docket: Uuid, most: i64) -> sqlx::Result<Vec<DocumentRecord>> {
    sqlx::query_as("select * from document where region = $1 and docket_id = $2 order by id limit $3")
        .bind(region)
        .bind(docket)
        .bind(most)
        .fetch_all(executor)
        .await
}

/// How many documents a docket has.
pub(crate) async fn count(connection: &mut PgConnection, region: &str, docket: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from document where region = $1 and docket_id = $2")
        .bind(region)
        .bind(docket)
        .fetch_one(connection)
        .await
}

/// Notes that a draft was rewritten.
pub(crate) async fn rewritten(connection: &mut PgConnection, id: Uuid, template: i32) -> sqlx::Result<()> {
    sqlx::query("update document set template = $2, version = version + 1 where id = $1")
        .bind(id)
        .bind(template)
        .execute(connection)
        .await
        .map(drop)
}

/// What is kept of an issue.
pub(crate) struct Issued<'i> {
    pub number: Option<&'i str>,
    pub file: &'i str,
    pub pages: i32,
    pub template: i32,
    pub by: Uuid,
    pub at: DateTime<Utc>,
}

/// Turns a draft into an issued document.
pub(crate) async fn issue(connection: &mut PgConnection, id: Uuid, it: &Issued<'_>) -> sqlx::Result<()> {
    sqlx::query(
        "update document set state = 'issued', number = $2, file = $3, pages = $4, template = $5, issued_by = $6, issued_at = $7, version = version + 1
         where id = $1 and state = 'draft'",
    )
    .bind(id)
    .bind(it.number)
    .bind(it.file)
    .bind(it.pages)
    .bind(it.template)
    .bind(it.by)
    .bind(it.at)
    .execute(connection)
    .await
    .map(drop)
}

/// Voids a document; its number stays in the register.
pub(crate) async fn void(connection: &mut PgConnection, id: Uuid, by: Uuid, at: DateTime<Utc>, reason: &str) -> sqlx::Result<()> {
    sqlx::query("update document set state = 'void', voided_by = $2, voided_at = $3, void_reason = $4, version = version + 1 where id = $1")
        .bind(id)
        .bind(by)
        .bind(at)
        .bind(reason)
        .execute(connection)
        .await
        .map(drop)
}
