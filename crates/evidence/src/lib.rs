//! Evidence (证据): what proves the facts of a case, how it was come by, who held it, and that it is unchanged.
//!
//! Nouns: item of evidence (证据) of one of the eight statutory kinds, its custody (保管链), marks of a recording (标记), and the matrix of
//! fact, evidence and article (事实—证据—依据).
//! Tables: `evidence_item`, `evidence_custody`, `evidence_matrix`, `evidence_fact`, `evidence_mark`.
//!
//! Invariants:
//! - an item is named by the hash of its bytes from the moment they arrive; it is never replaced and never taken away, but excluded with a
//!   reason (行政处罚法第四十六条第三款);
//! - every item has a holder at any time, and every change of hands is a line;
//! - adding, excluding and handing over are lines in the ledger of the case, in the same transaction;
//! - who may see a case's evidence, and who may add to it, the room that holds the case says ([`CaseFiles`]).
//!
//! May know: kernel, database, docket, http, files and identity.

mod custody;
mod item;
mod mark;
mod matrix;
mod people;
mod port;
mod rights;
mod routes;
mod service;

pub use item::{CaseEvidence, Exhibit, Form, Kind, Manner, RecordingItem, RecordingMark, TakenIn};
pub use port::{CaseFile, CaseFiles, Wish};
pub use rights::rights;
pub use routes::routes;
pub use service::Evidence;

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { version: 18000, name: "evidence", sql: include_str!("../migrations/18000_evidence.sql") }];
