//! A report as it lies in the spool.

use chrono::{DateTime, Utc};
use kernel::{
    id::PersonId,
    personal::{PersonName, Telephone},
    position::Position,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Line;
use crate::{Report, intake::Promise, lead::Source};

/// The form of the file: a program that finds another one puts it aside instead of guessing.
const FORM: u32 = 1;

/// A report and what its sender was promised. It holds personal data in clear and is written sealed only; it prints nothing of itself.
#[derive(Serialize, Deserialize)]
pub(super) struct Entry {
    form: u32,
    received_at: DateTime<Utc>,
    tracking_code: String,
    source: Source,
    source_key: String,
    description: String,
    position: Option<(f64, f64)>,
    address: Option<String>,
    class_code: Option<String>,
    component_code: Option<String>,
    name: Option<String>,
    telephone: Option<String>,
    #[serde(default)]
    telephone_verified: bool,
    person: Option<Uuid>,
    role: Option<String>,
    photos: Vec<String>,
    details: Value,
    occurred_at: Option<DateTime<Utc>>,
    simulated: bool,
}

impl Entry {
    pub(super) fn of(report: Report, tracking_code: String, received_at: DateTime<Utc>) -> Self {
        Self {
            form: FORM,
            received_at,
            tracking_code,
            source: report.source,
            source_key: report.source_key,
            description: report.description,
            position: report.position.map(|position| (position.lon, position.lat)),
            address: report.address,
            class_code: report.class_code,
            component_code: report.component_code,
            name: report.name.map(|name| name.expose().to_owned()),
            telephone: report.telephone.map(|telephone| telephone.expose().to_owned()),
            telephone_verified: report.telephone_verified,
            person: report.person.map(PersonId::uuid),
            role: report.role,
            photos: report.photos,
            details: report.details,
            occurred_at: report.occurred_at,
            simulated: report.simulated,
        }
    }

    /// The report and its promise; nothing where a part of it does not read.
    pub(super) fn read(self) -> Option<(Report, Promise)> {
        if self.form != FORM {
            return None;
        }
        let position = match self.position {
            Some((lon, lat)) => Some(Position::new(lon, lat).ok()?),
            None => None,
        };
        let report = Report {
            source: self.source,
            source_key: self.source_key,
            description: self.description,
            position,
            address: self.address,
            class_code: self.class_code,
            component_code: self.component_code,
            name: self.name.map(|name| PersonName::parse(&name)).transpose().ok()?,
            telephone: self.telephone.map(|telephone| Telephone::parse(&telephone)).transpose().ok()?,
            telephone_verified: self.telephone_verified,
            person: self.person.map(PersonId::from),
            role: self.role,
            photos: self.photos,
            details: self.details,
            occurred_at: self.occurred_at,
            simulated: self.simulated,
        };
        Some((report, Promise { tracking_code: Some(self.tracking_code), received_at: Some(self.received_at) }))
    }

    pub(super) fn line(&self) -> Line {
        Line {
            source: self.source.code().to_owned(),
            source_key: self.source_key.clone(),
            tracking_code: self.tracking_code.clone(),
            words: Sha256::digest(&self.description).into(),
            bytes: 0,
        }
    }
}
