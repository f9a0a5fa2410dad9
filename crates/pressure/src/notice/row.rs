//! A notice as a row of a list.

use chrono::{DateTime, Utc};
use http_api::Answer;
use kernel::light::Light;
use leads::NamedId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{NoticeState, Stage, store::RowRecord};
use crate::Pressure;

/// A notice in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeRow {
    pub id: Uuid,
    /// The number people call it by.
    pub number: String,
    #[schema(inline)]
    pub stage: Stage,
    pub stage_label: &'static str,
    #[schema(inline)]
    pub state: NoticeState,
    pub state_label: &'static str,
    pub title: String,
    /// To which unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<NamedId>,
    /// The role that is to judge, while it is to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder_role: Option<String>,
    /// Who issued it; nobody where the house rule did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_by: Option<NamedId>,
    pub issued_at: DateTime<Utc>,
    /// How many leads it is about.
    pub leads: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
    #[schema(value_type = Option<String>)]
    pub light: Option<Light>,
    pub simulated: bool,
    /// For `If-Match`.
    pub version: i64,
}

/// Rows with names.
pub(super) async fn show(room: &Pressure, rows: Vec<RowRecord>) -> Answer<Vec<NoticeRow>> {
    let now = room.clock().now();
    let organisations = room.identity().organisations().await?;
    let people: Vec<Uuid> = rows.iter().filter_map(|row| row.issued_by).collect();
    let names = room.identity().names_of(&people).await?;
    let shown = rows.into_iter().filter_map(|row| {
        let (stage, state): (Stage, NoticeState) = (row.stage.parse().ok()?, row.state.parse().ok()?);
        let light = row.due_at.zip(row.warn_at).filter(|_| row.open).map(|(due, warn)| Light::at(now, warn, due));
        Some(NoticeRow {
            id: row.id,
            number: row.number,
            stage,
            stage_label: stage.label(),
            state,
            state_label: state.label(),
            title: row.title,
            unit: row.unit.map(|id| NamedId { id, name: organisations.name(id).to_owned() }),
            holder_role: row.holder_role,
            issued_by: row.issued_by.map(|id| NamedId { id, name: names.get(&id).cloned().unwrap_or_default() }),
            issued_at: row.opened_at,
            leads: row.leads,
            due_at: row.due_at.filter(|_| row.open),
            light,
            simulated: row.simulated,
            version: row.version,
        })
    });
    Ok(shown.collect())
}
