//! Give a withheld photo back to the public page (恢复照片公开).

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde_json::json;
use uuid::Uuid;

use super::{PUBLISH, Turn, store, withhold::PhotoReason};
use crate::{Leads, act, rights};

/// Shows the covered copy of a withheld photo again.
///
/// # Errors
/// `lead-not-found`, `photo-not-found`, `photo-not-withheld`, a missing reason.
#[utoipa::path(post, path = "/api/v1/leads/{id}/photos/{file}/actions/publish", operation_id = "publish_photo", tag = "leads",
    params(("id" = Uuid, Path, description = "The lead"), ("file" = String, Path, description = "The photo")),
    request_body = PhotoReason, responses((status = 204, description = "Shown again")))]
pub(crate) async fn publish(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Triage>,
    Path((id, file)): Path<(Uuid, String)>,
    Json(request): Json<PhotoReason>,
) -> Answer<StatusCode> {
    let reason = act::required("reason", "恢复理由", &request.reason)?;
    let mut turn = Turn::begin(&leads, &allowed, id, &file).await?;
    let key = turn.locked.header.key();
    if !store::withhold(&mut turn.transaction, &key, turn.file.as_str(), None).await? {
        return Err(Problem::conflict("photo-not-withheld", "这张照片没有撤回公开，不用恢复").into());
    }
    let payload = json!({ "photo": format!("sha256:{}", turn.file), "reason": reason });
    turn.end(&leads, &allowed, PUBLISH, payload).await
}
