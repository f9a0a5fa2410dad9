//! List the rounds (评查批次列表), and who may score.

use axum::extract::State;
use chrono::{DateTime, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{RoundKind, RoundState, store};
use crate::{Quality, file, rights};

/// Rows of a page.
const ROWS: usize = 50;

/// Where a page begins.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// From `next_cursor`.
    cursor: Option<String>,
}

/// A round in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoundRowView {
    id: Uuid,
    name: String,
    kind: RoundKind,
    kind_label: &'static str,
    state: RoundState,
    state_label: &'static str,
    candidates: i32,
    /// Drawn.
    files: i64,
    /// Of these with a final score.
    scored: i64,
    created_at: DateTime<Utc>,
    simulated: bool,
}

/// Lists rounds, the newest first.
///
/// # Errors
/// `cursor-invalid`.
#[utoipa::path(get, path = "/api/v1/review-rounds", tag = "quality", operation_id = "list_review_rounds", params(Ask),
    responses((status = 200, body = Page<RoundRowView>)))]
pub(crate) async fn list(
    State(room): State<Quality>,
    allowed: Allowed<rights::SeeReviews>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<RoundRowView>>> {
    let before = ask.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
    let before = before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?;
    let pool = room.database().pool();
    let rows = store::list(pool, &allowed.scope(), before, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    let counts = file::store::counts(pool, &rows.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let items = rows.into_iter().map(|row| {
        let (files, scored) = counts.iter().find(|it| it.0 == row.id).map_or((0, 0), |it| (it.1, it.2));
        let kind = row.kind.parse().unwrap_or(RoundKind::Spot);
        let state = row.state.parse().unwrap_or(RoundState::Gathered);
        RoundRowView {
            id: row.id,
            name: row.name,
            kind,
            kind_label: kind.label(),
            state,
            state_label: state.label(),
            candidates: row.candidates,
            files,
            scored,
            created_at: row.created_at,
            simulated: row.simulated,
        }
    });
    Ok(Json(Page { items: items.collect(), next_cursor }))
}

/// A person who may be asked to score.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewerView {
    id: Uuid,
    name: String,
}

/// People who may be asked to score.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewersView {
    items: Vec<ReviewerView>,
}

/// Of which ground.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AskPeople {
    /// The ground of the round; the home district where it is not said.
    region: Option<String>,
}

/// Lists who may be asked to score on a ground.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/review-people", tag = "quality", operation_id = "list_review_people", params(AskPeople),
    responses((status = 200, body = ReviewersView)))]
pub(crate) async fn people(
    State(room): State<Quality>,
    allowed: Allowed<rights::ManageReviews>,
    Query(ask): Query<AskPeople>,
) -> Answer<Json<ReviewersView>> {
    let region = ask.region.as_deref().unwrap_or(room.home_region());
    if !allowed.scope().covers_region(region) {
        return Err(Problem::forbidden("scope-exceeded", "不在您的管辖范围内").into());
    }
    let people = room.reviewers_of(region).await?;
    let names = room.identity().names_of(&people).await?;
    let mut items: Vec<ReviewerView> =
        people.into_iter().map(|id| ReviewerView { id, name: names.get(&id).cloned().unwrap_or_default() }).collect();
    items.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Json(ReviewersView { items }))
}
