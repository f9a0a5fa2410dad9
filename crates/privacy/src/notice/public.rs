//! The notice in force and the earlier ones, for everybody (公开告知书).

use axum::extract::State;
use http_api::{Answer, Json};
use serde::Serialize;
use utoipa::ToSchema;

use super::{PrivacyNotice, store};
use crate::Privacy;

/// What is told.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublishedNotices {
    /// The newest first: the first is in force. Empty as long as none was published.
    items: Vec<PrivacyNotice>,
}

/// Reads the notices.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/public/privacy-notices", tag = "public", operation_id = "read_public_notices",
    responses((status = 200, body = PublishedNotices, description = "The notices")))]
pub(crate) async fn show(State(room): State<Privacy>) -> Answer<Json<PublishedNotices>> {
    Ok(Json(PublishedNotices { items: store::all(room.database().pool(), room.home_region()).await? }))
}
