//! Honest closing (诚实结案): looks at how leads were fixed and checked, and puts what does not fit before a person.
//!
//! Nouns: suspicion (疑点), act (现场反馈), rule (疑点规则), verdict (判定), re-verification (盲核复查),
//! pair (结对). Tables: `scrutiny_act`, `suspicion`, `suspicion_verdict`, `suspicion_statement`,
//! `scrutiny_pending`, `scrutiny_fill`, `scrutiny_setting`, `reverification`, `reverification_item`.
//!
//! Invariants:
//! - a suspicion is a reason to look and never a verdict: nothing happens to a lead or a person until somebody judged;
//! - the same evidence makes the same suspicion once ([`look`]), with the numbers and the version of the rule that found it;
//! - where the district turned it on, a lead with a strong suspicion of its present round is not closed until that is judged;
//! - that people meet too often is upheld only after one of them was heard;
//! - what was closed stays closed: an upheld suspicion about it is counted and shown.

mod act;
mod follow;
mod look;
mod pairing;
mod readers;
mod recheck;
mod rights;
mod routes;
mod rule;
mod scope;
mod service;
mod setting;
mod store;
mod suspicion;

pub use follow::Follower;
pub use rights::rights;
pub use routes::routes;
pub use service::{Parts, Scrutiny};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 11000, name: "scrutiny", sql: include_str!("../migrations/11000_scrutiny.sql") },
    Migration { version: 11010, name: "reverification", sql: include_str!("../migrations/11010_reverification.sql") },
    Migration { version: 11030, name: "statement", sql: include_str!("../migrations/11030_statement.sql") },
    Migration { version: 11031, name: "pairing_paths", sql: include_str!("../migrations/11031_pairing_paths.sql") },
];
