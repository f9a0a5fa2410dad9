//! Write the next notice (起草告知书). Nobody sees it before it is published.

use axum::extract::State;
use http_api::{Answer, IfMatch, Json};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    list::{self, PrivacyNotices},
    store::{self, DraftRow},
};
use crate::{
    Privacy, rights,
    words::{TEXT, bounded},
};

/// The draft's words.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoticeWords {
    text: String,
    minors: String,
}

/// Saves the draft.
///
/// # Errors
/// `field-too-long`, `field-invalid`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/privacy-notices/draft", tag = "privacy", operation_id = "save_privacy_draft", request_body = NoticeWords,
    params(("If-Match" = Option<String>, Header, description = "The version that was seen")),
    responses((status = 200, body = PrivacyNotices, description = "The notices and the draft")))]
pub(crate) async fn save(
    State(room): State<Privacy>,
    allowed: Allowed<rights::KeepNotices>,
    IfMatch(seen): IfMatch,
    Json(words): Json<NoticeWords>,
) -> Answer<Json<PrivacyNotices>> {
    room.require_ground(&allowed.scope())?;
    let (text, minors) = (bounded("text", "告知书", &words.text, TEXT)?, bounded("minors", "儿童规则", &words.minors, TEXT)?);
    let (region, now) = (room.home_region(), room.clock().now());
    let mut transaction = room.database().pool().begin().await?;
    let version = store::draft(&mut *transaction, region).await?.map_or(0, |draft| draft.version);
    let draft = DraftRow { text, minors, version: version + 1 };
    if seen.is_some_and(|seen| seen != version)
        || !store::save_draft(&mut transaction, region, &draft, allowed.caller.person.uuid(), now).await?
    {
        return Err(Problem::precondition_failed("version-conflict", "草稿刚被别人改过，请刷新后再改").into());
    }
    transaction.commit().await?;
    list::whole(&room).await
}
