//! Say what is in a grid (排查反馈): nothing of the kind, or something, which becomes a lead.

use axum::extract::State;
use files::FileId;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{
    position::{CoordinateSystem, Position},
    problem::Problem,
};
use leads::{Report, Source};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Campaigns,
    campaign::{GridState, invalid, words},
    rights,
    store::{self, Checked},
};

/// Photos of an answer.
const MOST_PHOTOS: usize = 6;
/// A note is at most so long, in characters.
const LONGEST_NOTE: usize = 500;

/// Where the collector stood, WGS-84.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckStood {
    x: f64,
    y: f64,
}

/// What the collector found.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckGrid {
    /// Something of the kind is there.
    found: bool,
    /// What was seen; needed where something is there.
    note: Option<String>,
    /// Photos, already uploaded; needed where something is there.
    #[serde(default)]
    photos: Vec<String>,
    /// Needed where something is there.
    position: Option<CheckStood>,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GridChecked {
    state: GridState,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_number: Option<String>,
}

/// Answers for a grid, once. What is found is reported as the collector's own; sent again after a break, it is the same lead and the same
/// answer.
///
/// # Errors
/// `campaign-task-not-found` where nothing waits there for the caller; `campaign-invalid`, `photo-missing`, `position-invalid`; `intake-full`,
/// `database-unavailable`: nothing was kept.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/grids/{grid}/actions/check", tag = "campaigns", operation_id = "check_campaign_grid",
    request_body = CheckGrid, params(("id" = Uuid, Path, description = "The campaign"), ("grid" = String, Path, description = "The unit grid")),
    responses((status = 200, body = GridChecked, description = "Kept")))]
pub(crate) async fn answer(
    State(room): State<Campaigns>,
    allowed: Allowed<rights::CheckGrids>,
    Path((id, grid)): Path<(Uuid, String)>,
    Json(request): Json<CheckGrid>,
) -> Answer<Json<GridChecked>> {
    let gone = || Problem::not_found("campaign-task-not-found", "没有找到这项排查任务，或已有人反馈");
    let pool = room.database().pool();
    let by = allowed.caller.person.uuid();
    // Whoever did not hear the answer asks again, and hears what is kept.
    let kept = async || -> Answer<Json<GridChecked>> {
        let kept = store::kept(pool, &allowed.scope(), id, &grid, by).await?.ok_or_else(gone)?;
        let state = kept.state.parse().map_err(|()| gone())?;
        Ok(Json(GridChecked { state, lead_id: kept.lead_id, lead_number: kept.lead_number }))
    };
    let Some(task) = store::task(pool, &allowed.scope(), id, &grid).await? else { return kept().await };
    let note = match request.note.as_deref().map(str::trim).filter(|note| !note.is_empty()) {
        Some(note) => Some(words("note", "说明", note, LONGEST_NOTE)?),
        None if request.found => return Err(invalid("note", "请写明看到了什么").into()),
        None => None,
    };
    let position = position(&request)?;
    photos(&room, &request).await?;
    let lead = match (request.found, &note) {
        (true, Some(note)) => {
            let caller = &allowed.caller;
            let report = Report {
                source: Source::PATROL,
                source_key: format!("campaign:{id}:{grid}"),
                description: note.clone(),
                position,
                address: None,
                class_code: Some(task.class_code),
                component_code: None,
                name: None,
                telephone: None,
                telephone_verified: false,
                person: Some(caller.person),
                role: caller.roles.first().cloned(),
                photos: request.photos.clone(),
                details: json!({ "campaign": id }),
                occurred_at: None,
                simulated: false,
            };
            let received = room.leads().receive(report).await?;
            Some((received.key.id.uuid(), received.number))
        }
        _ => None,
    };
    let checked = Checked {
        state: if request.found { GridState::Found } else { GridState::Clean },
        by,
        at: room.clock().now(),
        note: note.as_deref(),
        photos: &request.photos,
        position: position.map(|at| (at.lon, at.lat)),
        lead: lead.as_ref().map(|(id, number)| (*id, number.as_str())),
    };
    if !store::check(pool, id, &grid, &checked).await? {
        return kept().await;
    }
    let state = checked.state;
    let (lead_id, lead_number) = lead.unzip();
    Ok(Json(GridChecked { state, lead_id, lead_number }))
}

fn position(request: &CheckGrid) -> Result<Option<Position>, Problem> {
    match request.position {
        Some(at) => Position::from(CoordinateSystem::Wgs84, at.x, at.y)
            .map(Some)
            .map_err(|error| Problem::invalid("position-invalid", error.to_string()).field("position", error.to_string())),
        None if request.found => Err(invalid("position", "发现问题的，请打开定位后再提交")),
        None => Ok(None),
    }
}

async fn photos(room: &Campaigns, request: &CheckGrid) -> Answer<()> {
    if request.photos.len() > MOST_PHOTOS || request.found && request.photos.is_empty() {
        return Err(invalid("photos", &format!("发现问题的请拍照，一次最多 {MOST_PHOTOS} 张")).into());
    }
    let files = request.photos.iter().map(|photo| FileId::parse(photo)).collect::<Result<Vec<_>, _>>()?;
    if !room.files().exists(&files).await? {
        return Err(Problem::invalid("photo-missing", "有照片尚未上传成功，请重新上传").field("photos", "照片不存在").into());
    }
    Ok(())
}
