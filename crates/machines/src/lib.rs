//! Machine sources (机器来源): cameras, patrol cars, drones and sensors say what they see; what they saw long enough is looked at by a person,
//! or becomes a lead by itself where the city turned that on.
//!
//! Nouns: device (采集设备), kind (智能识别种类), event (机器事件), watch (one device looking for one kind), sighting (发现), verdict (研判).
//! Tables: `device`, `machine_kind`, `watch`, `sighting`, `machine_event`, `machine_coverage`.
//!
//! Invariants:
//! - an event that was answered is durable; sent twice, it is one; what is refused is named, one by one;
//! - of one device and kind at most one sighting is open; there is no new one until its lead is over and the thing was seen gone or left
//!   alone for a while;
//! - nothing is filed by itself unless the city turned that on for the kind, and no longer when people keep saying that it was wrong
//!   ([`precision`]);
//! - the lead of a sighting is closed without a person only where the city turned that on, the unit replied, and the device no longer sees it;
//! - a sighting becomes one lead, through the port [`Desk`], which the binary wires: this room knows nothing of leads.
//!
//! May know: kernel, database, http, files, identity, catalogue, notify (for the ends of leads).

mod backlog;
mod coverage;
mod device;
mod event;
mod kind;
mod outcome;
mod port;
pub mod precision;
mod readers;
mod rights;
mod routes;
mod scope;
mod service;
mod sighting;
mod verdict;

pub use backlog::Backlog;
pub use event::receive::{MachineEventReceipt, MachineEventReceipts};
pub use outcome::Outcomes;
pub use port::{Closing, Desk, Filed, ToFile};
pub use rights::rights;
pub use routes::routes;
pub use service::{Machines, Parts};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 9000, name: "machine", sql: include_str!("../migrations/9000_machine.sql") },
    Migration { version: 9010, name: "seen_gone", sql: include_str!("../migrations/9010_seen_gone.sql") },
    Migration { version: 9011, name: "event_age", sql: include_str!("../migrations/9011_event_age.sql") },
    Migration { version: 9012, name: "coverage", sql: include_str!("../migrations/9012_coverage.sql") },
];
