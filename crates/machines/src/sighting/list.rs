//! List the sightings (机器发现列表).

use axum::extract::State;
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    SightingState,
    store::{self, Wanted},
    view::Sighting,
};
use crate::{Machines, rights};

/// Rows of a page.
const ROWS: usize = 50;

/// Which sightings are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// In one state.
    #[param(inline)]
    state: Option<SightingState>,
    /// Of one device.
    device: Option<String>,
    /// Of one kind.
    kind: Option<i16>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// Lists sightings, the newest first.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/sightings", tag = "machines", operation_id = "list_sightings", params(Ask),
    responses((status = 200, body = Page<Sighting>, description = "One page")))]
pub(crate) async fn list(
    State(machines): State<Machines>,
    allowed: Allowed<rights::SeeSightings>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<Sighting>>> {
    let before = ask.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
    let wanted = Wanted {
        state: ask.state.map(SightingState::code),
        device: ask.device.as_deref(),
        kind: ask.kind,
        before: before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?,
    };
    let rows = store::list(machines.database().pool(), &allowed.scope(), &wanted, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    Ok(Json(Page { items: machines.show(rows).await?, next_cursor }))
}
