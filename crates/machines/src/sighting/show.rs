//! Show a sighting with its events (机器发现详情).

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{not_found, store, view::Sighting};
use crate::{Machines, event::Outcome, rights};

/// Events that are shown.
const MOST_EVENTS: i64 = 50;

/// An event of a sighting.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SightingEvent {
    at: DateTime<Utc>,
    /// It was there.
    present: bool,
    confidence: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
    outcome: Outcome,
    outcome_label: &'static str,
}

/// A sighting and the newest of its events.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SightingWithEvents {
    #[serde(flatten)]
    sighting: Sighting,
    /// The newest first, at most 50.
    latest: Vec<SightingEvent>,
}

/// Shows a sighting.
///
/// # Errors
/// `sighting-not-found`.
#[utoipa::path(get, path = "/api/v1/sightings/{id}", tag = "machines", operation_id = "show_sighting",
    params(("id" = Uuid, Path, description = "The sighting")), responses((status = 200, body = SightingWithEvents, description = "The sighting")))]
pub(crate) async fn show(
    State(machines): State<Machines>,
    allowed: Allowed<rights::SeeSightings>,
    Path(id): Path<Uuid>,
) -> Answer<Json<SightingWithEvents>> {
    let pool = machines.database().pool();
    let record = store::one(pool, &allowed.scope(), id).await?.ok_or_else(not_found)?;
    let latest = store::events(pool, id, MOST_EVENTS).await?;
    let sighting = machines.show(vec![record]).await?.pop().ok_or_else(not_found)?;
    let latest = latest.into_iter().map(|event| {
        let outcome = event.outcome.parse().unwrap_or(Outcome::Seen);
        SightingEvent {
            at: event.at,
            present: event.present,
            confidence: event.confidence,
            picture: event.picture,
            outcome_label: outcome.label(),
            outcome,
        }
    });
    Ok(Json(SightingWithEvents { sighting, latest: latest.collect() }))
}
