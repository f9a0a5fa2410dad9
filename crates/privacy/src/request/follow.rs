//! How one's own requests stand, by the tracking code (查看请求结果).

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, ClientAddress, Json, Path};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ask::named, row, store, store::RequestRow};
use crate::Privacy;

/// A request as whoever has the code sees it. No name, no telephone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnRequest {
    number: String,
    kind: String,
    kind_label: &'static str,
    state: String,
    state_label: &'static str,
    received_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_at: Option<DateTime<Utc>>,
    /// The ground of a refusal, with its article.
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// One's own requests.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnRequests {
    items: Vec<OwnRequest>,
}

pub(super) fn show(row: &RequestRow) -> OwnRequest {
    let shown = row::show(row, row.received_at);
    OwnRequest {
        number: shown.number,
        kind: shown.kind,
        kind_label: shown.kind_label,
        state: shown.state,
        state_label: shown.state_label,
        received_at: shown.received_at,
        due_at: shown.due_at,
        decided_at: shown.decided_at,
        ground: shown.ground_label,
        reason: shown.reason,
    }
}

/// Lists what was asked for with this code, the newest first.
///
/// # Errors
/// `report-not-found`, `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/reports/{tracking_code}/privacy-requests", tag = "public", operation_id = "follow_own_requests",
    params(("tracking_code" = String, Path, description = "The code")),
    responses((status = 200, body = OwnRequests, description = "The requests")))]
pub(crate) async fn follow(
    State(room): State<Privacy>,
    ClientAddress(address): ClientAddress,
    Path(code): Path<String>,
) -> Answer<Json<OwnRequests>> {
    room.reads().check(address)?;
    let (key, _) = named(&room, &code).await?;
    let rows = store::about(room.database().pool(), &key.region, key.id.uuid()).await?;
    Ok(Json(OwnRequests { items: rows.iter().map(show).collect() }))
}
