//! Send a lead back to be fixed again (返工).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{Command, perform};
use crate::{Leads, lead::Action, rights, view::Lead};

/// The order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rework {
    /// The reason.
    reason: String,
}

/// Sends a lead back to be fixed again, with a fresh limit.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/rework", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Rework, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn rework(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Triage>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Rework>,
) -> Answer<Json<Lead>> {
    let reason = super::required("reason", "返工理由", &request.reason)?;
    let command = Command::new(Action::Rework, json!({ "reason": reason }));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
