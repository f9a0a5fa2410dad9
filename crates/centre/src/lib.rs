//! The case-handling centre (一体化办案中心): rooms that are booked and recorded, archived files on their shelves and on loan, equipment.
//!
//! Nouns: room (房间), session (场次), rest (休息), recording (录音录像), volume (档案), loan (借阅), destruction (销毁), device (装备),
//! stock-take (盘点), board (看板).
//! Tables: `centre_room`, `centre_session`, `centre_rest`, `centre_reveal`, `centre_recording`, `centre_volume`, `centre_loan`,
//! `centre_inspection`, `centre_destruction`, `centre_device`, `centre_device_line`, `centre_stocktake`, `centre_stocktake_line`.
//!
//! Invariants:
//! - a room is never taken twice at one time, however two bookings race: the database excludes it;
//! - nobody is questioned by fewer than two officers of the case, before he was told his rights, or as a minor without a guardian;
//! - who was questioned is in the docket's vault; here, in the ledger and in events there is no name;
//! - a recorded room without a recording is a gap with a light, never nothing;
//! - who lends is not who asks; what is destroyed was agreed to by another person and carried out before two.
//!
//! May know: kernel, database, docket, http, identity and notify. Cases and evidence are asked through the ports [`CentreCases`] and
//! [`CentreEvidence`].

mod archive;
mod board;
mod device;
mod port;
mod recording;
mod rights;
mod room;
mod routes;
mod scope;
mod service;
mod session;
mod stocktake;
mod words;

pub use port::{CentreCase, CentreCases, CentreEvidence, CentreItem, CentreMark};
pub use rights::rights;
pub use routes::routes;
pub use service::{Centre, Parts};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[Migration { version: 25000, name: "centre", sql: include_str!("../migrations/25000_centre.sql") }];
