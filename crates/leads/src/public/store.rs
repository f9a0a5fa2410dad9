//! SQL of the public pages.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{FromRow, PgPool};
use uuid::Uuid;

/// A ledger line for the reporter.
#[derive(Debug, FromRow)]
pub(crate) struct StepRow {
    pub at: DateTime<Utc>,
    pub action: String,
    pub payload: Value,
}

pub(crate) async fn steps(pool: &PgPool, region: &str, id: Uuid) -> sqlx::Result<Vec<StepRow>> {
    sqlx::query_as(
        "select at, action, payload::jsonb as payload from ledger_entry where region = $1 and docket_id = $2 order by seq limit 1000",
    )
    .bind(region)
    .bind(id)
    .fetch_all(pool)
    .await
}

/// A recent report for the map.
#[derive(Debug, FromRow)]
pub(crate) struct RecentRow {
    pub lon: f64,
    pub lat: f64,
    pub state: String,
    pub class_code: Option<String>,
    pub grid: Option<String>,
    pub opened_at: DateTime<Utc>,
    pub simulated: bool,
}

/// The newest placed reports of the public; what was not accepted is not shown.
pub(crate) async fn recent(pool: &PgPool, region: &str, most: i64) -> sqlx::Result<Vec<RecentRow>> {
    sqlx::query_as(
        "select d.lon, d.lat, d.state, l.class_code, l.grid, d.opened_at, d.simulated
         from docket d join lead l on l.region = d.region and l.id = d.id
         where d.region = $1 and d.kind = 'lead' and d.lon is not null and d.lat is not null and d.state not in ('rejected', 'merged', 'voided')
         order by d.id desc limit $2",
    )
    .bind(region)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// Whether a photo is one that whoever follows a lead may see: his own, or of the handling where the lead goes on; none that was withheld, with
/// whatever lead: who sends in a withheld picture again does not bring it back.
pub(crate) async fn shows_photo(pool: &PgPool, region: &str, own: Uuid, goes_on_in: Uuid, file: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from lead_photo where region = $1 and file = $4 and withheld_at is null
            and (lead_id = $2 and role in ('report', 'before', 'after') or lead_id = $3 and role in ('before', 'after')))
         and not exists (select from lead_photo w where w.region = $1 and w.file = $4 and w.withheld_at is not null)",
    )
    .bind(region)
    .bind(own)
    .bind(goes_on_in)
    .bind(file)
    .fetch_one(pool)
    .await
}

/// The classes that are reported most, by code; none on the first day.
pub(crate) async fn common_classes(pool: &PgPool, region: &str, most: i64) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "select class_code from (select class_code from lead where region = $1 and class_code is not null order by id desc limit 2000) as recent
         group by class_code order by count(*) desc, class_code limit $2",
    )
    .bind(region)
    .bind(most)
    .fetch_all(pool)
    .await
}
