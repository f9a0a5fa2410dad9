//! Take a task as the unit, give it to a handler, take that back (接单、指派、撤回).

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

/// The taking.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Take {
    /// The person who is to fix it; without one, whoever takes it.
    person: Option<Uuid>,
}

/// Takes a task.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/take", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Take, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn take(
    State(leads): State<Leads>,
    allowed: Allowed<rights::FixLead>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Take>,
) -> Answer<Json<Lead>> {
    require_able::<rights::FixLead>(&leads, id, "person", request.person).await?;
    let handler = request.person.unwrap_or(allowed.caller.person.uuid());
    let command = Command::new(Action::Take, json!({ "person": handler })).editing(move |lead, _| lead.handler = Some(handler));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// Taking a task back from its handler.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unassign {
    /// A note.
    note: Option<String>,
}

/// Takes a task back from the person it was given to.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/unassign", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Unassign, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn unassign(
    State(leads): State<Leads>,
    allowed: Allowed<rights::LeadUnit>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Unassign>,
) -> Answer<Json<Lead>> {
    let note = super::optional("note", "说明", request.note.as_deref())?;
    let command = Command::new(Action::Unassign, docket::ledger::payload([("note", json!(note))]));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
