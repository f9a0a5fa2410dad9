//! `GET /api/v1/centre/volumes`: the archive's register.

use axum::extract::State;
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    VolumeState, store,
    view::{CentreVolume, volumes},
};
use crate::{Centre, rights, words};

/// Volumes of a page.
const ROWS: usize = 50;

/// Which volumes.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CentreVolumeFilter {
    /// A part of the case's number, the code or the place; or a whole code as it was scanned.
    q: Option<String>,
    /// `shelved`, `lent`, `missing`, `destroyed`.
    state: Option<String>,
    /// Only those whose time is over.
    #[serde(default)]
    past: bool,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// Lists volumes on the caller's ground, newest first.
///
/// # Errors
/// `invalid-cursor`, `field-invalid`.
#[utoipa::path(get, path = "/api/v1/centre/volumes", tag = "centre", operation_id = "list_centre_volumes", params(CentreVolumeFilter),
    responses((status = 200, body = Page<CentreVolume>, description = "A page of volumes")))]
pub(crate) async fn list(
    State(centre): State<Centre>,
    allowed: Allowed<rights::SeeCentre>,
    Query(filter): Query<CentreVolumeFilter>,
) -> Answer<Json<Page<CentreVolume>>> {
    let state = filter.state.filter(|it| !it.is_empty());
    if state.as_ref().is_some_and(|it| it.parse::<VolumeState>().is_err()) {
        return Err(words::wrong("state", "没有这种状态").into());
    }
    let text = filter.q.map(|q| q.trim().chars().take(60).collect::<String>()).filter(|q| !q.is_empty());
    let code = text.as_deref().and_then(|text| words::code(text).ok());
    let wanted = store::Wanted {
        words: text.filter(|_| code.is_none()),
        code,
        state,
        past: filter.past.then(|| centre.today()),
        before: filter.cursor.as_deref().map(keyset::decode).transpose().map_err(Problem::from)?,
        most: i64::try_from(ROWS).unwrap_or(50) + 1,
        ..store::Wanted::default()
    };
    let items = volumes(&centre, &allowed.scope(), &wanted).await?;
    let (items, next_cursor) = keyset::page(items, ROWS, |it| it.id);
    Ok(Json(Page { items, next_cursor }))
}
