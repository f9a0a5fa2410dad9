//! Answer a blind re-verification (盲核反馈).

use axum::{extract::State, http::StatusCode};
use files::FileId;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{position::Position, problem::Problem};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::store::{self, NewAnswer};
use crate::{Scrutiny, rights};

/// Photos of an answer.
const MOST_PHOTOS: usize = 6;
/// A note is at most so long, in characters.
const LONGEST_NOTE: usize = 500;

/// Where the collector stood, WGS-84.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecheckStood {
    x: f64,
    y: f64,
    /// Within so many metres.
    accuracy: Option<f64>,
}

/// What the collector found.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerRecheck {
    /// It is fixed, and stayed so.
    held: bool,
    /// What was seen; needed where it is not fixed.
    note: Option<String>,
    /// Photos, already uploaded.
    #[serde(default)]
    photos: Vec<String>,
    position: Option<RecheckStood>,
}

/// Answers, once.
///
/// # Errors
/// `task-not-found` where nothing waits under this id for the caller; `note-invalid`, `photo-missing`, `too-many-photos`,
/// `position-invalid`.
#[utoipa::path(post, path = "/api/v1/reverification-tasks/{id}/actions/answer", tag = "scrutiny", operation_id = "answer_blind_task",
    request_body = AnswerRecheck, params(("id" = Uuid, Path, description = "The task")),
    responses((status = 204, description = "Kept")))]
pub(crate) async fn answer(
    State(room): State<Scrutiny>,
    allowed: Allowed<rights::Recheck>,
    Path(id): Path<Uuid>,
    Json(request): Json<AnswerRecheck>,
) -> Answer<StatusCode> {
    let note = request.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    if note.is_none() && !request.held || note.is_some_and(|note| note.chars().count() > LONGEST_NOTE) {
        let words = if note.is_none() { "没有处置到位的，请写明看到了什么" } else { "说明不超过 500 字" };
        return Err(Problem::invalid("note-invalid", words).field("note", words).into());
    }
    if request.photos.len() > MOST_PHOTOS {
        return Err(Problem::invalid("too-many-photos", format!("一次最多 {MOST_PHOTOS} 张照片")).into());
    }
    let files = request.photos.iter().map(|photo| FileId::parse(photo)).collect::<Result<Vec<_>, _>>()?;
    if !room.files().exists(&files).await? {
        return Err(Problem::invalid("photo-missing", "有照片尚未上传成功，请重新上传").field("photos", "照片不存在").into());
    }
    let place = request.position.map(|at| Position::new(at.x, at.y)).transpose();
    let place = place.map_err(|error| Problem::invalid("position-invalid", error.to_string()))?;
    let note = note.map(|note| kernel::personal::redact(note).into_owned());
    let told = NewAnswer {
        id,
        person: allowed.caller.person.uuid(),
        held: request.held,
        note: note.as_deref(),
        photos: &request.photos,
        place: place.map(|place| (place.lon, place.lat)),
        accuracy: request.position.and_then(|at| at.accuracy).filter(|metres| metres.is_finite() && *metres >= 0.0),
    };
    let mut connection = room.database().pool().acquire().await?;
    if !store::answer(&mut connection, room.clock().now(), &told).await? {
        return Err(Problem::not_found("task-not-found", "没有找到这项盲核任务，或已经反馈过").into());
    }
    Ok(StatusCode::NO_CONTENT)
}
