//! One campaign (全域整治详情).

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use uuid::Uuid;

use super::{not_found, view::Campaign};
use crate::{Campaigns, rights, store};

/// Answers a campaign with its progress.
///
/// # Errors
/// `campaign-not-found`.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}", tag = "campaigns", operation_id = "show_campaign",
    params(("id" = Uuid, Path, description = "The campaign")), responses((status = 200, body = Campaign, description = "The campaign")))]
pub(crate) async fn show(
    State(room): State<Campaigns>,
    allowed: Allowed<rights::SeeCampaigns>,
    Path(id): Path<Uuid>,
) -> Answer<Json<Campaign>> {
    let found = store::one(room.database().pool(), &allowed.scope(), id).await?.ok_or_else(not_found)?;
    Ok(Json(room.views(vec![found]).await?.remove(0)))
}
