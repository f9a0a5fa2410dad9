//! List campaigns (全域整治列表).

use axum::extract::State;
use http_api::{Answer, Json, Query};
use identity::Allowed;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::Campaign;
use crate::{Campaigns, rights, store};

/// Campaigns that are shown.
const MOST: i64 = 200;

/// Which campaigns are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// Only those that go on (`true`), or only those that ended (`false`).
    open: Option<bool>,
}

/// Campaigns.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CampaignList {
    items: Vec<Campaign>,
}

/// Lists the newest two hundred campaigns on the caller's ground.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/campaigns", tag = "campaigns", operation_id = "list_campaigns", params(Ask),
    responses((status = 200, body = CampaignList, description = "The newest first")))]
pub(crate) async fn list(
    State(room): State<Campaigns>,
    allowed: Allowed<rights::SeeCampaigns>,
    Query(ask): Query<Ask>,
) -> Answer<Json<CampaignList>> {
    let found = store::list(room.database().pool(), &allowed.scope(), room.home_region(), ask.open, MOST).await?;
    Ok(Json(CampaignList { items: room.views(found).await? }))
}
