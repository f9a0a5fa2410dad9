//! SQL of exports: the audit, and the ledger as a list.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use sqlx::{FromRow, PgPool};
use uuid::Uuid;

/// A line of the audit.
pub(super) struct Line {
    pub export: Uuid,
    pub person: Option<Uuid>,
    pub what: &'static str,
    pub format: &'static str,
    pub filter: Value,
    pub phase: &'static str,
    pub rows: Option<i64>,
    pub cut: Option<bool>,
}

pub(super) async fn note(pool: &PgPool, line: &Line, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "insert into export_audit (id, export_id, at, person, what, format, filter, phase, rows, cut)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(kernel::id::uuid_at(now))
    .bind(line.export)
    .bind(now)
    .bind(line.person)
    .bind(line.what)
    .bind(line.format)
    .bind(&line.filter)
    .bind(line.phase)
    .bind(line.rows)
    .bind(line.cut)
    .execute(pool)
    .await?;
    Ok(())
}

/// A ledger entry with its docket's number.
#[derive(Debug, FromRow, Serialize)]
pub(super) struct EntryRow {
    pub region: String,
    pub docket_id: Uuid,
    pub number: Option<String>,
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub role: Option<String>,
    pub action: String,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    /// The canonical text that the hash covers.
    pub payload: String,
    pub previous: String,
    pub hash: String,
}

/// Ledger entries after a key, docket by docket.
pub(super) async fn entries(pool: &PgPool, after: Option<(&str, Uuid, i64)>, rows: i64) -> sqlx::Result<Vec<EntryRow>> {
    let (region, docket, seq) = after.unwrap_or(("", Uuid::nil(), 0));
    sqlx::query_as(
        "select e.region, e.docket_id, d.number, e.seq, e.at, e.actor, e.role, e.action, e.lon, e.lat, e.payload, e.previous, e.hash
         from (select * from ledger_entry where (region, docket_id, seq) > ($1, $2, $3) order by region, docket_id, seq limit $4) e
         left join docket d on d.region = e.region and d.id = e.docket_id
         order by e.region, e.docket_id, e.seq",
    )
    .bind(region)
    .bind(docket)
    .bind(seq)
    .bind(rows)
    .fetch_all(pool)
    .await
}
