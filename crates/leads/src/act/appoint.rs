//! Appoint who follows a lead up (指定跟办人).

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

/// The appointment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Appoint {
    /// Who follows it up: anybody who may see it.
    person: Uuid,
    /// A note.
    note: Option<String>,
}

/// Appoints who follows a lead up until its source has the answer; proposals and media exposure are not accepted before.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused`, `person-not-able`, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/appoint", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Appoint, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn appoint(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Triage>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Appoint>,
) -> Answer<Json<Lead>> {
    require_able::<rights::Read>(&leads, id, "person", Some(request.person)).await?;
    let note = super::optional("note", "说明", request.note.as_deref())?;
    let payload = docket::ledger::payload([("person", json!(request.person)), ("note", json!(note))]);
    let command = Command::new(Action::Appoint, payload).editing(move |lead, _| lead.follower = Some(request.person));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
