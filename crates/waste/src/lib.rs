//! Construction waste (建筑垃圾): where it comes from, who carries it where, and by what permit.
//!
//! Nouns: place (工地、消纳场、综合利用场、转运场、偷倒黑点), gate (出入口), carrier (运输企业), vehicle (运输车辆), driver (驾驶员), paper (证照),
//! permit (处置核准), corridor (运输路线), window (运输时段), register (某一时刻的登记).
//! Tables: `waste_place`, `waste_carrier`, `waste_vehicle`, `waste_driver`, `waste_reveal`, `waste_paper`, `waste_permit`,
//! `waste_permit_version`, `waste_permit_counter`.
//!
//! Invariants:
//! - a permit is a docket; it changes only through [`PermitProcedure`], and who reviews it neither applied for it nor decides on it;
//! - its number is given in the transaction that grants it; for each organ and year there is no gap;
//! - what is permitted stands in versions; one that was applied for never changes, and which one was in force at an instant stays known;
//! - who drives is in the vault, and is shown with a reason that is kept;
//! - an enterprise sees and applies for what is its own, in every question.
//!
//! May know: kernel, database, docket, http, files, identity, render and sheets. Terminals and the organ are asked through the ports
//! [`WasteTerminals`] and [`WasteOrgans`].

mod carrier;
mod driver;
mod export;
mod hours;
mod map;
mod paper;
mod permit;
mod place;
mod ports;
mod readers;
mod register;
mod rights;
mod routes;
mod scope;
mod service;
mod shape;
mod vehicle;
mod words;

pub use hours::{Hours, Window};
pub use permit::{PermitProcedure, PermitState};
pub use place::PlaceKind;
pub use ports::{WasteOrgan, WasteOrgans, WasteTerminal, WasteTerminals};
pub use register::{Gate, Ground, Register, RegisteredPermit, RegisteredVehicle};
pub use rights::rights;
pub use routes::routes;
pub use service::{Parts, Waste};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[Migration { version: 28000, name: "waste", sql: include_str!("../migrations/28000_waste.sql") }];
