//! Take a photo back from the public page (撤回照片公开).

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Turn, WITHHOLD, store};
use crate::{Leads, act, rights};

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhotoReason {
    /// The reason, which stays in the ledger.
    pub reason: String,
}

/// Takes a photo back: from the commit on nobody sees it with the tracking code. Staff and the ledger keep it.
///
/// # Errors
/// `lead-not-found`, `photo-not-found`, `photo-withheld-before`, a missing reason.
#[utoipa::path(post, path = "/api/v1/leads/{id}/photos/{file}/actions/withhold", operation_id = "withhold_photo", tag = "leads",
    params(("id" = Uuid, Path, description = "The lead"), ("file" = String, Path, description = "The photo")),
    request_body = PhotoReason, responses((status = 204, description = "Withheld")))]
pub(crate) async fn withhold(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Triage>,
    Path((id, file)): Path<(Uuid, String)>,
    Json(request): Json<PhotoReason>,
) -> Answer<StatusCode> {
    let reason = act::required("reason", "撤回理由", &request.reason)?;
    let mut turn = Turn::begin(&leads, &allowed, id, &file).await?;
    let (key, now) = (turn.locked.header.key(), leads.clock().now());
    if !store::withhold(&mut turn.transaction, &key, turn.file.as_str(), Some(now)).await? {
        return Err(Problem::conflict("photo-withheld-before", "这张照片已经撤回公开").into());
    }
    let payload = json!({ "photo": format!("sha256:{}", turn.file), "reason": reason });
    turn.end(&leads, &allowed, WITHHOLD, payload).await
}
