//! The SQL of announcements of empowerment.

use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};
use sqlx::{FromRow, PgConnection, PgPool};
use uuid::Uuid;

use super::rule::{Announced, PowerAct};

/// An announcement as the table holds it.
#[derive(Debug, FromRow)]
pub(super) struct Row {
    pub id: Uuid,
    pub sequence: i64,
    pub county: String,
    pub number: String,
    pub title: String,
    pub organ: String,
    pub announced_on: NaiveDate,
    pub effective_from: NaiveDate,
    pub act: String,
    pub matters: Vec<String>,
    pub townships: Vec<String>,
    pub to_organ: Option<String>,
    pub note: Option<String>,
    pub entered_at: DateTime<Utc>,
    pub entered_by: Uuid,
}

impl Row {
    /// As the rule sees it.
    pub fn announced(self) -> Announced {
        Announced {
            id: self.id,
            sequence: self.sequence,
            number: self.number,
            title: self.title,
            organ: self.organ,
            announced_on: self.announced_on,
            effective_from: self.effective_from,
            // The table takes no other.
            act: self.act.parse().unwrap_or(PowerAct::Withdraw),
            matters: self.matters,
            townships: self.townships,
            to_organ: self.to_organ,
        }
    }
}

/// The announcements of a county about one matter.
pub(super) async fn about(pool: &PgPool, county: &str, matter: &str) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(
        "SELECT id, sequence, county, number, title, organ, announced_on, effective_from, act, matters, townships, to_organ, note,
           entered_at, entered_by
         FROM empowerment WHERE county = $1 AND matters @> ARRAY[$2] ORDER BY sequence",
    )
    .bind(county)
    .bind(matter)
    .fetch_all(pool)
    .await
}

/// The announcements of the counties that these regions touch, the last entered first, from before one on.
pub(super) async fn list(pool: &PgPool, regions: &[String], before: Option<i64>, limit: i64) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(
        "SELECT id, sequence, county, number, title, organ, announced_on, effective_from, act, matters, townships, to_organ, note,
           entered_at, entered_by
         FROM empowerment
         WHERE EXISTS (SELECT FROM unnest($1::text[]) AS prefix WHERE starts_with(county, prefix) OR starts_with(prefix, county))
           AND ($2::int8 IS NULL OR sequence < $2)
         ORDER BY sequence DESC LIMIT $3",
    )
    .bind(regions)
    .bind(before)
    .bind(limit)
    .fetch_all(pool)
    .await
}

/// What an announcement is about, in 64 characters.
fn digest(row: &Row) -> String {
    let about = serde_json::json!([row.matters, row.townships, row.to_organ]);
    format!("sha256:{}", hex::encode(Sha256::digest(about.to_string())))
}

/// Adds an announcement; says whether it is new: its number, act, day, matters, townships and bureau.
pub(super) async fn add(connection: &mut PgConnection, row: &Row) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO empowerment (id, county, number, title, organ, announced_on, effective_from, act, matters, townships, to_organ, note,
           entered_at, entered_by, digest)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         ON CONFLICT (county, number, act, effective_from, digest) DO NOTHING",
    )
    .bind(row.id)
    .bind(&row.county)
    .bind(&row.number)
    .bind(&row.title)
    .bind(&row.organ)
    .bind(row.announced_on)
    .bind(row.effective_from)
    .bind(&row.act)
    .bind(&row.matters)
    .bind(&row.townships)
    .bind(&row.to_organ)
    .bind(&row.note)
    .bind(row.entered_at)
    .bind(row.entered_by)
    .bind(digest(row))
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A draft of withdrawal.
#[derive(Debug, FromRow)]
pub(super) struct DraftRow {
    pub id: Uuid,
    pub matter: String,
    pub township: String,
    pub reasons: String,
    pub drafted_by: Uuid,
    pub drafted_at: DateTime<Utc>,
}

/// The open drafts of a county.
pub(super) async fn drafts(pool: &PgPool, county: &str, most: i64) -> sqlx::Result<Vec<DraftRow>> {
    sqlx::query_as(
        "select id, matter, township, reasons, drafted_by, drafted_at from empowerment_draft where county = $1 and state = 'open'
         order by matter, township limit $2",
    )
    .bind(county)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// Adds a draft; of one that is open, reasons and hand are those of now.
pub(super) async fn add_draft(connection: &mut PgConnection, county: &str, row: &DraftRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into empowerment_draft (id, county, matter, township, reasons, state, drafted_by, drafted_at)
         values ($1, $2, $3, $4, $5, 'open', $6, $7)
         on conflict (county, matter, township) where state = 'open'
         do update set reasons = excluded.reasons, drafted_by = excluded.drafted_by, drafted_at = excluded.drafted_at",
    )
    .bind(row.id)
    .bind(county)
    .bind(&row.matter)
    .bind(&row.township)
    .bind(&row.reasons)
    .bind(row.drafted_by)
    .bind(row.drafted_at)
    .execute(connection)
    .await
    .map(drop)
}

pub(super) async fn discard_draft(
    connection: &mut PgConnection,
    county: &str,
    id: Uuid,
    (by, at): (Uuid, DateTime<Utc>),
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update empowerment_draft set state = 'discarded', settled_by = $3, settled_at = $4 where id = $1 and county = $2 and state = 'open'",
    )
    .bind(id)
    .bind(county)
    .bind(by)
    .bind(at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// An announcement of withdrawal carries out the drafts of its matters and townships.
pub(super) async fn settle_drafts(connection: &mut PgConnection, row: &Row) -> sqlx::Result<()> {
    sqlx::query(
        "update empowerment_draft set state = 'entered', settled_by = $2, settled_at = $3, announcement = $4
         where county = $1 and state = 'open' and matter = any($5) and township = any($6)",
    )
    .bind(&row.county)
    .bind(row.entered_by)
    .bind(row.entered_at)
    .bind(row.id)
    .bind(&row.matters)
    .bind(&row.townships)
    .execute(connection)
    .await
    .map(drop)
}
