//! Publication of penalty decisions (处罚决定公开), the end of it (撤回、期满、信用修复), and the records of reviews and suits (复议诉讼台账).
//!
//! Nouns: publication (公开) of a decision in revisions, its masked content (脱敏内容), check (核对), secrecy check (保密审查), withdrawal
//! (撤回), period of showing (公示期), repair of credit (信用修复), remedy record (复议诉讼记录).
//! Beside them: disclosure (公开内容) — lists public in advance, notices in process — and certificates that are shown (亮证).
//! Tables: `publication`, `credit_repair`, `remedy_record`, `disclosure`, `shown_certificate`.
//!
//! Invariants:
//! - nothing is published that another person than who wrote it did not check, and of an enterprise nothing before the secrecy check;
//! - no name of a natural person, no number, telephone, plate or house number is kept here: the original is read from the case when shown;
//! - publishing, taking back, and what came of a review or suit are steps of the case, taken in the transaction of the row here;
//! - decisions about minors are never published; what ended stays in the archive and is shown to nobody outside.
//!
//! May know: kernel, database, docket, http and identity. Cases are asked and changed through the port [`Decisions`];
//! what lists are made from comes through the port [`Live`].

pub mod decision;
mod disclosure;
mod live;
pub mod mask;
pub mod period;
mod port;
mod public;
mod remedy;
mod repair;
mod rights;
mod routes;
mod scope;
mod service;

pub use disclosure::{DisclosureKind, Lines};
pub use live::{Live, LiveOfficer};
pub use port::{DecisionFate, DecisionParty, DecisionStanding, DecisionText, Decisions, PartyIs, PublicFact, RemedyEnd, RemedyFact};
pub use remedy::EndedRemedy;
pub use repair::{Earliest, RepairMissing, RepairReceipt, RepairRequest};
pub use rights::rights;
pub use routes::routes;
pub use service::{Parts, Publications};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 22000, name: "publication", sql: include_str!("../migrations/22000_publication.sql") },
    Migration { version: 22001, name: "credit repair", sql: include_str!("../migrations/22001_credit_repair.sql") },
    Migration { version: 22002, name: "remedy record", sql: include_str!("../migrations/22002_remedy_record.sql") },
    Migration { version: 22003, name: "disclosure", sql: include_str!("../migrations/22003_disclosure.sql") },
    Migration { version: 22004, name: "remedy-outcome", sql: include_str!("../migrations/22004_remedy_outcome.sql") },
];
