//! Suspend a lead and let it go on (挂账、恢复).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{Command, perform};
use crate::{Leads, lead::Action, rights, view::Lead};

/// The suspension.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Suspend {
    /// The reason.
    reason: String,
}

/// Suspends a lead; its clock stands still.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/suspend", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Suspend, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn suspend(
    State(leads): State<Leads>,
    allowed: Allowed<rights::FileAndClose>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Suspend>,
) -> Answer<Json<Lead>> {
    let reason = super::required("reason", "挂账理由", &request.reason)?;
    let command = Command::new(Action::Suspend, json!({ "reason": reason }));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// The going on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Resume {
    /// A note.
    note: Option<String>,
}

/// Lets a suspended lead go on.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/resume", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Resume, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn resume(
    State(leads): State<Leads>,
    allowed: Allowed<rights::FileAndClose>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Resume>,
) -> Answer<Json<Lead>> {
    let note = super::optional("note", "说明", request.note.as_deref())?;
    let command = Command::new(Action::Resume, docket::ledger::payload([("note", json!(note))]));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
