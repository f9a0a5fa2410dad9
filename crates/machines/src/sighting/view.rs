//! A sighting as people read it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{SightingState, Verdict, store::SightingRecord};
use crate::{Machines, kind, precision::Precision};

/// A sighting (发现).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Sighting {
    id: Uuid,
    state: SightingState,
    state_label: &'static str,
    device: String,
    device_name: String,
    address: String,
    /// The number of the kind.
    kind: i16,
    kind_name: &'static str,
    /// The class that its lead takes.
    class_code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    class_name: Option<String>,
    first_at: DateTime<Utc>,
    last_at: DateTime<Utc>,
    /// Events that saw it.
    events: i32,
    /// The surest of them, 0 to 1.
    confidence: f32,
    /// Left, top, width, height as parts of the picture.
    #[serde(rename = "box", skip_serializing_if = "Option::is_none")]
    area: Option<Vec<f32>>,
    /// The id of a picture that is kept here.
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
    /// The address of a picture that the device's own platform keeps.
    #[serde(skip_serializing_if = "Option::is_none")]
    picture_address: Option<String>,
    model: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    /// Unit grid or district.
    jurisdiction: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    jurisdiction_name: Option<String>,
    /// It was filed without a person.
    automatic: bool,
    simulated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<Verdict>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict_label: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_number: Option<String>,
    /// When the device saw it gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    gone_at: Option<DateTime<Utc>>,
    /// Why its lead was not closed without a person, where that was to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    closing_left: Option<String>,
    /// How often this device was right about this kind.
    precision: Precision,
    /// For `If-Match`.
    version: i64,
}

impl Machines {
    /// Sightings with the names that people read.
    pub(super) async fn show(&self, records: Vec<SightingRecord>) -> http_api::Answer<Vec<Sighting>> {
        let people: Vec<Uuid> = records.iter().filter_map(|record| record.verdict_by).collect();
        let names = self.identity().names_of(&people).await?;
        Ok(records.into_iter().map(|record| self.view(record, |id| names.get(&id).cloned())).collect())
    }

    fn view(&self, record: SightingRecord, name: impl Fn(Uuid) -> Option<String>) -> Sighting {
        let state: SightingState = record.state.parse().unwrap_or(SightingState::Waiting);
        let kind = kind::of(record.kind);
        let verdict: Option<Verdict> = record.verdict.and_then(|verdict| verdict.parse().ok());
        let class_code = record.class_code.or_else(|| kind.map(|kind| kind.class_code.clone())).unwrap_or_default();
        let (picture, picture_address) = match record.picture {
            Some(picture) if picture.contains(':') => (None, Some(picture)),
            picture => (picture, None),
        };
        Sighting {
            id: record.id,
            state,
            state_label: state.label(),
            device: record.device,
            device_name: record.device_name,
            address: record.address,
            kind: record.kind,
            kind_name: kind.map_or("", |kind| kind.name.as_str()),
            class_name: self.catalogue().class(&class_code).map(|class| class.name.clone()),
            class_code,
            first_at: record.first_at,
            last_at: record.last_at,
            events: record.events,
            confidence: record.confidence,
            area: record.area,
            picture,
            picture_address,
            model: record.model,
            lon: record.lon,
            lat: record.lat,
            jurisdiction_name: self.catalogue().region(&record.jurisdiction).map(|region| region.name),
            jurisdiction: record.jurisdiction,
            automatic: record.automatic,
            simulated: record.simulated,
            verdict_label: verdict.map(Verdict::label),
            verdict,
            verdict_by: record.verdict_by.and_then(name),
            verdict_at: record.verdict_at,
            note: record.note,
            lead_id: record.lead_id,
            lead_number: record.lead_number,
            gone_at: record.gone_at,
            closing_left: record.closing_left,
            precision: Precision::of(i64::from(record.confirmed), i64::from(record.refuted)),
            version: record.version,
        }
    }
}
