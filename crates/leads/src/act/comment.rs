//! Remind whoever must act; add a comment (催办、备注).

use axum::extract::State;
use http_api::{Answer, IdempotencyKey, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{Command, perform};
use crate::{Leads, lead::Action, rights, view::Lead};

/// The reminder.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Remind {
    /// A note.
    note: Option<String>,
}

/// Reminds whoever must act.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/remind", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Remind, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn remind(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Remark>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    IdempotencyKey(key): IdempotencyKey,
    Json(request): Json<Remind>,
) -> Answer<Json<Lead>> {
    let note = super::optional("note", "说明", request.note.as_deref())?;
    let payload = docket::ledger::payload([("note", json!(note))]);
    let command = Command::new(Action::Remind, payload).once(allowed.caller.person, key.as_deref());
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// The comment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Comment {
    /// The words.
    text: String,
}

/// Adds a comment.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/comment", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Comment, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn comment(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Remark>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    IdempotencyKey(key): IdempotencyKey,
    Json(request): Json<Comment>,
) -> Answer<Json<Lead>> {
    let text = super::required("text", "备注", &request.text)?;
    let command = Command::new(Action::Comment, json!({ "text": text })).once(allowed.caller.person, key.as_deref());
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
