//! Say on site whether a report is true (核实).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    perform::{Command, perform},
    standing::ActPlace,
};
use crate::{
    Leads,
    lead::{Action, PhotoRole},
    rights,
    view::Lead,
};

/// What the collector found.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verify {
    /// The report is true.
    genuine: bool,
    /// A note.
    note: Option<String>,
    /// Photos, already uploaded.
    #[serde(default)]
    photos: Vec<String>,
    /// Where the actor stood.
    position: Option<ActPlace>,
}

/// Answers a verification.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/verify", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Verify, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn verify(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Inspect>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Verify>,
) -> Answer<Json<Lead>> {
    let note = super::optional("note", "说明", request.note.as_deref())?;
    let payload = docket::ledger::payload([("genuine", json!(request.genuine)), ("note", json!(note)), ("photos", json!(request.photos))]);
    let command = Command::new(Action::Verify { genuine: request.genuine }, payload)
        .with_photos(request.photos, PhotoRole::Verify)
        .standing(&leads, request.position)?;
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
