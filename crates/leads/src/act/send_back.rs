//! Send a task back to the dispatcher (回退).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{Command, perform};
use crate::{Leads, lead::Action, rights, view::Lead};

/// The send-back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendBack {
    /// The reason.
    reason: String,
}

/// Sends a task back, once a unit, with a reason.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/send-back", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = SendBack, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn send_back(
    State(leads): State<Leads>,
    allowed: Allowed<rights::LeadUnit>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<SendBack>,
) -> Answer<Json<Lead>> {
    let reason = super::required("reason", "回退理由", &request.reason)?;
    let command = Command::new(Action::SendBack, json!({ "reason": reason })).editing(|_, change| change.unit = Some(None));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
