//! `GET /api/v1/centre/recordings`: recordings by case, role, room and day, and what is missing.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use database::keyset;
use http_api::{Answer, Json, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    store,
    view::{CentreRecording, recordings},
};
use crate::{
    Centre, rights,
    session::{
        self, Role,
        list::{begins, sessions},
        view::CentreSession,
    },
    words::wrong,
};

/// Recordings of a page.
const ROWS: usize = 50;
/// Gaps shown at most.
const MOST_GAPS: i64 = 200;

/// Which recordings.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CentreRecordingFilter {
    /// A part of the case's number or of the file's name.
    q: Option<String>,
    /// `party`, `witness`, `victim`, `expert`, `agent`, `other`.
    role: Option<String>,
    room: Option<Uuid>,
    /// The day, in the city.
    day: Option<NaiveDate>,
    /// Only those of devices that belong to no case yet.
    #[serde(default)]
    unassigned: bool,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// Recordings, the newest first (录音录像).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreRecordings {
    items: Vec<CentreRecording>,
    /// Where the next page begins.
    next_cursor: Option<String>,
    /// Sessions in recorded rooms that ended without a recording; on the first page.
    gaps: Vec<CentreSession>,
}

/// Sessions that ended without a recording and without a reason.
pub(crate) async fn gaps(centre: &Centre, scope: &identity::Scope) -> Answer<Vec<CentreSession>> {
    sessions(centre, scope, &session::store::Wanted { gaps: true, most: MOST_GAPS, ..session::store::Wanted::default() }).await
}

/// Lists recordings on the caller's ground.
///
/// # Errors
/// `invalid-cursor`, `field-invalid`.
#[utoipa::path(get, path = "/api/v1/centre/recordings", tag = "centre", operation_id = "list_centre_recordings",
    params(CentreRecordingFilter), responses((status = 200, body = CentreRecordings, description = "A page of recordings")))]
pub(crate) async fn list(
    State(centre): State<Centre>,
    allowed: Allowed<rights::SeeCentre>,
    Query(filter): Query<CentreRecordingFilter>,
) -> Answer<Json<CentreRecordings>> {
    let role = filter.role.filter(|it| !it.is_empty());
    if role.as_ref().is_some_and(|it| it.parse::<Role>().is_err()) {
        return Err(wrong("role", "没有这种身份").into());
    }
    let before = filter.cursor.as_deref().map(keyset::decode::<(DateTime<Utc>, Uuid)>).transpose().map_err(Problem::from)?;
    let wanted = store::Wanted {
        from: filter.day.map(begins),
        until: filter.day.map(|day| begins(day + TimeDelta::days(1))),
        room: filter.room,
        role,
        words: filter.q.map(|q| q.trim().chars().take(60).collect::<String>()).filter(|q| !q.is_empty()),
        unassigned: filter.unassigned,
        before,
        most: i64::try_from(ROWS).unwrap_or(50) + 1,
        ..store::Wanted::default()
    };
    let items = recordings(&centre, &allowed.caller, &allowed.scope(), &wanted).await?;
    let (items, next_cursor) = keyset::page(items, ROWS, |it| (it.starts_at, it.id));
    let gaps = if before.is_none() { gaps(&centre, &allowed.scope()).await? } else { Vec::new() };
    Ok(Json(CentreRecordings { items, next_cursor, gaps }))
}
