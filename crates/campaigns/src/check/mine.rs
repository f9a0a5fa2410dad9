//! The grids that the caller is still to look at (我的排查任务).

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Campaigns, rights, store};

/// Grids that are shown.
const MOST: i64 = 200;

/// A grid to look at.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CampaignTask {
    /// The campaign.
    campaign: Uuid,
    name: String,
    look_for: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    class_name: Option<String>,
    due_on: NaiveDate,
    /// The unit grid, 15 digits.
    grid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    grid_name: Option<String>,
}

/// The grids.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CampaignTasks {
    items: Vec<CampaignTask>,
}

/// Lists the unchecked grids on the caller's ground, those due first at the top, at most two hundred.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/campaign-tasks", tag = "campaigns", operation_id = "list_campaign_tasks",
    responses((status = 200, body = CampaignTasks, description = "The tasks")))]
pub(crate) async fn mine(State(room): State<Campaigns>, allowed: Allowed<rights::CheckGrids>) -> Answer<Json<CampaignTasks>> {
    let waiting = store::waiting(room.database().pool(), &allowed.scope(), room.home_region(), MOST).await?;
    let task = |it: store::TaskRecord| CampaignTask {
        class_name: room.catalogue().class(&it.class_code).map(|class| class.name.clone()),
        grid_name: room.catalogue().region(&it.grid).map(|region| region.name),
        campaign: it.campaign,
        name: it.name,
        look_for: it.look_for,
        due_on: it.due_on,
        grid: it.grid,
    };
    Ok(Json(CampaignTasks { items: waiting.into_iter().map(task).collect() }))
}
