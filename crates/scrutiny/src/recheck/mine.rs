//! What the caller is to look at again (我的盲核任务): where and what was wrong, and nothing of what was said since.

use axum::extract::State;
use docket::KeyOf;
use http_api::{Answer, Json};
use identity::Allowed;
use leads::lead::PhotoRole;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::store;
use crate::{Scrutiny, rights};

/// Tasks that are shown.
const MOST: i64 = 50;

/// A place on the map.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecheckPlace {
    lon: f64,
    lat: f64,
}

/// A closed lead to look at again, without its number, unit, reply, photos and checks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BlindTask {
    /// For the answer; not the lead's.
    id: Uuid,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    class_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grid_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<RecheckPlace>,
    /// What the reporter photographed.
    photos: Vec<String>,
}

/// The tasks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BlindTasks {
    items: Vec<BlindTask>,
}

/// Lists what waits for the caller, the oldest first, at most fifty.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/reverification-tasks", tag = "scrutiny", operation_id = "list_blind_tasks",
    responses((status = 200, body = BlindTasks, description = "The tasks")))]
pub(crate) async fn mine(State(room): State<Scrutiny>, allowed: Allowed<rights::Recheck>) -> Answer<Json<BlindTasks>> {
    let waiting = store::mine(room.database().pool(), &allowed.scope(), allowed.caller.person.uuid(), MOST).await?;
    let ids: Vec<Uuid> = waiting.iter().map(|item| item.docket_id).collect();
    let rows = room.leads().rows_of(&allowed.scope(), &ids).await?;
    let keys: Vec<KeyOf> = waiting.iter().map(|item| KeyOf { region: item.region.clone(), id: item.docket_id.into() }).collect();
    let evidence = room.leads().evidence(&mut *room.database().pool().acquire().await?, &keys).await?;
    let task = |item: &store::ItemRecord| {
        // What has left his ground since is nobody's to look at.
        let row = rows.iter().find(|row| row.id == item.docket_id)?;
        let of = evidence.iter().find(|of| of.key.id.uuid() == item.docket_id)?;
        Some(BlindTask {
            id: item.id,
            title: row.title.clone(),
            class_name: row.class.as_ref().map(|class| class.name.clone()),
            address: row.place.address.clone(),
            grid_name: row.place.grid_name.clone(),
            position: of.position.map(|place| RecheckPlace { lon: place.lon, lat: place.lat }),
            photos: of.photos.iter().filter(|photo| photo.role == PhotoRole::Report).map(|photo| photo.file.clone()).collect(),
        })
    };
    Ok(Json(BlindTasks { items: waiting.iter().filter_map(task).collect() }))
}
