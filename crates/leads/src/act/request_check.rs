//! Ask a collector to check after the fix (发起核查).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    perform::{Command, perform},
    require::require_able,
};
use crate::{Leads, lead::Action, rights, view::Lead};

/// The order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestCheck {
    /// The collector; without one, anyone on that ground.
    collector: Option<Uuid>,
    /// A note.
    note: Option<String>,
}

/// Orders a check on site.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/request-check", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = RequestCheck, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn request_check(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Triage>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<RequestCheck>,
) -> Answer<Json<Lead>> {
    require_able::<rights::Inspect>(&leads, id, "collector", request.collector).await?;
    let note = super::optional("note", "说明", request.note.as_deref())?;
    let payload = docket::ledger::payload([("collector", json!(request.collector)), ("note", json!(note))]);
    let command = Command::new(Action::RequestCheck, payload).naming(request.collector.map(Into::into));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
