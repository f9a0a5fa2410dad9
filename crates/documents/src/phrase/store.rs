//! SQL of phrases.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

use super::PhraseState;

/// A phrase's row.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct PhraseRow {
    pub id: Uuid,
    pub region: String,
    pub organisation: Option<Uuid>,
    pub person: Option<Uuid>,
    pub kind: String,
    pub field: String,
    pub title: String,
    pub text: String,
    pub state: String,
    pub used: i64,
    pub written_by: Uuid,
    pub changed_at: DateTime<Utc>,
    pub published_by: Option<Uuid>,
    pub published_at: Option<DateTime<Utc>>,
    pub version: i64,
}

/// Whose phrases, and which.
#[derive(Debug, Default)]
pub(crate) struct Sought<'s> {
    pub organ: Option<Uuid>,
    pub person: Uuid,
    /// Only the person's own.
    pub own: bool,
    pub kind: Option<&'s str>,
    pub field: Option<&'s str>,
    pub state: Option<PhraseState>,
    pub words: Option<&'s str>,
    pub most: i64,
}

/// Phrases of an organ and a person, what is used most first.
pub(crate) async fn find(connection: &mut PgConnection, region: &str, it: &Sought<'_>) -> sqlx::Result<Vec<PhraseRow>> {
    let mut query = QueryBuilder::<Postgres>::new("select * from document_phrase where region = ");
    query.push_bind(region.to_owned()).push(" and (person = ").push_bind(it.person);
    if !it.own {
        query.push(" or organisation = ").push_bind(it.organ);
    }
    query.push(")");
    if let Some(kind) = it.kind {
        query.push(" and kind in ('', ").push_bind(kind.to_owned()).push(")");
    }
    if let Some(field) = it.field {
        query.push(" and field = ").push_bind(field.to_owned());
    }
    match it.state {
        Some(state) => query.push(" and state = ").push_bind(state.code()),
        None => query.push(" and state <> 'withdrawn'"),
    };
    if let Some(words) = it.words {
        let like = format!("%{}%", words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        query.push(" and (title ilike ").push_bind(like.clone()).push(" or text ilike ").push_bind(like).push(")");
    }
    query.push(" order by used desc, id desc limit ").push_bind(it.most);
    query.build_query_as().fetch_all(connection).await
}

/// How many an organ or a person has that are not withdrawn.
pub(crate) async fn count(connection: &mut PgConnection, region: &str, organ: Option<Uuid>, person: Option<Uuid>) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from document_phrase where region = $1 and state <> 'withdrawn' and (organisation = $2 or person = $3)",
    )
    .bind(region)
    .bind(organ)
    .bind(person)
    .fetch_one(connection)
    .await
}

/// One phrase, whose row this transaction now holds.
pub(crate) async fn locked(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<PhraseRow>> {
    sqlx::query_as("select * from document_phrase where region = $1 and id = $2 for update")
        .bind(region)
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// Adds a phrase.
pub(crate) async fn insert(connection: &mut PgConnection, row: &PhraseRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into document_phrase (id, region, organisation, person, kind, field, title, text, state, written_by, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(row.organisation)
    .bind(row.person)
    .bind(&row.kind)
    .bind(&row.field)
    .bind(&row.title)
    .bind(&row.text)
    .bind(&row.state)
    .bind(row.written_by)
    .bind(row.changed_at)
    .execute(connection)
    .await
    .map(drop)
}

/// Writes a phrase as it stands now.
pub(crate) async fn update(connection: &mut PgConnection, row: &PhraseRow) -> sqlx::Result<()> {
    sqlx::query(
        "update document_phrase set kind = $2, field = $3, title = $4, text = $5, state = $6, changed_at = $7, published_by = $8, published_at = $9,
            written_by = $10, version = version + 1 where id = $1",
    )
    .bind(row.id)
    .bind(&row.kind)
    .bind(&row.field)
    .bind(&row.title)
    .bind(&row.text)
    .bind(&row.state)
    .bind(row.changed_at)
    .bind(row.published_by)
    .bind(row.published_at)
    .bind(row.written_by)
    .execute(connection)
    .await
    .map(drop)
}

/// Counts a use.
pub(crate) async fn used(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query("update document_phrase set used = used + 1 where id = $1").bind(id).execute(connection).await.map(drop)
}
