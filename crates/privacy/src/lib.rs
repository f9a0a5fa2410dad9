//! Privacy (个人信息保护): what people are told before they leave their name, and what they may ask for afterwards.
//!
//! Nouns: notice (告知书) with its versions, request (权利请求) of a person about himself, impact assessment (影响评估),
//! period (保存期限) and the run that drops what is past it.
//! Tables: `privacy_notice`, `privacy_notice_draft`, `privacy_request`, `privacy_step`, `impact_assessment`, `retention_setting`,
//! `retention_run`, `retention_hold`.
//!
//! Invariants:
//! - a published notice is never changed; a report keeps the number of the one it was made under;
//! - a request holds no name and no telephone: it points at leads, and what is to be corrected lies in the vault until it is decided;
//! - who is refused is told the ground and the reason; what is granted is done in the transaction that grants it;
//! - nothing is dropped before its period, or while it is disputed, suspected, held or asked about;
//! - of a lead that is held nothing is erased either, whoever asks for it: a hold and an erasure meet at the lead's lock.
//!
//! May know: kernel, database, docket, http, files, identity, notify and leads.

mod impact;
mod notice;
mod request;
mod retention;
mod rights;
mod routes;
mod service;
mod words;

pub use retention::{Disputes, MachineEvents};
pub use rights::rights;
pub use routes::routes;
pub use service::{Parts, Privacy};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 12000, name: "privacy", sql: include_str!("../migrations/12000_privacy.sql") },
    Migration { version: 12010, name: "retention", sql: include_str!("../migrations/12010_retention.sql") },
    Migration { version: 12011, name: "holds", sql: include_str!("../migrations/12011_holds.sql") },
];
