//! `GET /api/v1/centre/sessions/{id}`: one session with its rests and recordings.

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::{Allowed, Caller, Scope};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{list::sessions, no_session, store, view::CentreSession};
use crate::{
    Centre,
    recording::{self, view::CentreRecording},
    rights,
};

/// Recordings of one session at most.
const MOST_RECORDINGS: i64 = 50;

/// A rest (休息).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreRest {
    from: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    note: Option<String>,
}

/// A session as a whole (场次).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WholeCentreSession {
    session: CentreSession,
    rests: Vec<CentreRest>,
    recordings: Vec<CentreRecording>,
}

/// A session as a whole.
pub(crate) async fn whole(centre: &Centre, (caller, scope): (&Caller, &Scope), id: Uuid) -> Answer<Json<WholeCentreSession>> {
    let wanted = store::Wanted { id: Some(id), most: 1, ..store::Wanted::default() };
    let session = sessions(centre, scope, &wanted).await?.pop().ok_or_else(no_session)?;
    let mut connection = centre.database().pool().acquire().await?;
    let rests = store::rests(&mut connection, id).await?;
    drop(connection);
    let wanted = recording::store::Wanted { session: Some(id), most: MOST_RECORDINGS, ..recording::store::Wanted::default() };
    let recordings = recording::view::recordings(centre, caller, scope, &wanted).await?;
    let rests = rests.into_iter().map(|it| CentreRest { from: it.from_at, until: it.until_at, note: it.note }).collect();
    Ok(Json(WholeCentreSession { session, rests, recordings }))
}

/// Shows a session.
///
/// # Errors
/// `session-not-found`.
#[utoipa::path(get, path = "/api/v1/centre/sessions/{id}", tag = "centre", operation_id = "read_centre_session",
    params(("id" = Uuid, Path, description = "The session")),
    responses((status = 200, body = WholeCentreSession, description = "The session")))]
pub(crate) async fn show(
    State(centre): State<Centre>,
    allowed: Allowed<rights::SeeCentre>,
    Path(id): Path<Uuid>,
) -> Answer<Json<WholeCentreSession>> {
    whole(&centre, (&allowed.caller, &allowed.scope()), id).await
}
