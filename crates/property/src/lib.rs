//! Property of cases and towed vehicles (涉案财物、拖移车辆): where each thing is, who gave it to whom, by what right it is held, and that
//! the register balances to the item.
//!
//! Nouns: storage place (保管场所), item (财物), movement (出入库), tow (拖移), stock-take (盘点), balance (出入库平衡), label (标签).
//! Tables: `property_place`, `property_item`, `property_movement`, `property_reveal`, `property_tow`, `property_stocktake`,
//! `property_stocktake_line`.
//!
//! Invariants:
//! - where an item is and how it stands is the fold of its movements, and movements are only added;
//! - every movement has two different people or bodies, of whom one at least is of the house and one is who notes it;
//! - whether the measure over an item stands, and until when, the case says ([`PropertyCases`]); nothing of a case is kept here but its
//!   number and the ordinal of a party;
//! - nothing is destroyed, sold or given away that the case has not decided on, and what may not be done says why and how it may;
//! - while a place is counted nothing goes in or out of it.
//!
//! May know: kernel, database, docket, http, files, identity and render.

mod balance;
mod code;
mod item;
mod label;
mod movement;
mod people;
mod place;
mod port;
mod readers;
mod rights;
mod routes;
mod scope;
mod service;
mod stocktake;
mod tow;
mod words;

pub use code::{Code, CodeWrong};
pub use item::Measure;
pub use label::{Matrix, matrix};
pub use movement::{MovementKind, Stand, State, fold};
pub use port::{CaseHeld, CaseProperty, HoldState, PropertyCases, Wish};
pub use rights::rights;
pub use routes::routes;
pub use service::{Parts, Property};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { version: 20000, name: "property", sql: include_str!("../migrations/20000_property.sql") }];
