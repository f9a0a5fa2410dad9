//! What a lead's fixing and checking rest on (办理证据): who answered where and when, with which photos, and who else has those photos.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use docket::KeyOf;
use kernel::position::Position;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{person, store};
use crate::{Leads, lead::PhotoRole};

/// What was answered on site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceVerb {
    /// 核实反馈
    Verify,
    /// 处置反馈
    Fix,
    /// 核查反馈
    Check,
}

/// A photo of a lead.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidencePhoto {
    /// The file.
    pub file: String,
    /// What it shows.
    pub role: PhotoRole,
    /// When it was added.
    pub at: DateTime<Utc>,
}

/// Something that was answered on site.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceAct {
    /// Its line in the ledger.
    pub seq: i64,
    /// When it came in.
    pub at: DateTime<Utc>,
    /// What.
    pub verb: EvidenceVerb,
    /// The person who answered.
    pub person: Option<Uuid>,
    /// The unit that had it then.
    pub unit: Option<Uuid>,
    /// When the round began in which it was answered: the dispatch or the order to fix it again.
    pub begun: Option<DateTime<Utc>>,
    /// When it was to be fixed by; of fixes alone.
    pub due_at: Option<DateTime<Utc>>,
    /// What a check said.
    pub passed: Option<bool>,
    /// Where the person stood.
    pub place: Option<Position>,
    /// Within so many metres.
    pub accuracy: Option<f64>,
    /// When the place was measured, by the device's clock.
    pub stood_at: Option<DateTime<Utc>>,
    /// The photos that show what was done, or what was found.
    pub photos: Vec<String>,
}

/// A lead with what was answered on site.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The lead.
    pub key: KeyOf,
    /// Its number.
    pub number: String,
    /// Unit grid or district.
    pub jurisdiction: String,
    /// The unit that has it, or had it last.
    pub unit: Option<Uuid>,
    /// It still must be closed.
    pub open: bool,
    /// Its state's code.
    pub state: String,
    /// When it was closed or ended otherwise.
    pub closed_at: Option<DateTime<Utc>>,
    /// When it came in.
    pub opened_at: DateTime<Utc>,
    /// Where it is.
    pub position: Option<Position>,
    /// Who reported it, if a person with an account.
    pub reporter: Option<Uuid>,
    /// Made by the city simulator.
    pub simulated: bool,
    /// When the present round of fixing began.
    pub round_begun: Option<DateTime<Utc>>,
    /// Its photos, in the order they came.
    pub photos: Vec<EvidencePhoto>,
    /// What was answered, in order.
    pub acts: Vec<EvidenceAct>,
}

/// A lead that has a photo.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct PhotoUse {
    /// The file.
    pub file: String,
    /// The lead.
    pub lead: Uuid,
    /// Its number.
    pub number: String,
    /// What the photo shows there.
    pub role: String,
    /// When it was added.
    pub at: DateTime<Utc>,
}

#[derive(Debug, Default, Deserialize)]
struct Content {
    unit: Option<Uuid>,
    passed: Option<bool>,
    accuracy: Option<f64>,
    stood_at: Option<DateTime<Utc>>,
    #[serde(default)]
    after_photos: Vec<String>,
    #[serde(default)]
    photos: Vec<String>,
}

/// The lines that evidence is made from.
const ACTIONS: [&str; 5] = ["dispatch", "rework", "verify", "fix", "check"];

impl Leads {
    /// The evidence of these leads, in no particular order; what is no lead is left out.
    ///
    /// # Errors
    /// The database's.
    pub async fn evidence(&self, connection: &mut PgConnection, keys: &[KeyOf]) -> sqlx::Result<Vec<Evidence>> {
        let mut found: HashMap<Uuid, Evidence> = HashMap::with_capacity(keys.len());
        let mut units: HashMap<Uuid, Option<Uuid>> = HashMap::new();
        for head in store::heads(connection, keys).await? {
            let position = head.lon.zip(head.lat).and_then(|(lon, lat)| Position::new(lon, lat).ok());
            let evidence = Evidence {
                key: KeyOf { region: head.region, id: head.id.into() },
                number: head.number,
                jurisdiction: head.jurisdiction,
                unit: head.unit,
                open: head.open,
                state: head.state,
                closed_at: head.closed_at,
                opened_at: head.opened_at,
                position,
                reporter: head.reporter_person,
                simulated: head.simulated,
                round_begun: None,
                photos: Vec::new(),
                acts: Vec::new(),
            };
            found.insert(head.id, evidence);
        }
        for photo in store::photos_of(connection, keys).await? {
            if let (Some(of), Ok(role)) = (found.get_mut(&photo.lead_id), photo.role.parse()) {
                of.photos.push(EvidencePhoto { file: photo.file, role, at: photo.at });
            }
        }
        let due: HashMap<(Uuid, DateTime<Utc>), DateTime<Utc>> =
            store::fix_limits(connection, keys).await?.into_iter().map(|(id, ended, due)| ((id, ended), due)).collect();
        for line in store::placed_lines(connection, keys, &ACTIONS).await? {
            let Some(of) = found.get_mut(&line.docket_id) else { continue };
            let content: Content = serde_json::from_str(&line.payload).unwrap_or_default();
            let verb = match line.action.as_str() {
                "dispatch" => {
                    units.insert(line.docket_id, content.unit);
                    of.round_begun = Some(line.at);
                    continue;
                }
                "rework" => {
                    of.round_begun = Some(line.at);
                    continue;
                }
                "verify" => EvidenceVerb::Verify,
                "fix" => EvidenceVerb::Fix,
                _ => EvidenceVerb::Check,
            };
            of.acts.push(EvidenceAct {
                seq: line.seq,
                at: line.at,
                verb,
                person: person(&line.actor),
                unit: units.get(&line.docket_id).copied().flatten(),
                begun: of.round_begun,
                due_at: (verb == EvidenceVerb::Fix).then(|| due.get(&(line.docket_id, line.at)).copied()).flatten(),
                passed: content.passed.filter(|_| verb == EvidenceVerb::Check),
                place: line.lon.zip(line.lat).and_then(|(lon, lat)| Position::new(lon, lat).ok()),
                accuracy: content.accuracy,
                stood_at: content.stood_at,
                photos: if verb == EvidenceVerb::Fix { content.after_photos } else { content.photos },
            });
        }
        Ok(found.into_values().collect())
    }

    /// The leads that have these photos, whoever may see them; of each photo at most `most`, the first ones.
    ///
    /// # Errors
    /// The database's.
    pub async fn photo_uses(&self, connection: &mut PgConnection, files: &[String], most: i64) -> sqlx::Result<Vec<PhotoUse>> {
        store::photo_uses(connection, files, most).await
    }
}

/// A lead that was closed.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct ClosedLead {
    /// Its id.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// Unit grid or district.
    pub jurisdiction: String,
    /// The unit that fixed it.
    pub unit: Uuid,
}

impl Leads {
    /// The leads of a home district that units fixed and that were closed from one instant to before another, in the order of their
    /// numbers; at most `most`.
    ///
    /// # Errors
    /// The database's.
    pub async fn closed_between(
        &self,
        connection: &mut PgConnection,
        region: &str,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
        most: i64,
    ) -> sqlx::Result<Vec<ClosedLead>> {
        store::closed_between(connection, region, from, to, most).await
    }
}
