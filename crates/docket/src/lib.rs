//! The docket (件): header, ledger, deadlines, outbox, personal vault and numbers of everything that must be closed.
//!
//! A feature never writes these tables itself: it opens dockets with [`open`] and changes a locked one with [`Locked::change`], and both
//! write header, ledger, deadlines and outbox in the caller's transaction.

mod change;
mod deadline;
mod header;
mod lag;
pub mod ledger;
mod number;
mod open;
mod scheduler;
mod store;
mod told;
pub mod vault;
mod words;

pub use change::{Change, Locked, lock};
pub use deadline::{DeadlineRow, DeadlineState, DeadlineWrite, deadlines};
pub use header::{Actor, Event, Header, Holder, KeyOf, NewEntry};
pub use lag::Lag;
pub use number::Numbers;
pub use open::{Opening, open};
pub use scheduler::{Scheduler, Tick};
pub use words::{Facets, PLACE_DIGITS, facet, place_word, search_month};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 1000, name: "docket", sql: include_str!("../migrations/1000_docket.sql") },
    Migration { version: 1040, name: "erasure", sql: include_str!("../migrations/1040_erasure.sql") },
    Migration { version: 1050, name: "words", sql: include_str!("../migrations/1050_words.sql") },
];
