//! Official documents (执法文书): kinds and templates, drafts, gap-free numbers, signed PDFs.
//!
//! Nouns: kind (文书种类), form (文书内容), document (文书), number (文号), signature (电子签名), organ (机关信息), phrase (用语), what goes with a
//! decision (三书同达). Tables: `document`, `document_number`, `document_counter`, `document_organ`, `document_phrase`.
//!
//! Invariants:
//! - what must stand on a document by statute stands there before it is issued; each missing element is named with its article;
//! - a number is given when a document is issued, in that transaction; per organ, kind and year there is no gap, and a voided number stays used;
//! - who issues, who reviews and which court is set for the organ, by the day, and typed into no document;
//! - an issued document never changes: its PDF is kept by its hash and signed;
//! - what a document says lies in the vault, sealed under a subject of its own;
//! - whose docket it is says who may do what ([`Owner`]).

mod document;
mod editing;
pub mod form;
mod kind;
pub mod number;
mod organ;
mod owner;
mod phrase;
mod printing;
mod rights;
mod routes;
mod service;
pub mod signature;
mod together;
pub mod words;

pub use document::{DocumentList, IssuedDocument};
pub use kind::{DocumentPart, Kind, kind, kinds};
pub use organ::OrganFacts;
pub use owner::{Doing, Done, Owner, ServedDecision};
pub use printing::{Paper, Printing, Standing};
pub use rights::rights;
pub use routes::routes;
pub use service::{Documents, Parts};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 17000, name: "document", sql: include_str!("../migrations/17000_document.sql") },
    Migration { version: 17001, name: "organ", sql: include_str!("../migrations/17001_organ.sql") },
    Migration { version: 17002, name: "phrase", sql: include_str!("../migrations/17002_phrase.sql") },
];
