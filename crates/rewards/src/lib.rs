//! Rewards (天天有奖): a reporter of a true problem gets something, out of a budget of which every fen is accounted for.
//!
//! Nouns: programme (奖励方案) with versions of its rules, settlement (核定) of a day, award (奖励), account and journal line (奖励账目),
//! claim (领奖), payout (发放批次). Tables: `reward_programme`, `reward_rules`, `reward_day`, `reward_award`, `reward_entry`,
//! `reward_secret`, `reward_barred`, `reward_payout`, `reward_payout_read`.
//!
//! Invariants:
//! - a problem pays once, to who reported it first; reports near each other in place and time are one problem (`settle/rule.rs`);
//! - an award changes its state and its fen change their account in one transaction; journal lines are only added;
//! - nothing is approved and paid by the same person;
//! - who is paid stands in the vault alone; nobody needs a name or an account to claim.

mod award;
mod barred;
mod claim;
mod journal;
mod payout;
mod programme;
mod rights;
mod routes;
mod service;
mod settle;
mod store;

pub use journal::{BookFault, check_books};
pub use rights::rights;
pub use routes::routes;
pub use service::{Doubts, Parts, Rewards};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 13000, name: "rewards", sql: include_str!("../migrations/13000_rewards.sql") },
    Migration { version: 13001, name: "lines of an award", sql: include_str!("../migrations/13001_lines_of_an_award.sql") },
    Migration { version: 13002, name: "balance", sql: include_str!("../migrations/13002_balance.sql") },
];
