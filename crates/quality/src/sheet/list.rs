//! The score sheets and their versions (评查标准).

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    body::SheetBody,
    no_sheet,
    store::{self, SheetRow},
};
use crate::{Quality, rights};

/// Versions of one answer at most.
const MOST: i64 = 200;

/// A version of a score sheet (评查标准).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewSheet {
    id: Uuid,
    code: String,
    number: i32,
    /// `draft` or `published`.
    state: String,
    /// For the next action.
    version: i32,
    title: String,
    body: SheetBody,
    /// All points together.
    points: i32,
    reason: String,
    /// It came with the program: a district looks it through before it relies on it.
    shipped: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<String>,
    created_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settled_at: Option<DateTime<Utc>>,
}

/// All versions, the newest of a code first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewSheets {
    items: Vec<ReviewSheet>,
}

impl Quality {
    pub(super) async fn sheet_views(&self, rows: Vec<SheetRow>) -> Answer<Vec<ReviewSheet>> {
        let names = self.identity().names_of(&rows.iter().filter_map(|row| row.created_by).collect::<Vec<_>>()).await?;
        let view = |row: SheetRow| ReviewSheet {
            points: row.body.points(),
            created_by: row.created_by.and_then(|person| names.get(&person).cloned()),
            id: row.id,
            code: row.code,
            number: row.number,
            state: row.state,
            version: row.version,
            title: row.title,
            body: row.body.0,
            reason: row.reason,
            shipped: row.shipped,
            created_at: row.created_at,
            settled_at: row.settled_at,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}

/// Lists the score sheets, drafts too; how files are scored is no secret within the county.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/review-sheets", tag = "quality", operation_id = "list_review_sheets",
    responses((status = 200, body = ReviewSheets)))]
pub(crate) async fn list(State(room): State<Quality>, _allowed: Allowed<rights::SeeReviews>) -> Answer<Json<ReviewSheets>> {
    let rows = store::list(room.database().pool(), MOST).await?;
    Ok(Json(ReviewSheets { items: room.sheet_views(rows).await? }))
}

/// Reads a version of a sheet.
///
/// # Errors
/// `sheet-not-found`.
#[utoipa::path(get, path = "/api/v1/review-sheets/{id}", tag = "quality", operation_id = "read_review_sheet",
    params(("id" = Uuid, Path, description = "The version")), responses((status = 200, body = ReviewSheet)))]
pub(crate) async fn show(
    State(room): State<Quality>,
    _allowed: Allowed<rights::SeeReviews>,
    Path(id): Path<Uuid>,
) -> Answer<Json<ReviewSheet>> {
    let row = store::read(room.database().pool(), id).await?.ok_or_else(no_sheet)?;
    Ok(Json(room.sheet_views(vec![row]).await?.pop().ok_or_else(no_sheet)?))
}
