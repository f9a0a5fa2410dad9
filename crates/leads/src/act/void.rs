//! Void a lead after it was accepted (作废).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{Command, perform};
use crate::{Leads, lead::Action, rights, view::Lead};

/// The voiding.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Void {
    /// The reason.
    reason: String,
}

/// Voids a lead.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/void", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Void, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn void(
    State(leads): State<Leads>,
    allowed: Allowed<rights::FileAndClose>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Void>,
) -> Answer<Json<Lead>> {
    let reason = super::required("reason", "作废理由", &request.reason)?;
    let reply = reason.clone();
    let command = Command::new(Action::Void, json!({ "reason": reason })).editing(move |lead, _| lead.reply = Some(reply));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
