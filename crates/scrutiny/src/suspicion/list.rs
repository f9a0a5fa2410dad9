//! List the suspicions (疑点列表).

use axum::extract::State;
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    SuspicionKind, SuspicionState, SuspicionStrength,
    store::{self, Wanted},
    view::Suspicion,
};
use crate::{Scrutiny, rights};

/// Rows of a page.
const ROWS: usize = 50;

/// Which suspicions are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// In one state.
    #[param(inline)]
    state: Option<SuspicionState>,
    /// Of one kind.
    #[param(inline)]
    kind: Option<SuspicionKind>,
    /// Strong or weak ones.
    #[param(inline)]
    strength: Option<SuspicionStrength>,
    /// About one unit.
    unit: Option<Uuid>,
    /// About one lead.
    lead: Option<Uuid>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// Lists suspicions, the newest first.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/suspicions", tag = "scrutiny", operation_id = "list_suspicions", params(Ask),
    responses((status = 200, body = Page<Suspicion>, description = "One page")))]
pub(crate) async fn list(
    State(room): State<Scrutiny>,
    allowed: Allowed<rights::SeeSuspicions>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<Suspicion>>> {
    let before = ask.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
    let wanted = Wanted {
        state: ask.state.map(SuspicionState::code),
        kind: ask.kind.map(SuspicionKind::code),
        strength: ask.strength.map(SuspicionStrength::code),
        unit: ask.unit,
        lead: ask.lead,
        before: before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?,
    };
    let rows = store::list(room.database().pool(), &allowed.scope(), &wanted, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    Ok(Json(Page { items: room.views(rows).await?, next_cursor }))
}
