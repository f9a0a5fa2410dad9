//! Findings (车辆违规发现): what vehicles that carry construction waste are found to have done, by rules over their tracks, with the evidence
//! that decided, for a person to uphold or dismiss.
//!
//! Nouns: rule (规则), rule set (规则集), ground (底图), fix (轨迹点), finding (发现), verdict (核实).
//! Tables: `finding_rule_set`, `finding_due`, `finding`.
//!
//! Invariants:
//! - [`evaluate()`] is pure: the same points, ground and rules give the same findings; a day of a vehicle is judged as a whole, with some
//!   hours before and after, however its points came;
//! - that points came is noted in the transaction that moves them; what is judged late is judged, and nothing twice;
//! - of a vehicle, rule and episode there is one finding; what later points contradict is withdrawn while nobody judged it, and marked
//!   afterwards; what a person judged stays as he saw it;
//! - a finding keeps track, numbers, places, rules and register as they were;
//! - an upheld finding is one lead, through the port [`Desk`];
//! - a rule set that was published never changes, and holds from the next day on.
//!
//! May know: kernel, database, fences, files, http, identity, catalogue, jt808, tracks. The register, the terminals and the leads are asked
//! through the ports [`Terrain`], [`Fleet`] and [`Desk`].

mod day;
mod due;
mod evaluate;
mod finding;
mod fix;
mod ground;
mod memory;
mod port;
mod reconcile;
mod rights;
mod routes;
mod rule;
mod rule_set;
mod scope;
mod service;
mod work;

pub use evaluate::{Found, Gap, Heard, Measure, Number, evaluate, gaps};
pub use fix::Fix;
pub use ground::{Fleet, Ground, Licensed, Permit, Place, PlaceKind, Terrain, Tracked, plate_key};
pub use port::{Desk, Filed, ToFile};
pub use rights::rights;
pub use routes::routes;
pub use rule::{Rule, Setting};
pub use rule_set::{Line, RuleSet};
pub use service::{Findings, Parts};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[Migration { version: 29000, name: "finding", sql: include_str!("../migrations/29000_finding.sql") }];
