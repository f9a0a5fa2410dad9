//! A request as staff see it in lists.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Channel, Kind, RequestState, store::RequestRow};

/// A request. It holds no name and no telephone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PrivacyRequest {
    pub id: Uuid,
    pub number: String,
    /// `copy`, `correct` or `erase`.
    pub kind: String,
    pub kind_label: &'static str,
    /// `open`, `granted` or `refused`.
    pub state: String,
    pub state_label: &'static str,
    pub channel_label: &'static str,
    pub received_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    /// Open and past its day.
    pub overdue: bool,
    /// How many leads it is about.
    pub leads: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
    /// The ground of a refusal, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground_label: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    pub version: i64,
}

/// The row for people.
pub(super) fn show(row: &RequestRow, now: DateTime<Utc>) -> PrivacyRequest {
    let (kind, state) = (row.kind.parse::<Kind>(), row.state.parse::<RequestState>());
    PrivacyRequest {
        id: row.id,
        number: row.number.clone(),
        kind: row.kind.clone(),
        kind_label: kind.map_or("", Kind::label),
        state: row.state.clone(),
        state_label: state.map_or("", RequestState::label),
        channel_label: row.channel.parse::<Channel>().map_or("", Channel::label),
        received_at: row.received_at,
        due_at: row.due_at,
        overdue: state == Ok(RequestState::Open) && now > row.due_at,
        leads: row.leads.len(),
        decided_at: row.decided_at,
        ground_label: row.ground.as_deref().and_then(|code| code.parse::<super::Ground>().ok()).map(super::Ground::label),
        reason: row.reason.clone(),
        version: row.version,
    }
}
