//! A request for repair as the desk sees it.

use chrono::{DateTime, Utc};
use http_api::Answer;
use kernel::light::Light;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{RepairState, RepairVia, store::RepairRow};
use crate::{Publications, decision::view::PublicationBy};

/// A request for repair (信用修复申请).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RepairView {
    id: Uuid,
    publication: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_number: Option<String>,
    state: RepairState,
    state_label: &'static str,
    version: i32,
    via_label: &'static str,
    /// The promise that was handed in.
    promise: String,
    received_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    light: Option<Light>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<PublicationBy>,
    /// What the check found.
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<String>,
    /// Whether the checker proposes to grant it.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided: Option<PublicationBy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The credit platform was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    told_at: Option<DateTime<Utc>>,
    /// The caller checked it, so that another decides.
    checked_by_me: bool,
}

impl Publications {
    pub(crate) async fn repair_views(&self, rows: Vec<RepairRow>, me: Uuid) -> Answer<Vec<RepairView>> {
        let people: Vec<Uuid> = rows.iter().flat_map(|row| [row.checked_by, row.decided_by]).flatten().collect();
        let names = self.identity().names_of(&people).await?;
        let now = self.clock().now();
        let by = |person: Option<Uuid>, at: Option<DateTime<Utc>>| {
            person.zip(at).map(|(person, at)| PublicationBy { name: names.get(&person).cloned().unwrap_or_default(), at })
        };
        let view = |row: RepairRow| {
            let state = row.state();
            let open = matches!(state, RepairState::Received | RepairState::Checked);
            RepairView {
                id: row.id,
                publication: row.publication,
                case_id: None,
                case_number: None,
                state,
                state_label: state.label(),
                version: row.version,
                via_label: row.via.parse::<RepairVia>().map_or("", RepairVia::label),
                received_at: row.received_at,
                due_at: row.due_at,
                light: open.then(|| Light::at(now, row.warn_at, row.due_at)),
                checked: by(row.checked_by, row.checked_at),
                found: row.found,
                proposed: row.proposed,
                decided: by(row.decided_by, row.decided_at),
                reason: row.reason,
                told_at: row.told_at,
                checked_by_me: row.checked_by == Some(me),
                promise: row.promise,
            }
        };
        Ok(rows.into_iter().map(view).collect())
    }
}
