//! SQL of likely duplicates. Each path to candidates runs along an index and ends at a limit.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgPool};
use uuid::Uuid;

/// A candidate with what it is held against another by, and what is shown of it.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Candidate {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub state: String,
    pub jurisdiction: String,
    pub unit: Option<Uuid>,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub opened_at: DateTime<Utc>,
    pub occurred_at: Option<DateTime<Utc>>,
    pub class_code: Option<String>,
    pub description: String,
    pub address: Option<String>,
    pub same_text: bool,
}

/// The words of the newest leads, each lead's as one text.
pub(crate) async fn newest_words(pool: &PgPool, region: &str, most: i64) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar("select words from docket_words where region = $1 order by docket_id desc limit $2")
        .bind(region)
        .bind(most)
        .fetch_all(pool)
        .await
}

/// Leads with the very same words, the newest first.
pub(super) async fn by_text(pool: &PgPool, region: &str, id: Uuid, most: i64) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "select id from lead where text_digest = (select text_digest from lead where region = $1 and id = $2) and region = $1 and id <> $2
         order by id desc limit $3",
    )
    .bind(region)
    .bind(id)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// Leads whose own number, or whose source's number, is among these.
pub(super) async fn by_numbers(pool: &PgPool, region: &str, source: &str, numbers: &[String]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "select id from lead where region = $1 and source = $2 and source_key = any($3)
         union
         select id from docket where region = $1 and kind = 'lead' and number = any($3)",
    )
    .bind(region)
    .bind(source)
    .bind(numbers)
    .fetch_all(pool)
    .await
}

/// Leads with one of these photos, the newest of each, with the photo.
pub(super) async fn by_photos(pool: &PgPool, region: &str, files: &[String], most_each: i64) -> sqlx::Result<Vec<(Uuid, String)>> {
    sqlx::query_as(
        "select found.lead_id, asked.file from unnest($2::text[]) as asked(file)
         cross join lateral (select lead_id from lead_photo own where own.file = asked.file and own.region = $1 limit $3) found",
    )
    .bind(region)
    .bind(files)
    .bind(most_each)
    .fetch_all(pool)
    .await
}

/// Open leads in the cells of places, reported since an id was made, the newest of each cell.
pub(super) async fn by_cells(pool: &PgPool, cells: &[i64], since: Uuid, most_each: i64) -> sqlx::Result<Vec<(Uuid, f64, f64)>> {
    sqlx::query_as(
        "select found.id, found.lon, found.lat from unnest($1::bigint[]) as asked(cell)
         cross join lateral (
            select id, lon, lat from docket own
            where place_cell(own.lon, own.lat) = asked.cell and own.lon is not null and own.lat is not null and own.open and own.id >= $2
            order by own.id desc limit $3) found",
    )
    .bind(cells)
    .bind(since)
    .bind(most_each)
    .fetch_all(pool)
    .await
}

/// Leads of these months that have all words of one of the combinations, the newest first. The words are rare, which bounds the hits.
pub(super) async fn by_words(pool: &PgPool, combinations: &[String], since: Uuid, most: i64) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "select docket_id from (
            select distinct hit.docket_id from unnest($1::text[]) as sought(words)
            cross join lateral (
                select own.docket_id from docket_words own where words_of_month(own.month, own.words) @> string_to_array(sought.words, ' ')
            ) hit where hit.docket_id >= $2 offset 0) found
         order by docket_id desc limit $3",
    )
    .bind(combinations)
    .bind(since)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// Candidates with their traits; what was not accepted, or was merged, is no longer there to be merged into.
pub(super) async fn candidates(pool: &PgPool, region: &str, id: Uuid, ids: &[Uuid]) -> sqlx::Result<Vec<Candidate>> {
    sqlx::query_as(
        "select d.id, d.number, d.title, d.state, d.jurisdiction, d.unit, d.lon, d.lat, d.opened_at, l.occurred_at, l.class_code, l.description, l.address,
            l.text_digest = (select text_digest from lead where region = $1 and id = $2) as same_text
         from unnest($3::uuid[]) as asked(id)
         cross join lateral (select * from docket own where own.region = $1 and own.id = asked.id offset 0) d
         cross join lateral (select * from lead own where own.region = $1 and own.id = asked.id offset 0) l
         where d.kind = 'lead' and d.id <> $2 and d.state not in ('rejected', 'merged', 'voided')",
    )
    .bind(region)
    .bind(id)
    .bind(ids)
    .fetch_all(pool)
    .await
}
