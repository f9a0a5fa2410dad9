//! What waits for a reviewer (我的评查).

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::store;
use crate::{Quality, rights};

/// Files of one answer at most: more than anybody was given.
const MOST: i64 = 500;

/// A file to be scored.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewTask {
    file: Uuid,
    /// 3 settles where 1 and 2 differ.
    seat: i16,
    number: String,
    title: String,
    round_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    drawn_at: Option<DateTime<Utc>>,
    /// A draft was saved.
    begun: bool,
}

/// Files to be scored by the caller.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewTasks {
    items: Vec<ReviewTask>,
}

/// Lists what waits for the caller's score.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/review-tasks", tag = "quality", operation_id = "list_review_tasks",
    responses((status = 200, body = ReviewTasks)))]
pub(crate) async fn tasks(State(room): State<Quality>, allowed: Allowed<rights::ScoreFiles>) -> Answer<Json<ReviewTasks>> {
    let rows = store::tasks(room.database().pool(), allowed.caller.person.uuid(), MOST).await?;
    let items = rows.into_iter().map(|row| ReviewTask {
        file: row.file,
        seat: row.seat,
        number: row.number,
        title: row.title,
        round_name: row.round_name,
        drawn_at: row.drawn_at,
        begun: row.begun,
    });
    Ok(Json(ReviewTasks { items: items.collect() }))
}
