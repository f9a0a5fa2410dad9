//! Dismiss a sighting: the device was wrong (研判误报).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{SightingState, Verdict, confirm::note, store::Judgement, view::Sighting};
use crate::{Machines, rights};

/// The dismissal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DismissSighting {
    /// What it was instead.
    note: Option<String>,
}

/// Dismisses a sighting. Nothing new is made of this device and kind for a while, and too many dismissals end its filing by itself.
///
/// # Errors
/// `sighting-not-found`, `sighting-judged`, `version-conflict`.
#[utoipa::path(post, path = "/api/v1/sightings/{id}/actions/dismiss", tag = "machines", operation_id = "dismiss_sighting",
    request_body = DismissSighting, params(("id" = Uuid, Path, description = "The sighting")),
    responses((status = 200, body = Sighting, description = "The sighting as it then stands")))]
pub(crate) async fn dismiss(
    State(machines): State<Machines>,
    allowed: Allowed<rights::JudgeSightings>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<DismissSighting>,
) -> Answer<Json<Sighting>> {
    let note = note(request.note.as_deref())?;
    let judgement = Judgement {
        state: SightingState::Dismissed,
        verdict: Verdict::Refuted,
        by: Some(allowed.caller.person.uuid()),
        note: note.as_deref(),
        class_code: None,
    };
    machines.judge(&allowed.scope(), id, seen, &judgement).await?;
    machines.judged(&allowed.scope(), id).await
}
