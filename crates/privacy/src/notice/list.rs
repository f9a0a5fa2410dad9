//! The notices with the draft of the next (告知书版本).

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;

use super::{PrivacyNotice, store};
use crate::{Privacy, rights};

/// The notices and the draft.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PrivacyNotices {
    /// Published ones, the newest first.
    items: Vec<PrivacyNotice>,
    /// The next one's text; empty as long as nobody wrote any.
    text: String,
    /// The next one's rules for children under fourteen.
    minors: String,
    /// The draft's version, for `If-Match`; 0 as long as there is none.
    version: i64,
}

/// Lists the notices.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/privacy-notices", tag = "privacy", operation_id = "list_privacy_notices",
    responses((status = 200, body = PrivacyNotices, description = "The notices and the draft")))]
pub(crate) async fn list(State(room): State<Privacy>, allowed: Allowed<rights::SeePrivacy>) -> Answer<Json<PrivacyNotices>> {
    room.require_ground(&allowed.scope())?;
    whole(&room).await
}

pub(super) async fn whole(room: &Privacy) -> Answer<Json<PrivacyNotices>> {
    let (pool, region) = (room.database().pool(), room.home_region());
    let items = store::all(pool, region).await?;
    let draft = store::draft(pool, region).await?;
    let (text, minors, version) = draft.map_or_else(Default::default, |draft| (draft.text, draft.minors, draft.version));
    Ok(Json(PrivacyNotices { items, text, minors, version }))
}
