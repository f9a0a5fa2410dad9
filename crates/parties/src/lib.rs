//! The party's page (当事人页面): a party of a case enters with a code and who he is, sees his own case in plain words and what was served on him,
//! and states, asks, waives, agrees and hands in from there.
//!
//! Nouns: code (查询码), entry (进入), consent to electronic service (电子送达确认书), submission (提交), receipt (回执).
//! Tables: `party_code`, `party_lock`, `party_attempt`, `party_session`, `party_file`, `party_submission`, `party_submission_file`.
//!
//! Invariants:
//! - a session is bound to one party of one case; nothing of another party, of a draft, of evidence or of who reported is answered to it;
//! - a code that there is and one that there is not are answered alike, in words and in time, and both are locked alike;
//! - what changes the case is a step of its own table, taken through the room of cases in the same transaction as the submission;
//! - what was served electronically is what arrived here, and its first opening is in the ledger;
//! - a party's words lie in the vault; the ledger holds numbers.
//!
//! May know: kernel, database, docket, http, files, identity, notify, law, evidence and cases. Documents are asked through the port [`Papers`],
//! rooms that have something to tell a party through [`Extras`].

mod code;
mod consent;
mod desk;
mod entry;
mod page;
mod ports;
mod rights;
mod routes;
mod service;
mod submission;
mod text;

pub use ports::{Extras, Paper, Papers, Section};
pub use rights::rights;
pub use routes::routes;
pub use service::{Parties, Parts};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[Migration { version: 21000, name: "parties", sql: include_str!("../migrations/21000_parties.sql") }];
