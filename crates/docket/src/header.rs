//! The header row and the nouns around it.

use std::fmt;

use chrono::{DateTime, Utc};
use kernel::{
    id::{DocketId, OrganisationId, PersonId},
    light::Light,
};
use serde_json::Value;
use sqlx::FromRow;
use uuid::Uuid;

/// A docket's key: its home district, fixed for life, and its id.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KeyOf {
    /// The home district (所属区县), 6 digits.
    pub region: String,
    /// The docket.
    pub id: DocketId,
}

/// Who must act now (当前办理人): a role, a unit, or one person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Holder {
    /// Anyone of this role within the jurisdiction.
    pub role: Option<&'static str>,
    /// Anyone of this unit.
    pub unit: Option<OrganisationId>,
    /// This person.
    pub person: Option<PersonId>,
}

impl Holder {
    /// Nobody: the docket is closed.
    pub const NOBODY: Self = Self { role: None, unit: None, person: None };

    /// Anyone of `role`.
    #[must_use]
    pub const fn role(role: &'static str) -> Self {
        Self { role: Some(role), unit: None, person: None }
    }
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A person with an account.
    Person(PersonId),
    /// Somebody without an account: a citizen at the portal.
    Public,
    /// The program itself, named by its part: `scheduler`, `rules`.
    System(&'static str),
}

impl fmt::Display for Actor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(person) => write!(formatter, "person:{person}"),
            Self::Public => formatter.write_str("public"),
            Self::System(part) => write!(formatter, "system:{part}"),
        }
    }
}

/// A line to be written into the ledger (台账).
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Who.
    pub actor: Actor,
    /// In which role, if in one.
    pub role: Option<String>,
    /// Did what: the verb.
    pub action: &'static str,
    /// Where the actor stood, longitude and latitude in WGS-84 degrees.
    pub place: Option<(f64, f64)>,
    /// With which content. Never personal data: those are referred to by subject id, and numbers that people type into words are hidden.
    pub payload: Value,
}

/// What others must hear, through the outbox.
#[derive(Debug, Clone)]
pub struct Event {
    /// The topic, such as `lead.changed`.
    pub topic: &'static str,
    /// The content. Never personal data; numbers that people type into words are hidden.
    pub payload: Value,
}

/// The header row.
#[derive(Debug, Clone, FromRow)]
pub struct Header {
    /// Home district.
    pub region: String,
    /// Id.
    pub id: Uuid,
    /// Kind, such as `lead`.
    pub kind: String,
    /// The number people call it by.
    pub number: String,
    /// The procedure's state, by its code.
    pub state: String,
    /// Whether it still must be closed.
    pub open: bool,
    /// Grows by one with every change of what people decide on; see [`crate::Locked::after`].
    pub version: i64,
    /// One line of words.
    pub title: String,
    /// The region that is in charge now; moves with referral.
    pub jurisdiction: String,
    /// Longitude, WGS-84 degrees.
    pub lon: Option<f64>,
    /// Latitude, WGS-84 degrees.
    pub lat: Option<f64>,
    /// Who must act, by role.
    pub holder_role: Option<String>,
    /// Who must act, by unit.
    pub holder_unit: Option<Uuid>,
    /// Who must act, by person.
    pub holder_person: Option<Uuid>,
    /// The unit responsible for the disposal.
    pub unit: Option<Uuid>,
    /// When the running limit ends.
    pub due_at: Option<DateTime<Utc>>,
    /// When the light turns yellow.
    pub warn_at: Option<DateTime<Utc>>,
    /// When it came in.
    pub opened_at: DateTime<Utc>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Made by the city simulator.
    pub simulated: bool,
    /// The last ledger sequence.
    pub head_seq: i64,
    /// The last ledger hash.
    pub head_hash: String,
}

impl Header {
    /// The key.
    #[must_use]
    pub fn key(&self) -> KeyOf {
        KeyOf { region: self.region.clone(), id: self.id.into() }
    }

    /// The light at `now`; none when closed or when no limit runs.
    #[must_use]
    pub fn light(&self, now: DateTime<Utc>) -> Option<Light> {
        match (self.open, self.warn_at, self.due_at) {
            (true, Some(warn), Some(due)) => Some(Light::at(now, warn, due)),
            _ => None,
        }
    }
}
