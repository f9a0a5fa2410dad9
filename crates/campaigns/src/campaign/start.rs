//! Begin a campaign (发起全域整治).

use axum::{extract::State, http::StatusCode};
use chrono::NaiveDate;
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{invalid, not_found, view::Campaign, words};
use crate::{
    Campaigns, rights,
    store::{self, NewCampaign},
};

/// Grids of one campaign.
const MOST_GRIDS: usize = 20_000;
/// A campaign is over within so many days.
const LONGEST: i64 = 366;

/// The campaign.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StartCampaign {
    /// What it is called, at most 60 characters.
    name: String,
    /// The class that what is found takes.
    class_code: String,
    /// What is to be looked for, at most 500 characters.
    look_for: String,
    /// The region whose grids are looked at: county, township or community.
    area: String,
    /// The city day by which every grid is to be looked at.
    due_on: NaiveDate,
    /// The lead whose exposure begins it.
    lead: Option<Uuid>,
}

/// Begins a campaign over all unit grids of an area as they are now.
///
/// # Errors
/// `campaign-invalid`, `lead-not-found`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/campaigns", tag = "campaigns", operation_id = "start_campaign", request_body = StartCampaign,
    responses((status = 201, body = Campaign, description = "The campaign")))]
pub(crate) async fn start(
    State(room): State<Campaigns>,
    allowed: Allowed<rights::RunCampaigns>,
    Json(request): Json<StartCampaign>,
) -> Answer<(StatusCode, Json<Campaign>)> {
    let scope = allowed.scope();
    if scope.units.is_some() || !scope.covers_region(&request.area) {
        return Err(Problem::forbidden("scope-exceeded", "整治范围超出了您的辖区，请由上级发起").into());
    }
    let (name, look_for) = (words("name", "名称", &request.name, 60)?, words("look_for", "排查内容", &request.look_for, 500)?);
    if room.catalogue().class(&request.class_code).is_none() {
        return Err(invalid("class_code", "没有这个大小类").into());
    }
    let (today, now) = (room.today(), room.clock().now());
    if request.due_on < today || (request.due_on - today).num_days() > LONGEST {
        return Err(invalid("due_on", "完成日期应在今天起一年之内").into());
    }
    let grids = room.catalogue().grids_within(&request.area);
    if grids.is_empty() || grids.len() > MOST_GRIDS {
        return Err(invalid("area", "这个区域没有单元网格，或网格过多").into());
    }
    let exposed = match request.lead {
        Some(lead) => {
            let rows = room.leads().rows_of(&scope, &[lead]).await?;
            let row = rows.first().ok_or_else(|| Problem::not_found("lead-not-found", "没有找到这条线索，或不在您的权限范围内"))?;
            Some((lead, row.number.clone()))
        }
        None => None,
    };
    let id = Uuid::now_v7();
    let new = NewCampaign {
        id,
        region: room.home_region(),
        name: &name,
        class_code: &request.class_code,
        look_for: &look_for,
        area: &request.area,
        lead: exposed.as_ref().map(|(id, number)| (*id, number.as_str())),
        due_on: request.due_on,
        started_by: allowed.caller.person.uuid(),
        started_at: now,
    };
    let mut transaction = room.database().pool().begin().await?;
    store::insert(&mut transaction, &new, &grids).await?;
    transaction.commit().await?;
    let begun = store::one(room.database().pool(), &scope, id).await?.ok_or_else(not_found)?;
    Ok((StatusCode::CREATED, Json(room.views(vec![begun]).await?.remove(0))))
}
