//! Reply that it is fixed, with photos (处置反馈).

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

/// The reply.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fix {
    /// What was done, which the reporter reads.
    note: Option<String>,
    /// Photos before the fix, already uploaded.
    #[serde(default)]
    before_photos: Vec<String>,
    /// Photos after the fix, already uploaded.
    #[serde(default)]
    after_photos: Vec<String>,
    /// Where the actor stood.
    position: Option<ActPlace>,
}

/// Replies that it is fixed; the disposal clock stops.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/fix", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Fix, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn fix(
    State(leads): State<Leads>,
    allowed: Allowed<rights::FixLead>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Fix>,
) -> Answer<Json<Lead>> {
    let note = super::optional("note", "处置说明", request.note.as_deref())?;
    let action = Action::Fix { before_photos: request.before_photos.len(), after_photos: request.after_photos.len() };
    let payload = docket::ledger::payload([
        ("note", json!(note)),
        ("before_photos", json!(request.before_photos)),
        ("after_photos", json!(request.after_photos)),
    ]);
    let command = Command::new(action, payload)
        .with_photos(request.before_photos, PhotoRole::Before)
        .with_photos(request.after_photos, PhotoRole::After)
        .standing(&leads, request.position)?
        .editing(move |lead, _| lead.reply = note.or(lead.reply.take()));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
