//! Ask for more time, grant it, refuse it (延期).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{Command, perform};
use crate::{Leads, lead::Action, rights, view::Lead};

/// The wish.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestExtension {
    /// Hours of the limit's own kind.
    hours: u32,
    /// The reason.
    reason: String,
}

/// Asks for more time.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/request-extension", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = RequestExtension, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn request(
    State(leads): State<Leads>,
    allowed: Allowed<rights::LeadUnit>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<RequestExtension>,
) -> Answer<Json<Lead>> {
    let reason = super::required("reason", "延期理由", &request.reason)?;
    let kept = reason.clone();
    let payload = json!({ "hours": request.hours, "reason": reason });
    let command =
        Command::new(Action::RequestExtension { hours: request.hours }, payload).editing(move |lead, _| lead.extension_reason = Some(kept));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// The grant.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GrantExtension {
    /// Hours of the limit's own kind.
    hours: u32,
}

/// Grants more time.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/grant-extension", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = GrantExtension, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn grant(
    State(leads): State<Leads>,
    allowed: Allowed<rights::FileAndClose>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<GrantExtension>,
) -> Answer<Json<Lead>> {
    let command = Command::new(Action::GrantExtension { hours: request.hours }, json!({ "hours": request.hours }));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// The refusal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefuseExtension {
    /// The reason.
    reason: String,
}

/// Refuses more time.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/refuse-extension", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = RefuseExtension, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn refuse(
    State(leads): State<Leads>,
    allowed: Allowed<rights::FileAndClose>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<RefuseExtension>,
) -> Answer<Json<Lead>> {
    let reason = super::required("reason", "理由", &request.reason)?;
    let command = Command::new(Action::RefuseExtension, json!({ "reason": reason }));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
