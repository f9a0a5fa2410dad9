//! `POST /api/v1/centre/sessions/{id}/recordings`: evidence of the case is the recording of a session.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use docket::KeyOf;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{item_of, store, used};
use crate::{
    Centre, rights,
    service::Told,
    session::{no_session, show, store as sessions},
    words::wrong,
};

/// Which evidence (编入录音录像).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CentreRecordingLink {
    /// The item of evidence.
    item: Uuid,
    /// When the recording begins; the beginning of the session where it is missing.
    starts_at: Option<DateTime<Utc>>,
}

/// Links evidence of the case to a session that began.
///
/// # Errors
/// `session-not-found`, `session-not-yours`, `session-state`, `recording-item`, `recording-used`.
#[utoipa::path(post, path = "/api/v1/centre/sessions/{id}/recordings", tag = "centre", operation_id = "link_centre_recording",
    params(("id" = Uuid, Path, description = "The session")), request_body = CentreRecordingLink,
    responses((status = 201, body = show::WholeCentreSession, description = "Linked")))]
pub(crate) async fn link(
    State(centre): State<Centre>,
    allowed: Allowed<rights::HoldSessions>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<CentreRecordingLink>,
) -> Answer<(StatusCode, Json<show::WholeCentreSession>)> {
    let (me, scope, now) = (allowed.caller.person.uuid(), allowed.scope(), centre.now());
    let mut transaction = centre.database().pool().begin().await?;
    let session = sessions::hold(&mut transaction, &scope, centre.home_region(), id).await?.ok_or_else(no_session)?;
    if !session.officers.contains(&me) && session.booked_by != me {
        return Err(Problem::forbidden("session-not-yours", "由这个场次的办理人编入").into());
    }
    let Some(started) = session.started_at else {
        return Err(Problem::conflict("session-state", "场次还没有开始，没有录音录像").into());
    };
    let item = item_of(&centre, &mut transaction, wanted.item, session.docket).await?;
    let ended = session.ended_at.unwrap_or(now);
    let starts_at = wanted.starts_at.unwrap_or(started);
    if starts_at > ended || starts_at < started - TimeDelta::hours(1) {
        return Err(wrong("starts_at", "录音录像的开始时间应在场次之内").into());
    }
    let row = store::RecordingRow {
        id: uuid_at(now),
        region: session.region.clone(),
        jurisdiction: session.jurisdiction,
        session: Some(id),
        device: None,
        docket: Some(session.docket),
        case_number: Some(session.case_number),
        item: Some(wanted.item),
        name: item.title,
        digest: None,
        starts_at,
        ends_at: ended.max(starts_at + TimeDelta::seconds(1)),
        officer: None,
        aside: None,
        keep_until: None,
        entered_by: me,
        entered_at: now,
    };
    if store::is_used(&mut transaction, wanted.item).await? || !store::insert(&mut transaction, &row).await? {
        return Err(used().into());
    }
    let key = KeyOf { region: session.region, id: session.docket.into() };
    let facts = json!({ "session": id, "recording": row.id, "evidence": wanted.item });
    centre
        .note(&mut transaction, &key, Some(&allowed.caller), Told { action: "centre-recorded", topic: Some("centre.recorded"), facts })
        .await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, show::whole(&centre, (&allowed.caller, &scope), id).await?))
}
