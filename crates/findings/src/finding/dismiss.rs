//! Dismiss a finding: it is not so (核实不成立).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{FindingState, store::Verdict, uphold::reason, view::VehicleFinding};
use crate::{Findings, rights};

/// The verdict.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DismissFinding {
    /// What it was instead.
    reason: String,
}

/// Dismisses a finding. It counts against its rule.
///
/// # Errors
/// `finding-not-found`, `finding-judged`, `field-required`, `version-conflict`.
#[utoipa::path(post, path = "/api/v1/findings/{id}/actions/dismiss", tag = "findings", operation_id = "dismiss_vehicle_finding",
    request_body = DismissFinding, params(("id" = Uuid, Path, description = "The finding"), ("If-Match" = Option<String>, Header, description = "The version that was seen")),
    responses((status = 200, body = VehicleFinding, description = "The finding as it then stands")))]
pub(crate) async fn dismiss(
    State(room): State<Findings>,
    allowed: Allowed<rights::JudgeFindings>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<DismissFinding>,
) -> Answer<Json<VehicleFinding>> {
    let reason = reason(&request.reason)?;
    let verdict = Verdict { state: FindingState::Dismissed, by: allowed.caller.person.uuid(), reason: Some(&reason), class_code: None };
    room.judge(&allowed.scope(), id, seen, &verdict).await?;
    room.judged(&allowed.scope(), id).await
}
