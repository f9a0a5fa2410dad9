//! Accept a lead (受理).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{Command, perform};
use crate::{Leads, lead::Action, rights, view::Lead};

/// The acceptance.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Accept {
    /// The class; without one, the class it has.
    class_code: Option<String>,
    /// The filing standard it is accepted by.
    standard: Option<String>,
    /// A note.
    note: Option<String>,
}

/// Accepts a lead.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/accept", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Accept, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn accept(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Triage>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Accept>,
) -> Answer<Json<Lead>> {
    let note = super::optional("note", "说明", request.note.as_deref())?;
    let standard = super::optional("standard", "立案标准", request.standard.as_deref())?;
    let class = request.class_code.map(|code| leads.known_class(&code)).transpose()?;
    let version = leads.catalogue().class_version();
    let payload = docket::ledger::payload([("class", json!(class)), ("standard", json!(standard)), ("note", json!(note))]);
    let command = Command::new(Action::Accept { with_class: class.is_some() }, payload).editing(move |lead, _| {
        if let Some(class) = class {
            lead.class_code = Some(class);
            lead.class_version = Some(version);
        }
        lead.standard = standard.or(lead.standard.take());
    });
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
