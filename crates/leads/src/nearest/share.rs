//! Share where one is while on duty (共享值班位置), see whether one does, and stop.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{position::Position, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{on_duty_until, store};
use crate::{Leads, rights};

/// A place measured longer ago says nothing of where somebody is.
const OLDEST: TimeDelta = TimeDelta::minutes(10);

/// Whether the caller shares where he is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnSharing {
    /// The district lets it be shared.
    sharing: bool,
    /// For so many hours the last place is kept.
    hours: i16,
    /// Until when the caller is on duty by the roster; nothing when he is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    on_duty_until: Option<DateTime<Utc>>,
    /// When his place was last measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    shared_at: Option<DateTime<Utc>>,
}

async fn until(leads: &Leads, allowed: &Allowed<rights::ShareDuty>) -> Answer<Option<DateTime<Utc>>> {
    let (settings, tree) = (leads.settings().await?, leads.identity().organisations().await?);
    let who = (allowed.caller.person.uuid(), allowed.caller.organisation.uuid());
    Ok(on_duty_until(&settings.duty, &tree, who, leads.clock().now()))
}

/// Shows whether the caller shares where he is, and whether he may.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/duty/position", tag = "leads", operation_id = "show_own_sharing",
    responses((status = 200, body = OwnSharing, description = "As it stands")))]
pub(crate) async fn own(State(leads): State<Leads>, allowed: Allowed<rights::ShareDuty>) -> Answer<Json<OwnSharing>> {
    let sharing = leads.settings().await?.nearest;
    let shared_at = store::shared_at(leads.database().pool(), allowed.caller.person.uuid()).await?;
    Ok(Json(OwnSharing { sharing: sharing.on, hours: sharing.hours, on_duty_until: until(&leads, &allowed).await?, shared_at }))
}

/// Where the caller is, in degrees of WGS-84 as browsers give them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DutyPlace {
    /// Longitude.
    x: f64,
    /// Latitude.
    y: f64,
    /// Within so many metres, 95 %, as the device says.
    accuracy: Option<f64>,
    /// When it was measured; now without.
    at: Option<DateTime<Utc>>,
}

/// Shares where the caller is, in place of where he was before. Answers until when his turn lasts: then it is forgotten.
///
/// # Errors
/// `sharing-off`, `not-on-duty`, `position-invalid`.
#[utoipa::path(post, path = "/api/v1/duty/position", tag = "leads", operation_id = "share_duty_position", request_body = DutyPlace,
    responses((status = 200, body = OwnSharing, description = "As it then stands")))]
pub(crate) async fn share(
    State(leads): State<Leads>,
    allowed: Allowed<rights::ShareDuty>,
    Json(place): Json<DutyPlace>,
) -> Answer<Json<OwnSharing>> {
    let (sharing, now) = (leads.settings().await?.nearest, leads.clock().now());
    if !sharing.on {
        return Err(Problem::conflict("sharing-off", "本地没有开启值班位置共享").into());
    }
    let Some(ends) = until(&leads, &allowed).await? else {
        return Err(Problem::conflict("not-on-duty", "您现在不在值班，位置没有保存").into());
    };
    let position = Position::new(place.x, place.y)
        .map_err(|error| Problem::invalid("position-invalid", error.to_string()).field("position", error.to_string()))?;
    let at = place.at.unwrap_or(now);
    if at > now + TimeDelta::minutes(5) || now - at > OLDEST {
        let detail = "位置测得太早或时间不对，请重新定位";
        return Err(Problem::invalid("position-invalid", detail).field("at", detail).into());
    }
    let accuracy = place.accuracy.filter(|metres| metres.is_finite() && *metres >= 0.0).map(|metres| metres.min(100_000.0) as f32);
    let who = (allowed.caller.person.uuid(), allowed.caller.organisation.uuid());
    store::put(leads.database().pool(), leads.home_region(), who, position, accuracy, (at.min(now), ends)).await?;
    Ok(Json(OwnSharing { sharing: true, hours: sharing.hours, on_duty_until: Some(ends), shared_at: Some(at.min(now)) }))
}

/// Stops sharing: what is kept is forgotten at once.
///
/// # Errors
/// None of its own.
#[utoipa::path(delete, path = "/api/v1/duty/position", tag = "leads", operation_id = "stop_sharing_duty_position",
    responses((status = 204, description = "Forgotten")))]
pub(crate) async fn stop(State(leads): State<Leads>, allowed: Allowed<rights::ShareDuty>) -> Answer<StatusCode> {
    store::forget(leads.database().pool(), allowed.caller.person.uuid()).await?;
    Ok(StatusCode::NO_CONTENT)
}
