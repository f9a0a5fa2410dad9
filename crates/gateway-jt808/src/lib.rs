//! The gateway of JT/T 808 (车载终端接入): terminals of vehicles on TCP and UDP, their positions into the tracks.
//!
//! Nouns: terminal (车载终端), session (会话), visitor (来访终端), talk (one connection's conversation).
//! Tables: `jt808_terminal`, `jt808_setting`.
//!
//! Invariants:
//! - a position is acknowledged after it is durable ([`tracks::Tracks::store`]), never before; what cannot be stored is answered with
//!   "failed" and counted, so that the terminal keeps it;
//! - before its code was found right a terminal is heard on nothing but registration and code; whatever else it sends ends the connection
//!   before anything of it is kept;
//! - a terminal is known by its number without leading zeros; the second connection of one replaces the first;
//! - what one connection may hold is bounded: an unfinished frame, unfinished messages ([`jt808::Assembly`]), one piece of the stream; and
//!   so is what all of them hold together. None is read on before what it sent is answered, so that a full house slows its senders and
//!   nobody else;
//! - a bad frame is refused and counted and costs the same connection nothing until there are too many;
//! - a visitor's points say so.

mod answer;
mod believed;
mod end;
mod limits;
mod pace;
mod point;
mod rights;
mod routes;
mod service;
mod sessions;
mod socket;
mod strangers;
mod talk;
mod terminal;
mod vehicle;

pub use believed::Believed;
pub use limits::Limits;
pub use rights::rights;
pub use routes::routes;
pub use service::{Parts, Vehicles};
pub use socket::{Listening, listen};
pub use terminal::PlateTerminal;

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { version: 27000, name: "terminal", sql: include_str!("../migrations/27000_terminal.sql") }];
