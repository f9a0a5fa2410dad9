//! A suspicion as people read it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{SuspicionKind, SuspicionNumber, SuspicionOutcome, SuspicionState, SuspicionStrength, store::SuspicionRecord};
use crate::Scrutiny;

/// A lead by its number.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuspectLead {
    id: Uuid,
    number: String,
}

/// A place on the map.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuspectPlace {
    lon: f64,
    lat: f64,
}

/// A suspicion (疑点).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Suspicion {
    id: Uuid,
    kind: SuspicionKind,
    kind_label: &'static str,
    strength: SuspicionStrength,
    strength_label: &'static str,
    state: SuspicionState,
    state_label: &'static str,
    /// The rule and its version.
    rule: String,
    /// Why, in a sentence.
    reason: String,
    /// What it rests on.
    numbers: Vec<SuspicionNumber>,
    /// The lead that it is about; none where it is about a unit or a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    lead: Option<SuspectLead>,
    /// The other lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    other_lead: Option<SuspectLead>,
    /// The photo in question.
    #[serde(skip_serializing_if = "Option::is_none")]
    photo: Option<String>,
    /// The photo that it is like.
    #[serde(skip_serializing_if = "Option::is_none")]
    other_photo: Option<String>,
    /// Where the lead is.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<SuspectPlace>,
    /// Where the person stood, or the photo was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    stood: Option<SuspectPlace>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jurisdiction_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person_name: Option<String>,
    found_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<SuspicionOutcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome_label: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    judged_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    judged_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    simulated: bool,
    /// For `If-Match`.
    version: i64,
}

impl Scrutiny {
    /// Suspicions with the names that people read.
    pub(super) async fn views(&self, records: Vec<SuspicionRecord>) -> http_api::Answer<Vec<Suspicion>> {
        let people: Vec<Uuid> = records.iter().flat_map(|record| [record.judged_by, record.person]).flatten().collect();
        let names = self.identity().names_of(&people).await?;
        let organisations = self.identity().organisations().await?;
        let place = |lon: Option<f64>, lat: Option<f64>| lon.zip(lat).map(|(lon, lat)| SuspectPlace { lon, lat });
        let lead = |id: Option<Uuid>, number: Option<String>| id.zip(number).map(|(id, number)| SuspectLead { id, number });
        let view = |record: SuspicionRecord| {
            let kind: SuspicionKind = record.kind.parse().unwrap_or(SuspicionKind::PhotoReuse);
            let strength: SuspicionStrength = record.strength.parse().unwrap_or(SuspicionStrength::Weak);
            let state: SuspicionState = record.state.parse().unwrap_or(SuspicionState::Open);
            let outcome: Option<SuspicionOutcome> = record.outcome.and_then(|code| code.parse().ok());
            Suspicion {
                id: record.id,
                kind_label: kind.label(),
                kind,
                strength_label: strength.label(),
                strength,
                state_label: state.label(),
                state,
                rule: record.rule,
                reason: record.reason,
                numbers: record.numbers.0,
                lead: lead(record.docket_id, record.number),
                other_lead: lead(record.other_lead, record.other_number),
                photo: record.photo,
                other_photo: record.other_photo,
                place: place(record.lon, record.lat),
                stood: place(record.act_lon, record.act_lat),
                jurisdiction_name: self.catalogue().region(&record.jurisdiction).map(|region| region.name),
                unit: record.unit,
                unit_name: record.unit.map(|unit| organisations.name(unit).to_owned()),
                person_name: record.person.and_then(|person| names.get(&person).cloned()),
                found_at: record.found_at,
                outcome_label: outcome.map(SuspicionOutcome::label),
                outcome,
                judged_by: record.judged_by.and_then(|person| names.get(&person).cloned()),
                judged_at: record.judged_at,
                note: record.note,
                simulated: record.simulated,
                version: record.version,
            }
        };
        Ok(records.into_iter().map(view).collect())
    }
}
