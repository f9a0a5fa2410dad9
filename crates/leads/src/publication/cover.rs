//! Cover more of a photo's public copy by hand (人工遮挡).

use axum::{extract::State, http::StatusCode};
use files::Area;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{COVER, Turn};
use crate::{Leads, act, rights};

/// What to cover.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CoverPhoto {
    /// The areas, 1 to 20 with those that were marked before.
    #[schema(min_items = 1, max_items = 20)]
    areas: Vec<Area>,
    /// The reason, which stays in the ledger.
    reason: Option<String>,
}

/// Covers areas from the commit on, wherever the same picture is public. An area is never taken away again.
///
/// # Errors
/// `lead-not-found`, `photo-not-found`, `area-outside`, `too-many-areas`.
#[utoipa::path(post, path = "/api/v1/leads/{id}/photos/{file}/actions/cover", operation_id = "cover_photo", tag = "leads",
    params(("id" = Uuid, Path, description = "The lead"), ("file" = String, Path, description = "The photo")),
    request_body = CoverPhoto, responses((status = 204, description = "Covered")))]
pub(crate) async fn cover(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Triage>,
    Path((id, file)): Path<(Uuid, String)>,
    Json(request): Json<CoverPhoto>,
) -> Answer<StatusCode> {
    let reason = act::optional("reason", "遮挡理由", request.reason.as_deref())?;
    let mut turn = Turn::begin(&leads, &allowed, id, &file).await?;
    leads.files().cover_in(&mut turn.transaction, &turn.file, &request.areas, allowed.caller.person.uuid()).await?;
    let payload = json!({ "photo": format!("sha256:{}", turn.file), "areas": request.areas, "reason": reason });
    turn.end(&leads, &allowed, COVER, payload).await
}
