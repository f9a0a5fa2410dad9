//! An item (考核事项): something that was due or done once, on one city day, by somebody, somewhere.

mod make;
pub(crate) mod store;

use chrono::{DateTime, NaiveDate, Utc};
use kernel::clock::shanghai;
use leads::SourceKind;
use uuid::Uuid;

pub(crate) use make::items;

/// What an item is of. Of limits (时限事项), `day` is when it was finished in time, or else when its deadline fell: so each counts once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A report (上报), on the day it came; ended when it was accepted.
    Report = 1,
    /// The limit to accept (受理时限); ended when it was accepted, refused or merged.
    Accept = 2,
    /// An acceptance (受理), on its day; ended when it was filed, spoilt when voided.
    Accepted = 3,
    /// A filing (立案), on its day; spoilt when voided.
    Filed = 4,
    /// The limit to verify (核实时限).
    Verify = 5,
    /// The limit to dispatch (派遣时限); spoilt when the unit sent it back or it went to another.
    Dispatch = 6,
    /// The limit to fix (处置时限), a round a unit; ended by the unit's reply.
    Fix = 7,
    /// The limit to check (核查时限); ended by the collector's first answer.
    Check = 8,
    /// The closing of a lead (应结案), due when its disposal is; spoilt by rework.
    Closing = 9,
}

/// Who found it (发现来源).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// A collector or officer on patrol.
    Patrol = 1,
    /// Citizens: the portal, the hotline, petitions.
    Citizens = 2,
    /// Everybody and everything else.
    Others = 3,
}

impl Kind {
    /// All of them.
    pub(crate) const ALL: [Self; 9] =
        [Self::Report, Self::Accept, Self::Accepted, Self::Filed, Self::Verify, Self::Dispatch, Self::Fix, Self::Check, Self::Closing];

    pub(crate) fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as i16 == code)
    }
}

impl Origin {
    pub(crate) fn from_code(code: i16) -> Option<Self> {
        [Self::Patrol, Self::Citizens, Self::Others].into_iter().find(|origin| *origin as i16 == code)
    }

    pub(crate) fn of(source: &str, kind: Option<SourceKind>) -> Self {
        match kind {
            _ if source == leads::Source::PATROL.code() => Self::Patrol,
            Some(SourceKind::Citizens | SourceKind::Orders | SourceKind::Petitions) => Self::Citizens,
            _ => Self::Others,
        }
    }
}

/// An item.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Item {
    pub kind: Kind,
    /// The city day that it counts on.
    pub day: NaiveDate,
    /// The day it was done.
    pub ended: Option<NaiveDate>,
    /// The day it turned out wrong: voided, sent back, to be done again.
    pub spoilt: Option<NaiveDate>,
    /// The day from which it counts no longer, because another took its place or nothing is due any more.
    pub superseded: Option<NaiveDate>,
    /// Done within the limit.
    pub in_time: bool,
    /// The limit was extended.
    pub extended: bool,
    pub origin: Origin,
    /// The unit grid where it lay then, or the county.
    pub place: String,
    pub unit: Option<Uuid>,
    pub person: Option<Uuid>,
}

/// The city day of an instant (北京时间).
pub(crate) fn city_day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&shanghai()).date_naive()
}
