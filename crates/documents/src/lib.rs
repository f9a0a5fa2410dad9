//! Official documents (执法文书): kinds and templates, drafts, gap-free numbers, signed PDFs.
//!
//! Nouns: kind (文书种类), form (文书内容), document (文书), number (文号), signature (电子签名). Tables: `document`, `document_number`,
//! `document_counter`.
//!
//! Invariants:
//! - what must stand on a document by statute stands there before it is issued; each missing element is named with its article;
//! - a number is given when a document is issued, in that transaction; per organ, kind and year there is no gap, and a voided number stays used;
//! - an issued document never changes: its PDF is kept by its hash and signed;
//! - what a document says lies in the vault, sealed under a subject of its own;
//! - whose docket it is says who may do what ([`Owner`]).

mod document;
pub mod form;
mod kind;
pub mod number;
mod owner;
mod printing;
mod rights;
mod routes;
mod service;
pub mod signature;
pub mod words;

pub use document::{DocumentList, IssuedDocument};
pub use kind::{DocumentPart, Kind, kind, kinds};
pub use owner::{Doing, Done, Owner};
pub use printing::{Paper, Printing, Standing};
pub use rights::rights;
pub use routes::routes;
pub use service::{Documents, Parts};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { version: 17000, name: "document", sql: include_str!("../migrations/17000_document.sql") }];
