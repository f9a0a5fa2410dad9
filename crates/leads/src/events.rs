//! What others hear of leads. Never personal data; the docket hides numbers that people type into words.

use docket::Header;
use serde_json::{Value, json};
use uuid::Uuid;

/// A lead came in.
pub const REPORTED: &str = "lead.reported";
/// A lead changed.
pub const CHANGED: &str = "lead.changed";

/// A lead as its events show it.
#[derive(Debug)]
pub(crate) struct Changed<'a> {
    pub number: &'a str,
    pub title: &'a str,
    pub state: &'a str,
    pub jurisdiction: &'a str,
    pub unit: Option<Uuid>,
    /// The unit that had it until now, which hears of it a last time.
    pub previous_unit: Option<Uuid>,
    pub holder_role: Option<&'a str>,
    pub holder_unit: Option<Uuid>,
    pub holder_person: Option<Uuid>,
    /// Who follows it up by name.
    pub follower: Option<Uuid>,
    /// Who has it in charge, or had until now.
    pub leader: Option<Uuid>,
    /// Who follows up the leads that are over together with this one.
    pub merged_followers: Vec<Uuid>,
    /// Units that this change gives a joint task.
    pub joint_given: Vec<Uuid>,
    /// Units whose joint task this change withdraws.
    pub joint_withdrawn: Vec<Uuid>,
    pub version: i64,
    pub simulated: bool,
}

impl<'a> Changed<'a> {
    /// A lead as it stands after a change from `before`.
    pub(crate) fn from(before: &Header, after: &'a Header) -> Self {
        Self {
            number: &after.number,
            title: &after.title,
            state: &after.state,
            jurisdiction: &after.jurisdiction,
            unit: after.unit,
            previous_unit: before.unit.filter(|_| before.unit != after.unit),
            holder_role: after.holder_role.as_deref(),
            holder_unit: after.holder_unit,
            holder_person: after.holder_person,
            follower: None,
            leader: None,
            merged_followers: Vec::new(),
            joint_given: Vec::new(),
            joint_withdrawn: Vec::new(),
            version: after.version,
            simulated: after.simulated,
        }
    }

    pub(crate) fn payload(&self, action: &str) -> Value {
        json!({
            "kind": "lead",
            "number": self.number,
            "title": self.title,
            "state": self.state,
            "action": action,
            "jurisdiction": self.jurisdiction,
            "unit": self.unit,
            "previous_unit": self.previous_unit,
            "holder_role": self.holder_role,
            "holder_unit": self.holder_unit,
            "holder_person": self.holder_person,
            "follower": self.follower,
            "leader": self.leader,
            "merged_followers": self.merged_followers,
            "joint_given": self.joint_given,
            "joint_withdrawn": self.joint_withdrawn,
            "version": self.version,
            "simulated": self.simulated,
        })
    }
}
