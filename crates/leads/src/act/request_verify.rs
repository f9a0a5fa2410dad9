//! Ask a collector to verify before filing (发起核实).

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
pub(crate) struct RequestVerify {
    /// The collector; without one, anyone on that ground.
    collector: Option<Uuid>,
    /// A note.
    note: Option<String>,
}

/// Orders a verification on site.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/request-verify", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = RequestVerify, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn request_verify(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Triage>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<RequestVerify>,
) -> Answer<Json<Lead>> {
    require_able::<rights::Inspect>(&leads, id, "collector", request.collector).await?;
    let note = super::optional("note", "说明", request.note.as_deref())?;
    let payload = docket::ledger::payload([("collector", json!(request.collector)), ("note", json!(note))]);
    let command = Command::new(Action::RequestVerify, payload).naming(request.collector.map(Into::into));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
