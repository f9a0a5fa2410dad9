//! What became of leads, turn by turn (办理过程): what other rooms may read of the ledger and the limits, without their words.
//!
//! It rests on the ledger, which only grows, and on the rows of the limits, one a round: whoever counts from it counts the same again
//! whatever has happened since.

pub(crate) mod evidence;
mod store;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use docket::KeyOf;
use identity::Scope;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    Leads,
    lead::Limit,
    list::row::{self, LeadRow},
    source::SourceKind,
};

/// What a turn of the ledger was.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn {
    /// It came in (上报), at a unit grid if one was found.
    Reported(Option<String>),
    /// A verification was ordered (发起核实), of this collector if one was named.
    VerifyOrdered(Option<Uuid>),
    /// The verification was answered (核实反馈).
    Verified,
    /// 受理
    Accepted,
    /// 不予受理
    Rejected,
    /// 并案
    Merged,
    /// 立案
    Filed,
    /// Dispatched to this unit (派遣).
    Dispatched(Option<Uuid>),
    /// It was raised to this unit of the level above (上提).
    Raised(Option<Uuid>),
    /// The level above gave it to this unit (退回下级、下派).
    HandedDown(Option<Uuid>),
    /// 回退
    SentBack,
    /// 同意延期
    Extended,
    /// 挂账
    Suspended,
    /// 处置反馈
    Fixed,
    /// A check was ordered (发起核查), of this collector if one was named.
    CheckOrdered(Option<Uuid>),
    /// The check was answered (核查反馈).
    Checked,
    /// 返工
    Reworked,
    /// 结案
    Closed,
    /// 作废
    Voided,
    /// It was put right where it lies (更正位置), 15 digits.
    Moved(String),
    /// A limit ran out (超期): which, and what it was due at.
    RanOut(Limit, DateTime<Utc>),
}

/// A line of the ledger as others may count by it.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseTurn {
    /// When.
    pub at: DateTime<Utc>,
    /// The person who did it; none for the public and the program.
    pub person: Option<Uuid>,
    /// What.
    pub turn: Turn,
}

/// A round of a limit (时限).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseLimit {
    /// Which.
    pub limit: Limit,
    /// When it ends; none while it stands still.
    pub due_at: Option<DateTime<Utc>>,
    /// It ended in time.
    pub met: bool,
}

/// The course of one lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// The lead.
    pub key: KeyOf,
    /// Its source's code.
    pub source: String,
    /// Its source's kind; none when nobody set that source up.
    pub source_kind: Option<SourceKind>,
    /// The turns, oldest first.
    pub turns: Vec<CourseTurn>,
    /// The limits, round after round.
    pub limits: Vec<CourseLimit>,
}

/// The parts of a line's content that turns are read from.
#[derive(Debug, Default, Deserialize)]
struct Content {
    grid: Option<String>,
    unit: Option<Uuid>,
    collector: Option<Uuid>,
    limit: Option<serde_json::Value>,
    due_at: Option<DateTime<Utc>>,
}

/// The actions of the ledger that are turns.
const ACTIONS: [&str; 22] = [
    "report",
    "request-verify",
    "verify",
    "accept",
    "reject",
    "merge",
    "file",
    "dispatch",
    "raise",
    "return-raised",
    "send-down",
    "send-back",
    "grant-extension",
    "suspend",
    "fix",
    "request-check",
    "check",
    "rework",
    "close",
    "void",
    "correct",
    "limit-missed",
];

/// The turn that a line tells of; none for a correction of something else than the place.
fn turn(action: &str, payload: &str) -> Option<Turn> {
    let content = || serde_json::from_str::<Content>(payload).unwrap_or_default();
    Some(match action {
        "report" => Turn::Reported(content().grid),
        "request-verify" => Turn::VerifyOrdered(content().collector),
        "verify" => Turn::Verified,
        "accept" => Turn::Accepted,
        "reject" => Turn::Rejected,
        "merge" => Turn::Merged,
        "file" => Turn::Filed,
        "dispatch" => Turn::Dispatched(content().unit),
        "raise" => Turn::Raised(content().unit),
        "return-raised" | "send-down" => Turn::HandedDown(content().unit),
        "send-back" => Turn::SentBack,
        "grant-extension" => Turn::Extended,
        "suspend" => Turn::Suspended,
        "fix" => Turn::Fixed,
        "request-check" => Turn::CheckOrdered(content().collector),
        "check" => Turn::Checked,
        "rework" => Turn::Reworked,
        "close" => Turn::Closed,
        "void" => Turn::Voided,
        "correct" => Turn::Moved(content().grid?),
        "limit-missed" => {
            let content = content();
            Turn::RanOut(content.limit?.as_str()?.parse().ok()?, content.due_at?)
        }
        _ => return None,
    })
}

/// The person in an actor's name.
fn person(actor: &str) -> Option<Uuid> {
    actor.strip_prefix("person:")?.parse().ok()
}

impl Leads {
    /// The courses of these leads as they stand, in no particular order; what is no lead is left out.
    ///
    /// # Errors
    /// The database's.
    pub async fn courses(&self, connection: &mut PgConnection, keys: &[KeyOf]) -> sqlx::Result<Vec<Course>> {
        let settings = self.settings().await?;
        let kinds: HashMap<&str, SourceKind> = settings.sources.iter().map(|setting| (setting.source.code(), setting.kind)).collect();
        let mut courses: HashMap<Uuid, Course> = HashMap::with_capacity(keys.len());
        for source in store::sources(connection, keys).await? {
            let key = KeyOf { region: source.region, id: source.id.into() };
            let source_kind = kinds.get(source.source.as_str()).copied();
            courses.insert(source.id, Course { key, source: source.source, source_kind, turns: Vec::new(), limits: Vec::new() });
        }
        for line in store::lines(connection, keys, &ACTIONS).await? {
            if let (Some(course), Some(turn)) = (courses.get_mut(&line.docket_id), turn(&line.action, &line.payload)) {
                course.turns.push(CourseTurn { at: line.at, person: person(&line.actor), turn });
            }
        }
        for row in store::limits(connection, keys).await? {
            if let (Some(course), Ok(limit)) = (courses.get_mut(&row.docket_id), row.name.parse()) {
                course.limits.push(CourseLimit { limit, due_at: row.due_at, met: row.met });
            }
        }
        Ok(courses.into_values().collect())
    }

    /// The next leads after one, in the order of their ids: for whoever reads the courses of all.
    ///
    /// # Errors
    /// The database's.
    pub async fn keys_after(&self, connection: &mut PgConnection, after: Uuid, most: i64) -> sqlx::Result<Vec<KeyOf>> {
        store::keys_after(connection, after, most).await
    }

    /// Rows of these leads as lists show them, in the order they are asked for; those beyond the scope are left out.
    ///
    /// # Errors
    /// The database's.
    pub async fn rows_of(&self, scope: &Scope, ids: &[Uuid]) -> http_api::Answer<Vec<LeadRow>> {
        let mut records: HashMap<Uuid, _> =
            crate::list::store::of(self.database().pool(), scope, ids).await?.into_iter().map(|record| (record.id, record)).collect();
        let ordered = ids.iter().filter_map(|id| records.remove(id)).collect();
        row::show(self, ordered).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_that_is_read_is_a_turn() {
        let payload =
            r#"{"grid":"330482901001001","limit":"fix","due_at":"2026-11-02T01:00:00Z","unit":"019a0000-0000-7000-8000-000000000000"}"#;
        assert!(ACTIONS.iter().all(|action| turn(action, payload).is_some()));
        assert_eq!(turn("correct", r#"{"class":"06010"}"#), None);
        assert_eq!(turn("comment", "{}"), None);
    }

    #[test]
    fn the_limit_of_a_filing_is_no_code() {
        assert_eq!(turn("file", r#"{"limit":{"value":2,"unit":"working_day"},"standard":"面积大于 1 平方米"}"#), Some(Turn::Filed));
    }

    #[test]
    fn people_are_told_from_the_program() {
        assert_eq!(person("person:019a0000-0000-7000-8000-000000000000"), Some(Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000)));
        assert_eq!((person("public"), person("system:rules")), (None, None));
    }
}
