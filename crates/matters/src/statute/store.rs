//! The SQL of statutes.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sqlx::{FromRow, PgConnection, PgPool};
use utoipa::ToSchema;
use uuid::Uuid;

use super::parse::{Article, Statute, short_title};

/// A statute that a matter cites.
#[derive(Debug, Clone, FromRow, Serialize, ToSchema)]
pub struct CitedStatute {
    /// Its id.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// The date of its version, which may lie before its entry into force.
    pub dated: NaiveDate,
}

/// A statute in a list.
#[derive(Debug, Clone, FromRow, Serialize, ToSchema)]
pub struct StatuteItem {
    /// Its id.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// The date of its version, from the file's name.
    pub dated: NaiveDate,
    /// How it came about.
    pub history: Vec<String>,
    /// How many articles.
    pub articles: i32,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
    /// A newer version is in the library.
    pub superseded: bool,
}

/// An article as the table holds it.
#[derive(Debug, Clone, FromRow, Serialize, ToSchema)]
pub struct StatuteArticle {
    /// Its number.
    pub number: i32,
    /// Part, chapter and section.
    pub heading: String,
    /// Its text, a line a paragraph or item.
    pub text: String,
}

/// An article that was found.
#[derive(Debug, Clone, FromRow, Serialize, ToSchema)]
pub struct FoundArticle {
    /// The statute.
    pub statute_id: Uuid,
    /// Its title.
    pub title: String,
    /// The date of its version.
    pub dated: NaiveDate,
    /// The article's number.
    pub number: i32,
    /// Part, chapter and section.
    pub heading: String,
    /// Its text.
    pub text: String,
}

/// The version of a statute on a day: the last one dated until then, or the first where the day lies before all.
pub(crate) async fn cited(pool: &PgPool, title: &str, day: NaiveDate) -> sqlx::Result<Option<CitedStatute>> {
    sqlx::query_as(
        "SELECT id, title, dated FROM statute WHERE short_title = $1
         ORDER BY dated > $2, CASE WHEN dated <= $2 THEN dated END DESC, dated LIMIT 1",
    )
    .bind(short_title(title))
    .bind(day)
    .fetch_optional(pool)
    .await
}

/// The texts of some articles.
pub(crate) async fn texts(pool: &PgPool, statute: Uuid, numbers: &[i32]) -> sqlx::Result<Vec<(i32, String)>> {
    sqlx::query_as("SELECT number, text FROM statute_article WHERE statute_id = $1 AND number = ANY($2)")
        .bind(statute)
        .bind(numbers)
        .fetch_all(pool)
        .await
}

/// Statutes by title and date, from behind one on.
pub(crate) async fn list(pool: &PgPool, words: &str, after: Option<&(String, NaiveDate)>, limit: i64) -> sqlx::Result<Vec<StatuteItem>> {
    sqlx::query_as(
        "SELECT s.id, s.title, s.dated, s.history, s.articles, s.imported_at,
           EXISTS (SELECT FROM statute newer WHERE newer.title = s.title AND newer.dated > s.dated) AS superseded
         FROM statute s
         WHERE ($1 = '' OR strpos(s.title, $1) > 0) AND ($2::text IS NULL OR (s.title, s.dated) > ($2, $3))
         ORDER BY s.title, s.dated LIMIT $4",
    )
    .bind(words)
    .bind(after.map(|it| &it.0))
    .bind(after.map(|it| it.1))
    .bind(limit)
    .fetch_all(pool)
    .await
}

/// A statute with its articles.
pub(crate) async fn read(pool: &PgPool, id: Uuid) -> sqlx::Result<Option<(StatuteItem, Vec<StatuteArticle>)>> {
    let found: Option<StatuteItem> = sqlx::query_as(
        "SELECT s.id, s.title, s.dated, s.history, s.articles, s.imported_at,
           EXISTS (SELECT FROM statute newer WHERE newer.title = s.title AND newer.dated > s.dated) AS superseded
         FROM statute s WHERE s.id = $1",
    )
    .bind(id)
    .fetch_optional(pool)
    .await?;
    let Some(statute) = found else { return Ok(None) };
    let articles = sqlx::query_as("SELECT number, heading, text FROM statute_article WHERE statute_id = $1 ORDER BY number")
        .bind(id)
        .fetch_all(pool)
        .await?;
    Ok(Some((statute, articles)))
}

/// Articles in which all words stand, of the newest version of each statute. Every article is looked at: a city's library has some
/// thousand, which is less work than an index of pairs would be.
pub(crate) async fn search(
    pool: &PgPool,
    words: &[String],
    after: Option<&(String, NaiveDate, i32)>,
    limit: i64,
) -> sqlx::Result<Vec<FoundArticle>> {
    sqlx::query_as(
        "SELECT s.id AS statute_id, s.title, s.dated, a.number, a.heading, a.text
         FROM statute_article a JOIN statute s ON s.id = a.statute_id
         WHERE NOT EXISTS (SELECT FROM unnest($1::text[]) AS word WHERE strpos(a.text, word) = 0)
           AND NOT EXISTS (SELECT FROM statute newer WHERE newer.title = s.title AND newer.dated > s.dated)
           AND ($2::text IS NULL OR (s.title, s.dated, a.number) > ($2, $3, $4))
         ORDER BY s.title, s.dated, a.number LIMIT $5",
    )
    .bind(words)
    .bind(after.map(|it| &it.0))
    .bind(after.map(|it| it.1))
    .bind(after.map(|it| it.2))
    .bind(limit)
    .fetch_all(pool)
    .await
}

/// The digest of what is there under a title and date. Nobody else imports until the transaction ends.
pub(crate) async fn digest(connection: &mut PgConnection, title: &str, dated: NaiveDate) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT revision FROM matter_library FOR UPDATE").fetch_one(&mut *connection).await.map(|_: i64| ())?;
    sqlx::query_scalar("SELECT digest FROM statute WHERE title = $1 AND dated = $2")
        .bind(title)
        .bind(dated)
        .fetch_optional(connection)
        .await
}

/// Adds a statute with its articles.
pub(crate) async fn add(
    connection: &mut PgConnection,
    id: Uuid,
    statute: &Statute,
    digest: &str,
    file_name: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO statute (id, title, short_title, dated, history, articles, digest, file_name, imported_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(&statute.title)
    .bind(short_title(&statute.title))
    .bind(statute.dated)
    .bind(&statute.history)
    .bind(i32::try_from(statute.articles.len()).unwrap_or(i32::MAX))
    .bind(digest)
    .bind(file_name)
    .bind(now)
    .execute(&mut *connection)
    .await?;
    let column = |pick: fn(&Article) -> &str| statute.articles.iter().map(|it| pick(it).to_owned()).collect::<Vec<_>>();
    sqlx::query(
        "INSERT INTO statute_article (statute_id, number, heading, text) SELECT $1, * FROM unnest($2::int4[], $3::text[], $4::text[])",
    )
    .bind(id)
    .bind(statute.articles.iter().map(|it| i32::from(it.number)).collect::<Vec<_>>())
    .bind(column(|it| &it.heading))
    .bind(column(|it| &it.text))
    .execute(connection)
    .await?;
    Ok(())
}
