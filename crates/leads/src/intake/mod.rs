//! Taking a report in: judged, placed, perhaps dispatched at once, and durable before the reporter hears of it.
//!
//! Every source ends here: the portal, the phone, the desk, files, Open311, machines. Reports that arrive together share one commit.

mod judge;
mod queue;
mod write;

use chrono::{DateTime, Utc};
use docket::{KeyOf, Opening};
use kernel::{
    deadline::service::ServiceLimit,
    id::{PersonId, SubjectId},
    personal::{PersonName, Telephone},
    position::Position,
};
use serde_json::Value;

use crate::lead::Source;

pub(crate) use judge::TELEPHONE_VERIFIED;
pub(crate) use queue::{IntakeQueue, keep, start_writers};

/// A report as any source hands it in.
#[derive(Debug, Clone)]
pub struct Report {
    /// Where it came from.
    pub source: Source,
    /// The source's own key for it: sent twice, it is one lead.
    pub source_key: String,
    /// The reporter's words.
    pub description: String,
    /// Where, if known.
    pub position: Option<Position>,
    /// Where, in words.
    pub address: Option<String>,
    /// The class, if the reporter chose one.
    pub class_code: Option<String>,
    /// The component, 17 digits.
    pub component_code: Option<String>,
    /// The reporter's name.
    pub name: Option<PersonName>,
    /// The reporter's telephone.
    pub telephone: Option<Telephone>,
    /// The telephone was confirmed by a code.
    pub telephone_verified: bool,
    /// The reporter, if a person with an account.
    pub person: Option<PersonId>,
    /// The role he reports in.
    pub role: Option<String>,
    /// Photos, already stored.
    pub photos: Vec<String>,
    /// What the source says besides; never personal data.
    pub details: Value,
    /// When the reporter saw it.
    pub occurred_at: Option<DateTime<Utc>>,
    /// Made by the city simulator.
    pub simulated: bool,
}

/// What a report was promised before it is judged; nothing, as a rule.
#[derive(Debug, Clone, Default)]
pub(crate) struct Promise {
    /// The code that its lead must be followed by.
    pub tracking_code: Option<String>,
    /// When it came in, where it waited in the spool.
    pub received_at: Option<DateTime<Utc>>,
}

/// What became of a report.
#[derive(Debug, Clone)]
pub struct Received {
    /// The lead.
    pub key: KeyOf,
    /// Its number.
    pub number: String,
    /// What it is followed by.
    pub tracking_code: String,
    /// It was there already: the source sent it before.
    pub already_present: bool,
}

/// A lead's own row, ready to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewLead {
    pub key: KeyOf,
    pub source: Source,
    pub source_key: String,
    pub tracking_code: String,
    pub description: String,
    pub text_digest: Vec<u8>,
    pub address: Option<String>,
    pub grid: Option<String>,
    pub class_code: Option<String>,
    pub class_version: Option<String>,
    pub component_code: Option<String>,
    pub standard: Option<String>,
    /// The disposal limit, and whether it is only the configured default.
    pub limit: Option<(ServiceLimit, bool)>,
    pub details: Value,
    pub reporter_subject: Option<SubjectId>,
    pub reporter_person: Option<PersonId>,
    pub occurred_at: Option<DateTime<Utc>>,
}

/// A report after judgement: everything that one commit writes.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    pub lead: NewLead,
    pub opening: Opening,
    pub personal: Vec<(&'static str, String)>,
    pub photos: Vec<String>,
    /// Its code was handed out already, and must work also where the report turns out to be there.
    pub promised: bool,
}
