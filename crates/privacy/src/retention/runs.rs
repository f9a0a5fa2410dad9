//! What runs did (清理记录), and asking for one now.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use leads::NamedId;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Retained,
    store::{self, RunRow},
};
use crate::{Privacy, rights};

/// What a run did with one kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RetentionCount {
    label: &'static str,
    days: u32,
    dropped: i64,
    spared: i64,
}

/// A run.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RetentionRun {
    id: Uuid,
    /// Still under way.
    running: bool,
    started_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<DateTime<Utc>>,
    /// Who asked for it; the daily one nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    asked_by: Option<NamedId>,
    counts: Vec<RetentionCount>,
}

/// The runs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RetentionRuns {
    /// The newest first, at most fifty.
    items: Vec<RetentionRun>,
}

/// Lists the newest runs.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/retention-runs", tag = "privacy", operation_id = "list_retention_runs",
    responses((status = 200, body = RetentionRuns, description = "The runs")))]
pub(crate) async fn list(State(room): State<Privacy>, allowed: Allowed<rights::SeePrivacy>) -> Answer<Json<RetentionRuns>> {
    room.require_ground(&allowed.scope())?;
    Ok(Json(all(&room).await?))
}

/// Begins a run now; it is worked off beside the requests.
///
/// # Errors
/// `retention-running`, `retention-unset`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/retention-runs", tag = "privacy", operation_id = "begin_retention_run",
    responses((status = 202, body = RetentionRuns, description = "It began")))]
pub(crate) async fn begin(State(room): State<Privacy>, allowed: Allowed<rights::KeepNotices>) -> Answer<(StatusCode, Json<RetentionRuns>)> {
    room.require_ground(&allowed.scope())?;
    let (region, now) = (room.home_region(), room.clock().now());
    let mut transaction = room.database().pool().begin().await?;
    let (_, days) = store::setting(&mut *transaction, region).await?;
    if days.is_empty() {
        return Err(Problem::conflict("retention-unset", "还没有设置任何保存期限，没有可清理的内容").into());
    }
    if !store::begin(&mut transaction, region, uuid_at(now), &days, Some(allowed.caller.person.uuid()), now).await? {
        return Err(Problem::conflict("retention-running", "清理正在进行，请等它结束").into());
    }
    transaction.commit().await?;
    Ok((StatusCode::ACCEPTED, Json(all(&room).await?)))
}

async fn all(room: &Privacy) -> Answer<RetentionRuns> {
    let rows = store::runs(room.database().pool(), room.home_region()).await?;
    let people: Vec<Uuid> = rows.iter().filter_map(|row| row.asked_by).collect();
    let names = room.identity().names_of(&people).await?;
    let named = |id: Option<Uuid>| id.map(|id| NamedId { id, name: names.get(&id).cloned().unwrap_or_default() });
    let items = rows.into_iter().map(|row| RetentionRun {
        id: row.id,
        running: row.state == "running",
        counts: counts(&row),
        started_at: row.started_at,
        ended_at: row.ended_at,
        asked_by: named(row.asked_by),
    });
    Ok(RetentionRuns { items: items.collect() })
}

fn counts(row: &RunRow) -> Vec<RetentionCount> {
    let number = |kind: Retained, name: &str| row.counts.pointer(&format!("/{}/{name}", kind.code())).and_then(Value::as_i64).unwrap_or(0);
    let days = row.days.0.iter();
    days.map(|(kind, days)| RetentionCount {
        label: kind.label(),
        days: *days,
        dropped: number(*kind, "dropped"),
        spared: number(*kind, "spared"),
    })
    .collect()
}
