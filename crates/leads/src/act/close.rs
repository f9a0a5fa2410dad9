//! Close a lead (结案).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{Command, perform};
use crate::{Leads, lead::Action, rights, view::Lead};

/// The closing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Close {
    /// The closing standard that is met.
    standard: String,
    /// A note.
    note: Option<String>,
}

/// Closes a lead that was checked well, with photos before and after.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/close", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Close, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn close(
    State(leads): State<Leads>,
    allowed: Allowed<rights::FileAndClose>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Close>,
) -> Answer<Json<Lead>> {
    let note = super::optional("note", "说明", request.note.as_deref())?;
    let standard = super::required("standard", "结案标准", &request.standard)?;
    let payload = docket::ledger::payload([("standard", json!(standard)), ("note", json!(note))]);
    let command = Command::new(Action::Close { standard: true }, payload).editing(move |lead, _| lead.closing_standard = Some(standard));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
