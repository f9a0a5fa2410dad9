//! A lead as a row of a list.

use chrono::{DateTime, Utc};
use identity::OrganisationTree;
use kernel::light::Light;
use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Leads, lead::State, settings::Snapshot};

/// What the database says of one row.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct RowRecord {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub state: String,
    pub open: bool,
    pub version: i64,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub holder_role: Option<String>,
    pub holder_unit: Option<Uuid>,
    pub holder_person: Option<Uuid>,
    pub unit: Option<Uuid>,
    pub due_at: Option<DateTime<Utc>>,
    pub warn_at: Option<DateTime<Utc>>,
    pub opened_at: DateTime<Utc>,
    pub simulated: bool,
    pub source: String,
    pub class_code: Option<String>,
    pub address: Option<String>,
    pub grid: Option<String>,
    pub photo: Option<String>,
}

/// A code and its name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Named {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
}

/// An id and its name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NamedId {
    /// The id.
    pub id: Uuid,
    /// The name.
    pub name: String,
}

/// A place in words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RowPlace {
    /// The address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The unit grid, 15 digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grid_code: Option<String>,
    /// The unit grid's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grid_name: Option<String>,
    /// The township's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub township_name: Option<String>,
}

/// A position, WGS-84 degrees.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct RowPosition {
    /// Longitude.
    pub lon: f64,
    /// Latitude.
    pub lat: f64,
}

/// Who must act now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RowHolder {
    /// Anyone of this role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Anyone of this unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<NamedId>,
    /// This person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<NamedId>,
}

/// A lead in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LeadRow {
    /// Id.
    pub id: Uuid,
    /// The number people call it by.
    pub number: String,
    /// One line of words.
    pub title: String,
    /// State code.
    pub state: String,
    /// State in Chinese.
    pub state_label: String,
    /// The light; none when no limit runs.
    #[schema(value_type = Option<String>)]
    pub light: Option<Light>,
    /// When the running limit ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
    /// Source code.
    pub source: String,
    /// Source in Chinese.
    pub source_label: String,
    /// The class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<Named>,
    /// The place in words.
    pub place: RowPlace,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<RowPosition>,
    /// Who must act now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<RowHolder>,
    /// The responsible unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<NamedId>,
    /// When it came in.
    pub reported_at: DateTime<Utc>,
    /// The first photo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
    /// Made by the city simulator.
    pub simulated: bool,
    /// For `If-Match`.
    pub version: i64,
}

/// The names that rows need, looked up once a page.
pub(crate) struct Names {
    pub settings: std::sync::Arc<Snapshot>,
    pub organisations: std::sync::Arc<OrganisationTree>,
    pub people: std::collections::HashMap<Uuid, String>,
}

impl Names {
    pub(crate) async fn of(leads: &Leads, people: impl IntoIterator<Item = Uuid>) -> Result<Self, http_api::ApiProblem> {
        let organisations = leads.identity().organisations().await?;
        let wanted: Vec<Uuid> = people.into_iter().collect();
        let people = leads.identity().names_of(&wanted).await?;
        Ok(Self { settings: leads.settings().await?, organisations, people })
    }

    pub(crate) fn unit(&self, id: Option<Uuid>) -> Option<NamedId> {
        id.map(|id| NamedId { id, name: self.organisations.name(id).to_owned() })
    }

    pub(crate) fn person(&self, id: Option<Uuid>) -> Option<NamedId> {
        id.map(|id| NamedId { id, name: self.people.get(&id).cloned().unwrap_or_default() })
    }
}

impl RowRecord {
    pub(crate) fn light(&self, now: DateTime<Utc>) -> Option<Light> {
        match (self.open, self.warn_at, self.due_at) {
            (true, Some(warn), Some(due)) => Some(Light::at(now, warn, due)),
            _ => None,
        }
    }

    pub(crate) fn show(self, leads: &Leads, names: &Names, now: DateTime<Utc>) -> LeadRow {
        let light = self.light(now);
        let holder = (self.holder_role.is_some() || self.holder_unit.is_some() || self.holder_person.is_some()).then(|| RowHolder {
            role: self.holder_role.clone(),
            unit: names.unit(self.holder_unit),
            person: names.person(self.holder_person),
        });
        LeadRow {
            id: self.id,
            state_label: self.state.parse::<State>().map_or_else(|()| self.state.clone(), |state| state.label().to_owned()),
            source_label: names.settings.source_name(&self.source),
            number: self.number,
            title: self.title,
            state: self.state,
            light,
            due_at: self.due_at.filter(|_| self.open),
            source: self.source,
            class: self.class_code.map(|code| Named { name: leads.class_name(&code).unwrap_or_default(), code }),
            place: RowPlace {
                grid_name: self.grid.as_deref().and_then(|grid| leads.region_name(grid)),
                township_name: self.grid.as_deref().and_then(|grid| leads.region_name(grid.get(..9)?)),
                address: self.address,
                grid_code: self.grid,
            },
            position: self.lon.zip(self.lat).map(|(lon, lat)| RowPosition { lon, lat }),
            holder,
            unit: names.unit(self.unit),
            reported_at: self.opened_at,
            photo: self.photo,
            simulated: self.simulated,
            version: self.version,
        }
    }
}

/// Rows of one page, with names.
pub(crate) async fn show(leads: &Leads, rows: Vec<RowRecord>) -> Result<Vec<LeadRow>, http_api::ApiProblem> {
    let now = leads.clock().now();
    let names = Names::of(leads, rows.iter().filter_map(|row| row.holder_person)).await?;
    Ok(rows.into_iter().map(|row| row.show(leads, &names, now)).collect())
}
