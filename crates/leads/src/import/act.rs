//! Pause, resume, cancel an import (暂停、继续、取消).

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use uuid::Uuid;

use super::{ImportState, list::Import, not_found, store};
use crate::{Leads, rights};

async fn order(leads: &Leads, allowed: &Allowed<rights::Import>, id: Uuid, from: &[ImportState], to: ImportState) -> Answer<Json<Import>> {
    super::whole_district(leads, &allowed.scope())?;
    let pool = leads.database().pool();
    let codes: Vec<&str> = from.iter().map(|state| state.code()).collect();
    let done = store::order(pool, leads.home_region(), id, &codes, to.code(), leads.clock().now()).await?;
    let record = store::one(pool, leads.home_region(), id).await?.ok_or_else(not_found)?;
    // The same order again finds what it wanted.
    if !done && record.state != to.code() {
        let state = record.state.parse::<ImportState>().map_or("", ImportState::label);
        return Err(Problem::conflict("action-refused", format!("这次导入{state}，不能{}", verb(to))).into());
    }
    leads.import_waker().notify_one();
    Ok(Json(record.into()))
}

const fn verb(to: ImportState) -> &'static str {
    match to {
        ImportState::Paused => "暂停",
        ImportState::Cancelled => "取消",
        _ => "继续",
    }
}

/// Pauses an import after the rows that are under way.
///
/// # Errors
/// `import-not-found`, `action-refused`, `import-beyond-scope`.
#[utoipa::path(post, path = "/api/v1/imports/{id}/actions/pause", tag = "imports", operation_id = "pause_import",
    params(("id" = Uuid, Path, description = "The import")), responses((status = 200, body = Import, description = "The import")))]
pub(crate) async fn pause(State(leads): State<Leads>, allowed: Allowed<rights::Import>, Path(id): Path<Uuid>) -> Answer<Json<Import>> {
    order(&leads, &allowed, id, &[ImportState::Waiting, ImportState::Running], ImportState::Paused).await
}

/// Goes on with an import that was paused or failed.
///
/// # Errors
/// `import-not-found`, `action-refused`, `import-beyond-scope`.
#[utoipa::path(post, path = "/api/v1/imports/{id}/actions/resume", tag = "imports", operation_id = "resume_import",
    params(("id" = Uuid, Path, description = "The import")), responses((status = 200, body = Import, description = "The import")))]
pub(crate) async fn resume(State(leads): State<Leads>, allowed: Allowed<rights::Import>, Path(id): Path<Uuid>) -> Answer<Json<Import>> {
    order(&leads, &allowed, id, &[ImportState::Paused, ImportState::Failed], ImportState::Waiting).await
}

/// Cancels an import; what was imported stays.
///
/// # Errors
/// `import-not-found`, `action-refused`, `import-beyond-scope`.
#[utoipa::path(post, path = "/api/v1/imports/{id}/actions/cancel", tag = "imports", operation_id = "cancel_import",
    params(("id" = Uuid, Path, description = "The import")), responses((status = 200, body = Import, description = "The import")))]
pub(crate) async fn cancel(State(leads): State<Leads>, allowed: Allowed<rights::Import>, Path(id): Path<Uuid>) -> Answer<Json<Import>> {
    order(
        &leads,
        &allowed,
        id,
        &[ImportState::Waiting, ImportState::Running, ImportState::Paused, ImportState::Failed],
        ImportState::Cancelled,
    )
    .await
}
