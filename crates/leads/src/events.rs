//! What others hear of leads. Never personal data.

use docket::Holder;
use kernel::id::{OrganisationId, PersonId};
use serde_json::{Value, json};

use crate::lead::State;

/// A lead came in.
pub const REPORTED: &str = "lead.reported";
/// A lead changed.
pub const CHANGED: &str = "lead.changed";

/// A lead as its events show it.
#[derive(Debug)]
pub(crate) struct Changed<'a> {
    pub number: &'a str,
    pub title: &'a str,
    pub state: State,
    pub jurisdiction: &'a str,
    pub unit: Option<OrganisationId>,
    pub holder: Holder,
    pub version: i64,
    pub simulated: bool,
}

impl Changed<'_> {
    pub(crate) fn payload(&self, action: &str) -> Value {
        json!({
            "kind": "lead",
            "number": self.number,
            "title": self.title,
            "state": self.state,
            "action": action,
            "jurisdiction": self.jurisdiction,
            "unit": self.unit,
            "holder_role": self.holder.role,
            "holder_unit": self.holder.unit,
            "holder_person": self.holder.person.map(PersonId::uuid),
            "version": self.version,
            "simulated": self.simulated,
        })
    }
}
