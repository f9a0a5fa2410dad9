//! The SQL of a transcript.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};

use crate::{KeyOf, ledger::Sealed};

#[derive(FromRow)]
struct LineRow {
    seq: i64,
    at: DateTime<Utc>,
    actor: String,
    role: Option<String>,
    action: String,
    lon: Option<f64>,
    lat: Option<f64>,
    payload: String,
    previous: String,
    hash: String,
}

/// The lines of one docket, in their order.
pub(super) async fn lines(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<Sealed>> {
    let rows: Vec<LineRow> = sqlx::query_as(
        "select seq, at, actor, role, action, lon, lat, payload, previous, hash from ledger_entry
         where region = $1 and docket_id = $2 order by seq",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .fetch_all(connection)
    .await?;
    let sealed = rows.into_iter().map(|row| Sealed {
        seq: row.seq,
        at: row.at,
        actor: row.actor,
        role: row.role,
        action: row.action,
        place: row.lon.zip(row.lat),
        payload: row.payload,
        previous: row.previous,
        hash: row.hash,
    });
    Ok(sealed.collect())
}
