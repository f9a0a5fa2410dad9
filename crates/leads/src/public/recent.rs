//! What was reported lately, as points on a map without anybody's words.

use axum::extract::State as Shared;
use chrono::{DateTime, Utc};
use http_api::{Answer, ClientAddress, Json};
use serde::Serialize;
use utoipa::ToSchema;

use super::store;
use crate::{Leads, lead::State, list::row::RowPosition};

/// A point.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecentReport {
    /// Where, rounded to about 50 metres.
    position: RowPosition,
    /// What kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    class_name: Option<String>,
    /// State in Chinese.
    state_label: String,
    /// Whether it is closed.
    closed: bool,
    /// When.
    reported_at: DateTime<Utc>,
    /// In which township.
    #[serde(skip_serializing_if = "Option::is_none")]
    township_name: Option<String>,
    /// Made by the city simulator.
    simulated: bool,
}

/// The points.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecentReports {
    items: Vec<RecentReport>,
}

/// So many points.
const MOST: i64 = 200;

/// Lists recent reports.
///
/// # Errors
/// `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/recent", tag = "public", responses((status = 200, body = RecentReports, description = "The points")))]
pub(crate) async fn recent(Shared(leads): Shared<Leads>, ClientAddress(address): ClientAddress) -> Answer<Json<RecentReports>> {
    leads.follow_rate().check(address)?;
    let rows = store::recent(leads.database().pool(), leads.home_region(), MOST).await?;
    // Half a thousandth of a degree: enough to find the street, too coarse for a door.
    let rounded = |degrees: f64| (degrees * 2_000.0).round() / 2_000.0;
    let items = rows
        .into_iter()
        .map(|row| RecentReport {
            position: RowPosition { lon: rounded(row.lon), lat: rounded(row.lat) },
            class_name: row.class_code.as_deref().and_then(|code| leads.class_name(code)),
            state_label: row.state.parse::<State>().map_or_else(|()| row.state.clone(), |state| state.label().to_owned()),
            closed: row.state == State::Closed.code(),
            reported_at: row.opened_at,
            township_name: row.grid.as_deref().and_then(|grid| leads.region_name(grid.get(..9)?)),
            simulated: row.simulated,
        })
        .collect();
    Ok(Json(RecentReports { items }))
}
