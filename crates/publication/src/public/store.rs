//! SQL of what the public reads.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, PgPool, Postgres, QueryBuilder, types::Json};
use uuid::Uuid;

use crate::decision::{PublicationContent, store::like};

/// A decision that is public, or was taken back.
#[derive(Debug, FromRow)]
pub(super) struct PublicRow {
    pub id: Uuid,
    pub state: String,
    pub content: Json<PublicationContent>,
    pub published_at: DateTime<Utc>,
    pub max_until: Option<NaiveDate>,
    pub ended_at: Option<DateTime<Utc>>,
    pub ground: Option<String>,
    pub reason: Option<String>,
    pub simulated: bool,
}

/// What is asked for.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// The number, the matter, or an enterprise's name: natural persons are found by none of their names.
    pub text: Option<String>,
    pub year: Option<i32>,
    pub before: Option<(DateTime<Utc>, Uuid)>,
    pub today: NaiveDate,
}

const SHOWN: &str = "select p.id, p.state, p.content, p.published_at, p.max_until, p.ended_at, p.ground, p.reason, d.simulated
    from publication p join docket d on d.region = p.region and d.id = p.case_id
    where p.published_at is not null and p.region = ";

/// What the public may read today: what is over counts no more, however late the program sees it.
fn shown(region: &str, today: NaiveDate) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new(SHOWN);
    query.push_bind(region.to_owned());
    query.push(" and (p.state = 'withdrawn' or (p.state = 'published' and p.max_until >= ").push_bind(today).push("))");
    query
}

pub(super) async fn list(pool: &PgPool, region: &str, wanted: &Wanted, most: i64) -> sqlx::Result<Vec<PublicRow>> {
    let mut query = shown(region, wanted.today);
    if let Some(text) = &wanted.text {
        query.push(" and (p.content->>'number' ilike ").push_bind(like(text));
        // Of what was taken back only the number is found.
        query.push(" or (p.state = 'published' and p.content->>'matter' ilike ").push_bind(like(text));
        query.push(") or (p.state = 'published' and not p.is_natural and p.content->>'party' ilike ").push_bind(like(text)).push("))");
    }
    if let Some(year) = wanted.year {
        query.push(" and left(p.content->>'decided_on', 4) = ").push_bind(format!("{year:04}"));
    }
    if let Some((at, id)) = wanted.before {
        query.push(" and (p.published_at, p.id) < (").push_bind(at).push(", ").push_bind(id).push(")");
    }
    query.push(" order by p.published_at desc, p.id desc limit ").push_bind(most);
    let mut transaction = pool.begin().await?;
    if wanted.text.is_some() {
        // A part of a text is looked for in every row: whoever asks without an account keeps the database no longer than this.
        sqlx::query("set local statement_timeout = '3s'").execute(&mut *transaction).await?;
    }
    let rows = query.build_query_as().fetch_all(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(rows)
}

pub(super) async fn one(pool: &PgPool, region: &str, today: NaiveDate, id: Uuid) -> sqlx::Result<Option<PublicRow>> {
    let mut query = shown(region, today);
    query.push(" and p.id = ").push_bind(id);
    query.build_query_as().fetch_optional(pool).await
}
