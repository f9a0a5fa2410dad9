//! A campaign as people read it.

use chrono::{DateTime, NaiveDate, Utc};
use http_api::Answer;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Campaigns, store::CampaignRecord};

/// A campaign with how far it is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Campaign {
    id: Uuid,
    name: String,
    class_code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    class_name: Option<String>,
    /// What is looked for.
    look_for: String,
    /// The region whose grids are looked at.
    area: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    area_name: Option<String>,
    /// The lead whose exposure began it.
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_number: Option<String>,
    /// The city day by which every grid is to be looked at.
    due_on: NaiveDate,
    /// That day is over and grids wait.
    late: bool,
    started_by: String,
    started_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_note: Option<String>,
    /// Grids of the area.
    grids: i64,
    /// Grids that were looked at.
    checked: i64,
    /// Grids in which something was found.
    found: i64,
    /// Leads of what was found that are closed.
    closed: i64,
    /// For `If-Match`.
    version: i64,
}

impl Campaigns {
    /// Campaigns with the names that people read.
    pub(super) async fn views(&self, records: Vec<CampaignRecord>) -> Answer<Vec<Campaign>> {
        let people: Vec<Uuid> = records.iter().flat_map(|it| [Some(it.started_by), it.ended_by]).flatten().collect();
        let names = self.identity().names_of(&people).await?;
        let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
        let today = self.today();
        let view = |it: CampaignRecord| Campaign {
            class_name: self.catalogue().class(&it.class_code).map(|class| class.name.clone()),
            area_name: self.catalogue().region(&it.area).map(|region| region.name),
            late: it.ended_at.is_none() && it.due_on < today && it.checked < it.grids,
            started_by: name(it.started_by),
            ended_by: it.ended_by.map(name),
            id: it.id,
            name: it.name,
            class_code: it.class_code,
            look_for: it.look_for,
            area: it.area,
            lead_id: it.lead_id,
            lead_number: it.lead_number,
            due_on: it.due_on,
            started_at: it.started_at,
            ended_at: it.ended_at,
            end_note: it.end_note,
            grids: it.grids,
            checked: it.checked,
            found: it.found,
            closed: it.closed,
            version: it.version,
        };
        Ok(records.into_iter().map(view).collect())
    }
}
