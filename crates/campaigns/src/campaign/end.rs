//! End a campaign (结束整治).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{not_found, view::Campaign, words};
use crate::{Campaigns, rights, store};

/// The end.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndCampaign {
    /// What came of it, or why it ends with grids unchecked; at most 500 characters.
    note: String,
}

/// Ends a campaign. Grids that nobody looked at stay so.
///
/// # Errors
/// `campaign-not-found`, `campaign-ended`, `campaign-invalid`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/actions/end", tag = "campaigns", operation_id = "end_campaign", request_body = EndCampaign,
    params(("id" = Uuid, Path, description = "The campaign")), responses((status = 200, body = Campaign, description = "The campaign")))]
pub(crate) async fn end(
    State(room): State<Campaigns>,
    allowed: Allowed<rights::RunCampaigns>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<EndCampaign>,
) -> Answer<Json<Campaign>> {
    let scope = allowed.scope();
    let note = words("note", "说明", &request.note, 500)?;
    let (pool, now) = (room.database().pool(), room.clock().now());
    let before = store::one(pool, &scope, id).await?.ok_or_else(not_found)?;
    if !scope.covers_region(&before.area) {
        return Err(Problem::forbidden("scope-exceeded", "整治范围超出了您的辖区，请由上级结束").into());
    }
    if before.ended_at.is_some() {
        return Err(Problem::conflict("campaign-ended", "这次全域整治已经结束").into());
    }
    let version = seen.unwrap_or(before.version);
    if !store::end(pool, id, version, allowed.caller.person.uuid(), now, &note).await? {
        return Err(Problem::precondition_failed("version-conflict", "这次整治刚有变化，请刷新后再试").into());
    }
    let ended = store::one(pool, &scope, id).await?.ok_or_else(not_found)?;
    Ok(Json(room.views(vec![ended]).await?.remove(0)))
}
