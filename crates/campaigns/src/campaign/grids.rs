//! The grids of a campaign, each with what was found there (逐格进度).

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{GridState, not_found};
use crate::{Campaigns, rights, store};

/// A grid of a campaign.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CampaignGrid {
    /// The unit grid, 15 digits.
    grid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    grid_name: Option<String>,
    /// The township, 9 digits.
    township: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    township_name: Option<String>,
    state: GridState,
    state_label: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    photos: Vec<String>,
    /// The lead that what was found became.
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_number: Option<String>,
}

/// The grids of a campaign.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CampaignGrids {
    items: Vec<CampaignGrid>,
}

/// Answers all grids of a campaign that lie on the caller's ground, in the order of their codes.
///
/// # Errors
/// `campaign-not-found`.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/grids", tag = "campaigns", operation_id = "list_campaign_grids",
    params(("id" = Uuid, Path, description = "The campaign")), responses((status = 200, body = CampaignGrids, description = "The grids")))]
pub(crate) async fn grids(
    State(room): State<Campaigns>,
    allowed: Allowed<rights::SeeCampaigns>,
    Path(id): Path<Uuid>,
) -> Answer<Json<CampaignGrids>> {
    let (pool, scope) = (room.database().pool(), allowed.scope());
    store::one(pool, &scope, id).await?.ok_or_else(not_found)?;
    let rows = store::grids(pool, &scope, id).await?;
    let names = room.identity().names_of(&rows.iter().filter_map(|row| row.checked_by).collect::<Vec<_>>()).await?;
    let region = |code: &str| room.catalogue().region(code).map(|region| region.name);
    let view = |row: store::GridRecord| {
        let state: GridState = row.state.parse().unwrap_or(GridState::Waiting);
        let township = row.grid.get(..9).unwrap_or(&row.grid).to_owned();
        CampaignGrid {
            grid_name: region(&row.grid),
            township_name: region(&township),
            township,
            state,
            state_label: state.label(),
            checked_by: row.checked_by.and_then(|id| names.get(&id).cloned()),
            checked_at: row.checked_at,
            note: row.note,
            photos: row.photos,
            lead_id: row.lead_id,
            lead_number: row.lead_number,
            grid: row.grid,
        }
    };
    Ok(Json(CampaignGrids { items: rows.into_iter().map(view).collect() }))
}
