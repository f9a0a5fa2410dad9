//! Assessment (考核评价): what the centre, its people, the units and the places have done in a time, counted and graded.
//!
//! Nouns: item, indicator, figure, weight, grade. Invariants: an item is made from the ledger and the limits alone, so making it again makes
//! the same; a period counts what had happened by its last day and nothing later; a figure opens to exactly the leads that it counts, as
//! far as the caller may see them; no denominator, no figure.

mod figure;
mod follow;
mod indicator;
mod item;
mod period;
mod rights;
mod routes;
mod service;
mod setting;

pub use follow::Filled;
pub use rights::rights;
pub use routes::routes;
pub use service::{Assessment, Parts};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { version: 8000, name: "assessment", sql: include_str!("../migrations/8000_assessment.sql") }];
