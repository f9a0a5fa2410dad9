//! Pressure (督办): what is pressed for when a limit is about to run out, or has.
//!
//! Nouns: written notice (督办文书) with its stage: prompt (提示单), supervision (督办单), account (问责建议单).
//! Tables: `notice`, `notice_lead`, `notice_photo`, `notice_setting`.
//!
//! Invariants:
//! - a notice is a docket of its own kind: number, holder, limit, light, ledger; it changes only through [`notice::NoticeProcedure`];
//! - of one lead at most one notice is open; the next stage opens only after the one before ran out, or was answered insufficiently;
//! - where the city named a leader, what a supervision does not move is put under his charge, once a notice and lead;
//! - what the house rule issues by itself it issues once a limit's round, however many programs run.
//!
//! May know: kernel, database, docket, http, files, identity, catalogue, notify and leads.

pub mod notice;
mod readers;
mod rights;
mod routes;
mod scope;
mod service;
mod setting;
mod told;

pub use rights::rights;
pub use routes::routes;
pub use service::{Parts, Pressure};
pub use told::Told;

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 10000, name: "notice", sql: include_str!("../migrations/10000_notice.sql") },
    Migration { version: 10010, name: "charge", sql: include_str!("../migrations/10010_charge.sql") },
];
