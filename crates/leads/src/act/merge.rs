//! Merge a lead into another (并案).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{Command, covers, perform};
use crate::{
    Leads,
    lead::{Action, store},
    rights,
    view::Lead,
};

/// The merge.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Merge {
    /// The lead that goes on.
    into: Uuid,
    /// The reason.
    reason: Option<String>,
}

/// Merges a lead into another; its reporter follows that one from then on.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/merge", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Merge, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn merge(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Triage>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Merge>,
) -> Answer<Json<Lead>> {
    let reason = super::optional("reason", "并案理由", request.reason.as_deref())?;
    let target = store::header(leads.database().pool(), request.into).await?.filter(|target| covers(&allowed.scope(), target));
    let Some(target) = target.filter(|target| target.id != id) else {
        return Err(Problem::invalid("merge-target-unknown", "没有找到要并入的线索").field("into", "没有找到要并入的线索").into());
    };
    let into = target.id;
    let payload = docket::ledger::payload([("into", json!(into)), ("number", json!(target.number)), ("reason", json!(reason))]);
    let command = Command::new(Action::Merge, payload).going_into(target.key()).editing(move |lead, _| lead.merged_into = Some(into));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
