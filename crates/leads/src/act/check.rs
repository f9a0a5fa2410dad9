//! Say on site whether it is fixed (核查).

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
pub(crate) struct Check {
    /// It is fixed.
    passed: bool,
    /// A note.
    note: Option<String>,
    /// Photos, already uploaded.
    #[serde(default)]
    photos: Vec<String>,
    /// Where the actor stood.
    position: Option<ActPlace>,
}

/// Answers a check.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/check", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Check, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn check(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Inspect>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Check>,
) -> Answer<Json<Lead>> {
    let note = super::optional("note", "说明", request.note.as_deref())?;
    let payload = docket::ledger::payload([("passed", json!(request.passed)), ("note", json!(note)), ("photos", json!(request.photos))]);
    let command = Command::new(Action::Check { passed: request.passed }, payload)
        .with_photos(request.photos, PhotoRole::Check)
        .standing(&leads, request.position)?;
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
