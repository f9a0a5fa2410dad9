//! `GET /api/v1/notifications`

use axum::extract::State;
use database::keyset;
use http_api::{Answer, Json, Page, ProblemBody, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{Notice, store};
use crate::{FollowEvents, Notify};

/// Rows of a page unless asked otherwise.
const USUAL: u32 = 50;
/// Rows of a page at most.
const MOST: u32 = 200;

#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Ask {
    /// Only what was not read yet.
    #[serde(default)]
    unread: bool,
    /// The next page's cursor.
    cursor: Option<String>,
    /// Rows of a page, at most 200.
    limit: Option<u32>,
}

/// What the caller was told, the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/notifications",
    tag = "notify",
    params(Ask),
    responses(
        (status = 200, description = "A page of notifications", body = Page<Notice>),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(crate) async fn list(
    State(notify): State<Notify>,
    allowed: Allowed<FollowEvents>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<Notice>>> {
    let before = ask.cursor.as_deref().map(keyset::decode::<Uuid>).transpose().map_err(|_| cursor_invalid())?;
    let limit = ask.limit.unwrap_or(USUAL).clamp(1, MOST);
    let person = allowed.caller.person.uuid();
    let rows = store::of_person(notify.database.pool(), person, ask.unread, before, i64::from(limit) + 1).await?;
    let (items, next_cursor) = keyset::page(rows, limit as usize, |row| row.id);
    Ok(Json(Page { items, next_cursor }))
}

pub(crate) fn cursor_invalid() -> Problem {
    Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新开始")
}
